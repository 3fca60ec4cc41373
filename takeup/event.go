// Package takeup is the non-recours protocol: a case follows the rights of one household from the day they are detected until the
// money arrives, by events that are never lost nor changed. It is pure: it knows no database, no clock and no page.
//
// A case bears a code and no name. What could name someone (contact details, the answers of the household) is kept apart, encrypted,
// and goes first.
package takeup

import "time"

// CCAS is the identifier of a municipal social centre: everything belongs to one, and another's does not exist.
type CCAS string

// Agent is the identifier of an agent of a CCAS; empty is the program itself.
type Agent string

// An Event is one thing that happened in a case. It is written once.
type Event struct {
	ID     string    // chosen by whoever asks for it, so that asking twice does it once
	Case   Code      // whose
	Number int       // in its case, from 1 without a gap; zero until it is kept
	At     time.Time // when, UTC
	By     Agent     // who noted it
	Fact   Fact      // what happened
}

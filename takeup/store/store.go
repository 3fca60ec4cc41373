// Package store keeps the events of cases. Nothing that was acknowledged is lost, doubled or changed, whoever writes at once: each
// writer says after which event of the case they write, and asking twice does once.
package store

import (
	"errors"
	"fmt"
	"time"

	"guichet/takeup/database"
	"guichet/takeup/indicators"
)

// What a store answers beside the errors of the database.
var (
	// ErrNotFound: there is no such thing in this CCAS. That another has it is nobody's business.
	ErrNotFound = errors.New("there is no such case or CCAS")
	// ErrMoved: the case has gone on since it was read. Read it again.
	ErrMoved = errors.New("the case has gone on meanwhile")
	// ErrTaken: the code is of another case. Draw another.
	ErrTaken = errors.New("the code is taken")
	// ErrUsed: the identifier of the event is of another event.
	ErrUsed = errors.New("an event of this identifier is kept elsewhere")
)

// A Store keeps cases in a database that is migrated. It is safe for concurrent use, by several programs too.
type Store struct {
	db    *database.DB
	lines *Digests[[]indicators.Line] // of each case
}

// New gives the store of a database.
func New(db *database.DB) *Store { return &Store{db, NewDigests(indicators.Lines)} }

// timeForm is how instants are kept: in the order of the alphabet.
const timeForm = "2006-01-02T15:04:05.000000000Z"

// FormatTime gives an instant as it is kept.
func FormatTime(t time.Time) string { return t.UTC().Format(timeForm) }

// ParseTime reads what [FormatTime] gave.
func ParseTime(s string) (time.Time, error) { return time.Parse(timeForm, s) }

// said says what was being done when err came.
func said(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}

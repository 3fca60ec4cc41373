// Package engine computes the rights of a household from a rule set. It is pure: no network, no database, no clock, no
// randomness; the same profile, date and rule set give the same answer, byte for byte.
//
// It names aids, conditions and steps by their identifiers and never writes a sentence: words are for package locales.
package engine

// Package difference tells what two rule sets, or two days of one, change: the values of the law, the formulas, and what
// households of a population gain or lose.
//
// Like the whole engine it holds identifiers and figures and no sentence, and reads no file: households come as a stream.
// Its JSON is the contract « difference.v1 », described in docs/difference.md.
package difference

import (
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/ruleset"
)

// Format names the shape of the JSON; it changes when a field changes its meaning.
const Format = "difference.v1"

// A Side is one of the two that are compared.
type Side struct {
	Name string       // as the reader called it
	Set  *ruleset.Set // of both sides the same when two days are compared
	On   fact.Day     // the day compared; 0 when all days of two sets are
}

// A Report is what changes from one side to the other.
type Report struct {
	Format     string          `json:"format"`
	Before     SideName        `json:"avant"`
	After      SideName        `json:"apres"`
	Added      []string        `json:"aides_ajoutees"`
	Removed    []string        `json:"aides_retirees"`
	Baremes    []BaremeChange  `json:"baremes"`
	Formulas   []FormulaChange `json:"formules"`
	Population *Population     `json:"population,omitempty"`
}

// A SideName says which rules a side holds.
type SideName struct {
	Name  string `json:"nom"`
	Rules string `json:"regles"`
	Date  string `json:"date,omitempty"`
}

// Kind says what happened to a barème or a formula.
type Kind string

// The kinds of changes.
const (
	Added   Kind = "ajoute"
	Removed Kind = "retire"
	Changed Kind = "change"
)

// Reference is where something stands in the law.
type Reference struct {
	Title string `json:"titre"`
	URL   string `json:"url"`
}

// Between compares two sides. Either both have a day or none has: then every day on which something starts is looked at.
func Between(before, after Side) *Report {
	r := &Report{
		Format: Format, Before: before.name(), After: after.name(),
		Added: []string{}, Removed: []string{}, Baremes: baremes(before, after), Formulas: formulas(before, after),
	}
	for _, a := range after.Set.Aids() {
		if _, ok := before.Set.Aid(a.ID); !ok {
			r.Added = append(r.Added, a.ID)
		}
	}
	for _, a := range before.Set.Aids() {
		if _, ok := after.Set.Aid(a.ID); !ok {
			r.Removed = append(r.Removed, a.ID)
		}
	}
	return r
}

// Empty says whether nothing changes: not what is cited or described, but what is computed.
func (r *Report) Empty() bool {
	return len(r.Added)+len(r.Removed)+len(r.Baremes)+len(r.Formulas) == 0
}

func (s Side) name() SideName {
	n := SideName{Name: s.Name, Rules: s.Set.Hash()}
	if s.On > 0 {
		n.Date = s.On.String()
	}
	return n
}

// moment is a month of which both sides are asked: the same one, unless two days are compared.
type moment struct{ before, after fact.Month }

// moments gives the months to ask of, from those in which something starts on either side.
func moments(before, after Side, starts ...[]fact.Month) []moment {
	if before.On > 0 {
		return []moment{{before.On.Month(), after.On.Month()}}
	}
	var months []fact.Month
	for _, list := range starts {
		months = append(months, list...)
	}
	slices.Sort(months)
	out := make([]moment, 0, len(months))
	for _, m := range slices.Compact(months) {
		out = append(out, moment{m, m})
	}
	return out
}

// since writes the first day of the month from which two sets differ; "" between two days.
func (m moment) since() string {
	if m.before != m.after {
		return ""
	}
	return m.after.String() + "-01"
}

func kindOf(before, after bool) Kind {
	switch {
	case !before:
		return Added
	case !after:
		return Removed
	default:
		return Changed
	}
}

// one puts a text on one line, so that how a file folds it is no change.
func one(text string) string { return strings.Join(strings.Fields(text), " ") }

func references(list []ruleset.Reference) []Reference {
	out := make([]Reference, len(list))
	for i, r := range list {
		out[i] = Reference(r)
	}
	return out
}

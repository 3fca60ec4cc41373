package ruleset

import (
	"fmt"

	"guichet/engine/fact"
)

// Revaluation is what the law changes on a fixed day of each year.
type Revaluation struct {
	Name       string
	Month, Day int      // of each year
	Baremes    []string // full names of the values that change
	Reference  []Reference
	Place      Place
	dated      string // where its values are dated: "", meme or precedente, see [Revaluation.Since]
}

// LastDue gives the latest day not after today on which the revaluation was due.
func (r Revaluation) LastDue(today fact.Day) fact.Day {
	year := today.Month().Year()
	due := fact.DayOf(year, r.Month, r.Day)
	if due > today {
		due = fact.DayOf(year-1, r.Month, r.Day)
	}
	return due
}

// Since gives the day from which a value must be dated to be the one due on a day: that day, or the first of the calendar year
// that the value is dated by, the due day's or, of what is known only the year after (the deductions from a year's income), the one before.
func (r Revaluation) Since(due fact.Day) fact.Day {
	switch r.dated {
	case sameYear:
		return fact.DayOf(due.Month().Year(), 1, 1)
	case yearBefore:
		return fact.DayOf(due.Month().Year()-1, 1, 1)
	}
	return due
}

// What « annee: » says of values that are dated by calendar year.
const (
	sameYear   = "meme"
	yearBefore = "precedente"
)

// readRevaluations reads revalorisations.yaml. Whether the barèmes exist is seen once all files are read.
func readRevaluations(top node) []Revaluation {
	f := top.fields("verifie_le", "references", "revalorisations")
	if f["verifie_le"].absent() {
		top.fault("« verifie_le: » manque : le jour où le calendrier a été relu")
	} else {
		f["verifie_le"].date()
	}
	refs := references{}
	refs.read(f["references"])
	var out []Revaluation
	for _, p := range f["revalorisations"].pairs() {
		f := p.value.fields("jour", "annee", "baremes", "lecture", "reference")
		r := Revaluation{Name: p.key, Baremes: f["baremes"].texts(), Reference: refs.cite(f["reference"]), Place: p.at.begins()}
		readReading(f["lecture"].orTop(p.at))
		if r.dated = f["annee"].text(); r.dated != "" && r.dated != sameYear && r.dated != yearBefore {
			f["annee"].fault("« annee: » est meme ou precedente : l'année civile dont les valeurs portent la date")
		}
		day := f["jour"].orTop(p.at)
		text := f["jour"].text()
		if n, err := fmt.Sscanf(text, "%2d-%2d", &r.Month, &r.Day); n != 2 || err != nil || len(text) != 5 {
			day.fault("« jour: » est un jour de l'année, MM-JJ")
			continue
		}
		if _, ok := parseDay("2023-" + text); !ok { // a year without a 29 February: what recurs each year has no such day
			day.fault("« jour: » est un jour de l'année, MM-JJ")
			continue
		}
		if len(r.Reference) == 0 || len(r.Baremes) == 0 {
			p.at.fault("une revalorisation a « jour: », « baremes: » et « reference: »")
			continue
		}
		out = append(out, r)
	}
	return out
}

// Revaluations gives what the law revalues each year, in the order of the file.
func (s *Set) Revaluations() []Revaluation { return s.revaluations }

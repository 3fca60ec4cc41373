package workbench

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"guichet/engine/ruleset"
)

// Severity says what a finding calls for.
type Severity string

// The severities. Only an Error makes a rule set unfit; an Alarm is an amount that may be wrong today.
const (
	Error   Severity = "error"
	Alarm   Severity = "alarm"
	Warning Severity = "warning"
)

// Kind names what was looked at.
type Kind string

// The kinds of findings.
const (
	Loading     Kind = "rules"       // what the loader refuses
	Units       Kind = "units"       // a contradiction of units, or a number without one
	Periods     Kind = "periods"     // a gap between two values or before the first version
	Unread      Kind = "unread"      // what no formula reads
	Figures     Kind = "figures"     // a value that looks like a slip of the hand
	Provenance  Kind = "provenance"  // no legal reference, or one that leads nowhere official
	Age         Kind = "age"         // values last held against their source long ago
	Revaluation Kind = "revaluation" // a day of revaluation that has passed without a new value
	Expiry      Kind = "expiry"      // a deliberation that has ended, or is about to
	Examples    Kind = "examples"    // an example that no answer can be held against
	Texts       Kind = "texts"       // something shown that has no words in a language
)

// What an author reads of the severities and kinds; programs read their identifiers.
var (
	severityWords = map[Severity]string{Error: "erreur", Alarm: "alarme", Warning: "avertissement"}
	kindWords     = map[Kind]string{
		Loading: "lecture", Units: "unités", Periods: "périodes", Unread: "inutilisé", Figures: "chiffres",
		Provenance: "sources", Age: "relecture", Revaluation: "revalorisation",
		Expiry: "délibération", Examples: "exemples", Texts: "textes",
	}
)

// Finding is one thing that an author should look at.
type Finding struct {
	Kind     Kind     `json:"kind"`
	Severity Severity `json:"severity"`
	File     string   `json:"file"`
	Line     int      `json:"line,omitempty"`   // from 1; 0 when the finding has no place of its own
	Column   int      `json:"column,omitempty"` // from 1
	Message  string   `json:"message"`          // in French, the rules' language
	Excerpt  string   `json:"excerpt,omitempty"`
}

// String writes the finding for its author, in French, as the loader writes its faults: place, message, the line and a caret.
func (f Finding) String() string {
	p := ruleset.Problem{
		File: f.File, Line: f.Line, Column: f.Column, Excerpt: f.Excerpt,
		Message: fmt.Sprintf("%s [%s] %s", severityWords[f.Severity], kindWords[f.Kind], f.Message),
	}
	return p.String()
}

// Sorted puts findings in the order of files and lines.
func Sorted(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return findings
}

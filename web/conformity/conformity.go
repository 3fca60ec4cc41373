// Package conformity says how far the public pages are held to the 106 criteria of the RGAA 4.1, the accessibility standard of French
// public services (arrêté of 20 September 2019; criteria as in version 4.1, read on 26 November 2026). It declares nothing that no test
// holds: the table names, for each criterion, the test that holds the pages to it, or why none is needed.
package conformity

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// A State is how far a criterion is held.
type State string

// The states.
const (
	Tested     State = "teste"      // an automatic test holds every kind of page to it
	Partly     State = "partiel"    // an automatic test sees a part of it
	Irrelevant State = "sans_objet" // the pages have nothing that it is about
	Untested   State = "non_teste"  // nobody has looked yet
)

// States lists them, the surest first.
var States = []State{Tested, Partly, Irrelevant, Untested}

// A Criterion is one of the standard's.
type Criterion struct {
	Theme, Number int
	State         State
	Why           string // the name of the test, or in French what the pages do not have
}

func (c Criterion) String() string { return fmt.Sprintf("%d.%d", c.Theme, c.Number) }

// Themes are the names of the standard's themes, in their order, in French as the law has them.
var Themes = []string{
	"Images", "Cadres", "Couleurs", "Multimédia", "Tableaux", "Liens", "Scripts", "Éléments obligatoires", "Structuration de l’information",
	"Présentation de l’information", "Formulaires", "Navigation", "Consultation",
}

//go:embed criteria.tsv
var table string

// Criteria gives all of them, in order.
func Criteria() ([]Criterion, error) {
	var out []Criterion
	for line := range strings.Lines(table) {
		columns := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 3)
		if len(columns) < 2 {
			return nil, fmt.Errorf("criteria.tsv: %q is no criterion and its state", line)
		}
		theme, number, _ := strings.Cut(columns[0], ".")
		c := Criterion{State: State(columns[1])}
		var err error
		if c.Theme, err = strconv.Atoi(theme); err == nil {
			c.Number, err = strconv.Atoi(number)
		}
		if err != nil {
			return nil, fmt.Errorf("criteria.tsv: %q is no criterion", columns[0])
		}
		if len(columns) == 3 {
			c.Why = columns[2]
		}
		out = append(out, c)
	}
	return out, nil
}

package territory

import (
	_ "embed"
	"strings"
	"sync"
)

// departements is after the Code officiel géographique of the Insee (licence ouverte): its names, and how « de » joins them.
//
//go:embed departements.csv
var departements string

// Departement is one of the départements of France, those overseas among them.
type Departement struct {
	Code string // "93", "2A", "974"
	Name string // "Seine-Saint-Denis"
	Of   string // "de la Seine-Saint-Denis"
}

// FindDepartement gives the département of a code; ok is false for a code of none.
func FindDepartement(code string) (d Departement, ok bool) {
	d, ok = departementsByCode()[code]
	return d, ok
}

var departementsByCode = sync.OnceValue(func() map[string]Departement {
	out := map[string]Departement{}
	for line := range strings.Lines(departements[strings.IndexByte(departements, '\n')+1:]) {
		f := strings.Split(strings.TrimSpace(line), ",")
		out[f[0]] = Departement{f[0], f[1], f[2]}
	}
	return out
})

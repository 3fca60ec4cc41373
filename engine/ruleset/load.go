package ruleset

import (
	"io/fs"

	"guichet/engine/formula"
)

// Load reads a whole rule set. The error, when it is one of the rules, is an [Errors] with every fault found.
//
// The tree is: ensemble.yaml (the aids, in the order shown), revalorisations.yaml (what changes on a fixed day; may be
// absent), baremes/*.yaml, commun/**/YYYY-MM-DD.yaml, and for each aid a
// folder national/<aid>, departement/<code>/<aid> or commune/<code>/<aid> with aide.yaml, YYYY-MM-DD.yaml for each
// version, exemples.yaml, equivalents.yaml (what no example can notice; may be absent) and textes.yaml (what people read of an
// aid that the program has no words for; may be absent).
// A local aid is whole in its folder: baremes.yaml there holds its own values, and ensemble.yaml need not name it.
func Load(fsys fs.FS) (*Set, error) {
	l, err := load(fsys)
	if err != nil {
		return nil, err
	}
	return l.set, nil
}

// load gives the loader that read a set without a fault.
func load(fsys fs.FS) (*loader, error) {
	l := &loader{
		set:       &Set{byID: map[string]*Aid{}, baremes: map[string]*Bareme{}, equivalents: map[string][]Equivalent{}},
		drafts:    map[string]*draft{},
		folder:    map[string]*folder{},
		documents: map[string]*document{},
		groups:    map[string]bool{}, unreadable: map[string]bool{},
		uni: &formula.Universe{
			Tables: map[string]*formula.Table{}, Quantities: map[string]*formula.Quantity{}, Functions: map[string]map[string]*formula.Function{},
		},
	}
	if err := l.read(fsys); err != nil {
		return nil, err
	}
	l.declare()
	if len(l.errs) > 0 { // formulas that name what could not be read would only add noise
		return nil, l.errs.sorted()
	}
	l.compile()
	if len(l.errs) == 0 {
		l.finish()
	}
	if len(l.errs) > 0 {
		return nil, l.errs.sorted()
	}
	return l, nil
}

// loader takes a set through its steps: read the tree, declare every name, compile every text, finish.
type loader struct {
	set       *Set
	errs      Errors
	order     []string // of the aids, as ensemble.yaml gives it
	orderN    node
	calendar  node // of revalorisations.yaml
	folder    map[string]*folder
	drafts    map[string]*draft // quantities by qualified name
	uni       *formula.Universe
	documents map[string]*document
	groups    map[string]bool // of the barèmes that all share

	unreadable map[string]bool // folders that have a file that is not YAML: what it says is not known to be missing
}

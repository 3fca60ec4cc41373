package profile

import (
	"strconv"
	"sync"

	"guichet/engine/fact"
)

// Values that the rules of the profile itself speak of.
const (
	french   = "francaise"
	european = "ue"
	noPermit = "aucun"
)

// The places of the persons in names.
const (
	claimant = iota
	spouse
	firstChild
)

// name holds the paths of one person's facts.
type name struct {
	person  string
	facts   []string // of fact.PersonFacts
	incomes string
	kinds   []string // of fact.Incomes
}

// names gives the paths of the claimant, the spouse and every child there can be: made once, read ever after.
var names = sync.OnceValue(func() []name {
	all := make([]name, firstChild+fact.MaxPeople)
	for i := range all {
		n := &all[i]
		switch i {
		case claimant:
			n.person = "demandeur"
		case spouse:
			n.person = "conjoint"
		default:
			n.person = "enfants[" + strconv.Itoa(i-firstChild) + "]"
		}
		n.incomes = n.person + ".revenus"
		for _, f := range fact.PersonFacts {
			n.facts = append(n.facts, n.person+"."+f.Name)
		}
		for _, kind := range fact.Incomes {
			n.kinds = append(n.kinds, n.incomes+"."+kind)
		}
	}
	return all
})

// PathOf gives the path of person i of a household in the profile: demandeur, conjoint, enfants[0]…; that of the one
// who stands for the children when they are unknown is enfants.
func PathOf(h *fact.Household, i int) string {
	q := &h.People[i]
	if !q.Child {
		return names()[i].person
	}
	if q.Least < q.Most {
		return "enfants"
	}
	return names()[firstChild+i-len(h.Adults)].person
}

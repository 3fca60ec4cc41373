package engine

import (
	"math/bits"
	"slices"
	"strconv"

	"guichet/engine/fact"
	"guichet/engine/formula"
)

// readers tells, for each fact, which quantities of an aid read it by themselves, in the order in which they are computed.
type readers struct {
	household [][]*formula.Quantity // by fact of the household
	person    [][]reader            // by fact of a person, then by kind of income
}

// reader is a quantity that reads a fact of some persons.
type reader struct {
	*formula.Quantity
	self                      bool // of the person it is evaluated for
	claimant, adult, children bool // of these, whomever it is evaluated for
}

func readersOf(quantities []*formula.Quantity) readers {
	out := readers{
		household: make([][]*formula.Quantity, len(fact.HouseholdFacts)),
		person:    make([][]reader, len(fact.PersonFacts)+len(fact.Incomes)),
	}
	for _, q := range quantities {
		var r formula.Reads
		for _, f := range q.Formulas() {
			r = r.Or(f.Reads())
		}
		for i := range out.household {
			if r.Household>>i&1 != 0 {
				out.household[i] = append(out.household[i], q)
			}
		}
		for i := range out.person {
			of := func(set uint64) bool { return set>>i&1 != 0 }
			if of(r.Self | r.Claimant | r.Adults | r.Children | r.Anyone) {
				out.person[i] = append(out.person[i], reader{
					Quantity: q, self: of(r.Self),
					claimant: of(r.Claimant), adult: of(r.Adults | r.Anyone), children: of(r.Children | r.Anyone),
				})
			}
		}
	}
	return out
}

// used gives the paths of the stated facts that the computed steps of the aid read: what its answer rests on.
func (w *Worker) used(a *aid) []string {
	out := w.room.paths
	first := len(out)
	for set := uint64(w.h.Stated); set != 0; set &= set - 1 {
		i := bits.TrailingZeros64(set)
		if slices.ContainsFunc(a.readers.household[i], w.k.EvaluatedForAnyone) && (len(out) == first || out[len(out)-1] != householdPaths[i]) {
			out = append(out, householdPaths[i])
		}
	}
	for person := range w.h.People {
		paths := w.personPaths(person)
		for set := statedBits(w.h.People[person].Stated); set != 0; set &= set - 1 {
			i := bits.TrailingZeros64(set)
			if w.reads(a.readers.person[i], person) {
				out = append(out, paths[i])
			}
		}
	}
	w.room.paths = out
	return out[first:len(out):len(out)]
}

// reads says whether one of the quantities was evaluated and so read its fact of a person.
func (w *Worker) reads(list []reader, person int) bool {
	child := w.h.People[person].Child
	for i := range list {
		r := &list[i]
		if r.self && w.k.Evaluated(r.Quantity, person) {
			return true
		}
		if (child && r.children || !child && r.adult || person == 0 && r.claimant) && w.k.EvaluatedForAnyone(r.Quantity) {
			return true
		}
	}
	return false
}

// statedBits turns what a profile states of a person into the bits by which formulas count what they read.
func statedBits(stated uint32) uint64 {
	const facts = 1<<fact.StatedIncome - 1
	incomes := uint64(stated&^fact.StatedIncomes) >> fact.StatedIncome
	return uint64(stated&facts)&(1<<len(fact.PersonFacts)-1) | incomes<<len(fact.PersonFacts)
}

// householdPaths are the profile's paths of [fact.HouseholdFacts]; those that follow from one path stand side by side.
var householdPaths = func() []string {
	var out []string
	for _, f := range fact.HouseholdFacts {
		name := f.Name
		switch {
		case fact.OfCommune[name]:
			name = "commune"
		case fact.OfReceived[name]:
			name = "prestations_percues"
		}
		out = append(out, name)
	}
	return out
}()

// pathsByPerson holds the paths of every fact of the claimant, the spouse and each child a household can have.
var pathsByPerson = func() [][]string {
	whose := []string{"demandeur", "conjoint"}
	for i := range fact.MaxPeople {
		whose = append(whose, "enfants["+strconv.Itoa(i)+"]")
	}
	out := make([][]string, len(whose))
	for i, w := range whose {
		for _, f := range fact.PersonFacts {
			out[i] = append(out[i], w+"."+f.Name)
		}
		for _, k := range fact.Incomes {
			out[i] = append(out[i], w+".revenus."+k)
		}
	}
	return out
}()

func (w *Worker) personPaths(person int) []string { return pathsByPerson[w.seat(person)] }

// seat numbers persons as paths do: the claimant 0, the spouse 1, the children from 2 on.
func (w *Worker) seat(person int) int {
	if w.h.People[person].Child {
		return 2 + person - len(w.h.Adults)
	}
	return person
}

// whose names a person in a path.
func (w *Worker) whose(person int) string {
	if person == 0 {
		return "demandeur"
	}
	return "conjoint"
}

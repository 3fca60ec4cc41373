package engine

import (
	"math/bits"
	"strconv"

	"guichet/engine/fact"
)

// used gives the paths of the stated facts that the computed steps of the aid read: what its answer rests on.
func (w *Worker) used(a *aid) []string {
	var household uint64
	var people [fact.MaxPeople + 2]uint64
	all := uint64(0) // what is already known of every person
	for _, r := range a.reads {
		if r.Household&^household == 0 && (r.Claimant|r.Self|r.Adults|r.Children|r.Anyone)&^all == 0 {
			continue // nothing that is not there yet
		}
		forHousehold, persons := w.k.Evaluated(r.Quantity)
		if !forHousehold && persons == 0 {
			continue
		}
		household |= r.Household
		people[0] |= r.Claimant
		if r.Self != 0 {
			for ; persons != 0; persons &= persons - 1 {
				people[bits.TrailingZeros32(persons)] |= r.Self
			}
		}
		if r.Adults|r.Children|r.Anyone != 0 {
			for i := range w.h.People {
				people[i] |= r.Anyone
				if w.h.People[i].Child {
					people[i] |= r.Children
				} else {
					people[i] |= r.Adults
				}
			}
		}
		all = people[0]
		for i := range w.h.People {
			all &= people[i]
		}
	}
	household &= uint64(w.h.Stated)
	for i := range w.h.People {
		people[i] &= statedBits(w.h.People[i].Stated)
	}
	out := w.room.paths
	first := len(out)
	for ; household != 0; household &= household - 1 {
		out = append(out, householdPaths[bits.TrailingZeros64(household)])
	}
	for i := range w.h.People {
		paths := w.personPaths(i)
		for set := people[i]; set != 0; set &= set - 1 {
			out = append(out, paths[bits.TrailingZeros64(set)])
		}
	}
	w.room.paths = out
	return out[first:len(out):len(out)]
}

// statedBits turns what a profile states of a person into the bits by which formulas count what they read.
func statedBits(stated uint32) uint64 {
	const facts = 1<<fact.StatedIncome - 1
	incomes := uint64(stated&^fact.StatedIncomes) >> fact.StatedIncome
	return uint64(stated&facts)&(1<<len(fact.PersonFacts)-1) | incomes<<len(fact.PersonFacts)
}

// householdPaths are the profile's paths of [fact.HouseholdFacts].
var householdPaths = func() []string {
	var out []string
	for _, f := range fact.HouseholdFacts {
		if f.Slot == fact.Zone && f.Kind == fact.Enum {
			out = append(out, "commune") // the zone is read off the commune
			continue
		}
		out = append(out, f.Name)
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

package engine

import (
	"strings"

	"guichet/engine/profile"
	"guichet/engine/ruleset"
)

// tolerance is how far below the estimate a received amount may lie, in EUR, before it counts as less: bodies round, and
// households remember rounded amounts.
const tolerance = 1

// takeUp holds an answer against what the household says it receives today. Amounts received are by the month: they say nothing of an aid
// that is paid once a year.
func takeUp(x *Aid, p *profile.Profile) TakeUp {
	if !p.Received.Known && !p.Complete {
		return TakeUpUnknown
	}
	var got *profile.Benefit
	for i := range p.Received.Value {
		if p.Received.Value[i].Aid == x.Aid {
			got = &p.Received.Value[i]
		}
	}
	switch {
	case got != nil && got.Unknown:
		return TakeUpUnknown
	case got != nil && x.Status == NotEligible:
		return ReceivedCheck
	case got != nil && x.Status == Eligible && x.Amount.Period == "mois" && got.Amount.Known && got.Amount.Value < x.Amount.Net-tolerance:
		return PartlyReceived
	case got != nil:
		return Received
	case x.Status == Eligible:
		return NotReceived
	case x.Status == NotEligible:
		return NotConcerned
	default:
		return TakeUpUnknown
	}
}

// otherNames are the acronyms of the aids of a set that are no aid's identifier (apl, ppa), in small letters, each with the identifier
// that is meant. An acronym of two aids is none.
func otherNames(set *ruleset.Set) map[string]string {
	meant := map[string]string{}
	for _, a := range set.Aids() {
		for name := range strings.FieldsFuncSeq(strings.ToLower(a.Acronym), func(r rune) bool { return r == ' ' || r == '/' }) {
			if id, ok := meant[name]; ok && id != a.ID {
				meant[name] = ""
				continue
			}
			meant[name] = a.ID
		}
	}
	for name, id := range meant {
		if _, taken := set.Aid(name); taken || id == "" {
			delete(meant, name)
		}
	}
	return meant
}

// misnamed refuses an aid received that bears one of [otherNames]: passed over, it would be counted as not received. Any other name that the
// set does not know is an aid that it does not compute.
func (e *Engine) misnamed(p *profile.Profile) error {
	for i := range p.Received.Value {
		name := p.Received.Value[i].Aid
		if id, ok := e.otherNames[name]; ok {
			return &profile.Error{Problems: []profile.Problem{{
				Path: "prestations_percues." + name, Rule: "un sigle, et non l'identifiant d'une aide", Remedy: "écrivez " + id,
			}}}
		}
	}
	return nil
}

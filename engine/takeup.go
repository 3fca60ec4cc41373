package engine

import "guichet/engine/profile"

// tolerance is how far below the estimate a received amount may lie, in EUR, before it counts as less: bodies round, and
// households remember rounded amounts.
const tolerance = 1

// takeUp holds an answer against what the household says it receives today.
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
	case got != nil && x.Status == Eligible && got.Amount.Known && got.Amount.Value < x.Amount.Net-tolerance:
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

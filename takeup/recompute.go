package takeup

import (
	"math"

	"guichet/engine"
)

// tolerance is how far an amount may move before a recomputation is a fact, in cents: bodies round.
const tolerance Cents = 1_00

// EstimateOf gives the right that an answer is about, and its estimate.
func EstimateOf(s *engine.Simulation, a *engine.Aid) (RightID, Estimate) {
	id := RightID{Aid: a.Aid, For: Owner(a.Amount.For)}
	e := Estimate{Per: Period(a.Amount.Period), Version: a.Version.String(), Rules: s.Rules}
	switch {
	case a.Status == engine.NotEligible, a.Share != nil: // nothing, or an aid that pays nothing
	case a.Amount.Decided:
		e.Min = inCents(a.Amount.Net)
		e.Max = e.Min
	default:
		e.Min, e.Max = inCents(a.Amount.Min), inCents(a.Amount.Max)
	}
	return id, e
}

// inCents rounds EUR to cents; what lies beyond any aid, as a bound that nothing limits yet, becomes the most that can be kept.
func inCents(eur float64) Cents {
	return Cents(math.Round(100 * min(max(eur, 0), float64(maxCents)/100)))
}

// Diagnoses gives what an agent would note of an answer, before asking the person why: type and reason are not in it.
func Diagnoses(s *engine.Simulation) []Diagnosed {
	var out []Diagnosed
	for i := range s.Aids {
		a := &s.Aids[i]
		id, e := EstimateOf(s, a)
		d := Diagnosed{RightID: id, Estimate: &e}
		switch {
		case a.TakeUp == engine.Received:
			d.Finding = AlreadyReceived
		case a.Status == engine.NotEligible && a.TakeUp != engine.ReceivedCheck:
			d.Finding = NoRight
		case a.Status == engine.Eligible && a.TakeUp == engine.NotReceived:
			d.Finding = Likely
		default: // not decided, received in part or without a right, or nobody said whether it is received
			d.Finding = ToVerify
		}
		out = append(out, d)
	}
	return out
}

// Recompute gives what a new answer for the same household changes in the case: a right that there was not before, another amount, a
// right that is gone. Before is the last answer that the case was held against, now what today's rules say. Noting what it gives
// and computing again gives nothing more.
func (c *Case) Recompute(before, now *engine.Simulation) []Reestimated {
	if !c.IsOpen() {
		return nil
	}
	var out []Reestimated
	for i := range now.Aids {
		a := &now.Aids[i]
		id, e := EstimateOf(now, a)
		if change := c.change(id, e, a, statusIn(before, id)); change != "" {
			out = append(out, Reestimated{RightID: id, Change: change, Estimate: e})
		}
	}
	return out
}

func (c *Case) change(id RightID, e Estimate, a *engine.Aid, before engine.Status) Change {
	r := c.Right(id)
	if r != nil && (r.Stage.Live() || r.Stage == StageOpened) {
		switch {
		case a.Status == engine.Eligible && (r.Gone || r.Estimate == nil || moved(*r.Estimate, e)):
			return AmountChanged
		case a.Status == engine.NotEligible && !r.Gone:
			return RightLost
		}
		return ""
	}
	received := a.TakeUp == engine.Received || a.TakeUp == engine.PartlyReceived || r != nil && r.Stage == StageReceived
	if a.Status == engine.Eligible && before != engine.Eligible && !received {
		return NewRight
	}
	return ""
}

// statusIn gives what an answer said of a right; empty when it did not know it.
func statusIn(s *engine.Simulation, id RightID) engine.Status {
	for i := range s.Aids {
		if a := &s.Aids[i]; a.Aid == id.Aid && Owner(a.Amount.For) == id.For {
			return a.Status
		}
	}
	return ""
}

func moved(a, b Estimate) bool {
	return a.Per != b.Per || far(a.Min, b.Min) || far(a.Max, b.Max)
}

func far(a, b Cents) bool { return max(a-b, b-a) >= tolerance }

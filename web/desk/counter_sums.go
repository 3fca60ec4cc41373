package desk

import (
	"fmt"
	"slices"
	"strings"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
)

// receivedPath is where a profile says what the household receives today.
const receivedPath = "prestations_percues"

// sums adds what is due by the month, and what of it is left to claim. While an aid hangs on whether the AAH or the Aspa is received, each of
// the two may be the one that is due, never both in full (CSS L821-1): the sums are then those of every answer, and cover them all.
func (c *counterMaker) sums(sim *engine.Simulation) (total, left span, err error) {
	p := c.dated(c.s)
	answers := mayReceive(sim, p)
	if len(answers) == 0 {
		total, left = c.sumsOf(sim, p)
		return total, left, nil
	}
	for i := range answers {
		one, err := c.d.engine.Simulate(&answers[i])
		if err != nil {
			return total, left, fmt.Errorf("simulating what may be received: %w", err)
		}
		t, l := c.sumsOf(one, &answers[i])
		if i == 0 {
			total, left = t, l
		}
		total, left = total.cover(t), left.cover(l)
	}
	return total, left, nil
}

// mayReceive gives the household with each answer that is left to the aids received that an undecided aid hangs on; none where none does.
func mayReceive(sim *engine.Simulation, p *profile.Profile) []profile.Profile {
	hangs := func(x engine.Aid) bool {
		return slices.ContainsFunc(x.Missing, func(path string) bool { return strings.HasPrefix(path, receivedPath) })
	}
	if !slices.ContainsFunc(sim.Aids, hangs) {
		return nil
	}
	out := []profile.Profile{*p}
	for path := range fact.OfReceived {
		aid := strings.TrimPrefix(path, receivedPath+".")
		named := func(b profile.Benefit) bool { return b.Aid == aid }
		if i := slices.IndexFunc(p.Received.Value, named); p.Received.Known && (i < 0 || !p.Received.Value[i].Unknown) {
			continue
		}
		var answers []profile.Profile
		for _, q := range out {
			without := slices.DeleteFunc(slices.Clone(q.Received.Value), named)
			q.Received = profile.Some(without)
			answers = append(answers, q)
			q.Received = profile.Some(append(slices.Clone(without), profile.Benefit{Aid: aid}))
			answers = append(answers, q)
		}
		out = answers
	}
	return out
}

func (c *counterMaker) sumsOf(sim *engine.Simulation, p *profile.Profile) (total, left span) {
	for i := range sim.Aids {
		x := &sim.Aids[i]
		aid, ok := c.d.engine.Set().Aid(x.Aid)
		if !ok || x.Amount.Period != "mois" || x.Share != nil || x.Status == engine.NotEligible {
			continue
		}
		total.add(x, aid)
		if !isReceived(x) && !saysReceived(p, x.Aid) {
			left.add(x, aid)
		}
	}
	return total, left
}

// isReceived says whether an answer takes an aid for received.
func isReceived(x *engine.Aid) bool {
	return x.TakeUp == engine.Received || x.TakeUp == engine.PartlyReceived || x.TakeUp == engine.ReceivedCheck
}

// saysReceived says whether the household says that it receives an aid.
func saysReceived(p *profile.Profile, aid string) bool {
	return slices.ContainsFunc(p.Received.Value, func(b profile.Benefit) bool { return b.Aid == aid && !b.Unknown })
}

// span is a sum of which only bounds may be known.
type span struct {
	lo, hi float64
	open   bool // no upper bound says anything
}

func (s *span) add(x *engine.Aid, aid *ruleset.Aid) {
	switch m := x.Amount; {
	case m.Decided && x.Status == engine.Eligible:
		s.lo, s.hi = s.lo+m.Net, s.hi+m.Net
	case m.Max >= aid.Ceiling:
		s.lo, s.open = s.lo+m.Min, true
	default:
		s.lo, s.hi = s.lo+m.Min, s.hi+m.Max
	}
}

// cover gives the bounds that hold of both sums.
func (s span) cover(o span) span {
	return span{lo: min(s.lo, o.lo), hi: max(s.hi, o.hi), open: s.open || o.open}
}

// span says a sum in words; false when nothing can be said.
func (c *counterMaker) span(s span) (string, bool) {
	switch {
	case s.open && s.lo < 0.005:
		return c.L.T("statut.a_preciser"), false
	case s.open:
		return c.L.T("resultats.au_moins", "Min", c.L.Money(s.lo)), true
	case s.hi-s.lo < 0.005:
		return c.L.Money(s.lo), true
	case s.lo < 0.005:
		return c.L.T("resultats.bornes_sup", "Max", c.L.Money(s.hi)), true
	}
	return c.L.T("resultats.bornes", "Min", c.L.Money(s.lo), "Max", c.L.Money(s.hi)), true
}

package difference

import (
	"encoding/json"
	"math"
	"slices"
	"sync"

	"guichet/engine"
	"guichet/engine/profile"
)

// A Pair answers each household by both sides, as [screening.Rules] do: a line of what changes for it, which [Tally] counts.
type Pair struct {
	before, after         engine.Brief
	beforeDate, afterDate profile.Date // unknown: the household's own

	causes *sync.Map // by the months compared
}

// NewPair makes the pair of two engines. A day that is not known is the household's own.
func NewPair(before, after engine.Brief, beforeDate, afterDate profile.Date) Pair {
	return Pair{before, after, beforeDate, afterDate, &sync.Map{}}
}

// Aids gives the aids of both sides, in the order in which they are shown.
func (p Pair) Aids() (out []string) {
	for _, side := range []engine.Brief{p.after, p.before} {
		for _, a := range side.Set().Aids() {
			if !slices.Contains(out, a.ID) {
				out = append(out, a.ID)
			}
		}
	}
	return out
}

// a line of what changes for one household, in cents.
type outcome struct {
	ID   string   `json:"id"`
	Aids []effect `json:"aides"`
}

type effect struct {
	Aid       string `json:"a"`
	Period    string `json:"p"`
	Before    int64  `json:"x"`
	After     int64  `json:"y"`
	Undecided bool   `json:"u,omitempty"` // on either side: nothing is told

	Why []Reason `json:"w,omitempty"` // each counts the household once

	// Of an aid that pays nothing: its amounts are then what the household does not have to pay, which is negative.
	Paid bool `json:"g,omitempty"`
	Was  bool `json:"r,omitempty"` // the right before
	Is   bool `json:"s,omitempty"` // and after
}

// Append answers for one household. The error is that of [engine.Engine.Simulate].
func (p Pair) Append(b []byte, household *profile.Profile) ([]byte, error) {
	then, since := dated(household, p.beforeDate), dated(household, p.afterDate)
	old, err := p.before.Simulate(then)
	if err != nil {
		return b, err
	}
	now, err := p.after.Simulate(since)
	if err != nil {
		return b, err
	}
	all := effects(old, now)
	if err := p.explain(all, then, since); err != nil {
		return b, err
	}
	line, err := json.Marshal(outcome{household.ID, all})
	if err != nil {
		return b, err
	}
	return append(b, line...), nil
}

// dated gives the household on a day, its own when that is not known.
func dated(household *profile.Profile, on profile.Date) *profile.Profile {
	p := *household
	if on.Known() {
		p.Date = on
	}
	return &p
}

// effects sets the aids of both answers against each other, those of the adults of a household added up, and keeps what
// changes or is not decided.
func effects(old, now *engine.Simulation) []effect {
	all := []effect{}
	of := func(a *engine.Aid) *effect {
		for i := range all {
			if all[i].Aid == a.Aid {
				return &all[i]
			}
		}
		all = append(all, effect{Aid: a.Aid, Period: a.Amount.Period})
		return &all[len(all)-1]
	}
	for i := range now.Aids {
		a := &now.Aids[i]
		e := of(a)
		e.After += cents(a)
		e.Paid, e.Is = e.Paid || a.Share != nil, e.Is || a.Status == engine.Eligible
		e.undecided(a)
	}
	for i := range old.Aids {
		a := &old.Aids[i]
		e := of(a)
		e.Before += cents(a)
		e.Paid, e.Was = e.Paid || a.Share != nil, e.Was || a.Status == engine.Eligible
		e.undecided(a)
	}
	kept := all[:0]
	for _, e := range all {
		if e.Undecided || e.Before != e.After || e.Paid && e.Was != e.Is {
			kept = append(kept, e)
		}
	}
	return kept
}

// undecided notes an answer that decides nothing, and what it lacks.
func (e *effect) undecided(a *engine.Aid) {
	if a.Status != engine.Undecided {
		return
	}
	e.Undecided = true
	for _, r := range uncertain(a) {
		if !slices.Contains(e.Why, r) {
			e.Why = append(e.Why, r)
		}
	}
}

// rights say whether there was a right before and is one after.
func (e effect) rights() (had, has bool) {
	if e.Paid {
		return e.Was, e.Is
	}
	return e.Before != 0, e.After != 0
}

func cents(a *engine.Aid) int64 {
	if a.Status != engine.Eligible {
		return 0
	}
	if a.Share != nil {
		return -int64(math.Round(a.Share.Hi * 100))
	}
	return int64(math.Round(a.Amount.Net * 100))
}

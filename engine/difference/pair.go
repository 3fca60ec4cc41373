package difference

import (
	"encoding/json"
	"math"

	"guichet/engine"
	"guichet/engine/profile"
)

// A Pair answers each household by both sides, as [screening.Rules] do: a line of what changes for it, which [Tally] counts.
type Pair struct {
	Before, After         engine.Brief
	BeforeDate, AfterDate profile.Date // unknown: the household's own
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

	// Of an aid that pays nothing: its amounts are then what the household does not have to pay, which is negative.
	Paid bool `json:"g,omitempty"`
	Was  bool `json:"r,omitempty"` // the right before
	Is   bool `json:"s,omitempty"` // and after
}

// Append answers for one household. The error is that of [engine.Engine.Simulate].
func (p Pair) Append(b []byte, household *profile.Profile) ([]byte, error) {
	old, err := simulate(p.Before, household, p.BeforeDate)
	if err != nil {
		return b, err
	}
	now, err := simulate(p.After, household, p.AfterDate)
	if err != nil {
		return b, err
	}
	line, err := json.Marshal(outcome{household.ID, effects(old, now)})
	if err != nil {
		return b, err
	}
	return append(b, line...), nil
}

func simulate(rules engine.Brief, household *profile.Profile, on profile.Date) (*engine.Simulation, error) {
	p := *household
	if on.Known() {
		p.Date = on
	}
	return rules.Simulate(&p)
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
		e.Undecided = e.Undecided || a.Status == engine.Undecided
	}
	for i := range old.Aids {
		a := &old.Aids[i]
		e := of(a)
		e.Before += cents(a)
		e.Paid, e.Was = e.Paid || a.Share != nil, e.Was || a.Status == engine.Eligible
		e.Undecided = e.Undecided || a.Status == engine.Undecided
	}
	kept := all[:0]
	for _, e := range all {
		if e.Undecided || e.Before != e.After || e.Paid && e.Was != e.Is {
			kept = append(kept, e)
		}
	}
	return kept
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

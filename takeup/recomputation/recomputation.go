// Package recomputation holds the answers of open cases against the rules of today, so that a right that appears is noticed without
// the person asking.
package recomputation

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/takeup"
	"guichet/takeup/store"
	"guichet/takeup/vault"
)

// A Held is a household as the vault keeps it, with what the rules said of it the last time that the case was held against them.
type Held struct {
	Household json.RawMessage          `json:"foyer"`
	Rules     string                   `json:"regles"` // hash of the rule set
	Month     takeup.Month             `json:"mois"`   // for which it was computed: barèmes change with it
	Statuses  map[string]engine.Status `json:"droits"` // by aid and owner, as "rsa.foyer"
}

func nameOf(id takeup.RightID) string { return id.Aid + "." + string(id.For) }

// Hold gives what is kept of a household and an answer about it.
func Hold(p *profile.Profile, s *engine.Simulation) Held {
	undated := *p
	undated.Date = 0
	return hold(undated.AppendJSON(nil), s)
}

func hold(household []byte, s *engine.Simulation) Held {
	h := Held{Household: household, Rules: s.Rules, Statuses: map[string]engine.Status{}}
	if day, err := takeup.ReadDay(s.Date.String()); err == nil {
		h.Month = day.Month()
	}
	for i := range s.Aids {
		id, _ := takeup.EstimateOf(s, &s.Aids[i])
		h.Statuses[nameOf(id)] = s.Aids[i].Status
	}
	return h
}

// before gives the last answer, as far as [takeup.Case.Recompute] asks for it: the statuses.
func (h Held) before(now *engine.Simulation) *engine.Simulation {
	out := &engine.Simulation{}
	for i := range now.Aids {
		id, _ := takeup.EstimateOf(now, &now.Aids[i])
		if status, known := h.Statuses[nameOf(id)]; known {
			out.Aids = append(out.Aids, engine.Aid{Aid: id.Aid, Amount: now.Aids[i].Amount, Status: status})
		}
	}
	return out
}

// An Engine answers for a household by the rules of today.
type Engine interface {
	Simulate(*profile.Profile) (*engine.Simulation, error)
}

// A Report says how a run went.
type Report struct {
	Seen    int // open cases with answers
	Changed int // cases in which something was noted
	Noted   int // events
	Failed  int // cases that could not be computed, for which nothing was noted
}

// Run holds every open case of some CCAS against the rules, when they or the month are others than the last time. A case that goes on
// meanwhile is left for the next run. One that cannot be computed does not hold the others up.
func Run(ctx context.Context, cases *store.Store, v *vault.Vault, e Engine, rules string, centres []takeup.CCAS, now time.Time) (Report, error) {
	var out Report
	if v == nil {
		return out, nil
	}
	for _, ccas := range centres {
		open, err := cases.Cases(ctx, ccas, (*takeup.Case).IsOpen)
		if err != nil {
			return out, err
		}
		for _, c := range open {
			if err := ctx.Err(); err != nil {
				return out, err
			}
			noted, err := one(ctx, cases, v, e, rules, ccas, c, now)
			switch {
			case errors.Is(err, vault.ErrNothing), errors.Is(err, errNoAnswers):
				continue
			case errors.Is(err, store.ErrMoved), errors.Is(err, store.ErrNotFound), errors.Is(err, vault.ErrClosed):
			case err != nil:
				out.Failed++
			}
			out.Seen++
			out.Noted += noted
			if noted > 0 {
				out.Changed++
			}
		}
	}
	return out, nil
}

// errNoAnswers: what is kept is not a household.
var errNoAnswers = errors.New("the answers that are kept are no household")

// Read gives the household of what the vault keeps.
func Read(kept []byte) (Held, *profile.Profile, error) {
	var h Held
	if err := json.Unmarshal(kept, &h); err != nil || len(h.Household) == 0 {
		return Held{}, nil, errNoAnswers
	}
	p, err := profile.Decode(h.Household)
	if err != nil {
		return Held{}, nil, errNoAnswers // what is wrong with it may be an answer
	}
	return h, p, nil
}

func one(ctx context.Context, cases *store.Store, v *vault.Vault, e Engine, rules string, ccas takeup.CCAS, c *takeup.Case, now time.Time) (int, error) {
	kept, err := v.Answers(ctx, ccas, c.Code)
	if err != nil {
		return 0, err
	}
	h, p, err := Read(kept)
	if err != nil {
		return 0, err
	}
	if h.Rules == rules && h.Month == takeup.DayOf(now).Month() {
		return 0, nil
	}
	p.Date = profile.DateOfTime(now)
	s, err := e.Simulate(p)
	if err != nil {
		return 0, errors.New("the engine refuses a household") // its own words may hold an answer
	}
	facts := c.Recompute(h.before(s), s)
	events := make([]takeup.Event, len(facts))
	for i, f := range facts {
		if err := c.Allow(f, now); err != nil {
			return 0, fmt.Errorf("case %s: %w", c.Code, err)
		}
		events[i] = takeup.Event{ID: rand.Text(), At: now, Fact: f}
	}
	if _, err := cases.Append(ctx, ccas, c.Code, len(c.Events()), events...); err != nil {
		return 0, err
	}
	text, err := json.Marshal(hold(h.Household, s))
	if err != nil {
		return 0, err
	}
	return len(events), v.PutAnswers(ctx, ccas, c.Code, text, now)
}

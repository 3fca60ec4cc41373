package engine_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/profile/profiletest"
	"guichet/engine/ruleset"
	"guichet/engine/workbench"
)

// day draws a day for which the shipped rules answer.
func day(t *rapid.T) profile.Date {
	return profile.DateOf(rapid.IntRange(2024, 2026).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"))
}

// drawn draws a complete profile of such a day.
func drawn(t *rapid.T) *profile.Profile {
	d := day(t)
	return profiletest.CompleteAt(t, &profile.Profile{Date: d}, d)
}

// forget drops some of what a profile states, but not its date.
func forget(t *rapid.T, p *profile.Profile) *profile.Profile {
	less := profiletest.Forget(t, p)
	less.Date = p.Date
	return less
}

// due sums what an answer says of one aid, over the persons who may have it: net amounts when decided, else bounds. Of an aid that
// pays nothing it is what the household pays for it.
func due(s *engine.Simulation, aid string) (lo, hi float64, decided bool) {
	decided = true
	for _, a := range s.Aids {
		if a.Aid != aid {
			continue
		}
		if a.Share != nil {
			lo, hi, decided = lo+a.Share.Lo, hi+a.Share.Hi, decided && a.Status != engine.Undecided
			continue
		}
		if a.Amount.Decided {
			lo, hi = lo+a.Amount.Net, hi+a.Amount.Net
			continue
		}
		lo, hi, decided = lo+a.Amount.Min, hi+a.Amount.Max, false
	}
	return lo, hi, decided
}

// right gives the one answer about an aid of the household; "" for an aid of each adult.
func right(s *engine.Simulation, a *ruleset.Aid) engine.Status {
	if a.PerAdult {
		return ""
	}
	return workbench.Best(s, a.ID).Status
}

// outOfScope says whether the rules do not cover the household's case for an aid.
func outOfScope(s *engine.Simulation, aid string) bool {
	return slices.ContainsFunc(s.Aids, func(a engine.Aid) bool { return a.Aid == aid && a.OutOfScope != "" })
}

// TestProperty01Soundness: what a partial profile decides holds for every completion, and its bounds enclose it.
func TestProperty01Soundness(t *testing.T) {
	e := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		partial := forget(t, drawn(t))
		before, err := e.Simulate(partial)
		require.NoError(t, err)
		for range 4 {
			whole := profiletest.CompleteAt(t, partial, partial.Date)
			after, err := e.Simulate(whole)
			require.NoError(t, err)
			for _, a := range e.Set().Aids() {
				if outOfScope(after, a.ID) {
					continue
				}
				lo, hi, decided := due(before, a.ID)
				got, _, _ := due(after, a.ID)
				if decided {
					require.Equal(t, lo, got, "%s était décidé", a.ID)
				}
				if was := right(before, a); was != engine.Undecided {
					require.Equal(t, was, right(after, a), "le droit à %s était décidé", a.ID)
				}
				require.GreaterOrEqual(t, got, lo, "%s sous sa borne basse", a.ID)
				require.LessOrEqual(t, got, hi, "%s au-dessus de sa borne haute", a.ID)
			}
		}
	})
}

// TestProperty03Monotone: one more answer never undecides an aid, nor widens its bounds, nor asks for what was not missing.
func TestProperty03Monotone(t *testing.T) {
	e := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		more := forget(t, drawn(t))
		less := forget(t, more)
		after, err := e.Simulate(more)
		require.NoError(t, err)
		before, err := e.Simulate(less)
		require.NoError(t, err)
		for _, a := range e.Set().Aids() {
			lo0, hi0, decided := due(before, a.ID)
			lo1, hi1, still := due(after, a.ID)
			if decided {
				require.True(t, still, "%s n'est plus décidé", a.ID)
				require.Equal(t, right(before, a), right(after, a), a.ID)
			}
			require.LessOrEqual(t, lo0, lo1, a.ID)
			require.GreaterOrEqual(t, hi0, hi1, a.ID)
		}
	})
}

// TestProperty04Determinism: the same profile gives the same bytes, from any worker, whatever was asked before.
func TestProperty04Determinism(t *testing.T) {
	e := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		p := forget(t, drawn(t))
		first, err := e.Simulate(p)
		require.NoError(t, err)
		want := first.AppendJSON(nil)
		other, err := e.Simulate(drawn(t))
		require.NoError(t, err)
		_ = other.AppendJSON(nil)
		written, err := p.MarshalJSON()
		require.NoError(t, err)
		var fields map[string]any // in no order of ours
		require.NoError(t, json.Unmarshal(written, &fields))
		shuffled, err := json.Marshal(fields)
		require.NoError(t, err)
		same, err := profile.Decode(shuffled)
		require.NoError(t, err)
		answers := make(chan string)
		for range 10 { // at once, on however many processors
			go func() {
				b, err := e.Append(nil, same)
				if err != nil {
					b = []byte(err.Error())
				}
				answers <- string(b)
			}()
		}
		for range 10 {
			if got := <-answers; got != string(want) {
				at := 0
				for at < min(len(got), len(want)) && got[at] == want[at] {
					at++
				}
				t.Fatalf("deux réponses diffèrent à partir de « %.80s »", got[at:])
			}
		}
	})
}

// TestProperty08Money: every amount is whole cents, never negative, never past the aid's stated ceiling.
func TestProperty08Money(t *testing.T) {
	e := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		s, err := e.Simulate(drawn(t))
		require.NoError(t, err)
		for _, a := range s.Aids {
			if a.OutOfScope != "" {
				continue
			}
			require.True(t, a.Amount.Decided, "%s : un profil complet est décidé, manque %v", a.Aid, a.Missing)
			id, _ := e.Set().Aid(a.Aid)
			for _, v := range []float64{a.Amount.Gross, a.Amount.Net} {
				require.False(t, math.IsNaN(v) || math.IsInf(v, 0), a.Aid)
				require.InDelta(t, math.Round(v*100), v*100, 1e-6, "%s : %v n'est pas en centimes", a.Aid, v)
				require.GreaterOrEqual(t, v, 0.0, a.Aid)
				require.LessOrEqual(t, v, id.Ceiling, a.Aid)
			}
			require.LessOrEqual(t, a.Amount.Net, a.Amount.Gross, a.Aid)
			if a.Share != nil {
				require.Zero(t, a.Amount.Gross, "%s ne verse rien", a.Aid)
				require.Equal(t, a.Share.Lo, a.Share.Hi, a.Aid)
				require.InDelta(t, math.Round(a.Share.Lo*100), a.Share.Lo*100, 1e-6, a.Aid)
				require.GreaterOrEqual(t, a.Share.Lo, 0.0, a.Aid)
				require.LessOrEqual(t, a.Share.Lo, id.Ceiling, a.Aid)
				require.True(t, a.Share.Lo == 0 || a.Status == engine.Eligible, "%s se paie sans droit", a.Aid)
				continue
			}
			require.Equal(t, a.Amount.Gross > 0, a.Status == engine.Eligible, a.Aid)
		}
	})
}

// TestQuestions: every question asked is missing from some undecided aid, and no undecided aid is left without a question.
func TestQuestions(t *testing.T) {
	e := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		p := forget(t, drawn(t))
		s, err := e.Simulate(p)
		require.NoError(t, err)
		qs, err := e.Questions(p)
		require.NoError(t, err)
		asked := map[string]bool{}
		for _, q := range qs {
			require.NotEmpty(t, q.Aids)
			asked[q.Fact] = true
		}
		for _, a := range s.Aids {
			if a.Status != engine.Undecided {
				require.Empty(t, a.Missing)
				continue
			}
			require.True(t, len(a.Missing) > 0 || a.OutOfScope != "", a.Aid)
			for _, m := range a.Missing {
				require.True(t, asked[m], "%s manque à %s et n'est pas demandé", m, a.Aid)
			}
		}
	})
}

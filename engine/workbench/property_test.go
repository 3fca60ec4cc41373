package workbench_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/ruleset"
	"guichet/engine/workbench"
	"guichet/rules"
)

// checkedOn is the day as of which the shipped rules are judged: the latest that one of their values was held against its
// source, so that the tests of a given version do not begin to fail on their own.
func checkedOn(set *ruleset.Set) fact.Day {
	var latest fact.Day
	for _, name := range set.Baremes() {
		b, _ := set.Bareme(name)
		for _, v := range b.Values {
			latest = max(latest, v.CheckedOn)
		}
	}
	return latest
}

func inspect(t *testing.T) *ruleset.Source {
	source, err := ruleset.Inspect(rules.FS)
	require.NoError(t, err)
	return source
}

// found gives what the check of the shipped rules finds of the kinds named.
func found(t *testing.T, kinds ...workbench.Kind) []workbench.Finding {
	today := checkedOn(inspect(t).Set)
	_, findings, err := workbench.Check(rules.FS, today, today)
	require.NoError(t, err)
	var out []workbench.Finding
	for _, f := range findings {
		for _, k := range kinds {
			if f.Kind == k {
				out = append(out, f)
			}
		}
	}
	return out
}

// TestProperty06NoGaps: the periods of every barème and of every aid are ordered, follow each other and do not overlap, and
// outside them nothing is answered.
func TestProperty06NoGaps(t *testing.T) {
	require.Empty(t, found(t, workbench.Periods))
	set := inspect(t).Set
	for _, name := range set.Baremes() {
		b, _ := set.Bareme(name)
		for i, v := range b.Values[1:] {
			require.Less(t, b.Values[i].From, v.From, "%s: the values are ordered and none shares its day", name)
		}
		if b.Table.Shape == formula.Scalar {
			inForce(t, b)
		}
	}
	for _, a := range set.Aids() {
		for i, v := range a.Versions[1:] {
			require.Less(t, a.Versions[i].From, v.From, "%s: the versions are ordered and none shares its day", a.ID)
		}
	}
}

// inForce holds the numbers of a barème against its dated values, month by month: not formalised before the first.
func inForce(t *testing.T, b *ruleset.Bareme) {
	for m := formula.First; m <= formula.Last; m++ {
		want, formalised := 0.0, false
		for _, v := range b.Values {
			if begins := v.From.Month(); begins < m || begins == m && v.From == fact.DayOf(m.Year(), m.Calendar(), 1) {
				want, formalised = v.Value.Number, !v.Value.Ends
			}
		}
		if got := b.Table.At(m); formalised {
			require.Equal(t, want, got, "%s in %s", b.Name, m)
		} else {
			require.NotEqual(t, got, got, "%s is not formalised in %s", b.Name, m) // only NaN differs from itself
		}
	}
}

// TestProperty07Provenance: each value, step and condition has a legal reference over https, one of the official sites among
// them, and no value is older than the law allows. `guichet rules check` holds the same against today.
func TestProperty07Provenance(t *testing.T) {
	require.Empty(t, found(t, workbench.Provenance, workbench.Age))
	source := inspect(t)
	for _, name := range source.Set.Baremes() {
		b, _ := source.Set.Bareme(name)
		for _, v := range b.Values {
			require.NotZero(t, v.CheckedOn, name)
			cites(t, name, v.Reference)
		}
	}
	for _, a := range source.Set.Aids() {
		for _, items := range [][]*ruleset.Item{a.Conditions, a.Steps, a.OutOfScope} {
			for _, i := range items {
				for m := formula.First; m <= formula.Last; m++ {
					if _, refs, ok := i.InForce(m); ok {
						cites(t, a.ID+"."+i.ID, refs)
					}
				}
			}
		}
	}
}

// TestProperty09Mutation: the examples notice nearly every slip that an author could make. A few changes of each aid are tried
// here, the same at each run, and held together; `make rules` tries every one and holds each aid by itself.
func TestProperty09Mutation(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	const sample = 4
	source := inspect(t)
	var all []workbench.Mutant
	ids := []string{""} // what all share
	for _, a := range source.Set.Aids() {
		ids = append(ids, a.ID)
	}
	for _, id := range ids {
		mutants, err := workbench.Mutate(context.Background(), rules.FS, source, id, sample)
		require.NoError(t, err)
		all = append(all, mutants...)
	}
	var unnoticed []string
	for _, m := range all {
		if m.Fate == workbench.Survived {
			unnoticed = append(unnoticed, fmt.Sprintf("%s:%d:%d: « %s » changed to « %s »", m.File, m.Line, m.Column, m.Old, m.New))
		}
	}
	score := workbench.ScoreOf(all)
	require.Greater(t, score.Killed, sample*len(ids)/2, "the changes are tried")
	require.GreaterOrEqual(t, score.Percent(), float64(workbench.LeastNoticed), "noticed by no example:\n%s", strings.Join(unnoticed, "\n"))
}

func cites(t *testing.T, what string, refs []ruleset.Reference) {
	require.NotEmpty(t, refs, what)
	for _, r := range refs {
		require.NotEmpty(t, r.Title, what)
		require.True(t, strings.HasPrefix(r.URL, "https://"), "%s: %s", what, r.URL)
	}
}

// TestUnits: the shipped rules hold no contradiction of units.
func TestUnits(t *testing.T) {
	require.Empty(t, found(t, workbench.Units))
}

// TestRevaluations: on the day they were last checked, the shipped barèmes lacked no revaluation.
func TestRevaluations(t *testing.T) {
	require.Empty(t, found(t, workbench.Revaluation))
	require.NotEmpty(t, inspect(t).Set.Revaluations())
}

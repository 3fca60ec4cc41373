package workbench_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/ruleset"
	"guichet/engine/workbench"
	"guichet/rules"
)

// tried gives the fates of the mutants of one aid, with files laid over the shipped rules.
func tried(t *testing.T, aid string, over fstest.MapFS) ([]workbench.Mutant, error) {
	law := rules.Overlay(rules.FS, over)
	source, err := ruleset.Inspect(law)
	require.NoError(t, err)
	return workbench.Mutate(context.Background(), law, source, aid, 0)
}

// TestMutation: a change that an example sees is killed by it; without examples nothing is.
func TestMutation(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	mutants, err := tried(t, "asf", nil)
	require.NoError(t, err)
	seen := false
	for _, m := range mutants {
		if m.Formula == "separation" && m.Old == ">=" && m.New == "<" {
			seen = true
			require.Equal(t, workbench.Killed, m.Fate)
			require.NotEmpty(t, m.By)
			require.Equal(t, "national/asf/2024-01-01.yaml", m.File)
		}
	}
	require.True(t, seen)

	mutants, err = tried(t, "asf", fstest.MapFS{"national/asf/exemples.yaml": {Data: []byte("[]\n")}})
	require.NoError(t, err)
	require.Zero(t, workbench.ScoreOf(mutants).Killed, "without an example nothing is noticed")
	require.Zero(t, workbench.ScoreOf(mutants).Percent())
}

// TestPrecisions: an example that states a precision is held against the answer's.
func TestPrecisions(t *testing.T) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	e, err := engine.New(set)
	require.NoError(t, err)
	aid, _ := set.Aid("aide_logement")
	for _, x := range aid.Examples {
		if !slices.Contains(x.Fields, ruleset.Field{Name: "type", Value: "apl"}) {
			continue
		}
		require.Empty(t, workbench.RunExample(e, aid.ID, x).Misses)
		x.Fields = []ruleset.Field{{Name: "type", Value: "als"}}
		require.Equal(t, []workbench.Miss{{What: "type", Expected: "als", Got: "apl"}}, workbench.RunExample(e, aid.ID, x).Misses)
		return
	}
	t.Fatal("no example states the type of its housing aid")
}

// TestEquivalents: a change that is said to be without effect is not counted; one that an example sees, or that is not
// there, is refused.
func TestEquivalents(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	list := func(line string) fstest.MapFS {
		return fstest.MapFS{
			"national/asf/equivalents.yaml": {Data: []byte(line + "\n")},
			"national/asf/exemples.yaml":    {Data: []byte(strings.TrimSpace(oneExample) + "\n")},
		}
	}
	mutants, err := tried(t, "asf", list(`- {formule: separation, de: ">=", en: ">", raison: "Essai."}`))
	require.NoError(t, err)
	require.Equal(t, 1, workbench.ScoreOf(mutants).Equivalent)
	_, err = tried(t, "asf", list(`- {formule: seul, de: "==", en: "!=", raison: "Essai."}`))
	require.ErrorContains(t, err, "national/asf/equivalents.yaml:1: ce changement n'est pas sans effet : l'exemple « Parent seul » le voit")
	_, err = tried(t, "asf", list(`- {formule: seul, de: "==", en: "!=", rang: 2, raison: "Essai."}`))
	require.ErrorContains(t, err, "« seul » n'a pas ce changement")
}

const oneExample = `
- nom: Parent seul
  profil: {date: 2026-06-15, complet: true, demandeur: {naissance: 1990-01-01}, enfants: [{naissance: 2018-03-10}]}
  attendu: {statut: eligible, montant: 201.78}
`

// TestThresholds: around each limit that is neared, three answers a cent apart, the first two on one side.
func TestThresholds(t *testing.T) {
	e, err := engine.New(inspect(t).Set)
	require.NoError(t, err)
	neared := 0
	for _, a := range e.Set().Aids() {
		for _, x := range workbench.Thresholds(e, a) {
			neared++
			require.Len(t, x.Points, 3, "%s.%s", a.ID, x.Condition)
			for i, p := range x.Points[1:] {
				require.InDelta(t, 0.01, p.Amount-x.Points[i].Amount, 1e-9)
			}
			require.Equal(t, x.Points[0].Result, x.Points[1].Result)
			require.NotEqual(t, x.Points[1].Result, x.Points[2].Result)
		}
	}
	require.GreaterOrEqual(t, neared, 10)
}

// TestModelsNoticeFaults: the examples that ship with each model of a local aid notice the faults of its formulas, so that who
// copies it begins with examples that do.
func TestModelsNoticeFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	law := rules.Overlay(rules.FS, rules.Fictive())
	source, err := ruleset.Inspect(law)
	require.NoError(t, err)
	for _, a := range source.Set.Aids() {
		if !a.Where.Local() {
			continue
		}
		mutants, err := workbench.Mutate(context.Background(), law, source, a.ID, 0)
		require.NoError(t, err)
		require.NotEmpty(t, mutants)
		require.GreaterOrEqual(t, workbench.ScoreOf(mutants).Percent(), 95.0, a.ID)
	}
}

package formula_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/formula"
)

func TestMutations(t *testing.T) {
	const text = `max(0, x - 2) <= bareme.é and a not in ["b"] or not (c in ["d"]) and count(enfants, .age < 12) == 1`
	var got []string
	for _, m := range formula.Mutations(text) {
		require.Equal(t, m.Old, string([]rune(text)[m.From:m.From+len([]rune(m.Old))]), "the place counts characters, not bytes")
		got = append(got, m.Old+" → "+m.New)
	}
	require.Equal(t, []string{
		"0 → 1", "2 → 1", "<= → >", "<= → <", "not in → in", "in → not in", "< → >=", "< → <=", "12 → 2", "== → !=", "1 → 2",
	}, got)
	require.Empty(t, formula.Mutations(`max(0,`))
}

func TestUnits(t *testing.T) {
	for text, want := range map[string]string{
		"EUR/mois": "EUR/mois", "ans": "an", "part": "nombre", "": "?", "EUR/heure": "EUR/heure", "heures/mois": "heure/mois",
		"an/mois": "an/mois", "1/an": "1/an", "lunes": "?", "EUR/jour/personne": "EUR/jour",
	} {
		require.Equal(t, want, formula.ParseUnit(text).String(), text)
	}
	require.False(t, formula.ParseUnit("EUR/mois").Fits(formula.ParseUnit("EUR/an")))
	require.True(t, formula.ParseUnit("EUR/mois").Fits(formula.ParseUnit("")), "what is not known is no contradiction")
	require.True(t, formula.ParseUnit("personnes").Fits(formula.ParseUnit("part")))
	require.Equal(t, "EUR/mois", formula.ParseUnit("EUR/an").Converting(formula.ParseUnit("an/mois")).String())
}

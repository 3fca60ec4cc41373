package pages_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The younger child of the lone parent is three in November.
func TestTheMonthsAhead(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	v.press("resultats", nil)
	require.Contains(t, v.page.text, "Ce qui changera d’ici un an")
	require.Regexp(t, `(?s)novembre 2026\s.*Enfant 2\x{a0}: 3.ans.*jeune enfant\x{a0}: plus de droit, après [0-9,]+\x{a0}€ par mois`, v.page.text)

	v = newSite(t).visitor(t)
	v.answerAll("fr", dunno)
	v.press("resultats", nil)
	require.NotContains(t, v.page.text, "d’ici un an", "of whom nothing is known nothing is foretold")
}

package locales

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWith: the words that rules bring are read in their language, in French where it lacks them, and never run anything.
func TestWith(t *testing.T) {
	plain := bundle(t)
	with := plain.With(map[string]map[string]string{
		"fr": {"aide.essai.resume": "Combien ? Peu.", "condition.essai.age": "{{.Secret}} <b>", "organisme.ccas": "le CCAS d'ici"},
		"en": {"aide.essai.resume": "How much?"},
	})
	for _, c := range []struct{ tag, key, want string }{
		{"fr", "aide.essai.resume", "Combien\u202f? Peu."},
		{"en", "aide.essai.resume", "How much?"},
		{"en", "condition.essai.age", "{{.Secret}} <b>"},
		{"fr", "organisme.ccas", "le CCAS d’ici"},
		{"fr", "organisme.caf", "la CAF"},
	} {
		p, ok := with.Printer(c.tag)
		require.True(t, ok)
		require.True(t, p.Has(c.key), c.key)
		require.Equal(t, c.want, p.T(c.key), "%s in %s", c.key, c.tag)
	}
	english, _ := with.Printer("en")
	english = english.Marked()
	require.Equal(t, "How much?", english.T("aide.essai.resume"))
	require.Equal(t, string(FrenchBegins)+"{{.Secret}} <b>"+string(FrenchEnds), english.T("condition.essai.age"), "French says so")
	require.True(t, with.Has("aide.essai.resume"))
	require.NotContains(t, with.Lacking("aide.essai.resume"), "en")
	require.Contains(t, with.Lacking("condition.essai.age"), "en")
	require.False(t, plain.Has("aide.essai.resume"), "the bundle itself does not change")
	p, _ := plain.Printer("fr")
	require.Equal(t, "le CCAS", p.T("organisme.ccas"))
}

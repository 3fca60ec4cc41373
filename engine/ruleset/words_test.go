package ruleset_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/ruleset"
)

const ownWords = "commune/00000/secours/textes.yaml"

// TestWords: an aid brings what people read of it, in any language, and nothing else.
func TestWords(t *testing.T) {
	set, err := ruleset.Load(files(ownWords, small[ownWords], `fr:
  aide: {resume: "Aide une fois."}
  condition: {bas_revenu: "Votre loyer est bas"}
  etape: {reste: "Ce qui reste"}
  organisme: {ccas: "le CCAS d'ici"}
en:
  aide: {resume: "Helps once."}
  grandeur: {montant: "what is due"}
  bareme: {secours: {seuil: "Limit"}}
`))
	require.NoError(t, err)
	require.Equal(t, ruleset.Words{
		"fr": {
			"aide.secours.resume": "Aide une fois.", "condition.secours.bas_revenu": "Votre loyer est bas",
			"etape.secours.reste": "Ce qui reste", "organisme.ccas": "le CCAS d'ici",
		},
		"en": {"aide.secours.resume": "Helps once.", "regle.grandeur.secours.montant": "what is due", "bareme.secours.seuil": "Limit"},
	}, set.Words())
}

func TestWordsRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"no such condition": {"fr:\n  condition: {bas_revenus: \"x\"}\n", ownWords + ":2:15: « bas_revenus » ne nomme rien"},
		"a page's title":    {"fr:\n  site: {titre: \"x\"}\n", ownWords + ":2:3: « site » n'a pas de sens ici"},
		"no such quantity":  {"fr:\n  grandeur: {inconnue: \"x\"}\n", "« inconnue » ne nomme rien"},
		"no such value":     {"en:\n  bareme: {nulle_part: {x: \"y\"}}\n", "un texte est attendu"},
		"another's payer":   {"fr:\n  organisme: {caf: \"x\"}\n", "« caf » ne nomme rien"},
		"nothing said":      {"fr:\n  aide: {resume: \"\"}\n", ownWords + ":2:10: un texte est attendu"},
		"no language":       {"français:\n  aide: {resume: \"x\"}\n", ownWords + ":1:1: « français » n'est pas une langue"},
		"a list":            {"fr:\n  aide: {resume: [x]}\n", "un texte est attendu"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ruleset.Load(files(ownWords, small[ownWords], c.text))
			require.ErrorContains(t, err, c.want)
		})
	}
}

package pages_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/ruleset"
	"guichet/rules"
	"guichet/web/pages"
	"guichet/web/webtest"
)

// villager lives in the commune of the models, with a child in collège and little money.
func villager() person {
	return person{
		"personne.demandeur":       with(day("date", "25", "4", "1988"), one("activite", "salarie")),
		"couple":                   one("couple", "non"),
		"enfants":                  with(one("enfants", "oui"), day("enfant1", "3", "5", "2014"), one("garde", "aucun")),
		"commune":                  with(one("recherche", "commune fict"), one("cherche", "commune fict"), one("commune", "00000")),
		"residence_commune_depuis": {"residence.mois": {"9"}, "residence.annee": {"2019"}},
		"logement":                 one("logement", "proprietaire"),
		"loyer":                    one("charges", "0"),
		"revenus.demandeur":        wage("900"),
		"isole_depuis":             one("depuis", "longtemps"),
		"enfants_scolarite":        one("reponse", "college"),
		"quotient_familial":        one("quotient_familial", "480"),
		"charges_fixes":            one("charges_fixes", "600"),
		"patrimoine":               with(one("rfr", "9000"), one("parts", "1,5")),
		"prestations":              one("aide", "aucun"),
	}
}

// modelEngine answers with the models of local aids beside the rules of the program.
var modelEngine = sync.OnceValues(func() (*engine.Engine, error) {
	set, err := ruleset.Load(rules.Overlay(rules.FS, rules.Fictive()))
	if err != nil {
		return nil, err
	}
	return engine.New(set)
})

func modelSite(t *testing.T) *site {
	e, err := modelEngine()
	require.NoError(t, err)
	return newSiteWith(t, pages.Options{Engine: e, Texts: webtest.Texts(t).With(e.Set().Words())}, 1)
}

// TestLocalAidsAreAskedAndShown: who lives where local aids are given is asked what only they need, sees them in their own words,
// and no firm amount of the one that a commission decides.
func TestLocalAidsAreAskedAndShown(t *testing.T) {
	v := modelSite(t).visitor(t)
	keys := v.answerAs("fr", villager())
	for _, key := range []string{"residence_commune_depuis", "quotient_familial", "charges_fixes"} {
		require.Contains(t, keys, key)
	}
	require.Contains(t, v.page.text, "Commune fictive (00)")
	require.Contains(t, v.page.text, "septembre 2019")
	v.press("resultats", nil)
	text := v.page.text
	require.Contains(t, text, "Chèque collège (commune fictive)")
	require.Contains(t, text, "Un chèque pour chaque enfant au collège, quels que soient les revenus.")
	_, relief, ok := strings.Cut(text, "Secours pour l’énergie (commune fictive)")
	require.True(t, ok)
	require.Contains(t, relief[:400], "jusqu’à 200")
	require.Contains(t, relief[:400], "Une commission décide")

	keys = newSite(t).visitor(t).answerAs("fr", loneParent())
	require.NotContains(t, keys, "quotient_familial", "without local aids nobody is asked for it")
}

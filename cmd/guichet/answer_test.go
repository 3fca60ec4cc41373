package main

import (
	"flag"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/locales"
	"guichet/web/telling"
)

var update = flag.Bool("update", false, "write the golden files anew")

// invented are aids that no rule file has, so that no reform changes these tests.
type invented map[string]*ruleset.Aid

func (i invented) Aid(id string) (*ruleset.Aid, bool) {
	a, ok := i[id]
	return a, ok
}

// everyKind is an answer with every kind of line that there is.
func everyKind() (*engine.Simulation, telling.Catalogue) {
	number := func(v float64) *engine.Figure { return &engine.Figure{Lo: v, Hi: v} }
	between := func(lo, hi float64) *engine.Figure { return &engine.Figure{Lo: lo, Hi: hi} }
	word := func(w string) *engine.Figure { return &engine.Figure{Choice: w} }
	code := []engine.Reference{{Title: "Code, art. 1", URL: "https://www.legifrance.gouv.fr/1"}}
	both := append(slices.Clone(code), engine.Reference{Title: "Code, art. 2", URL: "https://www.legifrance.gouv.fr/2"})
	simulation := &engine.Simulation{
		Date: profile.DateOf(2026, 6, 1),
		Aids: []engine.Aid{
			{
				Aid: "aide_a", Status: engine.Eligible, TakeUp: engine.NotReceived,
				Amount: engine.Amount{Decided: true, Gross: 1200.5, Net: 1194.5, Period: "mois", For: "foyer"},
				Extra:  []engine.Extra{{Field: "type", Value: "inedit"}},
				Conditions: []engine.Condition{
					{ID: "deux_chiffres", Result: "oui", Value: number(34), Threshold: number(25), Unit: "ans", Reference: code},
					{ID: "un_mot", Result: "oui", Value: word("locataire_hlm"), Reference: both},
					{ID: "sans_chiffre", Result: "oui"},
				},
				Steps: []engine.Step{
					{ID: "un_montant", Value: *number(1350), Unit: "EUR/mois", Reference: both},
					{ID: "un_mot", Value: *word("zone_2")},
					{ID: "une_part", Value: *number(0.0253)},
				},
			},
			{
				Aid: "aide_b", Status: engine.Eligible, TakeUp: engine.Received,
				Amount: engine.Amount{Decided: true, Gross: 300, Net: 300, Period: "an", For: "conjoint"},
			},
			{
				Aid: "aide_b", Status: engine.Undecided, TakeUp: engine.TakeUpUnknown,
				Amount: engine.Amount{Min: 0, Max: 450.25, Period: "unique", For: "enfants[1]"},
				Conditions: []engine.Condition{
					{ID: "ressources", Result: "inconnu", Value: between(0, 1500), Threshold: number(1200), Unit: "EUR/mois"},
					{ID: "sans_borne", Result: "inconnu", Value: between(0, 1e6), Threshold: between(1000, 2e6), Unit: "EUR/mois"},
					{ID: "rien_ou_quelque_chose", Result: "inconnu", Value: between(0, 3), Threshold: number(1)},
					{ID: "seuil_seul", Result: "inconnu", Threshold: word("oui")},
					{ID: "valeur_seule", Result: "inconnu", Value: word("inconnu")},
				},
				Missing: []string{"couple", "demandeur.naissance", "conjoint.revenus.salaire", "enfants[1].handicap.taux", "foyer_fiscal.rfr", "demandeur.jamais.nomme"},
			},
			{
				Aid: "aide_c", Status: engine.Eligible, TakeUp: engine.NotReceived, Share: number(14.5),
				Amount: engine.Amount{Decided: true, Period: "mois", For: "foyer"},
			},
			{
				Aid: "aide_c", Status: engine.Eligible, TakeUp: engine.NotReceived, Share: number(0),
				Amount: engine.Amount{Decided: true, Period: "mois", For: "foyer"},
			},
			{
				Aid: "aide_c", Status: engine.Undecided, TakeUp: engine.TakeUpUnknown, Share: between(0, 30),
				Amount: engine.Amount{Period: "mois", For: "foyer"},
			},
			{
				Aid: "aide_c", Status: engine.Undecided, TakeUp: engine.TakeUpUnknown, Share: between(0, 600),
				Amount: engine.Amount{Period: "mois", For: "foyer"},
			},
			{
				Aid: "inconnue_au_catalogue", Status: engine.NotEligible, TakeUp: engine.NotConcerned,
				Amount:     engine.Amount{Decided: true, Period: "mois", For: "foyer"},
				Conditions: []engine.Condition{{ID: "age", Result: "non", Value: number(17), Threshold: number(18), Unit: "ans", Reference: code}},
			},
			{
				Aid: "aide_a", Status: engine.Undecided, TakeUp: engine.TakeUpUnknown, OutOfScope: "cas_rare",
				Amount: engine.Amount{Min: 0, Max: 5000, Period: "mois", For: "foyer"},
			},
		},
		Totals: engine.Totals{NetPerMonth: 1194.5, UnclaimedPerMonth: 1194.5},
	}
	aids := invented{
		"aide_a": {ID: "aide_a", Identity: ruleset.Identity{Name: "Allocation d'essai", Acronym: "AE", Ceiling: 5000}},
		"aide_c": {ID: "aide_c", Identity: ruleset.Identity{Name: "Couverture d'essai", Ceiling: 600}},
		"aide_b": {ID: "aide_b", Identity: ruleset.Identity{Name: "Prime B de bienvenue", Acronym: "B", Ceiling: 1000}},
	}
	return simulation, aids
}

func TestRenderedAnswer(t *testing.T) {
	texts, err := locales.Load()
	require.NoError(t, err)
	for _, tag := range []string{"fr", "en", "ar"} {
		t.Run(tag, func(t *testing.T) {
			words, ok := texts.Printer(tag)
			require.True(t, ok)
			simulation, aids := everyKind()
			got := renderAnswer(simulation, aids, words)
			golden := "testdata/answer." + tag + ".txt"
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
		})
	}
}

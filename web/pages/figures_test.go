package pages

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/ruleset"
	"guichet/locales"
)

func inWords(t *testing.T, lang string) *visit {
	texts, err := locales.Load()
	require.NoError(t, err)
	words, ok := texts.Printer(lang)
	require.True(t, ok)
	return &visit{L: words, at: time.Date(2026, 10, 15, 0, 0, 0, 0, time.UTC)}
}

func known(v float64) *engine.Figure { return &engine.Figure{Lo: v, Hi: v} }

func TestConditionsTellTheirFigures(t *testing.T) {
	tests := map[string]struct {
		in           engine.Condition
		figures, gap string
	}{
		"over a ceiling": {
			engine.Condition{ID: "ressources", Result: "non", Value: known(1396.15), Threshold: known(1394.75), Unit: "EUR/mois"},
			"vous\u00a0: 1\u202f396,15\u00a0€ · limite\u00a0: 1\u202f394,75\u00a0€ par mois", "1,40\u00a0€ au-dessus de la limite",
		},
		"under a ceiling":    {engine.Condition{Result: "oui", Value: known(10), Threshold: known(20), Unit: "EUR"}, "vous\u00a0: 10\u00a0€ · limite\u00a0: 20\u00a0€", ""},
		"an age":             {engine.Condition{Result: "non", Value: known(24), Threshold: known(25), Unit: "ans"}, "vous\u00a0: 24 ans · limite\u00a0: 25 ans", ""},
		"not known yet":      {engine.Condition{Result: "inconnu", Value: &engine.Figure{Lo: 0, Hi: 50}, Threshold: known(20), Unit: "EUR"}, "vous\u00a0: jusqu’à 50\u00a0€ · limite\u00a0: 20\u00a0€", ""},
		"between bounds":     {engine.Condition{Result: "non", Value: &engine.Figure{Lo: 30, Hi: 50}, Threshold: known(20), Unit: "EUR"}, "vous\u00a0: entre 30\u00a0€ et 50\u00a0€ · limite\u00a0: 20\u00a0€", ""},
		"no bound":           {engine.Condition{Result: "inconnu", Value: &engine.Figure{Lo: 30, Hi: 1e9}, Threshold: known(20), Unit: "EUR"}, "vous\u00a0: au moins 30\u00a0€ · limite\u00a0: 20\u00a0€", ""},
		"a choice":           {engine.Condition{Result: "oui", Value: &engine.Figure{Choice: "locataire_hlm"}}, "vous\u00a0: Je loue un logement social", ""},
		"a truth":            {engine.Condition{Result: "oui", Value: &engine.Figure{Choice: "oui"}}, "", ""},
		"nothing at all":     {engine.Condition{Result: "non", Value: known(0), Threshold: known(15), Unit: "EUR/mois"}, "vous\u00a0: 0\u00a0€ · limite\u00a0: 15\u00a0€ par mois", ""},
		"a bare share":       {engine.Condition{Result: "oui", Value: known(1), Threshold: known(0), Unit: "part"}, "", ""},
		"more than nothing":  {engine.Condition{Result: "oui", Value: known(900), Threshold: known(0), Unit: "EUR/mois"}, "vous\u00a0: 900\u00a0€ par mois", ""},
		"a bare count of 1":  {engine.Condition{Result: "oui", Value: known(2), Threshold: known(1)}, "", ""},
		"words, no figure":   {engine.Condition{Result: "oui"}, "", ""},
		"a unit nobody knew": {engine.Condition{Result: "oui", Value: known(2), Threshold: known(3), Unit: "lunes"}, "vous\u00a0: 2\u00a0lunes · limite\u00a0: 3\u00a0lunes", ""},
	}
	v := inWords(t, "fr")
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			line := v.conditions(&engine.Aid{Aid: "rsa", Conditions: []engine.Condition{tt.in}})[0]
			require.Equal(t, tt.figures, line.Figures)
			require.Equal(t, tt.gap, line.Gap)
		})
	}
}

func TestAmountsAreNeverFirmerThanTheyAre(t *testing.T) {
	aid := &ruleset.Aid{Identity: ruleset.Identity{Ceiling: 5000}}
	tests := map[string]struct {
		in         engine.Aid
		words, per string
	}{
		"decided":       {engine.Aid{Status: engine.Eligible, Amount: engine.Amount{Decided: true, Net: 401.55, Period: "mois"}}, "401,55\u00a0€", "par mois"},
		"bounds":        {engine.Aid{Status: engine.Undecided, Amount: engine.Amount{Min: 120, Max: 310, Period: "mois"}}, "entre 120\u00a0€ et 310\u00a0€", "par mois"},
		"perhaps none":  {engine.Aid{Status: engine.Undecided, Amount: engine.Amount{Max: 310, Period: "an"}}, "jusqu’à 310\u00a0€", "par an"},
		"no bound":      {engine.Aid{Status: engine.Undecided, Amount: engine.Amount{Max: 5000, Period: "mois"}}, "montant à préciser", ""},
		"at least some": {engine.Aid{Status: engine.Undecided, Amount: engine.Amount{Min: 50, Max: 5000, Period: "mois"}}, "au moins 50\u00a0€", "par mois"},
		"free":          {engine.Aid{Status: engine.Eligible, Share: known(0), Amount: engine.Amount{Decided: true, Period: "mois"}}, "gratuite", ""},
		"to pay":        {engine.Aid{Status: engine.Eligible, Share: known(14), Amount: engine.Amount{Decided: true, Period: "mois"}}, "14\u00a0€ à payer", "par mois"},
		"perhaps free":  {engine.Aid{Status: engine.Undecided, Share: &engine.Figure{Hi: 30}, Amount: engine.Amount{Period: "mois"}}, "jusqu’à 30\u00a0€ à payer", "par mois"},
		"to pay, about": {engine.Aid{Status: engine.Undecided, Share: &engine.Figure{Lo: 8, Hi: 30}, Amount: engine.Amount{Period: "mois"}}, "entre 8\u00a0€ et 30\u00a0€ à payer", "par mois"},
		"to pay, all":   {engine.Aid{Status: engine.Undecided, Share: &engine.Figure{Hi: 5000}, Amount: engine.Amount{Period: "mois"}}, "montant à préciser", ""},
		"not covered":   {engine.Aid{Status: engine.NotEligible, Share: known(0), Amount: engine.Amount{Decided: true, Period: "mois"}}, "", ""},
		"no right":      {engine.Aid{Status: engine.NotEligible, Amount: engine.Amount{Decided: true, Period: "mois"}}, "", ""},
	}
	v := inWords(t, "fr")
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			words, per := v.amount(&tt.in, aid)
			require.Equal(t, tt.words, words)
			require.Equal(t, tt.per, per)
		})
	}
}

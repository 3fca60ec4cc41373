package pages

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/web/webtest"
)

func inWords(t *testing.T, lang string) *visit {
	texts := webtest.Texts(t)
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
		"an age to reach":    {engine.Condition{Result: "non", Value: known(24), Threshold: known(25), Floor: true, Unit: "ans"}, "vous\u00a0: 24 ans · minimum\u00a0: 25 ans", ""},
		"an age to stay in":  {engine.Condition{Result: "oui", Value: known(19), Threshold: known(20), Unit: "ans"}, "vous\u00a0: 19 ans · limite\u00a0: 20 ans", ""},
		"not known yet":      {engine.Condition{Result: "inconnu", Value: &engine.Figure{Lo: 0, Hi: 50}, Threshold: known(20), Unit: "EUR"}, "vous\u00a0: jusqu’à 50\u00a0€ · limite\u00a0: 20\u00a0€", ""},
		"between bounds":     {engine.Condition{Result: "non", Value: &engine.Figure{Lo: 30, Hi: 50}, Threshold: known(20), Unit: "EUR"}, "vous\u00a0: entre 30\u00a0€ et 50\u00a0€ · limite\u00a0: 20\u00a0€", ""},
		"no bound":           {engine.Condition{Result: "inconnu", Value: &engine.Figure{Lo: 30, Hi: 1e9}, Threshold: known(20), Unit: "EUR"}, "vous\u00a0: au moins 30\u00a0€ · limite\u00a0: 20\u00a0€", ""},
		"a choice":           {engine.Condition{Result: "oui", Value: &engine.Figure{Choice: "locataire_hlm"}}, "votre réponse\u00a0: Je loue un logement social", ""},
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

// What is received beside what is found is said gently: more than the estimate, by little, is nothing to speak of, and by much is a
// question about the situation, never a debt.
func TestReceivedBesideTheEstimate(t *testing.T) {
	v := inWords(t, "fr")
	for name, c := range map[string]struct {
		got  float64
		take engine.TakeUp
		says string
	}{
		"as found":       {200, engine.Received, "Rien à faire."},
		"a little more":  {209, engine.Received, "Rien à faire."},
		"much more":      {260, engine.Received, "Vous recevez 260\u00a0€ par mois. Notre estimation est de 200\u00a0€. Un revenu récent peut l’expliquer. Si votre situation a changé, dites-le à l’organisme."},
		"less":           {150, engine.PartlyReceived, "Vous recevez 150\u00a0€ par mois. Notre estimation est plus haute\u00a0: demandez à l’organisme de vérifier."},
		"with no amount": {-1, engine.Received, "Rien à faire."},
	} {
		t.Run(name, func(t *testing.T) {
			b := profile.Benefit{Aid: "prime_activite"}
			if c.got >= 0 {
				b.Amount = profile.Some(c.got)
			}
			a := &asking{answers: &answers{Profile: &profile.Profile{Received: profile.Some([]profile.Benefit{b})}}}
			_, note := v.state(a, &engine.Aid{Aid: "prime_activite", Status: engine.Eligible, TakeUp: c.take, Amount: engine.Amount{Decided: true, Net: 200, Period: "mois"}})
			require.Equal(t, c.says, note)
		})
	}
}

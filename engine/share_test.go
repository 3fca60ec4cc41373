package engine_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/workbench"
)

// TestAidThatPaysNothing: the complémentaire santé solidaire has no amount, and what the household pays for it enters no total.
func TestAidThatPaysNothing(t *testing.T) {
	const person = `"demandeur": {"naissance": "1980-01-10", "nationalite": "francaise", "activite": "retraite", "enceinte": false, "inapte_travail": false,
		"handicap": {"taux": 0, "rsdae": false}, "revenus": {"autre": `
	const rest = `}}, "couple": "non", "enfants": [], "logement": {"statut": "sans_domicile"}, "epargne": 0}`
	e := shipped(t)
	for name, c := range map[string]struct {
		profile string
		want    string
	}{
		"free":           {`{"date": "2025-05-15", "commune": "93066", ` + person + `800` + rest, `{"aide":"css","statut":"eligible","version":"2024-07-01","modalite":"gratuite","participation":0.00,"recours":"inconnu"`},
		"to pay":         {`{"date": "2025-05-15", "commune": "93066", ` + person + `900` + rest, `{"aide":"css","statut":"eligible","version":"2024-07-01","modalite":"participation","participation":14.00,"recours":"inconnu"`},
		"not due":        {`{"date": "2025-05-15", "commune": "93066", ` + person + `1200` + rest, `{"aide":"css","statut":"non_eligible","version":"2024-07-01","recours":"inconnu"`},
		"due, price not": {`{"date": "2025-05-15", ` + person + `900` + rest, `{"aide":"css","statut":"a_preciser","version":"2024-07-01","modalite":"participation","participation":{"min":4.90,"max":14.00},"recours":"inconnu"`},
		"out of scope": {
			`{"date": "2025-07-15", "commune": "93066", ` + person + `700, "locatif": {"net": 0, "annees": {"2023": 2000}}` + rest,
			`{"aide":"css","statut":"a_preciser","version":"2025-07-01","participation":{"min":0.00,"max":600.00},"hors_champ":"abattement_patrimoine","recours":"inconnu"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := profile.Decode([]byte(c.profile))
			require.NoError(t, err)
			s, err := e.Simulate(p)
			require.NoError(t, err)
			css := workbench.Best(s, "css")
			written, err := css.MarshalJSON()
			require.NoError(t, err)
			require.Contains(t, string(written), c.want)
			require.NotContains(t, string(written), `"montant"`)
			paid := 0.0
			for _, a := range s.Aids {
				if a.Status == engine.Eligible && a.Amount.Period == "mois" && a.Share == nil {
					paid += a.Amount.Net
				}
			}
			require.InDelta(t, paid, s.Totals.NetPerMonth, 1e-9)
		})
	}
}

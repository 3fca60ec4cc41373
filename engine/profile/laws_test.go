package profile_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/profile/profiletest"
)

// conversions are those of no law: any will do here.
func conversions() *profile.Conversions {
	c := profile.Unconverted()
	c.Taxable[0], c.Gross[0] = 1.03, 1.28
	return c
}

func facts(t require.TestingT, p *profile.Profile) *fact.Household {
	h := new(fact.Household)
	require.NoError(t, p.Facts(h, p.Date, conversions()))
	return h
}

// Every profile drawn is valid, round-trips, and is wholly decided but for what rules derive.
func TestDrawnProfilesAreComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := profiletest.Draw(t)
		again, err := profile.Decode(p.AppendJSON(nil))
		require.NoError(t, err)
		require.Equal(t, string(p.AppendJSON(nil)), string(again.AppendJSON(nil)))
		h := facts(t, again)
		for _, q := range h.Questions {
			require.Contains(t, []string{"foyer_fiscal.rfr", "foyer_fiscal.parts", "quotient_familial"}, q)
		}
	})
}

// Every household that a partial profile may turn out to be lies inside what its facts leave open.
func TestCompletionsLieInsideThePartial(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := profiletest.Draw(t)
		partial := profiletest.Forget(t, p)
		again, err := profile.Decode(partial.AppendJSON(nil))
		require.NoError(t, err)
		open := facts(t, again)
		require.Empty(t, profiletest.Inside(open, facts(t, p)))
		require.Empty(t, profiletest.Inside(open, facts(t, profiletest.Complete(t, partial))))
		nothing := facts(t, &profile.Profile{Date: p.Date})
		require.Empty(t, profiletest.Inside(nothing, open))
	})
}

// A fact outside its domain is seen: the comparison that proves the others can fail.
func TestInsideSeesWhatIsOutside(t *testing.T) {
	text := func(s string) *fact.Household {
		p, err := profile.Decode([]byte(s))
		require.NoError(t, err)
		return facts(t, p)
	}
	claimant := `{"date":"2025-06-15","complet":true,"demandeur":{"naissance":"1990-01-01"`
	for want, c := range map[string][2]string{
		"couple":                    {`{"date":"2025-06-15","couple":"marie"}`, claimant + `}}`},
		"logement.loyer":            {`{"date":"2025-06-15","logement":{"loyer":3}}`, claimant + `}}`},
		"demandeur.naissance":       {`{"date":"2025-06-15","demandeur":{"naissance":"1991-01-01"}}`, claimant + `}}`},
		"demandeur.enceinte":        {`{"date":"2025-06-15","demandeur":{"enceinte":true}}`, claimant + `}}`},
		"demandeur.activite":        {`{"date":"2025-06-15","demandeur":{"activite":"salarie"}}`, claimant + `}}`},
		"demandeur.revenus.salaire": {`{"date":"2025-06-15","demandeur":{"revenus":{}}}`, claimant + `,"revenus":{"salaire":1}}}`},
		"enfants[0]":                {`{"date":"2025-06-15","enfants":[]}`, claimant + `},"enfants":[{"naissance":"2020-01-01"}]}`},
	} {
		require.Equal(t, want, profiletest.Inside(text(c[0]), text(c[1])))
	}
	require.Equal(t, "enfants[0]", profiletest.Inside(text(`{"date":"2025-06-15","enfants":[{}]}`), text(claimant+`}}`)))
}

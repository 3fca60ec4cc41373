package curve_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/web/curve"
)

// parent is a lone parent with two children who earns a wage.
func parent(wage float64) *profile.Profile {
	h := curve.Households[1]
	return h.Profile(curve.Commune, profile.DateOf(2026, 10, 15), wage)
}

// TestWorkIsWhatTheEngineSays: each point is the sum of what the engine says of the household at that wage, and the household's own
// point is its own answer.
func TestWorkIsWhatTheEngineSays(t *testing.T) {
	e := shipped(t)
	p := parent(1234.56)
	w, ok, err := curve.OfWork(e, p)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "demandeur", w.Who)
	require.Equal(t, 1234.56, w.Here)
	require.Zero(t, w.Others)
	require.Equal(t, w.Last, w.Wage(len(w.Aids)-1))
	require.LessOrEqual(t, len(w.Aids), 61)
	own, err := e.Simulate(p)
	require.NoError(t, err)
	require.InDelta(t, own.Totals.NetPerMonth, w.AidsHere, 0.005, "nothing is left out: %v", w.Left)
	for i, aids := range w.Aids {
		s, err := e.Simulate(parent(w.Wage(i)))
		require.NoError(t, err)
		want := 0.0
		for _, a := range s.Aids {
			if a.Status == engine.Eligible && a.Amount.Period == "mois" && a.Share == nil {
				want += a.Amount.Net
			}
		}
		require.InDelta(t, want, aids, 1e-9, "at %v", w.Wage(i))
	}
	require.Equal(t, 1234.56, p.Claimant.Incomes.Value[0].Net.Value, "the profile is not changed")
}

func TestWorkOfWhomever(t *testing.T) {
	e := shipped(t)
	couple := func() *profile.Profile {
		return curve.Households[2].Profile(curve.Commune, profile.DateOf(2026, 10, 15), 900)
	}
	some := profile.Some[float64]
	for name, c := range map[string]struct {
		change func(*profile.Profile)
		who    string // "" when there is nothing to draw
		here   float64
	}{
		"who earns": {func(*profile.Profile) {}, "demandeur", 900},
		"the larger wage": {func(p *profile.Profile) {
			p.Spouse.Activity, p.Spouse.Incomes = "salarie", profile.Some([]profile.Income{{Kind: "salaire", Net: some(1000)}})
		}, "conjoint", 1000},
		"a wage that varies":   {func(p *profile.Profile) { p.Claimant.Incomes.Value[0].Months = []profile.MonthAmount{{}} }, "demandeur", -1},
		"no wage":              {func(p *profile.Profile) { p.Claimant.Incomes.Value = nil }, "demandeur", 0},
		"incomes not known":    {func(p *profile.Profile) { p.Complete, p.Claimant.Incomes = false, profile.Opt[[]profile.Income]{} }, "", 0},
		"an amount not known":  {func(p *profile.Profile) { p.Claimant.Incomes.Value[0].Net = profile.Opt[float64]{} }, "", 0},
		"the spouse's unknown": {func(p *profile.Profile) { p.Complete, p.Spouse.Incomes = false, profile.Opt[[]profile.Income]{} }, "", 0},
		"on one's own account": {func(p *profile.Profile) { p.Claimant.Incomes.Value[0].Kind = "micro_entreprise" }, "", 0},
		"retired":              {func(p *profile.Profile) { p.Claimant.Activity = "retraite" }, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := couple()
			c.change(p)
			if name == "a wage that varies" {
				p.Claimant.Incomes.Value[0].Months = []profile.MonthAmount{{Month: p.Date.Day().Month() - 1, Amount: 100}}
			}
			w, ok, err := curve.OfWork(e, p)
			require.NoError(t, err)
			require.Equal(t, c.who != "", ok)
			if ok {
				require.Equal(t, c.who, w.Who)
				require.Equal(t, c.here, w.Here)
			}
		})
	}
}

// What is not decided at one wage is counted at none: the curve has no false step.
func TestWorkLeavesOutWhatIsNotDecided(t *testing.T) {
	e := shipped(t)
	p := parent(800)
	p.Complete = false
	w, ok, err := curve.OfWork(e, p)
	require.NoError(t, err)
	if ok {
		require.NotEmpty(t, w.Left)
	}
	for _, id := range w.Left {
		_, known := e.Set().Aid(id)
		require.True(t, known)
	}
}

package curve_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/rules"
	"guichet/web/curve"
	"guichet/web/webtest"
)

func shipped(t testing.TB) *engine.Engine {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	e, err := engine.New(set)
	require.NoError(t, err)
	return e
}

// asked computes an amount on its own: what a household would be told of the aid, or of what it pays for it.
func asked(t testing.TB, e *engine.Engine, aid string, h curve.Household, on profile.Date, income float64) float64 {
	s, err := e.Simulate(h.Profile(curve.Commune, on, income))
	require.NoError(t, err)
	net := 0.0
	for _, a := range s.Aids {
		if a.Aid == aid {
			require.NotEqual(t, engine.Undecided, a.Status)
			net += a.Amount.Net
			if a.Share != nil && a.Status == engine.Eligible {
				net += a.Share.Lo // what the household pays
			}
		}
	}
	return net
}

// TestEveryAidHasAPicture: every shipped aid serves a typical household, and every point of its curves is what the engine says.
func TestEveryAidHasAPicture(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	e := shipped(t)
	charts := curve.New(e)
	for _, aid := range e.Set().Aids() {
		for _, on := range []profile.Date{profile.DateOf(2024, 2, 29), profile.DateOf(2026, 10, 15)} {
			former := []profile.Date{profile.DateOf(2024, 1, 31)}
			chart, err := charts.Of(curve.Question{Aid: aid.ID, Commune: curve.Commune, On: on, Former: former})
			require.NoError(t, err)
			require.NotEmpty(t, chart.Curves, "%s on %s", aid.ID, on)
			for _, k := range chart.Curves {
				require.Equal(t, chart.Last, chart.Income(len(k.Now)-1), "%s, %s", aid.ID, k.ID)
				for i := 0; i < len(k.Now); i += 7 {
					require.Equal(t, asked(t, e, aid.ID, k.Household, chart.On, chart.Income(i)), k.Now[i], "%s, %s, %g", aid.ID, k.ID, chart.Income(i))
					if k.Before != nil {
						require.Equal(t, asked(t, e, aid.ID, k.Household, chart.Before, chart.Income(i)), k.Before[i], "%s, %s, %g", aid.ID, k.ID, chart.Income(i))
					}
				}
				require.Equal(t, k.Now[len(k.Now)-1], asked(t, e, aid.ID, k.Household, on, 2*chart.Last), "%s, %s: nothing happens beyond the picture", aid.ID, k.ID)
			}
		}
	}
}

// An invented aid pays 600 EUR less the wages, from 25 years on: its picture is known without the engine.
func TestAPictureThatIsKnown(t *testing.T) {
	charts := curve.New(webtest.Engine(t))
	known := curve.Question{Aid: "aide_essai", Commune: curve.Commune, On: profile.DateOf(2026, 6, 15)}
	chart, err := charts.Of(known)
	require.NoError(t, err)
	require.NotEmpty(t, chart.Curves)
	require.Equal(t, "seul", chart.Curves[0].ID)
	require.False(t, chart.Before.Known())
	for i, amount := range chart.Curves[0].Now {
		require.InDelta(t, max(0, 600-chart.Income(i)), amount, 0.005, "%g", chart.Income(i))
	}
	again, err := charts.Of(known)
	require.NoError(t, err)
	require.Same(t, chart, again)
}

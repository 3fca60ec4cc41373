package usefulness_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine"
	"guichet/engine/ruleset"
	"guichet/engine/usefulness"
	"guichet/rules"
)

var cited = []ruleset.Reference{{Title: "Texte", URL: "https://www.legifrance.gouv.fr/"}}

func month(net float64) engine.Amount { return engine.Amount{Decided: true, Net: net, Period: "mois"} }

func TestScores(t *testing.T) {
	online := ruleset.Identity{Period: "mois", Online: "https://caf.fr", Documents: []string{"rib"}}
	lost, heavy, paper, desk, unasked := online, online, online, online, online
	lost.Backdating = cited
	heavy.Documents = []string{"a", "b", "c", "d", "e", "f"}
	paper.Online, paper.Form = "", "Cerfa"
	desk.Online = ""
	unasked.Unasked = cited
	for name, c := range map[string]struct {
		amount               engine.Amount
		share                *engine.Figure
		aid                  ruleset.Identity
		worth, urgency, ease int
	}{
		"a large amount that is lost":    {month(620), nil, lost, 10, 6, 3},
		"the same, paid back":            {month(620), nil, online, 10, 2, 3},
		"just under a step":              {month(149.99), nil, online, 4, 2, 3},
		"just on it":                     {month(150), nil, online, 6, 2, 3},
		"a year's worth":                 {engine.Amount{Decided: true, Net: 300, Period: "an"}, nil, online, 2, 2, 3},
		"bounds count for the lower one": {engine.Amount{Min: 80, Max: 900, Period: "mois"}, nil, online, 4, 2, 3},
		"nothing paid":                   {engine.Amount{Period: "mois"}, &engine.Figure{Lo: 0, Hi: 0}, lost, 4, 6, 3},
		"many documents":                 {month(30), nil, heavy, 2, 2, 2},
		"a paper form":                   {month(30), nil, paper, 2, 2, 1},
		"at a desk":                      {month(30), nil, desk, 2, 2, 0},
		"without a claim":                {month(30), nil, unasked, 2, 0, 3},
	} {
		t.Run(name, func(t *testing.T) {
			s := usefulness.Of(&engine.Aid{Amount: c.amount, Share: c.share}, &ruleset.Aid{Identity: c.aid})
			require.Equal(t, []int{c.worth, c.urgency, c.ease}, []int{s.Worth, s.Urgency, s.Ease})
			require.Equal(t, c.worth+c.urgency+c.ease, s.Points())
			require.Equal(t, c.urgency == 6, s.Losing)
		})
	}
}

// More money never makes an aid less useful, and a later month never more urgent than a lost one.
func TestScoresFollowTheAmount(t *testing.T) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		aid := rapid.SampledFrom(set.Aids()).Draw(t, "aid")
		less := rapid.Float64Range(0, 2000).Draw(t, "less")
		more := less + rapid.Float64Range(0, 2000).Draw(t, "more")
		score := func(net float64) usefulness.Score {
			return usefulness.Of(&engine.Aid{Amount: engine.Amount{Decided: true, Net: net, Period: aid.Period}}, aid)
		}
		require.LessOrEqual(t, score(less).Points(), score(more).Points())
		if len(aid.Unasked) > 0 {
			require.Zero(t, score(more).Urgency)
		}
	})
}

func TestOrderOfTheNationalAids(t *testing.T) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	scored := func(id string, net float64) usefulness.Score {
		aid, ok := set.Aid(id)
		require.True(t, ok)
		return usefulness.Of(&engine.Aid{Aid: id, Amount: engine.Amount{Decided: true, Net: net, Period: aid.Period}}, aid)
	}
	all := []struct {
		id  string
		net float64
	}{{"prime_noel", 228}, {"af", 152}, {"ars", 430}, {"prime_activite", 205}, {"aide_logement", 296}, {"asf", 401}, {"rsa", 205}}
	usefulness.Sort(all, func(x struct {
		id  string
		net float64
	},
	) usefulness.Score {
		return scored(x.id, x.net)
	})
	var order []string
	for _, x := range all {
		order = append(order, x.id)
	}
	require.Equal(t, []string{"asf", "aide_logement", "prime_activite", "rsa", "af", "ars", "prime_noel"}, order)
}

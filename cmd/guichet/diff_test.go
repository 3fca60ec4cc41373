package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/difference"
	"guichet/engine/fact"
	"guichet/locales"
	"guichet/web/webtest"
)

// invented effects, with every kind of line that there is.
func effects() *difference.Population {
	aids := []difference.Effect{
		{
			Aid: "aide_essai", Period: "mois", Gain: 2, Lose: 3, Opened: 1, Closed: 2, Undecided: 1,
			Mean: -4.5, Least: -60, Greatest: 50, Total: -22.5, Gainers: []string{"a"}, Losers: []string{"b", "c"},
			Reasons: []difference.Reason{
				{Sense: difference.Opens, Kind: difference.OfBareme, ID: "bareme.essai.plafond", Households: 1},
				{Sense: difference.Closes, Kind: difference.OfCondition, Aid: "aide_essai", ID: "loyer_paye", Households: 2},
				{Sense: difference.Gains, Kind: difference.OfFormula, Aid: "aide_essai", ID: "montant", Households: 1},
				{Sense: difference.Loses, Kind: difference.OfStep, Aid: "aide_essai", ID: "loyer_retenu", Households: 1},
				{Sense: difference.Loses, Kind: difference.OfDay, Households: 1},
				{Sense: difference.Uncertain, Kind: difference.OfAnswer, ID: "logement.loyer", Households: 1},
			},
		},
		{Aid: "prime_essai", Period: "mois", Undecided: 4, Reasons: []difference.Reason{
			{Sense: difference.Uncertain, Kind: difference.OfAnswer, ID: "a", Households: 4},
			{Sense: difference.Uncertain, Kind: difference.OfAnswer, ID: "b", Households: 3},
			{Sense: difference.Uncertain, Kind: difference.OfAnswer, ID: "c", Households: 2},
			{Sense: difference.Uncertain, Kind: difference.OfScope, Aid: "prime_essai", ID: engine.Expired, Households: 1},
			{Sense: difference.Uncertain, Kind: difference.OfScope, Aid: "prime_essai", ID: "cas", Households: 1},
			{Sense: difference.Uncertain, Kind: difference.OfAid, Aid: "prime_essai", Households: 1},
		}},
	}
	total := difference.Effect{Aid: "total", Period: "mois", Gain: 1, Mean: 12, Least: 12, Greatest: 12, Total: 12}
	return &difference.Population{
		Households: 12, Refused: 1, Refusals: []difference.Refusal{{Rule: "champ inconnu", Households: 1}}, Unchanged: 7, Aids: aids, Total: total,
	}
}

func TestTheDifferenceOfTwoDays(t *testing.T) {
	e := webtest.Engine(t)
	side := func(name string, year int) contender {
		return contender{difference.Side{Name: name, Set: e.Set(), On: fact.DayOf(year, 6, 15)}, e}
	}
	before, after := side("2024-06-15", 2024), side("2026-06-15", 2026)
	for _, format := range []string{"text", "html", "json"} {
		t.Run(format, func(t *testing.T) {
			r := difference.Between(before.Side, after.Side)
			r.Before.Rules, r.After.Rules = "sha256:…", "sha256:…" // the shipped roundings are in it
			r.Baremes = slices.DeleteFunc(r.Baremes, func(c difference.BaremeChange) bool { return !strings.HasPrefix(c.Name, "bareme.essai.") })
			r.Population = effects()
			o := diffOptions{rulesFlags: rulesFlags{format: format}, lang: locales.Source}
			got, err := writtenDifference(o, before, after, r)
			require.NoError(t, err)
			golden(t, "diff."+format, unstyled(got))
		})
	}
	t.Run("in Chinese, whose colon is as wide as a space more", func(t *testing.T) {
		r := difference.Between(before.Side, after.Side)
		r.Population = effects()
		for _, format := range []string{"text", "html"} {
			got, err := writtenDifference(diffOptions{rulesFlags: rulesFlags{format: format}, lang: "zh-Hans"}, before, after, r)
			require.NoError(t, err)
			require.Contains(t, string(got), "：")
			require.NotContains(t, string(got), "： ")
		}
	})
}

package formula_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/formula"
)

// TestOnADay looks barèmes up at the day of a loan: to the day, before any month that a barème of the month asked for knows, and over
// all the days that it may be while it is not known.
func TestOnADay(t *testing.T) {
	asked := fact.Bit(3)
	day := func(y, m, d int) fact.Num { return fact.Known(float64(fact.DayOf(y, m, d))) }
	between := func(a, b fact.Num) fact.Num { return fact.Between(a.Lo, b.Lo, asked) }
	const (
		one  = "au(logement.pret_signe_le, bareme.essai.jour_du_pret)"
		rank = "rang(au(logement.pret_signe_le, bareme.essai.rangs_du_pret), 1 + 2)"
		both = "rang(au(logement.pret_signe_le, bareme.essai.grilles_du_pret[zone_apl]), 2)"
	)
	for name, c := range map[string]struct {
		text string
		day  fact.Num
		zone uint32
		want fact.Num
	}{
		"first day":                     {one, day(1992, 7, 1), 1, fact.Known(7)},
		"eve of the second value":       {one, day(1994, 11, 27), 1, fact.Known(7)},
		"its day, within a month":       {one, day(1994, 11, 28), 1, fact.Known(9)},
		"after the last":                {one, day(2020, 5, 5), 1, fact.Known(8)},
		"one of two":                    {one, between(day(1994, 1, 1), day(1995, 1, 1)), 1, fact.Between(7, 9, asked)},
		"not known, but within one":     {one, between(day(1995, 1, 1), day(1996, 1, 1)), 1, fact.Known(9)},
		"any, the first of them before": {one, between(day(1950, 1, 1), day(2026, 1, 1)), 1, fact.Between(7, 9, asked)},
		"rank past the last":            {rank, day(1993, 1, 1), 1, fact.Known(3)},
		"rank of the second value":      {rank, day(1999, 1, 1), 1, fact.Known(7)},
		"rank, an end in sight":         {rank, between(day(1999, 1, 1), day(2010, 1, 1)), 1, fact.Known(7)},
		"by zone and rank":              {both, day(2010, 1, 1), 1 << 1, fact.Known(4)},
		"of an unknown zone":            {both, day(2010, 1, 1), 1<<0 | 1<<1, fact.Between(2, 4, asked)},
	} {
		t.Run(name, func(t *testing.T) {
			h := family()
			h.Nums[fact.LoanSigned] = c.day
			h.Choices[fact.Zone] = fact.Choice{Mask: c.zone, Miss: asked}
			got := value(t, universe(), &formula.Quantity{Namespace: "essai", Name: "q"}, c.text, h).(fact.Num)
			require.Equal(t, [2]float64{c.want.Lo, c.want.Hi}, [2]float64{got.Lo, got.Hi})
			require.Equal(t, c.want.Lo == c.want.Hi, got.Miss.Empty())
		})
	}
	t.Run("before the first day", func(t *testing.T) {
		h := family()
		h.Nums[fact.LoanSigned] = day(1992, 6, 30)
		q := &formula.Quantity{Namespace: "essai", Name: "q"}
		f, err := universe().Compile(q, one)
		require.NoError(t, err)
		q.Add(formula.First, f)
		plan, err := formula.NewPlan([]*formula.Quantity{q}, []*formula.Quantity{q})
		require.NoError(t, err)
		k := plan.NewContext()
		k.Begin(h)
		k.Number(q, 0)
		require.ErrorContains(t, k.Err(), "bareme.essai.jour_du_pret n'est pas formalisé pour le 1992-06-30")
	})
	for _, text := range []string{
		"au(logement.pret_signe_le, logement.loyer)",
		"au(logement.pret_signe_le, 2)",
		"au(logement.pret_signe_le, bareme.essai.zone.zone_1)",
		"au(logement.loyer, bareme.essai.base)",
		"rang(au(logement.pret_signe_le, bareme.essai.grille), 1)",
		"rang(au(logement.pret_signe_le, bareme.essai.grille[couple]), 1)",
	} {
		_, err := universe().Compile(&formula.Quantity{Namespace: "essai", Name: "q"}, text)
		require.Error(t, err, text)
	}
}

// TestFiguresOfAGuardedCondition: what a condition says of the households that it concerns keeps its figures.
func TestFiguresOfAGuardedCondition(t *testing.T) {
	q := &formula.Quantity{Namespace: "essai", Name: "q", Bool: true}
	f, err := universe().Compile(q, `not (couple == "non") or (logement.loyer < bareme.essai.base)`)
	require.NoError(t, err)
	f.Concerning()
	q.Add(formula.First, f)
	plan, err := formula.NewPlan([]*formula.Quantity{q}, []*formula.Quantity{q})
	require.NoError(t, err)
	k := plan.NewContext()
	k.Begin(family())
	have, limit, ok := f.Figures(k, 0)
	require.True(t, ok)
	require.Equal(t, []fact.Num{fact.Known(500), fact.Known(110)}, []fact.Num{have, limit})
	require.Equal(t, []string{"bareme.essai.base"}, f.Compared())
}

package engine_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/profile"
)

// TestTaxIncome holds the reference tax income that the rules derive from the incomes against the one that the reference cases
// found on the way. Where the two part, it is by the deduction for older and disabled people (CGI, art. 157 bis), whole or halved:
// the other model counts one for two old spouses, none for who turned 65 in the year, and none for a rate of 80 %. It has one
// figure for an unmarried couple, whom the tax has as two households.
func TestTaxIncome(t *testing.T) {
	e := shipped(t)
	plan := e.Set().Plan()
	i := slices.IndexFunc(plan.Quantities, func(q *formula.Quantity) bool { return q.QualifiedName() == "revenu_fiscal_reference" })
	require.GreaterOrEqual(t, i, 0)
	k, w := plan.NewContext(), e.NewWorker()
	deductions := []float64{2620, 2746, 2796} // of the incomes of 2022, 2023 and 2024
	same, all := 0, 0
	for _, c := range oracleCases(t) {
		p, err := profile.Decode(c.Profile)
		require.NoError(t, err)
		if p.Couple == "concubinage" {
			continue
		}
		h := &fact.Household{}
		require.NoError(t, w.Facts(h, p))
		k.Begin(h)
		got := k.Number(plan.Quantities[i], 0)
		require.True(t, got.Decided(), p.ID)
		want := c.Figures["rfr_n_2"]
		all++
		if math.Abs(got.Lo-want) <= max(1, 0.001*want) {
			same++
			continue
		}
		d := deductions[p.Date.Day().Month().Year()-2024]
		parted := math.Abs(want-got.Lo-d) <= 1 || math.Abs(want-got.Lo-d/2) <= 1 || got.Lo == 0 && want <= 2*d
		require.True(t, parted, "%s %s : %v, référence %v", p.ID, p.Date, got.Lo, want)
	}
	require.NoError(t, k.Err())
	t.Logf("%d of %d reference tax incomes are the same", same, all)
	require.Greater(t, same*100, all*95)
}

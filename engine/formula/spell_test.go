package formula_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/profile/profiletest"
	"guichet/engine/ruleset"
	"guichet/rules"
)

// TestSpells: a value taken from a month nearby is the one that computing the month by itself gives, to the bit, for whole
// and partial households, whatever changed in the past months.
func TestSpells(t *testing.T) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	shared, alone := set.Plan().NewContext(), set.Plan().NewContext()
	alone.Fresh()
	var reused, computed int
	rapid.Check(t, func(t *rapid.T) {
		day := profile.DateOf(rapid.IntRange(2024, 2026).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), 1)
		p := profiletest.CompleteAt(t, &profile.Profile{Date: day}, day)
		if rapid.Bool().Draw(t, "partial") {
			p = profiletest.Forget(t, p)
			p.Date = day
		}
		h := &fact.Household{}
		require.NoError(t, p.Facts(h, day, profile.Unconverted()))
		shared.Begin(h)
		alone.Begin(h)
		for _, a := range set.Aids() {
			for _, i := range h.Adults {
				require.Equal(t, alone.Number(a.Net, i), shared.Number(a.Net, i), a.ID)
			}
		}
		for _, q := range set.Plan().Quantities {
			for i := range h.People {
				if i > 0 && !q.Person {
					break
				}
				months := alone.Computed(q, i)
				computed += len(months)
				reused += len(months) - len(shared.Computed(q, i))
				for _, m := range months {
					wantN, wantT := alone.Bounds(q, m, i)
					gotN, gotT := shared.Bounds(q, m, i)
					require.Equal(t, wantN, gotN, "%s de %s", q.QualifiedName(), m)
					require.Equal(t, wantT, gotT, "%s de %s", q.QualifiedName(), m)
				}
			}
		}
	})
	t.Logf("%d %% of %d values were not computed again", 100*reused/max(1, computed), computed)
}

package indicators

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Three counts, each two of which have a shown sum: no sum alone gives one back, and all together give each. So a sum is hidden too.
func TestAllSumsTogether(t *testing.T) {
	s := &sheet{}
	var counts, sums [3]int
	for i, n := range []int{60, 70, 3} {
		counts[i] = s.add(n, false)
	}
	for i := range sums {
		a, b := counts[i], counts[(i+1)%3]
		sums[i] = s.add(s.counts[a]+s.counts[b], false)
		s.sums = append(s.sums, sum{total: sums[i], parts: []int{a, b}})
	}
	s.protect(Inside)
	require.True(t, s.hidden[counts[2]])
	require.False(t, s.determined()[counts[2]])
	shown := 0
	for _, i := range sums {
		if !s.hidden[i] {
			shown++
		}
	}
	require.Positive(t, shown, "and no more is hidden than is needed")
}

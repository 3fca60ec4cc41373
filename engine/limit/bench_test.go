package limit_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/limit"
)

// BenchmarkRightsByHand computes the revenu de solidarité active and the prime d'activité of one reference household after
// another by the code written by hand.
func BenchmarkRightsByHand(b *testing.B) {
	set := shipped(b)
	law, err := limit.NewLaw(set)
	require.NoError(b, err)
	c, hs := limit.NewCalculator(law), households(b, set)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c.Rights(hs[i%len(hs)].Household)
	}
}

// BenchmarkRightsByEngine computes the same two amounts of the same households by the engine.
func BenchmarkRightsByEngine(b *testing.B) {
	set := shipped(b)
	rsa, prime := gross(b, set, "rsa"), gross(b, set, "prime_activite")
	k, hs := set.Plan().NewContext(), households(b, set)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		k.Begin(hs[i%len(hs)].Household)
		k.Number(rsa, 0)
		k.Number(prime, 0)
	}
	require.NoError(b, k.Err())
}

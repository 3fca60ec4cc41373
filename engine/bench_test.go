package engine_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

// households gives the reference households as facts, which is where evaluation begins.
func households(b *testing.B) []*fact.Household {
	w := shipped(b).NewWorker()
	var out []*fact.Household
	for _, c := range oracleCases(b) {
		p, err := profile.Decode(c.Profile)
		require.NoError(b, err)
		h := &fact.Household{}
		require.NoError(b, w.Facts(h, p))
		out = append(out, h)
	}
	return out
}

// BenchmarkEvaluate computes the amounts of all aids for one complete household after another.
func BenchmarkEvaluate(b *testing.B) {
	w := shipped(b).NewWorker()
	hs := households(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := w.Evaluate(hs[i%len(hs)]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSimulate goes from the bytes of a profile to the bytes of its answer, with conditions, steps and references.
func BenchmarkSimulate(b *testing.B) {
	e := shipped(b)
	cases := oracleCases(b)
	var out []byte
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p, err := profile.Decode(cases[i%len(cases)].Profile)
		if err != nil {
			b.Fatal(err)
		}
		if out, err = e.Append(out[:0], p); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(out)), "bytes/answer")
}

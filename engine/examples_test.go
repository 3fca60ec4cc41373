package engine_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
)

// TestExamples runs the cases that stand beside each rule, worked out from the text by its author.
func TestExamples(t *testing.T) {
	e := shipped(t)
	for _, a := range e.Set().Aids() {
		require.NotEmpty(t, a.Examples, "%s n'a pas d'exemple", a.ID)
		for _, x := range a.Examples {
			t.Run(a.ID+"/"+x.Name, func(t *testing.T) {
				p, err := profile.Decode(x.Profile)
				require.NoError(t, err, "%s:%d", x.File, x.Line)
				s, err := e.Simulate(p)
				require.NoError(t, err, "%s:%d", x.File, x.Line)
				got := best(s, a.ID)
				require.Equal(t, x.Status, string(got.Status), "%s:%d", x.File, x.Line)
				if x.Decided {
					require.True(t, got.Amount.Decided, "%s:%d : montant non décidé, manque %v", x.File, x.Line, got.Missing)
					require.InDelta(t, x.Amount, got.Amount.Gross, 0.005, "%s:%d", x.File, x.Line)
				}
				for id, want := range x.Steps {
					require.InDelta(t, want, step(t, got, id), 0.01, "%s:%d : étape %s", x.File, x.Line, id)
				}
			})
		}
	}
}

// best gives the answer about an aid, that of the person who has it when it is one for each adult.
func best(s *engine.Simulation, aid string) engine.Aid {
	var out engine.Aid
	for _, a := range s.Aids {
		if a.Aid == aid && (out.Aid == "" || a.Status == engine.Eligible) {
			out = a
		}
	}
	return out
}

func step(t *testing.T, a engine.Aid, id string) float64 {
	for _, s := range a.Steps {
		if s.ID == id {
			require.Equal(t, s.Value.Lo, s.Value.Hi, id)
			return s.Value.Lo
		}
	}
	t.Fatalf("l'étape %s n'est pas dans la réponse", id)
	return 0
}

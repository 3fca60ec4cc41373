package engine_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/workbench"
)

// TestExamples runs the cases that stand beside each rule, worked out from the text by its author.
func TestExamples(t *testing.T) {
	e := shipped(t)
	for _, a := range e.Set().Aids() {
		require.NotEmpty(t, a.Examples, "%s n'a pas d'exemple", a.ID)
		for _, x := range a.Examples {
			t.Run(a.ID+"/"+x.Name, func(t *testing.T) {
				require.Empty(t, workbench.RunExample(e, a.ID, x).Misses, "%s:%d", x.File, x.Line)
			})
		}
	}
}

package main

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestModelsAreReadyAnywhere: a copy of any model passes the check and its own examples at once, wherever it is given: the
// three places have the three zones of the housing aid, of which some models take a part.
func TestModelsAreReadyAnywhere(t *testing.T) {
	list, err := models()
	require.NoError(t, err)
	require.Len(t, list, 9)
	for _, place := range [][]string{{"-commune", "93066"}, {"-commune", "63113"}, {"-departement", "23"}} {
		t.Run(place[1], func(t *testing.T) {
			dir := t.TempDir()
			run := func(args ...string) string {
				p := newProgram("")
				require.Equal(t, done, p.run(context.Background(), args), p.err.String())
				return p.out.String()
			}
			for _, m := range list {
				require.NotEmpty(t, m.Name)
				require.NotEmpty(t, m.About)
				out := run(append([]string{"rules", "new", "-archetype", m.Archetype, "-aid", "mon_" + m.Archetype, dir}, place...)...)
				require.Contains(t, out, "L'aide « mon_"+m.Archetype+" » est écrite")
			}
			require.Contains(t, run("rules", "check", "-rules", dir, "-date", "2026-11-26"), "0 errors, 0 alarms, 18 warnings", "two files of each cite the model")
			tests := run("rules", "test", "-rules", dir)
			for _, m := range list {
				require.Regexp(t, "(?m)^mon_"+m.Archetype+": ([0-9]+) of ([0-9]+) examples pass", tests)
			}
		})
	}
}

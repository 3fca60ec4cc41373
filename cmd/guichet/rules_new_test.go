package main

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestModelsAreReady: a copy of any model passes the check and its own examples at once. The one that takes a part of the housing
// aid does so in each of its zones.
func TestModelsAreReady(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	list, err := models()
	require.NoError(t, err)
	require.Len(t, list, 9)
	everyModel := make([]string, len(list))
	for i, m := range list {
		require.NotEmpty(t, m.Name)
		require.NotEmpty(t, m.About)
		everyModel[i] = m.Archetype
	}
	for _, c := range []struct {
		of, place string
		models    []string
	}{{"-commune", "93066", everyModel}, {"-commune", "63113", []string{"taux_effort"}}, {"-departement", "23", []string{"taux_effort"}}} {
		t.Run(c.place, func(t *testing.T) {
			dir := t.TempDir()
			run := func(args ...string) string {
				p := newProgram("")
				require.Equal(t, done, p.run(context.Background(), args), p.err.String())
				return p.out.String()
			}
			for _, m := range c.models {
				out := run("rules", "new", "-archetype", m, "-aid", "mon_"+m, c.of, c.place, dir)
				require.Contains(t, out, "L'aide « mon_"+m+" » est écrite")
			}
			require.Contains(t, run("rules", "check", "-rules", dir, "-date", "2026-11-26"), "0 erreur, 0 alarme, ")
			for _, m := range c.models {
				require.Contains(t, run("rules", "test", "-rules", dir, "-aid", "mon_"+m), "passent ;")
			}
		})
	}
}

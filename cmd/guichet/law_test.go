package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestOldValuesDoNotStopAServer: what check fails for its age alone, two years on, still answers.
func TestOldValuesDoNotStopAServer(t *testing.T) {
	p := newProgram("")
	p.now = func() time.Time { return time.Date(2028, 12, 1, 12, 0, 0, 0, time.UTC) }
	require.Equal(t, invalid, p.run(t.Context(), []string{"rules", "check"}))
	require.Contains(t, p.out.String(), "erreur [relecture]")
	_, err := p.loadRules("")
	require.NoError(t, err)
}

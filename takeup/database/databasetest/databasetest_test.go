package databasetest_test

import (
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
)

// asked has [TestOfAServer] run in a program of its own.
const asked = "GUICHET_TEST_OF_A_SERVER"

// TestOfAServer is what a test of behaviour does first, for [TestProperty19CIWantsBothEngines] alone.
func TestOfAServer(t *testing.T) {
	if os.Getenv(asked) != "" {
		databasetest.Address(t, database.PostgreSQL)
	}
}

// Without a PostgreSQL a test is skipped and says why, but where everything has to be checked it fails.
func TestProperty19CIWantsBothEngines(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	for ci, want := range map[string]string{"": "SKIP: TestOfAServer", "true": "FAIL: TestOfAServer"} {
		p := exec.CommandContext(t.Context(), self, "-test.run", "^TestOfAServer$", "-test.v")
		p.Env = append(os.Environ(), asked+"=1", "CI="+ci, "GUICHET_TEST_POSTGRES=postgres://nobody@127.0.0.1:1/nothing")
		said, err := p.CombinedOutput()
		require.Equal(t, ci == "true", err != nil, "%s", said)
		require.Contains(t, string(said), want)
		require.Contains(t, string(said), "$GUICHET_TEST_POSTGRES")
	}
}

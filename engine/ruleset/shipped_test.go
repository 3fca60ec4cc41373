package ruleset_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/ruleset"
	"guichet/rules"
)

// TestShipped loads the whole shipped rule set: every fault would be listed here.
func TestShipped(t *testing.T) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	require.NotEmpty(t, set.Aids())
}

package curve_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/rules"
	"guichet/web/curve"
)

func TestX(t *testing.T) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	e, err := engine.New(set)
	require.NoError(t, err)
	c := curve.New(e)
	for _, a := range set.Aids() {
		ch, err := c.Of(a.ID, profile.DateOf(2026, 10, 15), profile.DateOf(2026, 3, 31))
		require.NoError(t, err)
		for _, k := range ch.Curves {
			fmt.Println(a.ID, k.ID, ch.Step, ch.Last, ch.Top, k.Now[0], k.Before != nil)
		}
		if len(ch.Curves) == 0 {
			fmt.Println(a.ID, "none")
		}
	}
}

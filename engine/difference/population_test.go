package difference_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/difference"
)

// An aid that pays nothing: a right that opens or closes is counted without euros, and who keeps it gains or loses by what they pay.
func TestRightsThatPayNothing(t *testing.T) {
	tally := &difference.Tally{Order: []string{"css"}, IDs: 9}
	_, err := tally.Write([]byte(`{"id":"opens","aides":[{"a":"css","p":"mois","x":0,"y":-1400,"g":true,"s":true}]}
{"id":"free","aides":[{"a":"css","p":"mois","x":-1400,"y":0,"g":true,"r":true,"s":true}]}
{"id":"dearer","aides":[{"a":"css","p":"mois","x":-1400,"y":-2100,"g":true,"r":true,"s":true}]}
{"id":"closes","aides":[{"a":"css","p":"mois","x":0,"y":0,"g":true,"r":true}]}
{"id":"same","aides":[]}
`))
	require.NoError(t, err)
	p := tally.Population()
	require.Equal(t, 1, p.Unchanged)
	require.Equal(t, []difference.Effect{{
		Aid: "css", Period: "mois", Gain: 2, Lose: 2, Opened: 1, Closed: 1, Mean: 3.5, Least: -7, Greatest: 14, Total: 7,
		Gainers: []string{"opens", "free"}, Losers: []string{"dearer", "closes"},
	}}, p.Aids)
	require.Zero(t, p.Total.Gain+p.Total.Lose, "no euros enter the total")
}

package engine_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
)

// TestAidsReceivedByOtherNames: an aid received that is named by its acronym would be counted as not received, so it is refused with
// the name to write; an aid that the rules do not compute is passed over.
func TestAidsReceivedByOtherNames(t *testing.T) {
	tests := []struct {
		name, received string
		path, remedy   string // "": taken
	}{
		{"one acronym of several", "apl", "prestations_percues.apl", "écrivez aide_logement"},
		{"an acronym", "c2s", "prestations_percues.c2s", "écrivez css"},
		{"an acronym that is the identifier", "rsa", "", ""},
		{"an aid that the rules don't compute", "apa", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := profile.Decode([]byte(`{"date":"2026-06-15","prestations_percues":{"af":true,"` + tt.received + `":120}}`))
			require.NoError(t, err)
			_, err = shipped(t).Simulate(p)
			if tt.path == "" {
				require.NoError(t, err)
				return
			}
			var refused *profile.Error
			require.ErrorAs(t, err, &refused)
			require.Len(t, refused.Problems, 1)
			require.Equal(t, tt.path, refused.Problems[0].Path)
			require.Equal(t, tt.remedy, refused.Problems[0].Remedy)
		})
	}
}

// TestAmountsReceivedAreByTheMonth: an amount by the month is less than that of a year, and no shortfall.
func TestAmountsReceivedAreByTheMonth(t *testing.T) {
	for received, want := range map[string]engine.TakeUp{`"ars":37`: engine.Received, `"af":37`: engine.PartlyReceived} {
		p, err := profile.Decode([]byte(`{"date":"2026-10-15","complet":true,"commune":"93066","demandeur":{"naissance":"1988-04-25","activite":"salarie","revenus":{"salaire":1100}},` +
			`"enfants":[{"naissance":"2014-05-03","scolarite":"college"},{"naissance":"2016-11-09","scolarite":"elementaire"}],"prestations_percues":{` + received + `}}`))
		require.NoError(t, err)
		s, err := shipped(t).Simulate(p)
		require.NoError(t, err)
		for _, x := range s.Aids {
			if strings.Contains(received, `"`+x.Aid+`"`) {
				require.Equal(t, engine.Eligible, x.Status, x.Aid)
				require.Equal(t, want, x.TakeUp, x.Aid)
			}
		}
	}
}

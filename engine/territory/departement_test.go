package territory_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/territory"
)

func TestDepartements(t *testing.T) {
	for code, of := range map[string]string{
		"93": "de la Seine-Saint-Denis", "01": "de l'Ain", "2B": "de la Haute-Corse", "75": "de Paris", "69": "du Rhône", "78": "des Yvelines", "974": "de La Réunion",
	} {
		d, ok := territory.FindDepartement(code)
		require.True(t, ok, code)
		require.Equal(t, code, d.Code)
		require.Equal(t, of, d.Of)
		require.True(t, strings.HasSuffix(d.Of, d.Name))
	}
	_, ok := territory.FindDepartement("20")
	require.False(t, ok)
}

// Each commune of a département lies in one that has a name.
func TestEveryCommuneHasItsDepartement(t *testing.T) {
	named := 0
	for n := 1; n <= 95; n++ {
		code := string([]byte{'0' + byte(n/10), '0' + byte(n%10)})
		if largest, ok := territory.Largest(code); ok {
			_, found := territory.FindDepartement(largest.Departement())
			require.True(t, found, code)
			named++
		}
	}
	require.Equal(t, 94, named, "those of metropolitan France but the two of Corsica, whose codes have a letter")
	for _, code := range []string{"2A004", "2B033", "97105", "97209", "97302", "97411", "97608"} {
		place, ok := territory.Find(code)
		require.True(t, ok, code)
		_, found := territory.FindDepartement(place.Departement())
		require.True(t, found, code)
	}
}

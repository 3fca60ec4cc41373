package locales

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDeskWords: the agents' pages name no message that is missing, and no message is there for nobody.
func TestDeskWords(t *testing.T) {
	words, err := Desk()
	require.NoError(t, err)
	own, err := parseMessages(deskFile, "accueil/fr.yaml", Source)
	require.NoError(t, err)
	whole, beginnings := usedKeys(t, filepath.Join(desk, "templates"), desk)
	require.Greater(t, len(whole), 10, "keys are found")
	for key, path := range whole {
		require.True(t, words.Has(key), "unknown key %s in %s", key, path)
	}
	for key := range own {
		used := whole[key] != ""
		for beginning := range beginnings {
			used = used || strings.HasPrefix(key, beginning)
		}
		require.True(t, used, "nobody uses %s", key)
	}
	for beginning, path := range beginnings {
		found := false
		for key := range words.known {
			found = found || strings.HasPrefix(key, beginning)
		}
		require.True(t, found, "no message begins with %s, in %s", beginning, path)
	}
}

func TestDeskWordsHoldNoMarkup(t *testing.T) {
	own, err := parseMessages(deskFile, "accueil/fr.yaml", Source)
	require.NoError(t, err)
	for key, m := range own {
		for _, text := range forms(m) {
			require.NotRegexp(t, `[<>&]|javascript:|!`, text, key)
			require.Equal(t, len(placeholder.FindAllString(text, -1)), strings.Count(text, "{{"), key)
		}
	}
}

func TestDeskPrinter(t *testing.T) {
	words, err := Desk()
	require.NoError(t, err)
	require.Equal(t, "Agent d’accueil", words.T("cadre.role.agent"))
	require.Equal(t, "a et b", words.List([]string{"a", "b"}), "the words of everybody are there too")
	require.True(t, words.IsFrench())
}

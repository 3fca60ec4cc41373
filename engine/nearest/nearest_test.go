package nearest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/nearest"
)

func TestOf(t *testing.T) {
	fields := []string{"naissance", "nationalite", "activite", "loyer"}
	for name, c := range map[string]struct{ written, want string }{
		"a letter missing":  {"naissanc", "naissance"},
		"letters exchanged": {"niassance", "naissance"},
		"a letter changed":  {"loier", "loyer"},
		"an accent":         {"nationalité", "nationalite"},
		"the word itself":   {"loyer", "loyer"},
		"another word":      {"profession", ""},
		"nothing":           {"", ""},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, nearest.Of(c.written, fields)) })
	}
}

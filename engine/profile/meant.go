package profile

import (
	"strings"
	"unicode"

	"guichet/engine/nearest"
	"guichet/engine/territory"
)

// index gives the place of a name in a list, -1 when it is not there.
func index[T string | []byte](names []string, name T) int {
	for i, n := range names {
		if n == string(name) {
			return i
		}
	}
	return -1
}

// meant gives the name that a misspelt one most likely means, or "" when none is close, accents and case apart. What is no
// word means none.
func meant(names []string, written string) string {
	if len(written) > 40 || strings.ContainsFunc(written, func(r rune) bool { return r != '_' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		return ""
	}
	return nearest.Of(strings.ReplaceAll(territory.Fold(written), " ", "_"), names)
}

package pages

import (
	"strings"
	"unicode"
)

// zeros are the digits nought of the scripts that visitors write numbers in; the nine others follow each.
var zeros = []rune{
	'\u0660', // Arabic
	'\u06f0', // Persian, Dari, Urdu
	'\u09e6', // Bengali
	'\u0be6', // Tamil
	'\uff10', // of full width, from a Chinese keyboard
}

// westernDigits writes the digits of every script in the Western ones, and drops what a paste brings and nobody sees: marks of direction,
// spaces without width.
func westernDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		for _, zero := range zeros {
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}

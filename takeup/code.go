package takeup

import (
	"errors"
	"io"
	"strings"
)

// A Code names a case and says nothing about anyone: K7-4PX. It is short enough to be said at a counter and copied from a slip.
type Code string

// The letters of a code: none that is taken for another, and no vowel, so that no code is a word.
const codeLetters = "23456789BCDFGHJKLMNPQRTVWXZ"

// codeLength is how many letters a code has: 27⁷ of them, ten thousand million, so that one is not found by trying.
const codeLength = 7

// NewCode draws a code from a source of randomness.
func NewCode(random io.Reader) (Code, error) {
	var b strings.Builder
	one := make([]byte, 1)
	for b.Len() < codeLength+1 {
		if b.Len() == 3 {
			b.WriteByte('-')
		}
		if _, err := io.ReadFull(random, one); err != nil {
			return "", err
		}
		if n := int(one[0]); n < 256/len(codeLetters)*len(codeLetters) { // every letter as often as another
			b.WriteByte(codeLetters[n%len(codeLetters)])
		}
	}
	return Code(b.String()), nil
}

// ErrCode is that what was written is not a code.
var ErrCode = errors.New("a case's code has seven letters and figures, like K7B-4PXD")

// ReadCode reads a code as people write it: small letters, spaces and a missing hyphen do not matter.
func ReadCode(s string) (Code, error) {
	s = strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(s))
	if len(s) != codeLength || strings.Trim(s, codeLetters) != "" {
		return "", ErrCode
	}
	return Code(s[:3] + "-" + s[3:]), nil
}

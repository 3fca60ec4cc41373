package takeup

import (
	"regexp"
	"unicode"
	"unicode/utf8"
)

// The longest texts, in characters.
const (
	MaxNote  = 280
	MaxProof = 40
)

// longNumber is how many figures make a number that is refused: a social security number (NIR) has 13, or 15 with its key. Decree
// 2019-341 says who may use it; following someone's rights is not among its cases. Whether the figures could be a NIR is not asked:
// a rule that can be foreseen is better than one that takes some numbers and not others.
const longNumber = 13

var writtenDay = regexp.MustCompile(`\b(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])/(19|20)\d{2}\b`)

// HoldsLongNumber says whether a text holds a number of 13 figures or more, as a social security number is, however the figures
// are parted and in whatever script, Corsica's 2A and 2B among them. Only a letter parts two numbers, and a day written 12/11/2026.
func HoldsLongNumber(s string) bool {
	figures, last := 0, rune(0)
	for _, r := range writtenDay.ReplaceAllString(s, "x") {
		switch {
		case unicode.IsNumber(r):
			figures++
			last = r
		case figures >= 6 && last == '2' && (r == 'A' || r == 'B' || r == 'a' || r == 'b'): // 1 85 05 2A…
			figures++
			last = r
		case unicode.IsLetter(r):
			figures = 0
		}
		if figures >= longNumber {
			return true
		}
	}
	return false
}

// text refuses what is too long, what does not read as text, and long numbers.
func text(field, s string, longest int) error {
	switch {
	case !utf8.ValidString(s):
		return &Refusal{Key: KeyShape, Remedy: RemedyWrite, Field: field}
	case utf8.RuneCountInString(s) > longest:
		return &Refusal{Key: KeyTooLong, Remedy: RemedyShorten, Field: field}
	case HoldsLongNumber(s):
		return &Refusal{Key: KeySocialSecurity, Remedy: RemedyNoNumber, Field: field}
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' {
			return &Refusal{Key: KeyShape, Remedy: RemedyWrite, Field: field}
		}
	}
	return nil
}

// The identifiers that facts hold.
var (
	nameShape  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)             // of an aid, of a document
	tokenShape = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z:._-]{0,79}$`) // of an agent, a CCAS, a version, a rule set
	proofShape = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N} ./°_-]*$`)
)

// shaped refuses an identifier that is not written as it must be; empty is one thing more to refuse.
func shaped(field, s string, shape *regexp.Regexp) error {
	switch {
	case s == "":
		return &Refusal{Key: KeyMissing, Remedy: RemedySay, Field: field}
	case !shape.MatchString(s):
		return &Refusal{Key: KeyShape, Remedy: RemedyWrite, Field: field}
	}
	return nil
}

// typed refuses an identifier, and besides a long number in it: for what somebody may have typed.
func typed(field, s string, shape *regexp.Regexp, longest int) error {
	if err := shaped(field, s, shape); err != nil {
		return err
	}
	return text(field, s, longest)
}

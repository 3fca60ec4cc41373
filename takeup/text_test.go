package takeup_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
)

func TestHoldsLongNumber(t *testing.T) {
	for name, s := range map[string]string{
		"with its key":          "1 85 05 78 006 084 36",
		"without":               "1850578006084",
		"in one":                "185057800608436",
		"points":                "2.69.05.49.588.157.80",
		"hyphens and a slash":   "1-85-05-78-006-084 / 36",
		"Corsica":               "1 85 05 2A 004 084 27",
		"Corsica, small":        "285052b00408427",
		"Corsica without a key": "1850 52B 004 084",
		"inside words":          "n°1850578006084 (mère)",
		"narrow spaces":         "1\u202f85\u202f05\u202f78\u202f006\u202f084",
		"on two lines":          "1 85 05 78\n006 084",
		"Arabic figures":        "١٨٥٠٥٧٨٠٠٦٠٨٤",
		"full-width figures":    "１８５０５７８００６０８４",
		"zero-width":            "185057\u200b8006084",
		"cut like a day":        "18/50/5780 06084",
		"another long number":   "FR76 3000 6000 0112 3456 7890 189",
	} {
		t.Run(name, func(t *testing.T) { require.True(t, takeup.HoldsLongNumber(s)) })
	}
	for name, s := range map[string]string{
		"a receipt":           "Récépissé n° 4471-2026-10",
		"two days":            "Vu le 12/11/2026 puis le 14/11/2026",
		"a letter's number":   "1A 123 456 7890 1", // thirteen signs, twelve figures
		"a telephone":         "01 48 96 00 00",
		"twelve figures":      "185057800608",
		"numbers parted":      "3 enfants, 1 200 € de loyer, 45 m2, étage 12, porte 4, code 1234",
		"nothing":             "",
		"A and B elsewhere":   "Bâtiment 2A, 12 rue de la Paix",
		"Corsica, too little": "85 05 2A 004 084",
	} {
		t.Run(name, func(t *testing.T) { require.False(t, takeup.HoldsLongNumber(s)) })
	}
}

// However figures are parted by what is not a letter, a number is seen.
func FuzzHoldsLongNumber(f *testing.F) {
	f.Add("1 85 05 78 006 084 36", ".")
	f.Add("12/11/2026", "x")
	f.Add("2A", "/")
	f.Fuzz(func(t *testing.T, s, between string) {
		seen := takeup.HoldsLongNumber(s)
		figures := 0
		for _, r := range s {
			if unicode.IsNumber(r) {
				figures++
			}
		}
		if seen && figures < 12 { // Corsica has a letter for a figure
			t.Errorf("%q has %d figures", s, figures)
		}
		if strings.ContainsFunc(between, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_' }) {
			return
		}
		var parted strings.Builder
		for _, r := range "1850578006084" {
			parted.WriteRune(r)
			parted.WriteString(between)
		}
		if !takeup.HoldsLongNumber(parted.String()) {
			t.Errorf("not seen in %q", parted.String())
		}
	})
}

func FuzzReadFact(f *testing.F) {
	for _, fact := range examples() {
		b, err := takeup.WriteFact(fact)
		require.NoError(f, err)
		f.Add(fact.Kind(), b)
	}
	f.Fuzz(func(t *testing.T, kind string, b []byte) {
		fact, err := takeup.ReadFact(kind, b)
		if err != nil {
			return
		}
		require.Equal(t, kind, fact.Kind())
		_ = fact.Check()
		again, err := takeup.WriteFact(fact)
		require.NoError(t, err)
		back, err := takeup.ReadFact(kind, again)
		require.NoError(t, err)
		if fact.Check() == nil {
			require.Equal(t, fact, back)
		}
	})
}

func FuzzReadCode(f *testing.F) {
	f.Add("k7b 4pxd")
	f.Add("K7B-4PXD")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := takeup.ReadCode(s)
		if err != nil {
			require.ErrorIs(t, err, takeup.ErrCode)
			return
		}
		again, err := takeup.ReadCode(string(c))
		require.NoError(t, err)
		require.Equal(t, c, again)
		require.Len(t, string(c), 8)
	})
}

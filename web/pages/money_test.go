package pages

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseAmount(t *testing.T) {
	for text, want := range map[string]float64{
		"0": 0, "12": 12, "1449,62": 1449.62, "1 449,62": 1449.62, "1\u202f449,62\u00a0€": 1449.62, "1,449.62": 1449.62, "1.449,62": 1449.62,
		"1.250": 1250, "1,250": 1250, "1.250.000": 1250000, "12,5": 12.5, ",5": 0.5, "3.": 3, "0,005": 0.01, "1'250": 1250, "12,3456": 12.35, "€ 20": 20,
		"1 234 €": 1234, "1234 euros": 1234, "850 EUR": 850, "1\u066c449\u066b62": 1449.62, "12،5": 12.5, "1，449.62": 1449.62,
	} {
		got, ok := parseAmount(text)
		require.True(t, ok, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "€", "abc", "-5", "1e9", "1.2.3,4,5", "Inf", "NaN", "0x10", "12345678901234567890", "..", "12%", "euros", "€ euro", "12 eurs", "euro 12"} {
		_, ok := parseAmount(text)
		require.False(t, ok, text)
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, seed := range []string{"1 449,62", "1.250", ",", "1,2.3", "€"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, ok := parseAmount(text)
		if !ok {
			return
		}
		require.False(t, math.IsNaN(v) || math.IsInf(v, 0) || v < 0, text)
		require.InDelta(t, v, math.Round(v*100)/100, 0)
	})
}

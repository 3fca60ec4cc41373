package seal_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/web/seal"
)

var start = time.Date(2026, 10, 15, 9, 0, 0, 0, time.UTC)

func sealer(t testing.TB, key byte, purpose string, now time.Time) *seal.Sealer {
	s, err := seal.New(bytes.Repeat([]byte{key}, seal.MinKey), purpose, 24*time.Hour, func() time.Time { return now })
	require.NoError(t, err)
	return s
}

func TestRoundTrip(t *testing.T) {
	s := sealer(t, 1, "answers", start)
	for _, plain := range []string{"", "{}", `{"demandeur":{"naissance":"1988-04-25"}}`, strings.Repeat("é", 4000)} {
		got, since, err := s.Open(s.Seal([]byte(plain), start))
		require.NoError(t, err)
		require.Equal(t, plain, string(got))
		require.True(t, since.Equal(start))
	}
}

func TestSealedTextSaysNothing(t *testing.T) {
	s := sealer(t, 1, "answers", start)
	a, b := s.Seal([]byte("1234.56"), start), s.Seal([]byte("1234.56"), start)
	require.NotEqual(t, a, b, "the same answers must not be recognisable")
	require.NotContains(t, a, "1234")
	require.Regexp(t, `^[A-Za-z0-9_-]+$`, a)
}

func TestRefusals(t *testing.T) {
	ours := sealer(t, 1, "answers", start)
	text := ours.Seal([]byte("{}"), start)
	tests := []struct {
		name string
		open *seal.Sealer
		text string
		want error
	}{
		{"empty", ours, "", seal.ErrForged},
		{"not base64", ours, "%%%", seal.ErrForged},
		{"too short", ours, "AQ", seal.ErrForged},
		{"cut", ours, text[:len(text)-4], seal.ErrForged},
		{"lengthened", ours, text + "AAAA", seal.ErrForged},
		{"another version", ours, "Ag" + text[2:], seal.ErrForged},
		{"another key", sealer(t, 2, "answers", start), text, seal.ErrForged},
		{"another purpose", sealer(t, 1, "sheet", start), text, seal.ErrForged},
		{"too long", ours, strings.Repeat("A", seal.MaxText+1), seal.ErrForged},
		{"a day and a second old", sealer(t, 1, "answers", start.Add(24*time.Hour+time.Second)), text, seal.ErrExpired},
		{"from the future", sealer(t, 1, "answers", start.Add(-time.Hour)), text, seal.ErrExpired},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := tt.open.Open(tt.text)
			require.ErrorIs(t, err, tt.want)
		})
	}
	_, _, err := sealer(t, 1, "answers", start.Add(24*time.Hour)).Open(text)
	require.NoError(t, err, "a day old to the second is still good")
}

func TestEveryChangedCharacterIsSeen(t *testing.T) {
	s := sealer(t, 1, "answers", start)
	text := s.Seal([]byte(`{"couple":"non"}`), start)
	for i := range text {
		other := byte('A')
		if text[i] == other {
			other = 'B'
		}
		_, _, err := s.Open(text[:i] + string(other) + text[i+1:])
		require.ErrorIs(t, err, seal.ErrForged, "character %d", i)
	}
}

func TestShortKeyIsRefused(t *testing.T) {
	_, err := seal.New([]byte("short"), "answers", time.Hour, time.Now)
	require.ErrorContains(t, err, "at least 32")
	require.Len(t, seal.NewKey(), seal.MinKey)
}

func FuzzOpen(f *testing.F) {
	s := sealer(f, 1, "answers", start)
	f.Add(s.Seal([]byte("{}"), start))
	f.Add("AQ")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		plain, since, err := s.Open(text)
		if err != nil {
			return
		}
		// What opens was sealed by us: sealing it again must open to the same.
		again, _, err := s.Open(s.Seal(plain, since))
		require.NoError(t, err)
		require.Equal(t, plain, again)
	})
}

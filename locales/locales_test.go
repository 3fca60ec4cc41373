package locales

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

func bundle(t testing.TB) *Bundle {
	b, err := Load()
	require.NoError(t, err)
	return b
}

func forms(m *i18n.Message) map[plural.Form]string {
	all := map[plural.Form]string{plural.Zero: m.Zero, plural.One: m.One, plural.Two: m.Two, plural.Few: m.Few, plural.Many: m.Many, plural.Other: m.Other}
	maps.DeleteFunc(all, func(_ plural.Form, text string) bool { return text == "" })
	return all
}

func TestEveryLanguageHasEveryMessage(t *testing.T) {
	b := bundle(t)
	has := func(messages map[string]*i18n.Message, key string) bool { // a map of thousands is no matter for Contains
		_, ok := messages[key]
		return ok
	}
	for _, l := range b.Languages() {
		messages := b.mustRead(l.Tag).messages
		for key := range b.source {
			require.True(t, has(messages, key), "%s lacks %s", l.Tag, key)
		}
		for key, m := range messages {
			if ofTheLaw(key) {
				continue
			}
			require.True(t, has(b.source, key), "%s has %s, which the source has not", l.Tag, key)
			require.NotEmpty(t, forms(m), "%s: %s is empty", l.Tag, key)
		}
	}
}

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

func placeholders(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestPlaceholdersAreTheSameInEveryLanguage(t *testing.T) {
	b := bundle(t)
	for _, l := range b.Languages() {
		for key, m := range b.mustRead(l.Tag).messages {
			if ofTheLaw(key) {
				require.Empty(t, placeholders(m.Other), "%s: %s", l.Tag, key)
				continue
			}
			want := placeholders(b.source[key].Other)
			for form, text := range forms(m) {
				require.Equal(t, want, placeholders(text), "%s: %s, form %v", l.Tag, key, form)
				require.Equal(t, len(placeholder.FindAllString(text, -1)), strings.Count(text, "{{"), "%s: %s holds more than placeholders", l.Tag, key)
			}
		}
	}
}

// TestPluralFormsAreWhole asks of every message that counts each form that its language tells apart for whole numbers.
func TestPluralFormsAreWhole(t *testing.T) {
	b := bundle(t)
	for _, l := range b.Languages() {
		tag := language.Make(l.Tag)
		needed := map[plural.Form]bool{}
		for n := range 1_000 {
			needed[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)] = true
		}
		for key, m := range b.mustRead(l.Tag).messages {
			if ofTheLaw(key) {
				continue
			}
			counts := len(forms(b.source[key])) > 1
			if len(needed) > 1 { // in Chinese one form is all there are
				require.Equal(t, counts, len(forms(m)) > 1, "%s: %s counts in one language only", l.Tag, key)
			}
			for form := range needed {
				if counts {
					require.Contains(t, forms(m), form, "%s: %s", l.Tag, key)
				}
			}
		}
	}
}

func TestMessagesHoldNoMarkup(t *testing.T) {
	b := bundle(t)
	for _, l := range b.Languages() {
		for key, m := range b.mustRead(l.Tag).messages {
			for _, text := range forms(m) {
				require.NotRegexp(t, `[<>&]|javascript:`, text, "%s: %s", l.Tag, key)
			}
		}
	}
}

func TestMatch(t *testing.T) {
	b := bundle(t)
	for header, want := range map[string]string{"": "fr", "en-US": "en", "fr-BE,en": "fr", "zh-CN": "zh-Hans", "prs": "fa-AF", "ar-MA;q=0.9,fr;q=0.8": "ar", "pt-BR": "pt", "%%%": "fr", "de;q=0.9,en;q=0.8": "en"} {
		require.Equal(t, want, b.Match(header), header)
	}
}

func TestBadFilesAreNamed(t *testing.T) {
	_, err := LoadDir(fstest.MapFS{"fr.yaml": {Data: []byte("a: [1, 2")}})
	require.ErrorContains(t, err, "reading the messages of fr")
	_, err = LoadDir(fstest.MapFS{})
	require.ErrorContains(t, err, "reading the messages of fr")
	for name, files := range map[string]struct{ english, status, says string }{
		"messages":                  {"a: [1, 2", "", "reading the messages of en"},
		"a status of four cells":    {"a.b: c", "a.b\tdraft\t0\t0\n", "status/en.tsv:1: a text has five cells"},
		"a standing unheard of":     {"a.b: c", "a.b\tdraft\t0\t0\tA\na.c\tgood\t0\t0\tA\n", `status/en.tsv:2: the standing "good"`},
		"a text with two standings": {"a.b: c", "a.b\tdraft\t0\t0\tA\na.b\tdraft\t0\t0\tA\n", "status/en.tsv:2: a.b is there twice"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := LoadDir(fstest.MapFS{
				"fr.yaml": {Data: []byte("a.b: c")}, "en.yaml": {Data: []byte(files.english)}, "status/en.tsv": {Data: []byte(files.status)},
			})
			require.NoError(t, err, "the languages are read when they are asked for")
			_, err = b.Survey("en")
			require.ErrorContains(t, err, files.says)
		})
	}
}

package locales

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
)

// A glossary keeps a language to one word for each term: every one has the terms of the French.
func TestGlossariesHaveTheSameTerms(t *testing.T) {
	terms := func(tag string) map[string]string {
		text, err := os.ReadFile("glossary/" + tag + ".yaml")
		require.NoError(t, err)
		var g map[string]string
		require.NoError(t, yaml.Unmarshal(text, &g), tag)
		return g
	}
	want := slices.Sorted(maps.Keys(terms(Source)))
	for _, l := range languages {
		g := terms(l.Tag)
		require.Equal(t, want, slices.Sorted(maps.Keys(g)), l.Tag)
		for term, word := range g {
			require.NotEmpty(t, strings.TrimSpace(word), "%s: %s", l.Tag, term)
		}
	}
}

// load measures how hard texts are to read: the words of a sentence on average and at most, and the share of long words.
type load struct {
	sentences, words, long, most int
	longest                      string
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?:;…]+[\s\x{a0}\x{202f}]|\n`)
	word        = regexp.MustCompile(`[\p{L}\p{N}][\p{L}\p{N}'’‑-]*`)
)

// longWord is from how many letters on a word is long.
const longWord = 10

func measure(texts []string) (r load) {
	for _, text := range texts {
		text = placeholder.ReplaceAllString(text, "X")
		for _, sentence := range sentenceEnd.Split(text+" ", -1) {
			words := word.FindAllString(sentence, -1)
			if len(words) == 0 {
				continue
			}
			r.sentences++
			r.words += len(words)
			for _, w := range words {
				if len([]rune(w)) >= longWord {
					r.long++
				}
			}
			if len(words) > r.most {
				r.most, r.longest = len(words), sentence
			}
		}
	}
	return r
}

func (r load) perSentence() float64 { return float64(r.words) / float64(r.sentences) }
func (r load) longShare() float64   { return 100 * float64(r.long) / float64(r.words) }

// TestSimpleFrenchIsSimple measures what residents read: no sentence of more than 15 words, fewer words in a sentence than the French
// that it is made from, and fewer long ones.
func TestSimpleFrenchIsSimple(t *testing.T) {
	b := bundle(t)
	residents := func(tag string) (out []string) {
		for key, m := range b.mustRead(tag).messages {
			if group, _, _ := strings.Cut(key, "."); group == "regle" || group == "ecart" || group == "courbe" {
				continue // for those who write rules
			}
			for _, text := range forms(m) {
				out = append(out, text)
			}
		}
		return out
	}
	simple, french := measure(residents("fr-x-simple")), measure(residents(Source))
	for name, r := range map[string]load{"fr-x-simple": simple, "fr": french} {
		t.Logf("%-11s %.2f words a sentence, at most %d; %.1f %% of them of %d letters or more", name, r.perSentence(), r.most, r.longShare(), longWord)
	}
	require.LessOrEqual(t, simple.most, 15, simple.longest)
	require.Less(t, simple.perSentence(), french.perSentence())
	require.Less(t, simple.longShare(), french.longShare())
}

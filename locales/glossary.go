package locales

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/unicode/norm"
)

// A Departure is a translation that says a term of the glossary in another word than its language's.
type Departure struct {
	Key  string // of the text
	Term string // in French, as the glossary has it
	Word string // what the glossary says in the language
}

// Departures compares the texts of a language that is offered with its glossary, by key. Words bend and sentences turn, so it goes by the
// beginnings of words: what it lists is to be looked at, and need not be wrong. A language without a glossary has none. The error says
// what cannot be read.
func (b *Bundle) Departures(tag string) ([]Departure, error) {
	r, err := b.readings[tag]()
	if err != nil || tag == Source {
		return nil, err
	}
	words, err := readGlossary(b.files, tag)
	if err != nil {
		return nil, err
	}
	terms := termsOf(words)
	var out []Departure
	for _, key := range slices.Sorted(maps.Keys(b.source)) {
		m := r.messages[key]
		if m == nil {
			continue
		}
		said := ""
		rest := folded(b.source[key].Other)
		for _, t := range terms {
			if !strings.Contains(rest, t.begins) || !t.french.MatchString(rest) {
				continue
			}
			rest = t.french.ReplaceAllString(rest, " ") // "avis d'impôt" speaks of no other term
			if said == "" {
				said = folded(m.Other)
			}
			if !slices.ContainsFunc(t.stems, func(stems []string) bool { return speaks(said, stems) }) {
				out = append(out, Departure{key, t.name, t.word})
			}
		}
	}
	return out, nil
}

func readGlossary(fsys fs.FS, tag string) (map[string]string, error) {
	name := "glossary/" + tag + ".yaml"
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, nil //nolint:nilerr // no glossary, no word to keep to
	}
	words := map[string]string{}
	if err := yaml.Unmarshal(text, &words); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return words, nil
}

// A term is one of the glossary's, ready to be looked for.
type term struct {
	name, word string
	begins     string // its first word: most texts have none of it
	french     *regexp.Regexp
	stems      [][]string // of each way of saying it, the beginnings of its words
}

// alsoVerbs are terms that sentences use as verbs of another sense: « l'AAH demande un taux ».
var alsoVerbs = []string{"aide", "demande"}

// aside finds what a term or a word has between brackets.
var aside = regexp.MustCompile(`\s*[(（][^)）]*[)）]`)

// termsOf gives the terms, the longest first. Two that differ by what is between brackets are one word in French: either translation
// will do.
func termsOf(words map[string]string) []term {
	byFrench := map[string]*term{}
	for _, name := range slices.Sorted(maps.Keys(words)) {
		bare := aside.ReplaceAllString(name, "")
		if slices.Contains(alsoVerbs, bare) {
			continue
		}
		t := byFrench[bare]
		if t == nil {
			var forms []string
			for w := range strings.FieldsSeq(folded(bare)) {
				forms = append(forms, regexp.QuoteMeta(w)+`(?:e?s|x)?`)
			}
			t = &term{name: bare, word: words[name], begins: strings.Fields(folded(bare))[0], french: regexp.MustCompile(`\b` + strings.Join(forms, `\s+`) + `\b`)}
			t.stems = append(t.stems, stemsOf(bare)) // the French word itself, beside the translation or for want of one
			byFrench[bare] = t
		}
		for way := range strings.SplitSeq(aside.ReplaceAllString(words[name], ""), ";") {
			for way := range strings.SplitSeq(way, ",") {
				t.stems = append(t.stems, stemsOf(way))
			}
		}
	}
	out := make([]term, 0, len(byFrench))
	for _, t := range byFrench {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(x, y term) int {
		if n := utf8.RuneCountInString(y.name) - utf8.RuneCountInString(x.name); n != 0 {
			return n
		}
		return strings.Compare(x.name, y.name)
	})
	return out
}

// speaks says whether a text has half of the words that begin so, or more.
func speaks(text string, stems []string) bool {
	found := 0
	for _, s := range stems {
		if strings.Contains(text, s) {
			found++
		}
	}
	return len(stems) > 0 && 2*found >= len(stems)
}

// stemsOf gives the beginnings of the words of a way of saying: what an ending may not change.
func stemsOf(way string) []string {
	var out []string
	words := strings.Fields(folded(way))
	for _, w := range words {
		n := utf8.RuneCountInString(w)
		if n < 3 && w[0] < utf8.RuneSelf && len(words) > 1 { // "de", "la"
			continue
		}
		if n > 3 {
			w = string([]rune(w)[:max(3, n-(n+1)/3)])
		}
		out = append(out, w)
	}
	return out
}

var inWord = regexp.MustCompile(`(\p{Cyrillic})['’](\p{Cyrillic})`)

// folded gives a text to compare: small letters without accents, words between single spaces. What changes inside a word is left out: the
// long vowels of Arabic, whose plurals break, the sign that an Indian letter has no vowel, and the apostrophe of Ukrainian.
func folded(text string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(inWord.ReplaceAllString(text, "$1$2")) {
		switch {
		case strings.ContainsRune("اويىیءةۃہھ\u0bcd\u09cd", r):
		case unicode.Is(unicode.Mn, r) && r < 0x0900: // accents, and the vowels that Arabic leaves out; signs of Indian scripts are letters
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

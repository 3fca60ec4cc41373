package locales

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// A Printer writes in one language. It is a small value: pages hold a copy, nothing is shared between visitors.
type Printer struct {
	Language
	localizer *i18n.Localizer
	tag       language.Tag             // that its own messages go by
	known     map[string]*i18n.Message // of the source
	own       map[string]*i18n.Message // of the language itself
	draft     bool
	partial   bool
	marks     bool

	local, localSource map[string]string // words that win over the messages: the language's, and the French ones
}

// Draft says whether some of the language's texts have been read by nobody who speaks it.
func (p Printer) Draft() bool { return p.draft }

// Partial says whether the language lacks some texts, which are shown in French.
func (p Printer) Partial() bool { return p.partial }

// Marked gives the same printer with its marks on: see [FrenchBegins].
func (p Printer) Marked() Printer {
	p.marks = true
	return p
}

// What a marked printer puts around a text that is not in its language, and around what keeps its own direction in a text that runs
// from right to left. They are for a writer of pages, which turns them into markup or drops them; an unmarked printer writes none of
// the first two. The last two are Unicode's own isolates, good in plain text too.
const (
	FrenchBegins = '\ue000'
	FrenchEnds   = '\ue001'
	IsolateBegin = '\u2066'
	IsolateEnd   = '\u2069'
)

// T gives the message of key with its placeholders filled: args are a name and a value, in turn. A key that no file has
// is given back as it is, so that a page stays readable; tests hold that it never happens.
func (p Printer) T(key string, args ...any) string {
	if text, ok := p.localWords(key); ok {
		return text
	}
	return p.print(&i18n.LocalizeConfig{MessageID: key, TemplateData: data(args)})
}

// N gives the form of the message of key that the count n asks for; the placeholder {{.N}} is n.
func (p Printer) N(key string, n int, args ...any) string {
	return p.print(&i18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: data(append([]any{"N", p.Number(float64(n))}, args...))})
}

// Has says whether there is a message for key.
func (p Printer) Has(key string) bool {
	return p.known[key] != nil || p.local[key] != "" || p.localSource[key] != ""
}

// Translated gives the message that the language itself has for a value of the law, else source, the French of its rule file.
func (p Printer) Translated(name, source string) string {
	if text, ok := p.local[name]; ok {
		return text
	}
	if m, ok := p.own[name]; ok && p.Tag != Source {
		return m.Other
	}
	return p.French(french.Replace(source))
}

func (p Printer) print(c *i18n.LocalizeConfig) string {
	text, tag, err := p.localizer.LocalizeWithTag(c)
	switch {
	case err != nil && text == "":
		return c.MessageID
	case p.marks && tag != p.tag && !p.IsFrench():
		return string(FrenchBegins) + text + string(FrenchEnds)
	default:
		return text
	}
}

// French gives a text that is French in every language, such as the name of an aid, to stand in a sentence.
func (p Printer) French(text string) string {
	if !p.marks || p.IsFrench() {
		return text
	}
	return string(FrenchBegins) + text + string(FrenchEnds)
}

// IsFrench says whether the language is a way of writing French.
func (p Printer) IsFrench() bool { return strings.HasPrefix(p.Tag, Source) }

// Isolated keeps figures and what belongs to them from left to right.
func (p Printer) Isolated(figures string) string {
	if p.Dir != "rtl" {
		return figures
	}
	return string(IsolateBegin) + figures + string(IsolateEnd)
}

// decimalCount asks for the form that a count with decimals takes.
func decimalCount(key string, n float64, words string) *i18n.LocalizeConfig {
	return &i18n.LocalizeConfig{MessageID: key, PluralCount: strconv.FormatFloat(n, 'f', -1, 64), TemplateData: map[string]any{"N": words}}
}

func data(args []any) map[string]any {
	m := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		m[fmt.Sprint(args[i])] = args[i+1]
	}
	return m
}

// List joins words the way the language does: "a, b et c".
func (p Printer) List(words []string) string { return p.join(words, "liste.fin") }

// Either joins words of which one is meant: "a, b ou c".
func (p Printer) Either(words []string) string { return p.join(words, "liste.ou") }

func (p Printer) join(words []string, last string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return p.T(last, "Debut", p.Row(words[:n-1]), "Fin", words[n-1])
	}
}

// Row puts words one after another, with the comma of the language: "a, b, c".
func (p Printer) Row(words []string) string {
	if len(words) == 0 {
		return ""
	}
	row := words[0]
	for _, word := range words[1:] {
		row = p.T("liste.suite", "Debut", row, "Fin", word)
	}
	return row
}

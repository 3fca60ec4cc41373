package locales

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// A Printer writes in one language. It is a small value: pages hold a copy, nothing is shared between visitors.
type Printer struct {
	Language
	localizer *i18n.Localizer
	style     style
	known     map[string]*i18n.Message
	local     map[string]string // the words that win over them
}

// T gives the message of key with its placeholders filled: args are a name and a value, in turn. A key that no file has
// is given back as it is, so that a page stays readable; tests hold that it never happens.
func (p Printer) T(key string, args ...any) string {
	if text, ok := p.local[key]; ok {
		return text
	}
	return p.print(&i18n.LocalizeConfig{MessageID: key, TemplateData: data(args)})
}

// N gives the form of the message of key that the count n asks for; the placeholder {{.N}} is n.
func (p Printer) N(key string, n int, args ...any) string {
	return p.print(&i18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: data(append([]any{"N", p.Number(float64(n))}, args...))})
}

// Has says whether there is a message for key.
func (p Printer) Has(key string) bool { return p.known[key] != nil || p.local[key] != "" }

func (p Printer) print(c *i18n.LocalizeConfig) string {
	text, err := p.localizer.Localize(c)
	if err != nil && text == "" {
		return c.MessageID
	}
	return text
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
		return p.T(last, "Debut", strings.Join(words[:n-1], ", "), "Fin", words[n-1])
	}
}

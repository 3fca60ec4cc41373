// Package locales holds every sentence that people read, one file per language, and what turns a key, a count, an
// amount or a date into words of the reader's language.
//
// A key has the same meaning in every file; French is the source, and what a language lacks is shown in French. Messages are plain
// text: they never hold markup, and the templates that show them escape them like any other text.
package locales

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed *.yaml
var files embed.FS

// Source is the language that the others are translated from.
const Source = "fr"

// A Language is one that pages can be read in.
type Language struct {
	Tag  string // BCP 47, as it stands in an address
	Name string // in the language itself
	Dir  string // "ltr" or "rtl"
}

// languages lists what may be offered, in the order of the home page; a language without a file is not offered.
var languages = []Language{
	{"fr", "Français", "ltr"},
	{"en", "English", "ltr"},
}

// A Bundle holds the messages of all languages. It never changes after [Load] and is safe for concurrent use.
type Bundle struct {
	offered  []Language
	printers map[string]Printer
	matcher  language.Matcher
	keys     map[string]map[string]*i18n.Message // by language, then key
	local    map[string]map[string]string        // what With brought, likewise
}

// Load reads the messages compiled into the program.
func Load() (*Bundle, error) { return load(files) }

func load(fsys fs.FS) (*Bundle, error) {
	bundle := i18n.NewBundle(language.Make(Source))
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	b := &Bundle{printers: map[string]Printer{}, keys: map[string]map[string]*i18n.Message{}}
	var tags []language.Tag
	for _, l := range languages {
		text, err := fs.ReadFile(fsys, l.Tag+".yaml")
		if err != nil {
			return nil, fmt.Errorf("reading the messages of %s: %w", l.Tag, err)
		}
		file, err := i18n.ParseMessageFileBytes(text, l.Tag+".yaml", map[string]i18n.UnmarshalFunc{"yaml": yaml.Unmarshal})
		if err != nil {
			return nil, fmt.Errorf("reading the messages of %s: %w", l.Tag, err)
		}
		b.keys[l.Tag] = make(map[string]*i18n.Message, len(file.Messages))
		for _, m := range file.Messages {
			typeset(m, l.Tag)
			b.keys[l.Tag][m.ID] = m
		}
		if err := bundle.AddMessages(file.Tag, file.Messages...); err != nil {
			return nil, fmt.Errorf("adding the messages of %s: %w", l.Tag, err)
		}
		b.offered = append(b.offered, l)
		tags = append(tags, file.Tag)
	}
	b.matcher = language.NewMatcher(tags)
	for _, l := range b.offered {
		b.printers[l.Tag] = Printer{Language: l, localizer: i18n.NewLocalizer(bundle, l.Tag, Source), style: styleOf(l.Tag), known: b.keys[Source]}
	}
	return b, nil
}

// Languages lists the languages that pages can be read in.
func (b *Bundle) Languages() []Language { return slices.Clone(b.offered) }

// Printer gives the words of the language of tag; false when it is not offered.
func (b *Bundle) Printer(tag string) (Printer, bool) {
	p, ok := b.printers[tag]
	p.local = b.localTo(tag)
	return p, ok
}

// Match gives the tag of the offered language that suits best what the Accept-Language header asks for: [Source] when
// none does, or when the header makes no sense.
func (b *Bundle) Match(acceptLanguage string) string {
	want, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(want) == 0 {
		return Source
	}
	_, i, confidence := b.matcher.Match(want...)
	if confidence == language.No {
		return Source
	}
	return b.offered[i].Tag
}

// Has says whether the source language has a message for key.
func (b *Bundle) Has(key string) bool {
	return b.keys[Source][key] != nil || b.local[Source][key] != ""
}

// Lacking gives the tags of the languages that have no message of their own for key, in the order offered.
func (b *Bundle) Lacking(key string) []string {
	var out []string
	for _, l := range b.offered {
		if b.keys[l.Tag][key] == nil && b.local[l.Tag][key] == "" {
			out = append(out, l.Tag)
		}
	}
	return out
}

// typeset puts the spaces and apostrophes that a language's typography wants where the file has those of a keyboard.
func typeset(m *i18n.Message, tag string) {
	with := latin
	if tag == Source {
		with = french
	}
	for _, form := range []*string{&m.Zero, &m.One, &m.Two, &m.Few, &m.Many, &m.Other} {
		*form = with.Replace(*form)
	}
}

var (
	latin  = strings.NewReplacer("'", "’")
	french = strings.NewReplacer(
		" :", "\u00a0:", " ?", "\u202f?", " !", "\u202f!", " ;", "\u202f;", "« ", "«\u00a0", " »", "\u00a0»", " %", "\u202f%", " €", "\u00a0€", "'", "’",
		// a question turned round is not broken at its hyphens: « a-t-elle », « recevez-vous »
		"-t-il", "\u2011t\u2011il", "-t-elle", "\u2011t\u2011elle", "-vous", "\u2011vous",
	)
)

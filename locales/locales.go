// Package locales holds every sentence that people read, one file per language, and what turns a key, a count, an
// amount or a date into words of the reader's language.
//
// A key has the same meaning in every file. French is the source: what a language lacks, or what was translated from a French text
// that has changed since, is shown in French. Messages are plain text: they never hold markup, and the templates that show them
// escape them like any other text.
//
// The values of the law are described in French by the rule files, so only other languages may have messages for them, under the
// values' own names (see [Printer.Translated]).
//
// Beside the messages, status/ says of each translation who vouches for it and which French text it was made from (see [Status]),
// and glossary/ holds the words that a language keeps to.
package locales

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed *.yaml status glossary
var shipped embed.FS

// A Bundle holds the messages of all languages. Those of the source are read at once, those of another language when they are
// first asked for. It is safe for concurrent use.
type Bundle struct {
	files    fs.FS
	offered  []Language
	source   map[string]*i18n.Message
	matcher  language.Matcher
	matched  []Language // what each tag of the matcher stands for
	readings map[string]func() (*reading, error)
	local    map[string]map[string]string // what With brought, by language, then key
}

// A reading is one language as its files have it.
type reading struct {
	printer  Printer
	messages map[string]*i18n.Message // its own, whether they still hold or not
	status   Status
}

// Load prepares the messages compiled into the program.
func Load() (*Bundle, error) { return LoadDir(shipped) }

// LoadDir prepares the messages of a folder that is laid out like this one.
func LoadDir(fsys fs.FS) (*Bundle, error) {
	source, err := readMessages(fsys, languages[0])
	if err != nil {
		return nil, err
	}
	b := &Bundle{files: fsys, source: source, readings: map[string]func() (*reading, error){}}
	var tags []language.Tag
	for _, l := range languages {
		if _, err := fs.Stat(fsys, l.Tag+".yaml"); err != nil {
			continue // not offered yet
		}
		b.offered = append(b.offered, l)
		b.readings[l.Tag] = sync.OnceValues(func() (*reading, error) { return b.read(fsys, l) })
		for _, tag := range append([]string{l.Tag}, l.also...) {
			tags, b.matched = append(tags, language.Make(tag)), append(b.matched, l)
		}
	}
	b.matcher = language.NewMatcher(tags)
	return b, nil
}

// read reads the files of a language and makes its printer.
func (b *Bundle) read(fsys fs.FS, l Language) (*reading, error) {
	r := &reading{messages: b.source}
	texts := i18n.NewBundle(language.Make(Source))
	if err := texts.AddMessages(language.Make(Source), values(b.source)...); err != nil {
		return nil, fmt.Errorf("adding the messages of %s: %w", Source, err)
	}
	tag, current := language.Make(Source), len(b.source)
	if l.Tag != Source {
		var err error
		if r.messages, err = readMessages(fsys, l); err != nil {
			return nil, err
		}
		if r.status, err = readStatus(fsys, l.Tag); err != nil {
			return nil, err
		}
		if tag = language.Make(l.Tag); l.plural != "" {
			tag = language.Make(l.plural)
		}
		own := b.current(r)
		if err := texts.AddMessages(tag, own...); err != nil {
			return nil, fmt.Errorf("adding the messages of %s: %w", l.Tag, err)
		}
		current = len(own)
	}
	r.printer = Printer{
		Language: l, localizer: i18n.NewLocalizer(texts, tag.String(), Source), tag: tag, known: b.source, own: r.messages,
		draft: r.status.draft(), partial: current < len(b.source),
	}
	return r, nil
}

// ofTheLaw says whether a key is the name of a value of the law.
func ofTheLaw(key string) bool {
	group, _, _ := strings.Cut(key, ".")
	return group == "bareme" || group == "fenetre" || group == "arrondis"
}

// current gives the messages of a language that were made from the French text as it is.
func (b *Bundle) current(r *reading) []*i18n.Message {
	var out []*i18n.Message
	for key, m := range r.messages {
		if french := b.source[key]; french != nil && r.status[key].Source == Hash(french) {
			out = append(out, m)
		}
	}
	return out
}

func readMessages(fsys fs.FS, l Language) (map[string]*i18n.Message, error) {
	text, err := fs.ReadFile(fsys, l.Tag+".yaml")
	if err != nil {
		return nil, fmt.Errorf("reading the messages of %s: %w", l.Tag, err)
	}
	return parseMessages(text, l.Tag+".yaml", l.Tag)
}

func values(m map[string]*i18n.Message) []*i18n.Message {
	out := make([]*i18n.Message, 0, len(m))
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

// Languages lists the languages that pages can be read in.
func (b *Bundle) Languages() []Language { return slices.Clone(b.offered) }

// Printer gives the words of the language of tag; false when it is not offered.
func (b *Bundle) Printer(tag string) (Printer, bool) {
	if b.readings[tag] == nil {
		return Printer{}, false
	}
	p := b.mustRead(tag).printer
	p.local, p.localSource = b.local[tag], b.local[Source]
	return p, true
}

// mustRead reads a language whose files are part of the program.
func (b *Bundle) mustRead(tag string) *reading {
	r, err := b.readings[tag]()
	if err != nil {
		panic(err) // tests read them all
	}
	return r
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
	return b.matched[i].Tag
}

// Has says whether the source language has a message for key.
func (b *Bundle) Has(key string) bool { return b.source[key] != nil || b.local[Source][key] != "" }

// Lacking gives the tags of the languages that have no message of their own for key, in the order offered.
func (b *Bundle) Lacking(key string) []string {
	var out []string
	for _, l := range b.offered {
		if b.mustRead(l.Tag).messages[key] == nil && b.local[l.Tag][key] == "" {
			out = append(out, l.Tag)
		}
	}
	return out
}

// typeset puts the spaces and apostrophes that a language's typography wants where the file has those of a keyboard.
func typeset(m *i18n.Message, tag string) {
	with := latin
	if strings.HasPrefix(tag, Source) {
		with = french
	}
	for _, form := range formsOf(m) {
		*form = with.Replace(*form)
	}
}

// formsOf gives the plural forms of a message, the empty ones too, in the order of the Unicode data.
func formsOf(m *i18n.Message) []*string {
	return []*string{&m.Zero, &m.One, &m.Two, &m.Few, &m.Many, &m.Other}
}

var (
	latin  = strings.NewReplacer("'", "’", " %", "\u00a0%", "« ", "«\u00a0", " »", "\u00a0»")
	french = strings.NewReplacer(
		" :", "\u00a0:", " ?", "\u202f?", " !", "\u202f!", " ;", "\u202f;", "« ", "«\u00a0", " »", "\u00a0»", " %", "\u202f%", " €", "\u00a0€", "'", "’",
		// a question turned round is not broken at its hyphens: « a-t-elle », « recevez-vous »
		"-t-il", "\u2011t\u2011il", "-t-elle", "\u2011t\u2011elle", "-vous", "\u2011vous",
	)
)

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"guichet/locales"
)

// textsCommand groups what is done about translations.
var textsCommand = command{
	name: "texts",
	does: "tell what is translated, and vouch for it",
	explains: `
French is the source. A translation holds as long as the French text that it was made from stays as it
is; after that its page shows the French, and says so, until somebody vouches for it again.`,
	parts: []command{textsListCommand, textsSignCommand},
}

var textsListCommand = command{
	name:  "list",
	takes: "[-lang LANGUAGE] [-format text|json]",
	does:  "tell what is missing, out of date or read by nobody, by language",
	explains: `
Without -lang, one line a language; with it, the key of every text that wants something. A text is
missing; stale when the French has changed since; unsigned when it has changed since somebody vouched
for it; foreign when there is no French text of its name. Those under "glossary" seem to say a term in
another word than their language's (locales/glossary): they go by the beginnings of words, so look first.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var lang, format string
		f.StringVar(&lang, "lang", "", "`LANGUAGE` to tell of text by text")
		f.StringVar(&format, "format", "text", "`FORMAT` of the list, text or json")
		return func(_ context.Context, operands []string) int {
			if err := none(operands); err != nil {
				return p.fail("texts list", err)
			}
			if format != "text" && format != "json" {
				return p.fail("texts list", inputError{errors.New("-format is text or json")})
			}
			surveys, err := surveyed(lang)
			if err != nil {
				return p.fail("texts list", err)
			}
			switch {
			case format == "json":
				err = listTextsJSON(p.stdout, surveys)
			case lang == "":
				err = listLanguages(p.stdout, surveys)
			default:
				err = listTexts(p.stdout, surveys[0])
			}
			if err != nil {
				return p.fail("texts list", err)
			}
			return done
		}
	},
}

// A surveyedLanguage is a language looked over.
type surveyedLanguage struct {
	locales.Survey
	departures []locales.Departure
}

// surveyed looks one language over, or all that are translated into.
func surveyed(lang string) ([]surveyedLanguage, error) {
	texts, err := locales.Load()
	if err != nil {
		return nil, invalidError{err}
	}
	var out []surveyedLanguage
	for _, l := range texts.Languages() {
		if lang == l.Tag || lang == "" && l.Tag != locales.Source {
			s, err := texts.Survey(l.Tag)
			if err != nil {
				return nil, invalidError{err}
			}
			departures, err := texts.Departures(l.Tag)
			if err != nil {
				return nil, invalidError{err}
			}
			out = append(out, surveyedLanguage{s, departures})
		}
	}
	if out == nil {
		return nil, inputError{fmt.Errorf("-lang %s: there are no texts in that language", lang)}
	}
	return out, nil
}

func listLanguages(w io.Writer, surveys []surveyedLanguage) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s %8s %8s %8s %8s %8s %8s %8s %8s\n", "language", "missing", "stale", "unsigned", "foreign", "glossary", "draft", "reviewed", "approved")
	for _, s := range surveys {
		fmt.Fprintf(&b, "%-12s %8d %8d %8d %8d %8d %8d %8d %8d\n", s.Tag, len(s.Missing), len(s.Stale), len(s.Unsigned), len(s.Foreign), len(s.departures),
			s.Standing[locales.Draft], s.Standing[locales.Reviewed], s.Standing[locales.Approved])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func listTexts(w io.Writer, s surveyedLanguage) error {
	var b strings.Builder
	for _, part := range []struct {
		word string
		keys []string
	}{{"missing", s.Missing}, {"stale", s.Stale}, {"unsigned", s.Unsigned}, {"foreign", s.Foreign}} {
		for _, key := range part.keys {
			fmt.Fprintf(&b, "%-8s %s\n", part.word, key)
		}
	}
	for _, d := range s.departures {
		fmt.Fprintf(&b, "%-8s %s: %s → %s\n", "glossary", d.Key, d.Term, d.Word)
	}
	fmt.Fprintf(&b, "%d draft, %d reviewed, %d approved\n", s.Standing[locales.Draft], s.Standing[locales.Reviewed], s.Standing[locales.Approved])
	_, err := io.WriteString(w, b.String())
	return err
}

func listTextsJSON(w io.Writer, surveys []surveyedLanguage) error {
	type departure struct {
		Key  string `json:"key"`
		Term string `json:"term"`
		Word string `json:"word"`
	}
	type language struct {
		Language string                   `json:"language"`
		Missing  []string                 `json:"missing"`
		Stale    []string                 `json:"stale"`
		Unsigned []string                 `json:"unsigned"`
		Foreign  []string                 `json:"foreign"`
		Glossary []departure              `json:"glossary"`
		Standing map[locales.Standing]int `json:"standing"`
	}
	out := []language{}
	for _, s := range surveys {
		words := make([]departure, len(s.departures))
		for i, d := range s.departures {
			words[i] = departure(d)
		}
		out = append(out, language{s.Tag, s.Missing, s.Stale, s.Unsigned, s.Foreign, words, s.Standing})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

var textsSignCommand = command{
	name:  "sign",
	takes: "-lang LANGUAGE -by NAME [-as draft|reviewed|approved] [-dir locales] [KEY...]",
	does:  "vouch for translations: they are held to be made from the French as it is now",
	explains: `
Speaks of the texts named by KEY (one that ends in a dot names all that begin so) or, without any, of
those that are new or have changed since they were signed. Writes status/LANGUAGE.tsv under -dir, the
folder of the messages in the project's own tree, which the next build takes in.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var lang, dir string
		var by locales.Signature
		f.StringVar(&lang, "lang", "", "`LANGUAGE` of the translations")
		f.StringVar(&by.By, "by", "", "`NAME` of who vouches for them")
		f.StringVar((*string)(&by.Standing), "as", string(locales.Draft), "`STANDING` that they have by it")
		f.StringVar(&dir, "dir", "locales", "`DIR` of the messages")
		return func(_ context.Context, keys []string) int {
			by.Keys = keys
			texts, err := locales.LoadDir(os.DirFS(dir))
			if err != nil {
				return p.fail("texts sign", inputError{fmt.Errorf("-dir %s: %w", dir, err)})
			}
			status, n, err := texts.Sign(lang, by)
			if err != nil {
				return p.fail("texts sign", inputError{err})
			}
			name := filepath.Join(dir, "status", lang+".tsv")
			if err := os.WriteFile(name, status.Append(nil), 0o644); err != nil {
				return p.fail("texts sign", inputError{err})
			}
			fmt.Fprintf(p.stdout, "%s: %d texts signed as %s by %s\n", name, n, by.Standing, by.By)
			return done
		}
	},
}

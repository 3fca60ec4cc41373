package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"guichet/engine"
	"guichet/locales"
	"guichet/web/telling"
)

// renderAnswer writes an answer for a person at a terminal: each aid with its status, its amount, its conditions and
// steps with their figures, what is missing, and at the end the texts of law.
func renderAnswer(s *engine.Simulation, aids telling.Catalogue, words locales.Printer) string {
	r := renderer{Teller: telling.Teller{Words: words, Aids: aids}}
	r.line(0, words.T("resultats.titre_date", "Date", words.Date(telling.Day(s.Date.Day()))))
	for i := range s.Aids {
		r.line(0, "")
		r.aid(&s.Aids[i])
	}
	r.line(0, "")
	r.line(0, words.T("resultats.total")+"  "+r.perMonth(s.Totals.NetPerMonth))
	if s.Totals.UnclaimedPerMonth > 0 {
		r.line(0, words.Money(s.Totals.UnclaimedPerMonth)+" "+words.T("resultats.reste"))
	}
	r.line(0, words.T("resultats.decide"))
	if s.Rules != "" {
		r.line(0, s.Rules)
	}
	r.texts()
	return r.out.String()
}

// A renderer gathers the lines and the texts of law that they cite.
type renderer struct {
	telling.Teller
	out   strings.Builder
	cited []engine.Reference
}

func (r *renderer) line(indent int, text string) {
	if text != "" {
		r.out.WriteString(strings.Repeat("  ", indent))
	}
	r.out.WriteString(text + "\n")
}

func (r *renderer) aid(a *engine.Aid) {
	r.line(0, r.Name(a))
	r.line(1, r.Outcome(a))
	for _, c := range a.Conditions {
		text := r.Known("condition."+a.Aid+"."+c.ID, c.ID)
		if figures := r.Figures(&c); figures != "" {
			text += " — " + figures
		}
		r.line(1, metMarks[c.Result]+"  "+text+r.cite(c.Reference))
	}
	if len(a.Missing) > 0 {
		missing := make([]string, len(a.Missing))
		for i, path := range a.Missing {
			missing[i] = r.Words.Fact(path)
		}
		r.line(1, r.Words.T("resultats.manque", "Quoi", r.Words.List(missing)))
	}
	r.steps(a)
}

// metMarks say whether a condition is met: no word does in all languages, with a condition that says « not ».
var metMarks = map[string]string{"oui": "✓", "non": "✗", "inconnu": "?"}

func (r *renderer) perMonth(v float64) string {
	return r.Words.Money(v) + " " + r.Words.T("periode.mois")
}

// steps sets the figures of the computation under each other.
func (r *renderer) steps(a *engine.Aid) {
	if len(a.Steps) == 0 {
		return
	}
	names, widest := make([]string, len(a.Steps)), 0
	for i, s := range a.Steps {
		names[i] = r.Known("etape."+a.Aid+"."+s.ID, s.ID)
		widest = max(widest, utf8.RuneCountInString(names[i]))
	}
	r.line(1, r.Words.T("resultats.etape"))
	for i, s := range a.Steps {
		gap := strings.Repeat(" ", widest-utf8.RuneCountInString(names[i])+2)
		r.line(2, names[i]+gap+r.Figure(s.Value, s.Unit)+r.cite(s.Reference))
	}
}

// cite gives the titles of references, and keeps them for the list at the end.
func (r *renderer) cite(refs []engine.Reference) string {
	if len(refs) == 0 {
		return ""
	}
	titles := make([]string, len(refs))
	for i, ref := range refs {
		titles[i] = ref.Title
		if !slices.Contains(r.cited, ref) {
			r.cited = append(r.cited, ref)
		}
	}
	return "  [" + strings.Join(titles, " ; ") + "]"
}

func (r *renderer) texts() {
	if len(r.cited) == 0 {
		return
	}
	r.line(0, "")
	r.line(0, r.Words.T("aides.references"))
	for _, ref := range r.cited {
		r.line(1, fmt.Sprintf("%s  %s", ref.Title, ref.URL))
	}
}

package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/locales"
)

// renderAnswer writes an answer for a person at a terminal: each aid with its status, its amount, its conditions and
// steps with their figures, what is missing, and at the end the texts of law.
func renderAnswer(s *engine.Simulation, aids catalogue, words locales.Printer) string {
	r := renderer{words: words, aids: aids}
	r.line(0, words.T("resultats.titre_date", "Date", words.Date(calendar(s.Date))))
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
	r.texts()
	return r.out.String()
}

// A catalogue gives an aid by its identifier.
type catalogue interface {
	Aid(id string) (*ruleset.Aid, bool)
}

// A renderer gathers the lines and the texts of law that they cite.
type renderer struct {
	out   strings.Builder
	words locales.Printer
	aids  catalogue
	cited []engine.Reference
}

func (r *renderer) line(indent int, text string) {
	if text != "" {
		r.out.WriteString(strings.Repeat("  ", indent))
	}
	r.out.WriteString(text + "\n")
}

func (r *renderer) aid(a *engine.Aid) {
	r.line(0, r.name(a))
	r.line(1, r.outcome(a))
	for _, c := range a.Conditions {
		text := r.known("condition."+a.Aid+"."+c.ID, c.ID)
		if figures := r.figures(&c); figures != "" {
			text += " — " + figures
		}
		r.line(1, r.result(c.Result)+"  "+text+r.cite(c.Reference))
	}
	if len(a.Missing) > 0 {
		missing := make([]string, len(a.Missing))
		for i, path := range a.Missing {
			missing[i] = r.words.Fact(path)
		}
		r.line(1, r.words.T("resultats.manque", "Quoi", r.words.List(missing)))
	}
	r.steps(a)
}

// name gives the aid's name in the reader's language, or its legal name, and for whom it is.
func (r *renderer) name(a *engine.Aid) string {
	name, acronym := a.Aid, ""
	if known, ok := r.aids.Aid(a.Aid); ok {
		name, acronym = known.Name, known.Acronym
	}
	name = r.known("aide."+a.Aid+".nom", name)
	if acronym != "" && !strings.Contains(name, "("+acronym+")") {
		name += " (" + acronym + ")"
	}
	if a.Amount.For == "foyer" {
		return name
	}
	return name + ", " + r.person("pour.", a.Amount.For)
}

// outcome says in one line what the household may expect.
func (r *renderer) outcome(a *engine.Aid) string {
	w := r.words
	parts := []string{w.T("statut." + string(a.Status))}
	if a.Status == engine.Eligible {
		parts[0] = w.T("recours." + string(a.TakeUp))
	}
	if amount := r.amount(a); amount != "" {
		parts = append(parts, amount)
	}
	for _, x := range a.Extra {
		parts = append(parts, r.known("precision."+a.Aid+"."+x.Field+"."+x.Value, x.Value))
	}
	if a.OutOfScope != "" {
		parts = append(parts, r.known("hors_champ."+a.Aid+"."+a.OutOfScope, a.OutOfScope))
	}
	return strings.Join(parts, " · ")
}

func (r *renderer) amount(a *engine.Aid) string {
	w, m := r.words, a.Amount
	period := " " + w.T("periode."+m.Period)
	switch {
	case a.Status == engine.NotEligible:
		return ""
	case !m.Decided && m.Min <= 0 && m.Max >= r.ceiling(a.Aid):
		return w.T("resultats.non_chiffre")
	case !m.Decided:
		return w.T("resultats.bornes", "Min", w.Money(m.Min), "Max", w.Money(m.Max)) + period
	case m.Gross != m.Net:
		return w.Money(m.Net) + period + " (" + w.T("resultats.brut", "Montant", w.Money(m.Gross)) + ")"
	default:
		return w.Money(m.Net) + period
	}
}

// ceiling gives the amount above which no right of an aid can be: a bound that says nothing.
func (r *renderer) ceiling(aid string) float64 {
	if known, ok := r.aids.Aid(aid); ok {
		return known.Ceiling
	}
	return math.Inf(1)
}

func (r *renderer) perMonth(v float64) string {
	return r.words.Money(v) + " " + r.words.T("periode.mois")
}

// result gives the word for a condition that is met, is not, or cannot be told yet.
func (r *renderer) result(result string) string {
	if result == "inconnu" {
		return "?"
	}
	return r.words.T(result)
}

// figures sets what the household has beside what it is held against. A bare count against none or one says no more than
// the condition itself.
func (r *renderer) figures(c *engine.Condition) string {
	w := r.words
	switch {
	case c.Unit == "" && c.Threshold != nil && (*c.Threshold == engine.Figure{} || *c.Threshold == engine.Figure{Lo: 1, Hi: 1}):
		return ""
	case c.Value != nil && c.Threshold != nil:
		return w.T("resultats.figure", "Valeur", r.figure(*c.Value, c.Unit), "Limite", r.figure(*c.Threshold, c.Unit))
	case c.Value != nil:
		return w.T("resultats.figure_seule", "Valeur", r.figure(*c.Value, c.Unit))
	case c.Threshold != nil:
		return w.T("resultats.figure_limite", "Limite", r.figure(*c.Threshold, c.Unit))
	default:
		return ""
	}
}

func (r *renderer) figure(f engine.Figure, unit string) string {
	switch {
	case f.Choice == "oui" || f.Choice == "non":
		return r.words.T(f.Choice)
	case f.Choice == "inconnu":
		return "?"
	case f.Choice != "":
		return r.choice(f.Choice)
	case f.Lo == f.Hi:
		return r.words.Unit(f.Lo, unit)
	case f.Lo <= 0 && f.Hi >= unbounded:
		return "?"
	default:
		return r.words.T("resultats.bornes", "Min", r.words.Unit(f.Lo, unit), "Max", r.words.Unit(f.Hi, unit))
	}
}

// unbounded is the figure from which an upper bound says nothing to a reader.
const unbounded = 1e6

// choice gives the words of a value of the profile's enumerations.
func (r *renderer) choice(value string) string {
	for _, e := range []struct {
		prefix string
		values []string
	}{
		{"couple.", fact.Couples},
		{"logement.", fact.Statuses},
		{"nationalite.", fact.Nationalities},
		{"titre_sejour.", fact.Permits},
		{"activite.", fact.Activities},
		{"scolarite.", fact.Schools},
		{"rfr_selon.", fact.TaxSources},
	} {
		if slices.Contains(e.values, value) {
			return r.known(e.prefix+value, value)
		}
	}
	return plain(value)
}

// steps sets the figures of the computation under each other.
func (r *renderer) steps(a *engine.Aid) {
	if len(a.Steps) == 0 {
		return
	}
	names, widest := make([]string, len(a.Steps)), 0
	for i, s := range a.Steps {
		names[i] = r.known("etape."+a.Aid+"."+s.ID, s.ID)
		widest = max(widest, utf8.RuneCountInString(names[i]))
	}
	r.line(1, r.words.T("resultats.etape"))
	for i, s := range a.Steps {
		gap := strings.Repeat(" ", widest-utf8.RuneCountInString(names[i])+2)
		r.line(2, names[i]+gap+r.figure(s.Value, s.Unit)+r.cite(s.Reference))
	}
}

// person gives the words of demandeur, conjoint or enfants[0] among the keys that start with prefix.
func (r *renderer) person(prefix, who string) string {
	if place, child := strings.CutPrefix(who, "enfants["); child {
		if i, err := strconv.Atoi(strings.TrimSuffix(place, "]")); err == nil {
			return r.words.T(prefix+"enfant", "I", i+1)
		}
	}
	return r.known(prefix+who, who)
}

// known gives the message of key, or the identifier in plain words where there is none.
func (r *renderer) known(key, id string) string {
	if r.words.Has(key) {
		return r.words.T(key)
	}
	return plain(id)
}

func plain(id string) string { return strings.ReplaceAll(id, "_", " ") }

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
	r.line(0, r.words.T("aides.references"))
	for _, ref := range r.cited {
		r.line(1, fmt.Sprintf("%s  %s", ref.Title, ref.URL))
	}
}

// calendar gives a day of the profile as packages about time hold it, in UTC.
func calendar(d profile.Date) time.Time {
	day := d.Day()
	m := day.Month()
	return time.Date(m.Year(), time.Month(m.Calendar()), int(day)&31+1, 0, 0, 0, 0, time.UTC)
}

package main

import (
	"slices"
	"strings"

	"guichet/engine"
	"guichet/engine/difference"
	"guichet/engine/profile"
	"guichet/locales"
	"guichet/web/telling"
)

// A diffView is a difference in words, for whichever format shows it.
type diffView struct {
	L                       locales.Printer
	Title, Nothing          string
	Before, After           string // the names of the sides
	Aids                    []string
	BaremesTitle            string
	Baremes                 []changeView
	FormulasTitle           string
	Formulas                []changeView
	PeopleTitle             string
	People                  []string // what is said of all households
	WhyTitle, RefusalsTitle string
	Refusals                []string // why households are refused
	Effects                 []effectView
	BeforeRules, AfterRules string
}

// A changeView is one change: what it is of, since when, the old and the new.
type changeView struct {
	Label, Name, Kind, Since string
	Before, After            string
	OldFormula, NewFormula   string // as the authors wrote them, where before and after tell them in words
	References               []difference.Reference
}

// An effectView is what one aid does to the households, with the lengths of its bars from 0 to 1.
type effectView struct {
	Label, Counts, Amounts, Undecided string
	Gain, Lose                        int
	GainBar, LoseBar                  float64
	Gainers, Losers                   []string
	Reasons                           []string
}

type differ struct {
	words         locales.Printer
	before, after difference.Side
	view          *diffView
}

func viewDifference(r *difference.Report, before, after difference.Side, words locales.Printer) *diffView {
	d := differ{words, before, after, &diffView{
		L: words, Before: before.Name, After: after.Name, BeforeRules: r.Before.Rules, AfterRules: r.After.Rules,
		BaremesTitle: words.T("ecart.baremes"), FormulasTitle: words.T("ecart.formules"), PeopleTitle: words.T("ecart.menages"),
		WhyTitle: words.T("ecart.pourquoi"), RefusalsTitle: words.T("ecart.pourquoi_refuses"),
	}}
	if before.On > 0 {
		d.view.Before, d.view.After = words.Date(telling.Day(before.On)), words.Date(telling.Day(after.On))
	}
	d.view.Title = words.T("ecart.titre", "A", d.view.Before, "B", d.view.After)
	if r.Empty() {
		d.view.Nothing = words.T("ecart.rien")
	}
	for _, id := range r.Added {
		d.view.Aids = append(d.view.Aids, words.T("ecart.aide_ajoutee", "Aide", d.aid(id)))
	}
	for _, id := range r.Removed {
		d.view.Aids = append(d.view.Aids, words.T("ecart.aide_retiree", "Aide", d.aid(id)))
	}
	for _, c := range r.Baremes {
		d.view.Baremes = append(d.view.Baremes, d.bareme(c))
	}
	for _, c := range r.Formulas {
		d.view.Formulas = append(d.view.Formulas, d.formula(c))
	}
	if r.Population != nil {
		d.people(r.Population)
	}
	return d.view
}

// aid names an aid of either side.
func (d differ) aid(id string) string {
	for _, side := range []difference.Side{d.after, d.before} {
		if a, ok := side.Set.Aid(id); ok {
			if a.Acronym != "" {
				return a.Name + " (" + a.Acronym + ")"
			}
			return a.Name
		}
	}
	return id
}

func (d differ) bareme(c difference.BaremeChange) changeView {
	refs := c.AfterReferences
	if len(refs) == 0 {
		refs = c.BeforeReferences
	}
	return changeView{
		Label: d.description(c), Name: c.Name, Kind: d.words.T("ecart.sorte." + string(c.Kind)), Since: d.since(c.Since),
		Before: d.worth(c.Old, d.before), After: d.worth(c.New, d.after), References: refs,
	}
}

func (d differ) description(c difference.BaremeChange) string {
	known := c.New.Bareme
	if known == nil {
		known = c.Old.Bareme
	}
	return telling.Speaker{Words: d.words}.Description(known)
}

func (d differ) worth(w difference.Worth, side difference.Side) string {
	if w.Bareme == nil {
		return d.words.T("ecart.aucune_valeur")
	}
	s := telling.Speaker{Words: d.words, Set: side.Set}
	t := w.Bareme.Table
	return s.Value(t.Shape, w.Bareme.Unit, t.Domain, w.Value.Value)
}

// since says from when two sets differ; between two days that goes without saying.
func (d differ) since(day string) string {
	on, err := profile.ParseDate(day)
	if err != nil {
		return ""
	}
	return d.words.T("regle.depuis", "Date", d.words.Date(telling.Day(on.Day())))
}

func (d differ) formula(c difference.FormulaChange) changeView {
	name := c.ID
	if c.Aid != "" {
		name = c.Aid + "." + c.ID
	}
	v := changeView{
		Label: telling.Speaker{Words: d.words, Set: d.after.Set}.Label(c.Aid, c.ID), Name: name, Kind: d.words.T("ecart.sorte." + string(c.Kind)), Since: d.since(c.Since),
		Before: d.said(c.Aid, c.Before, c.Old, d.before), After: d.said(c.Aid, c.After, c.New, d.after), References: c.References,
	}
	if v.Before != c.Before {
		v.OldFormula = c.Before
	}
	if v.After != c.After {
		v.NewFormula = c.After
	}
	return v
}

// said puts what one side says into words, with that side's values of the law; a text that has no term stays as it is.
func (d differ) said(aid, text string, p difference.Phrase, side difference.Side) string {
	s := telling.Speaker{Words: d.words, Set: side.Set, Aid: aid, Month: p.Month}
	switch {
	case text == "":
		return ""
	case p.Term.Kind != "":
		return s.Say(p.Term)
	case strings.HasPrefix(text, "arrondis."):
		return s.RoundingOf(text)
	default:
		return text
	}
}

func (d differ) people(p *difference.Population) {
	w, v := d.words, d.view
	v.People = []string{w.N("ecart.comptes", p.Households), w.N("ecart.inchanges", p.Unchanged)}
	if p.Refused > 0 {
		v.People = append(v.People, w.N("ecart.refuses", p.Refused))
	}
	for _, r := range p.Refusals {
		v.Refusals = append(v.Refusals, r.Rule+" ("+w.N("ecart.comptes", r.Households)+")")
	}
	most := max(p.Total.Gain, p.Total.Lose, 1)
	for _, e := range p.Aids {
		most = max(most, e.Gain, e.Lose)
	}
	for _, e := range append(slices.Clone(p.Aids), p.Total) {
		x := d.effect(e)
		x.GainBar, x.LoseBar = float64(e.Gain)/float64(most), float64(e.Lose)/float64(most)
		v.Effects = append(v.Effects, x)
	}
}

func (d differ) effect(e difference.Effect) effectView {
	w := d.words
	x := effectView{Label: d.aid(e.Aid), Gain: e.Gain, Lose: e.Lose, Gainers: e.Gainers, Losers: e.Losers}
	if e.Aid == "total" {
		x.Label = w.T("ecart.total")
	}
	x.Counts = w.N("ecart.gagnent", e.Gain) + ", " + w.N("ecart.perdent", e.Lose)
	if e.Opened > 0 {
		x.Counts += ", " + w.N("ecart.ouverts", e.Opened)
	}
	if e.Closed > 0 {
		x.Counts += ", " + w.N("ecart.fermes", e.Closed)
	}
	if e.Gain+e.Lose > 0 {
		x.Amounts = w.T("ecart.montants", "Moyenne", d.signed(e.Mean), "Min", d.signed(e.Least), "Max", d.signed(e.Greatest),
			"Somme", d.signed(e.Total), "Periode", w.T("periode."+e.Period))
	}
	if e.Undecided > 0 {
		x.Undecided = w.N("ecart.indecis", e.Undecided)
	}
	x.Reasons = d.reasons(e.Reasons)
	return x
}

// How many reasons are told of each sense, and of what is not decided; the data have them all.
const (
	reasonsShown  = 5
	missingsShown = 3
)

// reasons tells why an aid changes, the most households first.
func (d differ) reasons(list []difference.Reason) (out []string) {
	for len(list) > 0 {
		n := 0
		for n < len(list) && list[n].Sense == list[0].Sense {
			n++
		}
		shown := reasonsShown
		if list[0].Sense == difference.Uncertain {
			shown = missingsShown
		}
		for _, r := range list[:min(n, shown)] {
			out = append(out, d.words.T("ecart.raison", "Sens", d.words.T("ecart.sens."+string(r.Sense)), "Raison", d.reason(r),
				"Menages", d.words.N("ecart.comptes", r.Households)))
		}
		if n > shown {
			out = append(out, d.words.T("erreur.pour", "Qui", d.words.T("ecart.sens."+string(list[0].Sense)), "Message", d.words.N("ecart.raison.autres", n-shown)))
		}
		list = list[n:]
	}
	return out
}

func (d differ) reason(r difference.Reason) string {
	key, what := "ecart.raison."+string(r.Kind), r.ID
	switch r.Kind {
	case difference.OfCondition:
		key += "." + string(r.Sense)
		what = d.quoted(d.label(r), r)
	case difference.OfFormula, difference.OfStep:
		what = d.quoted(d.label(r), r)
	case difference.OfBareme:
		what = d.quoted(d.valueOf(r.ID), r)
	case difference.OfScope:
		if r.ID == engine.Expired {
			key = "ecart.raison.expiree"
		}
		what = d.quoted(d.label(r), r)
	}
	return d.words.T(key, "Quoi", what)
}

// label names the condition, the formula or the step of a reason, as the side that has it does.
func (d differ) label(r difference.Reason) string {
	return telling.Speaker{Words: d.words, Set: d.after.Set}.Label(r.Aid, r.ID)
}

func (d differ) valueOf(name string) string {
	for _, side := range []difference.Side{d.after, d.before} {
		if b, ok := side.Set.Bareme(name); ok {
			return telling.Speaker{Words: d.words, Set: side.Set}.Description(b)
		}
	}
	return name
}

// quoted sets words off from the sentence, and names what they are of as formulas do.
func (d differ) quoted(text string, r difference.Reason) string {
	name := r.ID
	if r.Aid != "" {
		name = r.Aid + "." + name
	}
	return d.words.T("regle.cite", "Quoi", text) + " (" + name + ")"
}

// signed writes an amount with its sign.
func (d differ) signed(v float64) string {
	if v > 0 {
		return "+" + d.words.Money(v)
	}
	return d.words.Money(v)
}

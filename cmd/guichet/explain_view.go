package main

import (
	"slices"
	"strconv"
	"strings"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/engine/trace"
	"guichet/locales"
)

// A ruleView is a rule in words, for whichever format shows it.
type ruleView struct {
	L                        locales.Printer
	Title, When, Whom        string
	Outcomes                 []string // of the household as a whole, one for each adult concerned
	Sections                 []ruleSection
	BaremesTitle, TextsTitle string
	Baremes                  []baremeView
	Texts                    []trace.Reference
	Ruleset                  string
}

type ruleSection struct {
	Title string
	Lines []ruleLine
}

// A ruleLine is one condition, step or working: its label, its formula in words and, for each answer, what came of it.
type ruleLine struct {
	Number     int
	Label      string
	Words      string
	Formula    string // as the author wrote it
	Outcomes   []lineOutcome
	References []trace.Reference
}

// A lineOutcome is what a line made of a household; Class is yes, no or maybe for a condition.
type lineOutcome struct{ Class, Text string }

type baremeView struct {
	Name, Description, Value, Since string
	References                      []trace.Reference
}

// viewer puts one trace into words.
type viewer struct {
	*trace.Trace
	speaker
	r    renderer
	view *ruleView
}

func viewRule(t *trace.Trace, set *ruleset.Set, words locales.Printer) *ruleView {
	on, _ := profile.ParseDate(t.Date) // the trace wrote it
	since, _ := profile.ParseDate(t.Version)
	v := viewer{
		Trace: t, speaker: speaker{words: words, set: set, aid: t.Aid, month: on.Day().Month()},
		r: renderer{words: words, aids: set}, view: &ruleView{L: words, Ruleset: t.Rules},
	}
	v.view.Title = words.T("regle.titre", "Aide", v.title())
	v.view.When = words.T("regle.au", "Date", words.Date(calendar(on)), "Version", words.Date(calendar(since)))
	v.view.Whom = words.T("regle.pour."+t.For, "Periode", words.T("regle.versement."+t.Period))
	v.view.BaremesTitle, v.view.TextsTitle = words.T("regle.baremes"), words.T("aides.references")
	v.outcomes()
	v.section("regle.hors_champ", t.OutOfScope, "hors_champ."+t.Aid+".", nil)
	v.section("regle.conditions", t.Conditions, "condition."+t.Aid+".", v.condition)
	v.section("regle.etapes", t.Steps, "etape."+t.Aid+".", v.step)
	v.amount()
	v.workings()
	v.baremes()
	return v.view
}

func (v *viewer) title() string {
	name := v.r.known("aide."+v.Aid+".nom", v.Name)
	if v.Acronym != "" && !strings.Contains(name, "("+v.Acronym+")") {
		name += " (" + v.Acronym + ")"
	}
	return name
}

// outcomes says what the aid as a whole is for the household.
func (v *viewer) outcomes() {
	for _, a := range v.Answers {
		state := v.r.outcome(a)
		if len(v.Answers) == 1 {
			v.view.Outcomes = append(v.view.Outcomes, v.words.T("regle.foyer", "Etat", state))
			continue
		}
		v.view.Outcomes = append(v.view.Outcomes, v.words.T("regle.foyer_pour", "Qui", v.r.person("pour.", a.Amount.For), "Etat", state))
	}
}

func (v *viewer) section(title string, lines []trace.Line, prefix string, outcome func(*engine.Aid, string) (lineOutcome, bool)) {
	if len(lines) == 0 {
		return
	}
	s := ruleSection{Title: v.words.T(title)}
	for i, l := range lines {
		x := v.line(l, v.r.known(prefix+l.ID, l.ID))
		x.Number = i + 1
		for _, a := range v.Answers {
			if outcome == nil {
				break
			}
			if o, ok := outcome(a, l.ID); ok {
				x.Outcomes = append(x.Outcomes, v.signed(a, o))
			}
		}
		s.Lines = append(s.Lines, x)
	}
	v.view.Sections = append(v.view.Sections, s)
}

func (v *viewer) line(l trace.Line, label string) ruleLine {
	v.cite(l.References)
	words := v.say(l.Term)
	if l.Concerns != "" {
		words = v.words.T("regle.concerne", "A", v.say(l.Whom), "B", words)
	}
	return ruleLine{Label: label, Words: words, Formula: strings.Join(strings.Fields(l.Formula), " "), References: l.References}
}

// signed says of whom an outcome is, where there are several.
func (v *viewer) signed(a *engine.Aid, o lineOutcome) lineOutcome {
	if len(v.Answers) > 1 {
		o.Text = v.r.person("pour.", a.Amount.For) + " — " + o.Text
	}
	return o
}

func (v *viewer) condition(a *engine.Aid, id string) (lineOutcome, bool) {
	c := trace.Condition(a, id)
	if c == nil {
		return lineOutcome{}, false
	}
	o := lineOutcome{Class: map[string]string{"oui": "yes", "non": "no", "inconnu": "maybe"}[c.Result], Text: v.r.result(c.Result)}
	if figures := v.r.figures(c); figures != "" {
		o.Text += " — " + figures
	}
	return o, true
}

func (v *viewer) step(a *engine.Aid, id string) (lineOutcome, bool) {
	s := trace.Step(a, id)
	if s == nil {
		return lineOutcome{}, false
	}
	return lineOutcome{Text: v.r.figure(s.Value, s.Unit)}, true
}

func (v *viewer) amount() {
	a := v.Amount
	v.cite(a.References)
	due := ruleLine{
		Number: 1, Formula: strings.Join(strings.Fields(a.Formula), " "), References: a.References,
		Label: v.words.T("regle.montant_du", "Formule", v.within(a.Term, added), "Arrondi", v.roundingOf(a.Rounding)),
	}
	lines := []ruleLine{due}
	if a.Net != "" {
		lines = append(lines, ruleLine{
			Number: 2, Formula: strings.Join(strings.Fields(a.Net), " "),
			Label: v.words.T("regle.montant_net", "Formule", v.say(a.NetTerm)),
		})
	}
	last := &lines[len(lines)-1]
	for _, x := range v.Answers {
		if amount := v.r.amount(x); amount != "" {
			last.Outcomes = append(last.Outcomes, v.signed(x, lineOutcome{Text: amount}))
		}
	}
	v.view.Sections = append(v.view.Sections, ruleSection{Title: v.words.T("regle.montant"), Lines: lines})
}

func (v *viewer) workings() {
	if len(v.Workings) == 0 {
		return
	}
	s := ruleSection{Title: v.words.T("regle.intermediaires")}
	for i, l := range v.Workings {
		aid, name := "", l.ID
		if head, rest, dotted := strings.Cut(l.ID, "."); dotted {
			aid, name = head, rest
		}
		x := v.line(l, v.label(aid, name))
		x.Number = i + 1
		s.Lines = append(s.Lines, x)
	}
	v.view.Sections = append(v.view.Sections, s)
}

func (v *viewer) baremes() {
	for _, b := range v.Baremes {
		v.cite(b.References)
		x := baremeView{Name: b.Name, Description: b.Description, References: b.References}
		if b.Since == "" {
			x.Value = v.words.T("regle.sans_valeur", "Quoi", b.Name)
		} else {
			since, _ := profile.ParseDate(b.Since) // the trace wrote it
			known, _ := v.set.Bareme(b.Name)       // the trace took it from there
			x.Value = v.value(b.Shape, b.Unit, known.Table.Domain, b.Worth)
			x.Since = v.words.T("regle.depuis", "Date", v.words.Date(calendar(since)))
		}
		v.view.Baremes = append(v.view.Baremes, x)
	}
}

func (v *viewer) cite(refs []trace.Reference) {
	for _, ref := range refs {
		if !slices.Contains(v.view.Texts, ref) {
			v.view.Texts = append(v.view.Texts, ref)
		}
	}
}

// numbered writes the place of a line in its section.
func (l ruleLine) numbered() string { return strconv.Itoa(l.Number) + ". " }

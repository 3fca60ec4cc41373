package telling

import (
	"slices"
	"strings"

	"guichet/engine"
	"guichet/engine/formula"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/engine/trace"
	"guichet/locales"
)

// A Rule is a rule in words, for whichever format shows it.
type Rule struct {
	L                        locales.Printer
	Title, When, Whom        string
	Outcomes                 []string // of the household as a whole, one for each adult concerned
	Sections                 []Section
	BaremesTitle, TextsTitle string
	Baremes                  []Bareme
	Texts                    []trace.Reference
	Ruleset                  string
}

// A Section is what a rule says of one matter.
type Section struct {
	Matter Matter
	Title  string
	Lines  []Line
}

// Matter says what a section is about.
type Matter string

// The matters of a rule, in the order in which it tells them.
const (
	OutOfScope Matter = "hors_champ"
	Conditions Matter = "conditions"
	Steps      Matter = "etapes"
	Amount     Matter = "montant"
	Workings   Matter = "intermediaires"
)

// Of gives the lines about one matter; none when the rule says nothing of it.
func (r *Rule) Of(m Matter) []Line {
	for _, s := range r.Sections {
		if s.Matter == m {
			return s.Lines
		}
	}
	return nil
}

// A Line is one condition, step or working: its label, its formula in words and, for each answer, what came of it.
type Line struct {
	Number     int
	Label      string
	Words      string
	Formula    string // as the author wrote it
	Outcomes   []Outcome
	References []trace.Reference
	Figures    []Figure // the plain values of the law that it reads
}

// A Figure is a value of the law behind what it is, which ends with the punctuation that the language has there.
type Figure struct{ What, Value string }

// An Outcome is what a line made of a household; Class is yes, no or maybe for a condition.
type Outcome struct{ Class, Text string }

// A Bareme is a value of the law as the rule reads it on its day.
type Bareme struct {
	Name, Description, Value, Since string
	References                      []trace.Reference
}

// viewer puts one trace into words.
type viewer struct {
	*trace.Trace
	Speaker
	r    Teller
	view *Rule
}

// RuleOf tells the rule that t traces in the set it was made from.
func RuleOf(t *trace.Trace, set *ruleset.Set, words locales.Printer) *Rule {
	on, _ := profile.ParseDate(t.Date) // the trace wrote it
	since, _ := profile.ParseDate(t.Version)
	v := viewer{
		Trace: t, Speaker: Speaker{Words: words, Set: set, Aid: t.Aid, Month: on.Day().Month()},
		r: Teller{Words: words, Aids: set}, view: &Rule{L: words, Ruleset: t.Rules},
	}
	v.view.Title = words.T("regle.titre", "Aide", v.title())
	v.view.When = words.T("regle.au", "Date", words.Date(Day(on.Day())), "Version", words.Date(Day(since.Day())))
	v.view.Whom = words.T("regle.pour."+t.For, "Periode", words.T("regle.versement."+t.Period))
	if t.Decision != "" {
		v.view.Whom += " " + words.T("resultats."+t.Decision)
	}
	v.view.BaremesTitle, v.view.TextsTitle = words.T("regle.baremes"), words.T("aides.references")
	v.outcomes()
	v.section(OutOfScope, t.OutOfScope, "hors_champ."+t.Aid+".", nil)
	v.section(Conditions, t.Conditions, "condition."+t.Aid+".", v.condition)
	v.section(Steps, t.Steps, "etape."+t.Aid+".", v.step)
	v.amount()
	v.workings()
	v.baremes()
	return v.view
}

func (v *viewer) title() string {
	name := v.r.Known("aide."+v.Trace.Aid+".nom", v.Name)
	if v.Acronym != "" && !strings.Contains(name, "("+v.Acronym+")") {
		name += " (" + v.Acronym + ")"
	}
	return name
}

// outcomes says what the aid as a whole is for the household.
func (v *viewer) outcomes() {
	for _, a := range v.Answers {
		state := v.r.Outcome(a)
		if len(v.Answers) == 1 {
			v.view.Outcomes = append(v.view.Outcomes, v.Words.T("regle.foyer", "Etat", state))
			continue
		}
		v.view.Outcomes = append(v.view.Outcomes, v.Words.T("regle.foyer_pour", "Qui", v.r.Person("pour.", a.Amount.For), "Etat", state))
	}
}

func (v *viewer) section(matter Matter, lines []trace.Line, prefix string, outcome func(*engine.Aid, string) (Outcome, bool)) {
	if len(lines) == 0 {
		return
	}
	s := v.about(matter)
	for i, l := range lines {
		x := v.line(l, v.r.Known(prefix+l.ID, l.ID))
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

// about begins a section.
func (v *viewer) about(m Matter) Section {
	return Section{Matter: m, Title: v.Words.T("regle." + string(m))}
}

func (v *viewer) line(l trace.Line, label string) Line {
	v.cite(l.References)
	words := v.Say(l.Term)
	if l.Concerns != "" {
		words = v.Words.T("regle.concerne", "A", v.Say(l.Whom), "B", words)
	}
	return Line{
		Label: label, Words: words, Formula: strings.Join(strings.Fields(l.Formula), " "), References: l.References, Figures: v.figures(l),
	}
}

// figures gives the single values that a line reads, and not the tables, whose value hangs on something.
func (v *viewer) figures(l trace.Line) []Figure {
	var out []Figure
	own := map[string]bool{} // read on a day of the household's own, whatever it is worth on the day told
	l.Term.Each(func(t formula.Term) {
		if t.Kind == formula.Operation && t.Name == "au" {
			own[t.Of[1].Name] = true
		}
	})
	for _, name := range l.Baremes {
		b, _ := v.Set.Bareme(name) // the trace took it from there
		if b.Table.Shape != formula.Scalar && b.Table.Shape != formula.DateOf || own[name] {
			continue
		}
		if x, ok := b.ValueAt(v.Month); ok {
			out = append(out, Figure{v.Words.T("regle.etiquette", "Quoi", v.Description(b)), v.Value(b.Table.Shape, b.Unit, nil, x.Value)})
		}
	}
	return out
}

// signed says of whom an outcome is, where there are several.
func (v *viewer) signed(a *engine.Aid, o Outcome) Outcome {
	if len(v.Answers) > 1 {
		o.Text = v.r.Person("pour.", a.Amount.For) + " — " + o.Text
	}
	return o
}

func (v *viewer) condition(a *engine.Aid, id string) (Outcome, bool) {
	c := trace.Condition(a, id)
	if c == nil {
		return Outcome{}, false
	}
	o := Outcome{Class: map[string]string{"oui": "yes", "non": "no", "inconnu": "maybe"}[c.Result], Text: v.r.Result(c.Result)}
	if figures := v.r.Figures(c); figures != "" {
		o.Text += " — " + figures
	}
	return o, true
}

func (v *viewer) step(a *engine.Aid, id string) (Outcome, bool) {
	s := trace.Step(a, id)
	if s == nil {
		return Outcome{}, false
	}
	return Outcome{Text: v.r.Figure(s.Value, s.Unit)}, true
}

func (v *viewer) amount() {
	a := v.Amount
	v.cite(a.References)
	due := Line{
		Number: 1, Formula: strings.Join(strings.Fields(a.Formula), " "), References: a.References,
		Label: v.Words.T("regle.du."+v.Amount.ID, "Formule", v.within(a.Term, added), "Arrondi", v.RoundingOf(a.Rounding)),
	}
	lines := []Line{due}
	if a.Net != "" {
		lines = append(lines, Line{
			Number: 2, Formula: strings.Join(strings.Fields(a.Net), " "),
			Label: v.Words.T("regle.montant_net", "Formule", v.Say(a.NetTerm)),
		})
	}
	last := &lines[len(lines)-1]
	for _, x := range v.Answers {
		if amount := v.r.Amount(x); amount != "" {
			last.Outcomes = append(last.Outcomes, v.signed(x, Outcome{Text: amount}))
		}
	}
	s := v.about(Amount)
	if a.Paid() {
		s.Title = v.Words.T("regle.participation")
	}
	s.Lines = lines
	v.view.Sections = append(v.view.Sections, s)
}

func (v *viewer) workings() {
	if len(v.Workings) == 0 {
		return
	}
	s := v.about(Workings)
	for i, l := range v.Workings {
		aid, name := "", l.ID
		if head, rest, dotted := strings.Cut(l.ID, "."); dotted {
			aid, name = head, rest
		}
		x := v.line(l, v.Label(aid, name))
		x.Number = i + 1
		for _, made := range l.Values {
			o := Outcome{Text: v.r.Figure(made.Figure, l.Unit)}
			if made.For != "foyer" {
				o.Text = v.r.Person("pour.", made.For) + " — " + o.Text
			}
			x.Outcomes = append(x.Outcomes, o)
		}
		s.Lines = append(s.Lines, x)
	}
	v.view.Sections = append(v.view.Sections, s)
}

func (v *viewer) baremes() {
	for _, b := range v.Baremes {
		v.cite(b.References)
		known, _ := v.Set.Bareme(b.Name) // the trace took it from there
		x := Bareme{Name: b.Name, Description: v.Description(known), References: b.References}
		if b.Since == "" {
			x.Value = v.Words.T("regle.sans_valeur", "Quoi", b.Name)
		} else {
			since, _ := profile.ParseDate(b.Since) // the trace wrote it
			x.Value = v.Value(b.Shape, b.Unit, known.Table.Domain, b.Worth)
			x.Since = v.Words.T("regle.depuis", "Date", v.Words.Date(Day(since.Day())))
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

package telling

import (
	"reflect"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/ruleset"
	"guichet/locales"
)

// A Speaker puts the formulas of one aid into words, with the values of the law of one month.
type Speaker struct {
	Words locales.Printer
	Set   *ruleset.Set
	Aid   string
	Month fact.Month
}

// How tightly a phrase holds together; one that holds less than its place asks for stands in brackets.
const (
	loose = iota // if … then … else
	either
	both
	compared
	added
	multiplied
	whole
)

// operators are the operations between two terms: the key of their words, or their sign, and how tightly they hold.
var operators = map[string]struct {
	key, sign string
	holds     int
}{
	"or": {key: "regle.ou", holds: either}, "and": {key: "regle.et", holds: both},
	"<": {key: "regle.moins_que", holds: compared}, "<=": {key: "regle.au_plus", holds: compared},
	">": {key: "regle.plus_que", holds: compared}, ">=": {key: "regle.au_moins", holds: compared},
	"==": {key: "regle.egal", holds: compared}, "!=": {key: "regle.different", holds: compared},
	"in": {key: "regle.parmi", holds: compared}, "not in": {key: "regle.pas_parmi", holds: compared},
	"+": {sign: " + ", holds: added}, "-": {sign: " − ", holds: added}, "*": {sign: " × ", holds: multiplied}, "/": {sign: " ÷ ", holds: multiplied},
}

// Say gives the words of a formula.
func (s Speaker) Say(t formula.Term) string {
	text, _ := s.phrase(t)
	return text
}

// within gives the words of a part, in brackets where they would be read with what is around them.
func (s Speaker) within(t formula.Term, place int) string {
	text, holds := s.phrase(t)
	if holds < place {
		return "(" + text + ")"
	}
	return text
}

func (s Speaker) phrase(t formula.Term) (text string, holds int) {
	switch t.Kind {
	case formula.Literal:
		return s.Words.Number(t.Number), whole
	case formula.Word:
		return s.word(t.Name), whole
	case formula.Parameter:
		return s.bareme(t), whole
	case formula.Named:
		return s.quantity(t), whole
	case formula.Given:
		return s.fact(t), whole
	case formula.People:
		return s.Words.T("regle.liste." + t.Name), whole
	case formula.Choices:
		return s.Words.Either(s.all(t.Of)), whole
	default:
		return s.operation(t)
	}
}

func (s Speaker) all(list []formula.Term) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = s.Say(t)
	}
	return out
}

func (s Speaker) word(value string) string {
	said := Teller{Words: s.Words}.Choice(value)
	if value == "true" || value == "false" {
		return said
	}
	return s.quoted(said)
}

func (s Speaker) operation(t formula.Term) (text string, holds int) {
	w := s.Words
	if o, two := operators[t.Name]; two && len(t.Of) == 2 {
		a, b := s.within(t.Of[0], o.holds), s.within(t.Of[1], o.holds+1)
		if o.key != "" {
			return w.T(o.key, "A", a, "B", b), o.holds
		}
		return a + o.sign + b, o.holds
	}
	switch t.Name {
	case formula.Choice:
		return w.T("regle.si", "A", s.within(t.Of[0], either), "B", s.within(t.Of[1], either), "C", s.within(t.Of[2], loose)), loose
	case "si":
		return w.T("regle.si_sinon_rien", "A", s.within(t.Of[0], either), "B", s.within(t.Of[1], either)), loose
	case "-":
		return "−" + s.within(t.Of[0], whole), multiplied
	case "arrondi":
		return s.Words.Row([]string{s.within(t.Of[1], added), s.RoundingOf(t.Of[0].Name)}), loose
	}
	return s.function(t), whole
}

// function gives the words of a function: its first two terms are A and B, and what a maximum is taken of is a list.
func (s Speaker) function(t formula.Term) string {
	parts := s.all(t.Of)
	a, b := parts[0], ""
	if len(parts) > 1 {
		b = parts[1]
	}
	if t.Name == "au" { // its value of the day told is not the one that counts
		b = s.byDay(t.Of[1])
	}
	if t.Name == "max" || t.Name == "min" {
		a = strings.Join(parts, " ; ")
	}
	name := t.Name
	if all := (formula.Term{Kind: formula.Word, Name: "true"}); name == "count" && reflect.DeepEqual(t.Of[1], all) { // of everyone
		name = "count_tous"
	}
	return s.Words.T("regle.fonction."+name, "A", a, "B", b)
}

// quantity names a value of the rules: as the steps and conditions do, or by its identifier in plain words.
func (s Speaker) quantity(t formula.Term) string {
	aid, name := "", t.Name
	if i := strings.IndexByte(name, '.'); i >= 0 {
		aid, name = name[:i], name[i+1:]
	}
	label := s.quoted(s.Label(aid, name))
	if aid != "" && aid != s.Aid {
		label = s.Words.T("regle.d_une_aide", "Quoi", label, "Aide", s.aidName(aid))
	}
	return s.of(label, t.Whose)
}

// Label names a quantity of an aid.
func (s Speaker) Label(aid, name string) string {
	for _, key := range Keys(aid, name) {
		if s.Words.Has(key) {
			return s.Words.T(key)
		}
	}
	if key := s.precision(aid, name); s.Words.Has(key) {
		return s.Words.T(key)
	}
	if of, ok := strings.CutSuffix(name, ruleset.ShownSuffix); ok {
		return s.Words.T("regle.concernes", "Quoi", s.Label(aid, of))
	}
	return Plain(name)
}

// precision gives the message of a precision of an answer, whose quantity is named « field_value »; "" of anything else.
func (s Speaker) precision(aid, name string) string {
	if a, ok := s.Set.Aid(aid); ok {
		for _, p := range a.Precisions {
			for _, value := range p.Values {
				if p.Field+"_"+value == name {
					return "precision." + aid + "." + p.Field + "." + value
				}
			}
		}
	}
	return ""
}

// Keys gives the messages that may name a quantity of an aid, "" for what all share: the first one that there is does.
func Keys(aid, name string) []string {
	keys := []string{"regle.grandeur." + name}
	if aid != "" {
		keys = []string{
			"etape." + aid + "." + name, "condition." + aid + "." + name, "hors_champ." + aid + "." + name,
			"regle.grandeur." + aid + "." + name, "regle.grandeur." + name,
		}
	}
	return keys
}

func (s Speaker) aidName(id string) string {
	a, ok := s.Set.Aid(id)
	switch {
	case ok && a.Acronym != "":
		return a.Acronym
	case ok:
		return a.Name
	default:
		return Plain(id)
	}
}

func (s Speaker) fact(t formula.Term) string {
	name, taxable := strings.CutSuffix(strings.TrimSuffix(t.Name, ".net"), ".imposable")
	name, gross := strings.CutSuffix(name, ".brut")
	label := s.Words.Fact(name)
	switch {
	case label == name && s.Words.Has("regle.grandeur."+name):
		label = s.Words.T("regle.grandeur." + name)
	case label == name:
		label = Plain(name)
	case taxable:
		label += " (" + s.Words.T("regle.montant_imposable") + ")"
	case gross:
		label += " (" + s.Words.T("regle.montant_brut") + ")"
	}
	return s.of(label, t.Whose)
}

// of says whose a fact or a quantity is, where it is one person's.
func (s Speaker) of(label, whose string) string {
	if whose != "demandeur" {
		return label
	}
	return s.Words.T("regle.du_demandeur", "Quoi", label)
}

// quoted sets a label off from the sentence around it; its marks never stand alone at the end of a line.
func (s Speaker) quoted(label string) string { return s.Words.T("regle.cite", "Quoi", label) }

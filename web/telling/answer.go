// Package telling puts rules and answers into words, for whoever shows them: the pages, the workbench, the terminal.
//
// What the engine holds as identifiers, terms and figures goes in; sentences of one language come out, without markup.
package telling

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/ruleset"
	"guichet/locales"
)

// A Teller puts what an answer says of an aid into words.
type Teller struct {
	Words locales.Printer
	Aids  Catalogue
}

// A Catalogue gives an aid by its identifier.
type Catalogue interface {
	Aid(id string) (*ruleset.Aid, bool)
}

// Name gives the aid's name in the reader's language, or its legal name, and for whom it is.
func (t Teller) Name(a *engine.Aid) string {
	name, acronym := a.Aid, ""
	if known, ok := t.Aids.Aid(a.Aid); ok {
		name, acronym = known.Name, known.Acronym
	}
	name = t.Known("aide."+a.Aid+".nom", name)
	if acronym != "" && !strings.Contains(name, "("+acronym+")") {
		name += " (" + acronym + ")"
	}
	if a.Amount.For == "foyer" {
		return name
	}
	return name + ", " + t.Person("pour.", a.Amount.For)
}

// Outcome says in one line what the household may expect.
func (t Teller) Outcome(a *engine.Aid) string {
	w := t.Words
	parts := []string{w.T("statut." + string(a.Status))}
	if a.Status == engine.Eligible {
		parts[0] = w.T(t.TakeUp(a))
	}
	if amount := t.Amount(a); amount != "" {
		parts = append(parts, amount)
	}
	for _, x := range a.Extra {
		parts = append(parts, t.Known("precision."+a.Aid+"."+x.Field+"."+x.Value, x.Value))
	}
	switch {
	case a.OutOfScope == engine.Expired:
		parts = append(parts, w.T("resultats.expiree"))
	case a.OutOfScope != "":
		parts = append(parts, t.Known("hors_champ."+a.Aid+"."+a.OutOfScope, a.OutOfScope))
	case a.Commission && a.Status == engine.Undecided:
		parts = append(parts, w.T("resultats.commission"))
	}
	return strings.Join(parts, " · ")
}

// TakeUp gives the message of where the household stands with a right: one that is paid without being asked for is never to be asked.
func (t Teller) TakeUp(a *engine.Aid) string {
	if known, ok := t.Aids.Aid(a.Aid); ok && known.Unasked && a.TakeUp == engine.NotReceived {
		return "recours.d_office"
	}
	return "recours." + string(a.TakeUp)
}

// Amount writes what an aid is worth, or the bounds that hold; "" when there is no right.
func (t Teller) Amount(a *engine.Aid) string {
	w, m := t.Words, a.Amount
	period := " " + w.T("periode."+m.Period)
	switch {
	case a.Status == engine.NotEligible:
		return ""
	case a.Share != nil:
		return t.share(a, period)
	case !m.Decided && m.Min <= 0 && m.Max >= t.ceiling(a.Aid):
		return w.T("resultats.non_chiffre")
	case !m.Decided:
		return w.T("resultats.bornes", "Min", w.Money(m.Min), "Max", w.Money(m.Max)) + period
	case m.Gross != m.Net:
		return w.Money(m.Net) + period + " (" + w.T("resultats.brut", "Montant", w.Money(m.Gross)) + ")"
	default:
		return w.Money(m.Net) + period
	}
}

// share says what the household pays for an aid that pays nothing itself.
func (t Teller) share(a *engine.Aid, period string) string {
	w, s := t.Words, a.Share
	switch {
	case s.Hi == 0:
		return w.T("resultats.gratuite")
	case s.Lo == s.Hi:
		return w.T("resultats.participation", "Montant", w.Money(s.Lo)) + period
	case s.Lo <= 0 && s.Hi >= t.ceiling(a.Aid):
		return w.T("resultats.non_chiffre")
	default:
		return w.T("resultats.participation", "Montant", w.T("resultats.bornes", "Min", w.Money(s.Lo), "Max", w.Money(s.Hi))) + period
	}
}

// ceiling gives the amount above which no right of an aid can be: a bound that says nothing.
func (t Teller) ceiling(aid string) float64 {
	if known, ok := t.Aids.Aid(aid); ok {
		return known.Ceiling
	}
	return math.Inf(1)
}

// Result gives the word for a condition that is met, is not, or cannot be told yet.
func (t Teller) Result(result string) string {
	if result == "inconnu" {
		return "?"
	}
	return t.Words.T(result)
}

// Figures sets what the household has beside what it is held against. A bare count against none or one says no more than
// the condition itself.
func (t Teller) Figures(c *engine.Condition) string {
	w := t.Words
	switch {
	case c.Unit == "" && c.Threshold != nil && (*c.Threshold == engine.Figure{} || *c.Threshold == engine.Figure{Lo: 1, Hi: 1}):
		return ""
	case c.Value != nil && c.Threshold != nil:
		return w.T("resultats.figure", "Valeur", t.Figure(*c.Value, c.Unit), "Limite", t.Figure(*c.Threshold, c.Unit))
	case c.Value != nil:
		return w.T("resultats.figure_seule", "Valeur", t.Figure(*c.Value, c.Unit))
	case c.Threshold != nil:
		return w.T("resultats.figure_limite", "Limite", t.Figure(*c.Threshold, c.Unit))
	default:
		return ""
	}
}

// Figure writes a figure in its unit, or its bounds.
func (t Teller) Figure(f engine.Figure, unit string) string {
	switch {
	case f.Choice == "oui" || f.Choice == "non":
		return t.Words.T(f.Choice)
	case f.Choice == "inconnu":
		return "?"
	case f.Choice != "":
		return t.Choice(f.Choice)
	case f.Lo == f.Hi:
		return t.Words.Unit(f.Lo, unit)
	case f.Lo <= 0 && f.Hi >= unbounded:
		return "?"
	default:
		return t.Words.T("resultats.bornes", "Min", t.Words.Unit(f.Lo, unit), "Max", t.Words.Unit(f.Hi, unit))
	}
}

// unbounded is the figure from which an upper bound says nothing to a reader.
const unbounded = 1e6

// Choice gives the words of a value of the profile's enumerations.
func (t Teller) Choice(value string) string { return t.Known(ChoiceKey(value), value) }

// ChoiceKey gives the message of a value of the profile's enumerations, or of true or false.
func ChoiceKey(value string) string {
	switch value {
	case "true":
		return "oui"
	case "false":
		return "non"
	}
	for _, facts := range [][]fact.Fact{fact.HouseholdFacts, fact.PersonFacts} {
		for _, f := range facts {
			if f.Kind == fact.Enum && slices.Contains(f.Values, value) {
				return enumeration(f.Name) + "." + value
			}
		}
	}
	return value
}

// enumeration gives what the messages of an enumeration of the profile begin with: the last part of its name.
func enumeration(name string) string {
	if name == "logement.statut" {
		return "logement"
	}
	return name[strings.LastIndexByte(name, '.')+1:]
}

// Person gives the words of demandeur, conjoint or enfants[0] among the keys that start with prefix.
func (t Teller) Person(prefix, who string) string {
	if place, child := strings.CutPrefix(who, "enfants["); child {
		if i, err := strconv.Atoi(strings.TrimSuffix(place, "]")); err == nil {
			return t.Words.T(prefix+"enfant", "I", i+1)
		}
	}
	return t.Known(prefix+who, who)
}

// Known gives the message of key, or the identifier in plain words where there is none.
func (t Teller) Known(key, id string) string {
	if t.Words.Has(key) {
		return t.Words.T(key)
	}
	return Plain(id)
}

// Plain gives an identifier in plain words, where the locales have no better ones.
func Plain(id string) string { return strings.ReplaceAll(id, "_", " ") }

// Day gives a day as packages about time hold it, in UTC.
func Day(d fact.Day) time.Time {
	m := d.Month()
	return time.Date(m.Year(), time.Month(m.Calendar()), int(d)&31+1, 0, 0, 0, 0, time.UTC)
}

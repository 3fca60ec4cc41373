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
	return t.Words.Row([]string{name, t.Person("pour.", a.Amount.For)})
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
	if known, ok := t.Aids.Aid(a.Aid); ok && len(known.Unasked) > 0 && a.TakeUp == engine.NotReceived {
		return "recours.d_office"
	}
	return "recours." + string(a.TakeUp)
}

// Amount writes what an aid is worth, or the bounds that hold, with its period and what it is before CRDS; "" when there is no right.
func (t Teller) Amount(a *engine.Aid) string {
	words, per := t.Worth(a, t.ceiling(a.Aid))
	if per != "" {
		words += " " + per
	}
	if a.Status != engine.NotEligible && a.Share == nil && a.Amount.Decided && a.Amount.Gross != a.Amount.Net {
		words += " (" + t.Words.T("resultats.brut", "Montant", t.Words.Money(a.Amount.Gross)) + ")"
	}
	return words
}

// Worth says what an aid is worth, an amount or bounds that hold whatever is missing, and by what period; both are "" when there is no
// right. A bound that reaches the ceiling of the aid, in EUR per period, says nothing and is left out.
func (t Teller) Worth(a *engine.Aid, ceiling float64) (words, per string) {
	w := t.Words
	per = w.T("periode." + a.Amount.Period)
	switch m := a.Amount; {
	case a.Status == engine.NotEligible:
		return "", ""
	case a.Share != nil:
		return t.share(*a.Share, ceiling, per)
	case m.Decided:
		return w.Money(m.Net), per
	case m.Max >= ceiling && m.Min <= 0:
		return w.T("resultats.non_chiffre"), ""
	default:
		return t.between(m.Min, m.Max, ceiling, w.Money), per
	}
}

// share says what the household pays for an aid that pays nothing itself.
func (t Teller) share(s engine.Figure, ceiling float64, period string) (words, per string) {
	w := t.Words
	switch {
	case s.Hi == 0:
		return w.T("resultats.gratuite"), ""
	case s.Lo < s.Hi && s.Hi >= ceiling:
		return w.T("resultats.non_chiffre"), ""
	default:
		return w.T("resultats.participation", "Montant", t.between(s.Lo, s.Hi, ceiling, w.Money)), period
	}
}

// between says an amount that lies between bounds; those that say nothing, none or the ceiling, are left out.
func (t Teller) between(lo, hi, ceiling float64, say func(float64) string) string {
	w := t.Words
	switch {
	case lo == hi:
		return say(lo)
	case hi >= ceiling:
		return w.T("resultats.au_moins", "Min", say(lo))
	case lo <= 0:
		return w.T("resultats.bornes_sup", "Max", say(hi))
	default:
		return w.T("resultats.bornes", "Min", say(lo), "Max", say(hi))
	}
}

// ceiling gives the amount above which no right of an aid can be: a bound that says nothing.
func (t Teller) ceiling(aid string) float64 {
	if known, ok := t.Aids.Aid(aid); ok {
		return known.Ceiling
	}
	return math.Inf(1)
}

// Result gives the word for a condition that is met, is not, or cannot be told yet. Yes and no would not do: « no » beside « you have no
// income from work » can be read both ways.
func (t Teller) Result(result string) string {
	if result == "inconnu" {
		return t.Words.T(result)
	}
	return t.Words.T("resultats.etat." + result)
}

// Figures sets what the household has beside what it is held against; "" when that would say no more than the condition itself: a
// truth, a bare number against none or one.
func (t Teller) Figures(c *engine.Condition) string {
	w := t.Words
	switch value, limit := c.Value, c.Threshold; {
	case value != nil && limit != nil && bare(c):
		return ""
	case value != nil && limit != nil && limit.Lo == 0 && limit.Hi == 0:
		return w.T("resultats.figure_seule", "Valeur", t.Figure(*value, c.Unit))
	case value != nil && limit != nil && c.Floor:
		return w.T("resultats.figure_minimum", "Valeur", t.Figure(*value, short(c.Unit)), "Limite", t.Figure(*limit, c.Unit))
	case value != nil && limit != nil:
		return w.T("resultats.figure", "Valeur", t.Figure(*value, short(c.Unit)), "Limite", t.Figure(*limit, c.Unit))
	case value != nil && value.Choice != "oui" && value.Choice != "non" && value.Choice != "inconnu":
		return w.T("resultats.figure_reponse", "Valeur", t.Figure(*value, c.Unit))
	case value == nil && limit != nil:
		return w.T("resultats.figure_limite", "Limite", t.Figure(*limit, c.Unit))
	default:
		return ""
	}
}

// short drops the period of a unit that is said again right after.
func short(unit string) string {
	if strings.HasPrefix(unit, "EUR/") {
		return "EUR"
	}
	return unit
}

// bare says whether the figures of a condition tell a reader nothing: a bare number against none or one.
func bare(c *engine.Condition) bool {
	return (c.Unit == "" || c.Unit == "part") && c.Threshold.Lo == c.Threshold.Hi && (c.Threshold.Lo == 0 || c.Threshold.Lo == 1)
}

// Figure writes a figure in its unit, or its bounds when it is not known exactly.
func (t Teller) Figure(f engine.Figure, unit string) string {
	switch {
	case f.Choice == "oui" || f.Choice == "non":
		return t.Words.T(f.Choice)
	case f.Choice == "inconnu":
		return t.Words.T("resultats.inconnu")
	case f.Choice != "":
		return t.Choice(f.Choice)
	case f.Lo == f.Hi:
		return t.Words.Unit(f.Lo, unit)
	case f.Hi >= unbounded && f.Lo <= 0, unit == "date":
		return t.Words.T("resultats.inconnu")
	default:
		return t.between(f.Lo, f.Hi, unbounded, func(v float64) string { return t.Words.Unit(v, unit) })
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

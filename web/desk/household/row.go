package household

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/web/pages"
	"guichet/web/telling"
)

// Kind is the shape of a row's control.
type Kind string

// The kinds of rows.
const (
	Choice Kind = "choix"   // one of the row's values
	Day    Kind = "jour"    // 25/04/1988
	Month  Kind = "mois"    // 03/2018
	Amount Kind = "montant" // EUR
	Number Kind = "nombre"  // whole, or with decimals
	Place  Kind = "commune" // a name or a postal code
	Aid    Kind = "aide"    // an aid received: yes or no, and how much
)

// The sections of the page, in its order.
const (
	SectionHome    = "foyer"
	SectionStay    = "sejour"
	SectionHousing = "logement"
	SectionMoney   = "argent"
	SectionHealth  = "sante"
	SectionAids    = "recoit"
)

// Sections lists the sections in the order of the page.
var Sections = []string{SectionHome, SectionStay, SectionHousing, SectionMoney, SectionHealth, SectionAids}

// DontKnow is the value of "ne sait pas", and the end of the name of the box beside a field: demandeur.naissance.nsp.
const DontKnow = "nsp"

// None is the value of "nothing else": no other income, no other aid.
const None = "aucun"

// AmountField is the end of the name of the field for how much of an aid is received.
const AmountField = ".montant"

// A Row is one line of the page: one fact of the household.
type Row struct {
	Name    string // of its field, and the path of the fact in the profile
	Section string
	Topic   string // the answer that it is a part of, for the quick screen
	Who     string // the person that it is about; "" for the household
	Kind    Kind
	Values  []string // of a Choice
	Prefix  string   // of the messages that name the values
	Label   string   // key of what the row is called
	Ask     string   // key of the question in full
	Unit    string   // key of what follows an amount
	Aid     string   // of a row about an aid
	Income  string   // of a row about an income
	Folded  bool     // shown only when asked for

	get func(*profile.Profile) string
	set func(*reading, string) *Problem
}

// YesNo says whether the row is answered by yes or no.
func (r *Row) YesNo() bool { return len(r.Values) == 2 && r.Values[0] == "oui" && r.Kind == Choice }

// short are the values that have words short enough for a button, a nationality among them.
var short = []string{"oui", "non", None, "francaise", european, foreign, "0", "50", "80"}

// Buttons says whether the row's answers stand side by side, as buttons of which none may be chosen; the others have a field that is
// always sent.
func (r *Row) Buttons() bool {
	return len(r.Values) > 0 && !slices.ContainsFunc(r.Values, func(value string) bool { return !slices.Contains(short, value) })
}

// Text is what the field of the row shows of the household: a value of Values, a date or a number as an agent types it; "" when
// nothing is known.
func (r *Row) Text(s *State) string { return r.get(s.Profile) }

// Known says whether the row has its answer: an amount left empty beside "no other income" has.
func (r *Row) Known(s *State) bool {
	if r.Text(s) != "" {
		return true
	}
	q := s.Person(r.Who)
	return r.Income != "" && q != nil && incomesEnded(q) && !r.DontKnow(s)
}

// DontKnow says whether the row is at "ne sait pas".
func (r *Row) DontKnow(s *State) bool {
	if r.Text(s) != "" {
		return false
	}
	if q := s.Person(r.Who); r.Income != "" && q != nil && incomesEnded(q) {
		return slices.ContainsFunc(q.Incomes.Value, func(in profile.Income) bool { return in.Kind == r.Income })
	}
	return s.IsUnsaid(r.Name)
}

// Problem is why what was typed into a row cannot be taken: a key of a message.
type Problem struct {
	Key string
	Who string  // the person that the message speaks of
	Max float64 // the most that would be taken
}

func day(d profile.Date) string {
	if !d.Known() {
		return ""
	}
	return telling.Day(d.Day()).Format("02/01/2006")
}

func month(d profile.Date) string {
	if !d.Known() {
		return ""
	}
	return telling.Day(d.Day()).Format("01/2006")
}

// number writes a number as it is typed, to its last digit.
func number(v profile.Opt[float64]) string {
	if !v.Known {
		return ""
	}
	return strings.Replace(strconv.FormatFloat(v.Value, 'f', -1, 64), ".", ",", 1)
}

func flag(v profile.Opt[bool]) string {
	switch {
	case !v.Known:
		return ""
	case v.Value:
		return "oui"
	}
	return "non"
}

// amountRow makes the row of an amount of the household or, by who, of a person.
func amountRow(r Row, most float64, of func(*profile.Profile) *profile.Opt[float64]) Row {
	if r.Kind == "" {
		r.Kind = Amount
	}
	r.get = func(p *profile.Profile) string {
		if v := of(p); v != nil {
			return number(*v)
		}
		return ""
	}
	r.set = func(b *reading, text string) *Problem {
		v := of(b.p)
		if v == nil {
			return nil
		}
		*v = profile.Opt[float64]{}
		read, bad := amount(text, most)
		*v = read
		return bad
	}
	return r
}

// amount reads an amount between 0 and most; nothing is unknown.
func amount(text string, most float64) (profile.Opt[float64], *Problem) {
	if text == "" {
		return profile.Opt[float64]{}, nil
	}
	v, ok := pages.ParseAmount(text)
	switch {
	case !ok || math.IsNaN(v):
		return profile.Opt[float64]{}, &Problem{Key: "erreur.montant_faux"}
	case v > most:
		return profile.Opt[float64]{}, &Problem{Key: "erreur.montant_grand", Max: most}
	}
	return profile.Some(v), nil
}

// choiceRow makes the row of one of several values.
func choiceRow(r Row, of func(*profile.Profile) *string) Row {
	r.Kind = Choice
	r.get = func(p *profile.Profile) string {
		if v := of(p); v != nil {
			return *v
		}
		return ""
	}
	r.set = func(b *reading, text string) *Problem {
		if v := of(b.p); v != nil {
			*v = text
		}
		return nil
	}
	return r
}

// flagRow makes the row of a yes or no about a person.
func flagRow(r Row, of func(*profile.Person) *profile.Opt[bool]) Row {
	r.Kind, r.Values, r.Prefix = Choice, []string{"oui", "non"}, "reponse."
	r.get = func(p *profile.Profile) string {
		if q := person(p, r.Who); q != nil {
			return flag(*of(q))
		}
		return ""
	}
	r.set = func(b *reading, text string) *Problem {
		if q := person(b.p, r.Who); q != nil {
			if *of(q) = (profile.Opt[bool]{}); text != "" {
				*of(q) = profile.Some(text == "oui")
			}
		}
		return nil
	}
	return r
}

// dayRow makes the row of a day, or of a month as its first day.
func dayRow(r Row, of func(*profile.Profile) *profile.Date) Row {
	written := day
	if r.Kind == Month {
		written = month
	} else {
		r.Kind = Day
	}
	r.get = func(p *profile.Profile) string {
		if v := of(p); v != nil {
			return written(*v)
		}
		return ""
	}
	r.set = func(b *reading, text string) *Problem {
		v := of(b.p)
		if v == nil {
			return nil
		}
		*v = 0
		read, bad := b.date(r, text)
		*v = read
		return bad
	}
	return r
}

// rateRow makes the row of the band in which a disability rate lies, by its lower bound: the decisions of the MDPH state bands, and
// the lower bound is what a person of that band can rely on.
func rateRow(r Row) Row {
	r.Kind, r.Values, r.Prefix = Choice, []string{"0", "50", "80"}, "handicap."
	r.get = func(p *profile.Profile) string {
		q := person(p, r.Who)
		switch {
		case q == nil || !q.DisabilityRate.Known:
			return ""
		case q.DisabilityRate.Value >= 80:
			return "80"
		case q.DisabilityRate.Value >= 50:
			return "50"
		}
		return "0"
	}
	r.set = func(b *reading, text string) *Problem {
		if q := person(b.p, r.Who); q != nil {
			rate, err := strconv.ParseFloat(text, 64)
			if q.DisabilityRate = (profile.Opt[float64]{}); err == nil {
				q.DisabilityRate = profile.Some(rate)
			}
		}
		return nil
	}
	return r
}

const maxPeople = fact.MaxPeople

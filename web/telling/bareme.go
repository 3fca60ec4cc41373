package telling

import (
	"math"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/ruleset"
)

// bareme tells a value of the law inside a formula: what it is worth and, in brackets, what it is.
func (s Speaker) bareme(t formula.Term) string {
	b, ok := s.Set.Bareme(t.Name)
	if !ok {
		return t.Name
	}
	v, ok := b.ValueAt(s.Month)
	switch {
	case !ok:
		return s.Words.T("regle.sans_valeur", "Quoi", s.Words.Lower(s.Description(b)))
	case len(t.Of) == 1:
		return s.Words.T("regle.selon", "Quoi", s.Words.Lower(s.Description(b)), "Cle", s.Say(t.Of[0]))
	case b.Table.Shape == formula.Window:
		return s.Value(b.Table.Shape, b.Unit, nil, v.Value)
	case b.Table.Shape == formula.Scalar, b.Table.Shape == formula.DateOf:
		return s.Value(b.Table.Shape, b.Unit, nil, v.Value) + " (" + s.Words.Lower(s.Description(b)) + ")"
	default:
		return s.quoted(s.Description(b))
	}
}

// byDay names a barème that is read on a day of the household's own.
func (s Speaker) byDay(t formula.Term) string {
	b, ok := s.Set.Bareme(t.Name)
	if !ok || len(t.Of) == 1 {
		return s.bareme(t)
	}
	return s.quoted(s.Description(b))
}

// Description says what a barème is: as its rule file does in French, by its message elsewhere.
func (s Speaker) Description(b *ruleset.Bareme) string {
	return s.Words.Translated(b.Name, b.Description)
}

// Value tells a value of the law in the reader's words; "" where the barème has ended.
func (s Speaker) Value(shape formula.Shape, unit string, domain []string, v formula.Value) string {
	w := s.Words
	if v.Ends {
		return ""
	}
	switch shape {
	case formula.Scalar:
		return s.amount(v.Number, unit)
	case formula.DateOf:
		return w.Date(Day(fact.Day(v.Number)))
	case formula.ByEnum:
		parts := make([]string, len(v.Keyed))
		for i, x := range v.Keyed {
			amount := w.T("regle.jamais")
			if !math.IsInf(x, 1) {
				amount = s.amount(x, unit)
			}
			parts[i] = s.labelled(s.word(domain[i]), amount)
		}
		return strings.Join(parts, " ; ")
	case formula.ByRank:
		return s.ranks(*v.Ranks, unit)
	case formula.ByBoth:
		parts := make([]string, len(v.Both))
		for i, x := range v.Both {
			parts[i] = s.labelled(s.word(domain[i]), s.ranks(x, unit))
		}
		return strings.Join(parts, " | ")
	case formula.Brackets:
		parts := make([]string, len(v.Brackets))
		for i, x := range v.Brackets {
			parts[i] = w.T("regle.tranche", "De", s.amount(x.From, bracketUnit(unit)), "Taux", w.Percent(x.Rate))
		}
		return strings.Join(parts, " ; ")
	case formula.Window:
		return s.window(*v.Window)
	default:
		return s.rounding(*v.Round, unit)
	}
}

// window tells which months are looked at, as a person would say it.
func (s Speaker) window(v formula.Span) string {
	w := s.Words
	from, to := w.Number(float64(v.From)), w.Number(float64(v.To))
	switch {
	case v.From == 0:
		return w.T("regle.fenetre_meme")
	case v.From == v.To:
		return w.T("regle.fenetre_seule", "De", from)
	case v.From == 1 && v.To == 0:
		return w.T("regle.fenetre_meme_ou_avant")
	case v.To == 0:
		return w.T("regle.fenetre_jusque", "De", from)
	}
	return w.T("regle.fenetre", "De", from, "A", to)
}

// labelled sets a value behind what it is the value of, with the punctuation of the language.
func (s Speaker) labelled(what, value string) string {
	return s.Words.T("erreur.pour", "Qui", what, "Message", value)
}

// amount tells a figure in its unit; a share keeps the decimals that make it.
func (s Speaker) amount(v float64, unit string) string { return s.Words.Unit(v, unit) }

// bracketUnit is what the bounds of a scale are measured in: its own unit is that of the rates.
func bracketUnit(unit string) string {
	if strings.HasPrefix(unit, "EUR") {
		return unit
	}
	return ""
}

func (s Speaker) ranks(r formula.Ranks, unit string) string {
	parts := make([]string, 0, len(r.Values)+1)
	for i, x := range r.Values {
		parts = append(parts, s.Words.T("regle.rang", "N", i+1, "V", s.amount(x, unit)))
	}
	if r.Beyond != 0 {
		parts = append(parts, s.Words.T("regle.rang_suivant", "V", s.amount(r.Beyond, unit)))
	}
	return strings.Join(parts, " ; ")
}

// RoundingOf tells the rounding that a barème is.
func (s Speaker) RoundingOf(name string) string {
	b, ok := s.Set.Bareme(name)
	if !ok {
		return name
	}
	v, ok := b.ValueAt(s.Month)
	if !ok {
		return s.Words.T("regle.sans_valeur", "Quoi", s.Words.Lower(s.Description(b)))
	}
	return s.rounding(*v.Value.Round, b.Unit)
}

func (s Speaker) rounding(r formula.Round, unit string) string {
	return s.Words.T("regle.arrondi."+ruleset.ModeNames[r.Mode], "Pas", s.amount(r.Step, unit))
}

package workbench

import (
	"math"
	"strconv"
	"strings"

	"guichet/engine/formula"
	"guichet/engine/ruleset"
)

// What a revaluation never is: twice the amount before it, or half of it; a share of more than two wholes; a percentage below one.
const (
	leap        = 2
	mostWholes  = 2
	leastInCent = 1

	foreseen = 36 // months ahead that a text fixes values for
)

// plausible warns of figures that look like a slip of the hand: a yearly amount where the unit is the month, a comma for a
// point, a percentage for a share. An author answers « saut: voulu » where the text does want it.
func (c *check) plausible() {
	for _, name := range c.Set.Baremes() {
		b, _ := c.Set.Bareme(name)
		for i, v := range b.Values {
			if v.From.Month() > c.day.Month()+foreseen {
				c.find(Figures, Warning, v.Place, "%s : « %s » est loin dans l'avenir, une faute de frappe ?", name, v.From)
			}
			if v.Leap || v.Value.Ends {
				continue
			}
			now := figures(b, v)
			if message := scale(b, now); message != "" {
				c.find(Figures, Warning, v.Place, "%s : %s", name, message)
				continue
			}
			if i == 0 || b.Values[i-1].Value.Ends || !leaps(b.Unit) {
				continue
			}
			before := figures(b, b.Values[i-1])
			for j := range min(len(before), len(now)) {
				if message := leapt(before[j], now[j]); message != "" {
					c.find(Figures, Warning, v.Place, "%s passe de %s à %s (%s) ; si le texte le veut ainsi, écrivez « saut: voulu » à côté de la valeur",
						name, plain(before[j]), plain(now[j]), message)
					break
				}
			}
		}
	}
}

// leaps says whether values in a unit are expected to change little by little: amounts and shares, not ages or durations.
func leaps(unit string) bool {
	return strings.HasPrefix(unit, "EUR") || unit == "part" || unit == "pourcent"
}

// figures gives the numbers of a value, in an order that is the same for each value of a barème.
func figures(b *ruleset.Bareme, v ruleset.DatedValue) []float64 {
	var out []float64
	switch b.Table.Shape {
	case formula.Scalar:
		return []float64{v.Value.Number}
	case formula.ByEnum:
		return v.Value.Keyed
	case formula.ByRank:
		return v.Value.Ranks.Values
	case formula.ByBoth:
		for _, r := range v.Value.Both {
			out = append(out, r.Values...)
		}
	case formula.Brackets:
		for _, x := range v.Value.Brackets {
			out = append(out, x.Rate)
		}
	}
	return out
}

// scale says what is odd about figures by themselves, "" when nothing is. A rate that converts is a number of months as well, and the
// shares of a table may be multiples.
func scale(b *ruleset.Bareme, list []float64) string {
	share := b.Unit == "part" && b.Conversion == "" && (b.Table.Shape == formula.Scalar || b.Table.Shape == formula.Brackets)
	for _, v := range list {
		switch {
		case math.IsInf(v, 0):
		case share && math.Abs(v) > mostWholes:
			return plain(v) + " fois le tout ? une part de 5,2 % s'écrit 0.052"
		case strings.HasPrefix(b.Unit, "EUR") && v < 0:
			return "un montant négatif, " + plain(v) + " ?"
		case b.Unit == "pourcent" && v > 0 && v < leastInCent:
			return plain(v) + " pour cent ? 80 % s'écrit 80 là où l'unité est « pourcent »"
		}
	}
	return ""
}

// leapt says how one value is far from another, "" when it is not.
func leapt(before, now float64) string {
	if before == 0 || now == 0 || math.IsInf(before, 0) || math.IsInf(now, 0) {
		return ""
	}
	ratio := now / before
	near := func(v float64) bool { return math.Abs(ratio/v-1) < 0.1 }
	switch {
	case ratio < 0:
		return "un signe changé"
	case near(12):
		return "douze fois plus : un montant de l'année, là où il est du mois ?"
	case near(1.0 / 12):
		return "douze fois moins : un montant du mois, là où il est de l'année ?"
	case near(100), near(1000):
		return "une virgule oubliée ?"
	case ratio >= leap:
		return "plus du double"
	case ratio <= 1.0/leap:
		return "moins de la moitié"
	}
	return ""
}

// plain writes a number as a French reader expects it.
func plain(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1)
}

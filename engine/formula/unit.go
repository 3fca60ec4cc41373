package formula

import (
	"fmt"
	"slices"
	"strings"
)

// Unit is what a number is measured in: powers of EUR and of the durations. Counts, parts, ranks and percentages are pure
// numbers here, since the law multiplies amounts by them. The zero Unit is not known.
type Unit struct {
	known bool
	free  bool // a written number or a zero, which takes the unit of what it stands beside
	power [measures]int8
}

// The measures that are told apart.
const (
	inEuros = iota
	inMonths
	inYears
	inHours
	inDays
	measures
)

var measureNames = [measures]string{"EUR", "mois", "an", "heure", "jour"}

// pure are the words that count or share without measuring.
var pure = []string{"part", "parts", "personne", "personnes", "pourcent", "rang", "allocations", "enfant", "enfants", "foyer", "points", "%", "1"}

// ParseUnit reads a unit as rule files write it: EUR/mois, ans, part. A word that it does not know makes the unit unknown.
func ParseUnit(text string) Unit {
	u := Unit{known: text != ""}
	for i, word := range strings.Split(text, "/") {
		sign := int8(1)
		if i > 0 {
			sign = -1
		}
		m := slices.IndexFunc(measureNames[:], func(n string) bool { return word == n || word == n+"s" })
		switch {
		case m >= 0:
			u.power[m] += sign
		case !slices.Contains(pure, word):
			return Unit{}
		}
	}
	return u
}

// Converting gives the unit of a number in u that also converts, as a rate does that makes a monthly amount of a yearly one.
func (u Unit) Converting(v Unit) Unit {
	if !v.known {
		return u
	}
	return u.times(v, 1)
}

// Known says whether the unit was found.
func (u Unit) Known() bool { return u.known }

// firm says whether u is known and does not take the unit of what it stands beside.
func (u Unit) firm() bool { return u.known && !u.free }

// Fits says whether u may stand where v does: they are the same, or one of them is not known or takes any.
func (u Unit) Fits(v Unit) bool { return !u.firm() || !v.firm() || u.power == v.power }

// String writes u as rule files do; « nombre » when it measures nothing, « ? » when it is not known.
func (u Unit) String() string {
	if !u.known {
		return "?"
	}
	var over, under []string
	for i, p := range u.power {
		for range max(p, 0) {
			over = append(over, measureNames[i])
		}
		for range max(-p, 0) {
			under = append(under, measureNames[i])
		}
	}
	switch {
	case len(over) == 0 && len(under) == 0:
		return "nombre"
	case len(over) == 0:
		over = []string{"1"}
	}
	return strings.Join(append([]string{strings.Join(over, "·")}, under...), "/")
}

// times multiplies two units, or divides them when sign is -1.
func (u Unit) times(v Unit, sign int8) Unit {
	if !u.known || !v.known {
		return Unit{}
	}
	out := Unit{known: true, free: u.free && v.free}
	for i := range out.power {
		out.power[i] = u.power[i] + sign*v.power[i]
	}
	return out
}

// twelve gives the unit of twelve times u, where months become years: EUR/mois → EUR/an, ans → mois. With sign -1 it is that
// of a twelfth, the other way round. A unit without such a duration stays as it is when it is pure, and else is not known.
func (u Unit) twelve(sign int8) Unit {
	if !u.firm() {
		return u
	}
	from, to := inYears, inMonths
	if sign < 0 {
		from, to = to, from
	}
	switch {
	case u.power[from] == 1 && u.power[to] == 0:
		u.power[from], u.power[to] = 0, 1
	case u.power[to] == -1 && u.power[from] == 0:
		u.power[to], u.power[from] = 0, -1
	case u.power != [measures]int8{}:
		return Unit{}
	}
	return u
}

// A UnitError is two units that cannot be held against each other, or a formula that is not in the unit it says.
type UnitError struct {
	From        int // characters of the formula's text before it
	Operation   string
	Left, Right Unit
}

func (e *UnitError) Error() string {
	return fmt.Sprintf("« %s » entre des unités différentes : %s et %s", e.Operation, e.Left, e.Right)
}

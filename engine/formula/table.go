package formula

import (
	"math"
	"slices"

	"guichet/engine/fact"
)

// First is the earliest month of which a barème can speak, and span how many months it covers.
const (
	First = fact.Month(2016 * 12)
	span  = 20 * 12
)

// Last is the latest month of which a barème can speak.
const Last = First + span - 1

// Shape tells how a barème is read.
type Shape uint8

// The shapes of a barème.
const (
	Scalar   Shape = iota // one number
	ByEnum                // one number for each value of an enumeration
	ByRank                // one number for each rank, then an increment a rank
	ByBoth                // a rank table for each value of an enumeration
	Brackets              // marginal rates
	Window                // months looked back at, first and last
	Rounding              // a step and a direction
	DateOf                // a day
)

// Ranks is a table by rank: the n-th value, then Beyond more for each rank past the last.
type Ranks struct {
	Values []float64
	Beyond float64
}

// at gives the value of rank r, 0 below the first.
func (t *Ranks) at(r int) float64 {
	switch {
	case r < 1 || len(t.Values) == 0:
		return 0
	case r <= len(t.Values):
		return t.Values[r-1]
	}
	return t.Values[len(t.Values)-1] + float64(r-len(t.Values))*t.Beyond
}

// Bracket is one bracket of a scale: Rate applies to what lies above From, up to the next bracket.
type Bracket struct{ From, Rate float64 }

// scale applies marginal rates, all of them positive or nil, to v.
func scale(bs []Bracket, v float64) float64 {
	total := 0.0
	for i, b := range bs {
		top := v
		if i+1 < len(bs) {
			top = min(v, bs[i+1].From)
		}
		total += max(0, top-b.From) * b.Rate
	}
	return total
}

// Span is a window of months looked back at: From the older one, To the newer one, both counted back from the month asked for.
type Span struct{ From, To int }

// Mode is the direction of a rounding.
type Mode uint8

// The directions of a rounding.
const (
	Nearest Mode = iota // half away from zero
	Down
	Up
)

// Round is a rounding to a multiple of Step.
type Round struct {
	Step float64
	Mode Mode
}

// slack absorbs what binary floating point adds to a decimal figure of y steps: far more than a few operations can, far
// less than any figure of the law.
func slack(y float64) float64 { return 1e-9 + 1e-12*math.Abs(y) }

// Of rounds v. It is monotone, so that the bounds of an interval stay bounds.
func (r Round) Of(v float64) float64 {
	per, step := 1.0, r.Step
	if step < 1 {
		per, step = math.Round(1/step), 1
	}
	y := v * per / step
	switch r.Mode {
	case Down:
		y = math.Floor(y + slack(y))
	case Up:
		y = math.Ceil(y - slack(y))
	default:
		y = math.Copysign(math.Floor(math.Abs(y)+0.5+slack(y)), y)
	}
	return y * step / per
}

// A Table is one barème: its value for every month from [First] on. Which field holds it depends on Shape. Months in
// which nothing is in force hold NaN or nil.
type Table struct {
	Name   string // as formulas say it: bareme.rsa.montant_base
	Shape  Shape
	Domain []string // of the enumeration that reads it, for ByEnum and ByBoth

	editions [span]int32 // numbers its values one after another

	scalar  *[span]float64 // also DateOf
	keyed   [span][]float64
	ranks   [span]*Ranks
	both    [span][]Ranks
	scales  [span][]Bracket
	windows [span]*Span
	rounds  [span]*Round

	dated []dated // what au reads, oldest first
}

// dated is a value and the first day on which it is in force, which may lie before [First].
type dated struct {
	from  fact.Day
	value Value
}

// Value is what a barème is worth from one date on; the field that the shape names is set. The zero Value ends it.
type Value struct {
	Number   float64
	Keyed    []float64
	Ranks    *Ranks
	Both     []Ranks
	Brackets []Bracket
	Window   *Span
	Round    *Round
	Ends     bool
}

// NewTable makes a barème that is never in force; [Table.From] fills it.
func NewTable(name string, shape Shape, domain []string) *Table {
	t := &Table{Name: name, Shape: shape, Domain: domain}
	if shape == Scalar || shape == DateOf {
		t.scalar = new([span]float64)
		for i := range t.scalar {
			t.scalar[i] = math.NaN()
		}
	}
	return t
}

// From puts v in force from month m on. Called in ascending order of months.
func (t *Table) From(m fact.Month, v Value) {
	for i := max(0, int(m-First)); i < span; i++ {
		t.editions[i]++
		switch t.Shape {
		case Scalar, DateOf:
			t.scalar[i] = v.Number
			if v.Ends {
				t.scalar[i] = math.NaN()
			}
		case ByEnum:
			t.keyed[i] = v.Keyed
		case ByRank:
			t.ranks[i] = v.Ranks
		case ByBoth:
			t.both[i] = v.Both
		case Brackets:
			t.scales[i] = v.Brackets
		case Window:
			t.windows[i] = v.Window
		case Rounding:
			t.rounds[i] = v.Round
		}
	}
}

// Since tells the day from which v is in force, for what looks the barème up at a day of its own. Called in ascending order of days.
func (t *Table) Since(d fact.Day, v Value) { t.dated = append(t.dated, dated{d, v}) }

// between gives the values that are in force on some day from one to another, and whether there is any.
func (t *Table) between(from, to fact.Day) ([]dated, bool) {
	first, end := 0, 0
	for i := range t.dated {
		if t.dated[i].from <= from {
			first = i
		}
		if t.dated[i].from <= to {
			end = i + 1
		}
	}
	in := t.dated[first:max(first, end)]
	return in, slices.ContainsFunc(in, func(d dated) bool { return !d.value.Ends })
}

// At gives the number of a scalar barème at month m; NaN when nothing is in force.
func (t *Table) At(m fact.Month) float64 {
	if t.scalar == nil || m < First || m > Last {
		return math.NaN()
	}
	return t.scalar[m-First]
}

// WindowAt gives the window in force at month m, nil when there is none.
func (t *Table) WindowAt(m fact.Month) *Span { return t.windows[m-First] }

// everyWindow lists the distinct windows that the barème ever was.
func (t *Table) everyWindow() []Span {
	var all []Span
	for _, w := range t.windows {
		if w != nil && (len(all) == 0 || all[len(all)-1] != *w) {
			all = append(all, *w)
		}
	}
	return all
}

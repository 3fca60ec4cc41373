package formula

import (
	"math"

	"guichet/engine/fact"
)

// numNode is a compiled number. A fixed one depends on the barèmes alone: its value for every month is in table, so that
// what the law computes from its own figures costs nothing at run time.
type numNode struct {
	num     num
	table   *[span]float64
	clock   clock    // of a duration that grows with time
	terms   []num    // of a sum, in the order written
	incomes []income // of a sum of incomes of one person and nothing else
}

// triNode is a compiled condition; fixed as for a number.
type triNode struct {
	tri   tri
	fixed bool
}

func (n numNode) fixed() bool { return n.table != nil }

// constant gives the number that is v at any month.
func constant(v float64) numNode {
	t := new([span]float64)
	for i := range t {
		t[i] = v
	}
	return fromTable(t)
}

// fromTable gives the number that a table holds for the month being evaluated.
func fromTable(t *[span]float64) numNode {
	f := figureOf(t)
	if f.monthly == nil {
		v := fact.Known(f.always)
		return numNode{num: func(*Context) fact.Num { return v }, table: t}
	}
	return numNode{num: func(k *Context) fact.Num {
		v := monthly(t, k.m)
		return fact.Num{Lo: v, Hi: v}
	}, table: t}
}

// figure is a number of the law that a node holds by itself: one for all months, or that of each.
type figure struct {
	always  float64
	monthly *[span]float64
}

func figureOf(t *[span]float64) figure {
	for _, v := range t[1:] {
		if v != t[0] {
			return figure{monthly: t}
		}
	}
	return figure{always: t[0]}
}

func (f *figure) at(m int) float64 {
	if f.monthly == nil {
		return f.always
	}
	return monthly(f.monthly, m)
}

// monthly reads a table, NaN outside the months it covers.
func monthly(t *[span]float64, m int) float64 {
	if i := uint(m - int(First)); i < span {
		return t[i]
	}
	return math.NaN()
}

// fold evaluates a number that depends on barèmes alone, once for each month.
func fold(f num) numNode {
	t := new([span]float64)
	k := &Context{}
	for i := range t {
		k.m = int(First) + i
		t[i] = f(k).Lo
	}
	return fromTable(t)
}

// maybe folds f when all that it depends on is fixed.
func maybe(f num, parts ...numNode) numNode {
	for _, p := range parts {
		if !p.fixed() {
			return numNode{num: f}
		}
	}
	return fold(f)
}

// foldTri does for a condition what fold does for a number; 0 stands for a month in which it has no meaning.
func foldTri(f tri) triNode {
	var t [span]fact.Truth
	k := &Context{}
	for i := range t {
		k.m, k.err = int(First)+i, nil
		if v := f(k); k.err == nil {
			t[i] = v.V
		}
	}
	return triNode{fixed: true, tri: func(k *Context) fact.Tri {
		i := uint(k.m - int(First))
		if i >= span || t[i] == 0 {
			k.fail("un barème n'est pas formalisé pour %s", fact.Month(k.m))
			return fact.Tri{V: fact.Either}
		}
		return fact.Tri{V: t[i]}
	}}
}

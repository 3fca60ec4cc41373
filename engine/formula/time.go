package formula

import (
	"github.com/expr-lang/expr/ast"

	"guichet/engine/fact"
)

// step is one move through time on the way from a formula to what it reads.
type step struct {
	kind     stepKind
	from, to int // back: months; ofYear: years (negative for the past)
}

type stepKind uint8

const (
	back     stepKind = iota // between from and to months back
	ofYear                   // January of another year
	overYear                 // each month of the year at hand
)

// through compiles f with one more step on the way.
func (c *compiler) through(s step, f func()) {
	c.path = append(c.path, s)
	f()
	c.path = c.path[:len(c.path)-1]
}

// shift gives the written number of months or years of il_y_a and annee.
func (c *compiler) shift(n ast.Node) int {
	switch n := n.(type) {
	case *ast.FloatNode:
		if n.Value == float64(int(n.Value)) && literals[n.Value] {
			return int(n.Value)
		}
	case *ast.UnaryNode:
		if n.Operator == "-" {
			return -c.shift(n.Node)
		}
	}
	fail(n, "un nombre entier écrit (1, 2 ou 12) est attendu ici")
	return 0
}

// moves gives the step that a call makes: so many months back, or a year.
func (c *compiler) moves(name string, n *ast.CallNode) (step, ast.Node) {
	d := c.shift(n.Arguments[0])
	if name == "il_y_a" {
		if d < 1 {
			fail(n.Arguments[0], "il_y_a regarde en arrière : un nombre de mois positif est attendu")
		}
		return step{kind: back, from: d, to: d}, n.Arguments[1]
	}
	if d > 0 {
		fail(n.Arguments[0], "annee regarde en arrière : 0, -1 ou -2 est attendu")
	}
	return step{kind: ofYear, from: d}, n.Arguments[1]
}

// at runs what a call holds at the month to which its step leads.
func at[T any](s step, f func(*Context) T) func(*Context) T {
	if s.kind == ofYear {
		return func(k *Context) T { return inYear(k, s.from, f) }
	}
	return func(k *Context) T { return elsewhere(k, s.from, f) }
}

func (c *compiler) shiftedNumber(name string, n *ast.CallNode) numNode {
	var x numNode
	if name == "sur_annee" {
		var timeless bool
		c.through(step{kind: overYear}, func() { x, timeless = c.timeless(n.Arguments[0]) })
		return maybe(overTheYear(x.num, timeless), x)
	}
	s, arg := c.moves(name, n)
	c.through(s, func() { x = c.num(arg) })
	return maybe(num(at(s, x.num)), x)
}

// timeless compiles a number and says whether it reads no barème by itself, so that its spell tells all about when it changes.
func (c *compiler) timeless(n ast.Node) (numNode, bool) {
	before := len(c.f.tables)
	x := c.num(n)
	return x, len(c.f.tables) == before
}

// overTheYear sums a number over the twelve months of the year at hand.
func overTheYear(x num, timeless bool) num {
	return func(k *Context) fact.Num {
		m, from, to := k.m, k.from, k.to
		k.from, k.to = since, ever
		year := m / 12 * 12
		var sum fact.Num
		for i := 0; i < 12; {
			k.m = year + i
			v := x(k)
			sum.Miss = sum.Miss.Or(v.Miss)
			months := 1
			if timeless && int(k.to) >= year+11 {
				months = 12 - i
			}
			i += months
			for range months {
				sum.Lo += v.Lo
				sum.Hi += v.Hi
			}
		}
		k.m = m
		// every year that lies whole in the spell of all twelve months has the same sum, and so has this one
		a, b := min((k.from+11)/12*12, int32(year)), max((k.to+1)/12*12-1, int32(year)+11)
		k.from, k.to = max(from, a), min(to, b)
		return sum
	}
}

func (c *compiler) shiftedTri(name string, n *ast.CallNode) triNode {
	s, arg := c.moves(name, n)
	var x triNode
	c.through(s, func() { x = c.tri(arg) })
	return c.maybeTri(at(s, x.tri), x.fixed)
}

// over compiles what a window holds, with the widest look back that it ever was.
func (c *compiler) over(n *ast.CallNode, f func(arg ast.Node)) *Table {
	t := c.table(n.Arguments[0], Window)
	widest := step{kind: back, to: 1 << 20}
	for _, w := range t.everyWindow() {
		widest.from, widest.to = max(widest.from, w.From), min(widest.to, w.To)
	}
	c.through(widest, func() { f(n.Arguments[1]) })
	return t
}

// window reads the months of t in force at the month at hand.
func (k *Context) window(t *Table) Span {
	if i := uint(k.m - int(First)); i < span && t.windows[i] != nil {
		return *t.windows[i]
	}
	k.fail("%s n'est pas formalisée pour %s", t.Name, fact.Month(k.m))
	return Span{1, 1}
}

func (c *compiler) windowNumber(name string, n *ast.CallNode) num {
	var x num
	var timeless bool
	t := c.over(n, func(arg ast.Node) {
		var node numNode
		node, timeless = c.timeless(arg)
		x = node.num
	})
	if name == "minimum" {
		return func(k *Context) fact.Num {
			w := k.window(t)
			least, next := k.run(x, timeless, w, w.From)
			for next >= w.To {
				var v fact.Num
				v, next = k.run(x, timeless, w, next)
				least = lower(least, v)
			}
			return least
		}
	}
	mean := name == "moyenne"
	return func(k *Context) fact.Num {
		w := k.window(t)
		var sum fact.Num
		for i := w.From; i >= w.To; {
			v, next := k.run(x, timeless, w, i)
			sum.Miss = sum.Miss.Or(v.Miss)
			for ; i > next; i-- {
				sum.Lo += v.Lo
				sum.Hi += v.Hi
			}
		}
		if mean {
			d := float64(w.From - w.To + 1)
			sum.Lo /= d
			sum.Hi /= d
		}
		return sum
	}
}

// run evaluates x back months ago, in a window, and gives the next month of the window in which it may be another: what does
// not change any more is not looked at month by month.
func (k *Context) run(x num, timeless bool, w Span, back int) (v fact.Num, next int) {
	from, to := k.from, k.to
	k.from, k.to = since, ever
	k.m -= back
	v = x(k)
	k.m += back
	next = back - 1
	if timeless && int(k.to) >= k.m-w.To {
		next = w.To - 1
	}
	k.from, k.to = max(from, k.from+int32(back)), min(to, k.to+int32(next+1))
	return v, next
}

// someMonth compiles un_mois: true in at least one month of the window.
func (c *compiler) someMonth(n *ast.CallNode) tri {
	var x tri
	t := c.over(n, func(arg ast.Node) { x = c.tri(arg).tri })
	return func(k *Context) fact.Tri {
		w := k.window(t)
		out := fact.Tri{V: fact.No}
		for i := w.From; i >= w.To; i-- {
			v := elsewhere(k, i, x)
			if v.V == fact.Yes {
				out = v
				break
			}
			if v.V == fact.Either {
				out = fact.Tri{V: fact.Either, Miss: out.Miss.Or(v.Miss)}
			}
		}
		return out
	}
}

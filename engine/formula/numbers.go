package formula

import (
	"math"
	"slices"

	"github.com/expr-lang/expr/ast"

	"guichet/engine/fact"
)

// literals are the only numbers that a formula may write: every other figure is the law's and so a barème.
var literals = map[float64]bool{0: true, 1: true, 2: true, 12: true}

// num compiles a node that must be a number.
func (c *compiler) num(n ast.Node) numNode {
	switch n := n.(type) {
	case *ast.FloatNode:
		if !literals[n.Value] {
			fail(n, "un nombre de la loi s'écrit dans un barème, pas dans une formule (seuls 0, 1, 2 et 12 sont admis)")
		}
		return constant(n.Value)
	case *ast.UnaryNode:
		if n.Operator == "-" {
			x := c.num(n.Node)
			return maybe(func(k *Context) fact.Num { v := x.num(k); return fact.Num{Lo: -v.Hi, Hi: -v.Lo, Miss: v.Miss} }, x)
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "+", "-", "*", "/":
			return c.arithmetic(n)
		case "^", "**", "%", "..", "??":
			fail(n, "« %s » n'est pas une opération des formules : + - * / seulement", n.Operator)
		}
	case *ast.ConditionalNode:
		return c.ternary(n)
	case *ast.BuiltinNode:
		return c.builtin(n)
	case *ast.CallNode:
		return c.call(n)
	case *ast.IdentifierNode, *ast.MemberNode, *ast.ChainNode:
		return c.numberAt(n)
	}
	fail(n, "un nombre est attendu ici")
	panic("unreachable")
}

func (c *compiler) arithmetic(n *ast.BinaryNode) numNode {
	left, right := c.num(n.Left), c.num(n.Right)
	l, r := left.num, right.num
	var f num
	switch n.Operator {
	case "+":
		if c1 := later(left.clock, right); c1 != nil {
			return numNode{num: sum(l, r), clock: c1}
		}
		if right.table == nil {
			return plus(left, right)
		}
		t := figureOf(right.table)
		f = func(k *Context) fact.Num {
			a := l(k)
			b := t.at(k.m)
			return fact.Num{Lo: a.Lo + b, Hi: a.Hi + b, Miss: a.Miss}
		}
	case "-":
		f = func(k *Context) fact.Num {
			a := l(k)
			b := r(k)
			return fact.Num{Lo: a.Lo - b.Hi, Hi: a.Hi - b.Lo, Miss: a.Miss.Or(b.Miss)}
		}
		if left.fixed() {
			t := figureOf(left.table)
			f = func(k *Context) fact.Num {
				a := t.at(k.m)
				b := r(k)
				return fact.Num{Lo: a - b.Hi, Hi: a - b.Lo, Miss: b.Miss}
			}
		} else if right.fixed() {
			t := figureOf(right.table)
			f = func(k *Context) fact.Num {
				a := l(k)
				b := t.at(k.m)
				return fact.Num{Lo: a.Lo - b, Hi: a.Hi - b, Miss: a.Miss}
			}
		}
	case "*":
		f = func(k *Context) fact.Num { return times(l(k), r(k)) }
		x, t := l, right.table
		if t == nil {
			x, t = r, left.table
		}
		if t != nil {
			t := figureOf(t)
			f = func(k *Context) fact.Num {
				a := x(k)
				b := t.at(k.m)
				lo, hi := a.Lo*b, a.Hi*b
				if b < 0 {
					lo, hi = hi, lo
				}
				return fact.Num{Lo: lo, Hi: hi, Miss: a.Miss}
			}
		}
	case "/":
		place := n.Location().From
		text := c.f.Text
		f = func(k *Context) fact.Num { return divide(k, l(k), r(k), text, place) }
	}
	return maybe(f, left, right)
}

func sum(l, r num) num {
	return func(k *Context) fact.Num {
		a := l(k)
		b := r(k)
		return fact.Num{Lo: a.Lo + b.Lo, Hi: a.Hi + b.Hi, Miss: a.Miss.Or(b.Miss)}
	}
}

func times(a, b fact.Num) fact.Num {
	if a.Lo >= 0 && b.Lo >= 0 {
		return fact.Between(a.Lo*b.Lo, a.Hi*b.Hi, a.Miss.Or(b.Miss))
	}
	w, x, y, z := a.Lo*b.Lo, a.Lo*b.Hi, a.Hi*b.Lo, a.Hi*b.Hi
	return fact.Between(min(w, x, y, z), max(w, x, y, z), a.Miss.Or(b.Miss))
}

// far bounds a quotient whose divisor may be as near to zero as one likes: larger than any amount, and finite.
const far = 1e15

func divide(k *Context, a, b fact.Num, text string, place int) fact.Num {
	if b.Lo <= 0 && b.Hi >= 0 {
		if b.Lo == b.Hi {
			k.fail("division par zéro, caractère %d de « %s »", place+1, text)
			return fact.Known(math.NaN())
		}
		return fact.Between(-far, far, a.Miss.Or(b.Miss))
	}
	if a.Lo >= 0 && b.Lo > 0 {
		return fact.Between(a.Lo/b.Hi, a.Hi/b.Lo, a.Miss.Or(b.Miss))
	}
	w, x, y, z := a.Lo/b.Lo, a.Lo/b.Hi, a.Hi/b.Lo, a.Hi/b.Hi
	return fact.Between(min(w, x, y, z), max(w, x, y, z), a.Miss.Or(b.Miss))
}

func (c *compiler) ternary(n *ast.ConditionalNode) numNode {
	q := c.tri(n.Cond)
	x, y := c.num(n.Exp1), c.num(n.Exp2)
	f := choose(q.tri, x.num, y.num)
	if q.fixed {
		return maybe(f, x, y)
	}
	return numNode{num: f}
}

// choose is « q ? x : y »: what is not taken is not evaluated.
func choose(q tri, x, y num) num {
	return func(k *Context) fact.Num {
		t := q(k)
		switch t.V {
		case fact.Yes:
			return x(k)
		case fact.No:
			return y(k)
		}
		a, b := x(k), y(k)
		return fact.Between(min(a.Lo, b.Lo), max(a.Hi, b.Hi), t.Miss.Or(a.Miss).Or(b.Miss))
	}
}

// higher gives the larger of a and b; where one side is above the other whatever is answered, the other is no reason.
func higher(a, b fact.Num) fact.Num {
	if a.Lo >= b.Hi {
		return a
	}
	if b.Lo >= a.Hi {
		return b
	}
	return fact.Between(max(a.Lo, b.Lo), max(a.Hi, b.Hi), a.Miss.Or(b.Miss))
}

// lower gives the smaller of a and b, as higher does the larger.
func lower(a, b fact.Num) fact.Num {
	if a.Hi <= b.Lo {
		return a
	}
	if b.Hi <= a.Lo {
		return b
	}
	return fact.Between(min(a.Lo, b.Lo), min(a.Hi, b.Hi), a.Miss.Or(b.Miss))
}

// extreme compiles min and max over two terms or more, of which one may be a list of persons.
func (c *compiler) extreme(n *ast.BuiltinNode) numNode {
	if len(n.Arguments) < 2 {
		fail(n, "%s demande au moins deux termes, par exemple max(0, …) : une liste vide n'a pas de valeur", n.Name)
	}
	pick := higher
	if n.Name == "min" {
		pick = lower
	}
	var out numNode
	for i, a := range n.Arguments {
		var x numNode
		if m, ok := a.(*ast.BuiltinNode); ok && m.Name == "map" {
			if n.Name == "min" {
				fail(a, "min sur une liste de personnes n'est pas dans le langage")
			}
			x = numNode{num: c.largest(m)}
		} else {
			x = c.num(a)
		}
		if i == 0 {
			out = x
			continue
		}
		out = pair(out, x, pick, n.Name == "max")
	}
	return out
}

func pair(left, right numNode, pick func(a, b fact.Num) fact.Num, up bool) numNode {
	l, r := left.num, right.num
	if left.table != nil && right.table == nil {
		l, r = r, l
		left, right = right, left
	}
	if right.fixed() && !left.fixed() {
		t := figureOf(right.table)
		if up {
			return numNode{num: func(k *Context) fact.Num {
				a := l(k)
				b := t.at(k.m)
				a.Lo, a.Hi = max(a.Lo, b), max(a.Hi, b)
				if a.Lo == a.Hi {
					a.Miss = fact.Set{}
				}
				return a
			}}
		}
		return numNode{num: func(k *Context) fact.Num {
			a := l(k)
			b := t.at(k.m)
			a.Lo, a.Hi = min(a.Lo, b), min(a.Hi, b)
			if a.Lo == a.Hi {
				a.Miss = fact.Set{}
			}
			return a
		}}
	}
	return maybe(func(k *Context) fact.Num { return pick(l(k), r(k)) }, left, right)
}

func (c *compiler) builtin(n *ast.BuiltinNode) numNode {
	switch n.Name {
	case "min", "max":
		return c.extreme(n)
	case "count", "sum":
		return numNode{num: c.total(n)}
	}
	c.refuse(n, n.Name)
	panic("unreachable")
}

func (c *compiler) refuse(n ast.Node, name string) {
	if allowedBuiltins[name] {
		fail(n, "%s n'est pas permis ici", name)
	}
	fail(n, "la fonction %s n'est pas dans le langage des règles", name)
}

func (c *compiler) call(n *ast.CallNode) numNode {
	name := c.callee(n)
	switch name {
	case "il_y_a", "annee", "sur_annee":
		return c.shiftedNumber(name, n)
	case "somme", "moyenne", "minimum":
		return numNode{num: c.windowNumber(name, n)}
	case "si":
		q, x := c.tri(n.Arguments[0]), c.num(n.Arguments[1])
		f := choose(q.tri, x.num, func(*Context) fact.Num { return fact.Num{} })
		if q.fixed {
			return maybe(f, x)
		}
		return numNode{num: f}
	case "mois_depuis":
		return duration(c.date(n.Arguments[0]), fact.FullMonths, 1)
	case "mois_civils_depuis":
		return duration(c.date(n.Arguments[0]), fact.CalendarMonths, 1)
	case "arrondi":
		return c.rounded(n)
	case "rang":
		return c.ranked(n)
	case "tranches":
		return c.scaled(n)
	case "au":
		return c.onDay(n)
	}
	c.refuse(n, name)
	panic("unreachable")
}

func (c *compiler) callee(n *ast.CallNode) string {
	id, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		fail(n, "une méthode n'est pas dans le langage des règles")
	}
	return id.Value
}

// table gives the barème that a node names, of one of the shapes.
func (c *compiler) table(n ast.Node, shapes ...Shape) *Table {
	if t := c.u.Tables[c.name(n)]; t != nil && slices.Contains(shapes, t.Shape) {
		c.reads(t)
		return t
	}
	fail(n, "un autre genre de barème est attendu ici")
	return nil
}

func (c *compiler) rounded(n *ast.CallNode) numNode {
	t := c.table(n.Arguments[0], Rounding)
	x := c.num(n.Arguments[1])
	return maybe(func(k *Context) fact.Num {
		i := uint(k.m - int(First))
		if i >= span || t.rounds[i] == nil {
			k.fail("%s n'est pas formalisé pour %s", t.Name, fact.Month(k.m))
			return fact.Known(math.NaN())
		}
		r := t.rounds[i]
		v := x.num(k)
		if v.Lo == v.Hi {
			return fact.Known(r.Of(v.Lo))
		}
		return fact.Between(r.Of(v.Lo), r.Of(v.Hi), v.Miss)
	}, x)
}

func (c *compiler) scaled(n *ast.CallNode) numNode {
	t := c.table(n.Arguments[0], Brackets)
	x := c.num(n.Arguments[1])
	return maybe(func(k *Context) fact.Num {
		i := uint(k.m - int(First))
		if i >= span || t.scales[i] == nil {
			k.fail("%s n'est pas formalisé pour %s", t.Name, fact.Month(k.m))
			return fact.Known(math.NaN())
		}
		v := x.num(k)
		return fact.Between(scale(t.scales[i], v.Lo), scale(t.scales[i], v.Hi), v.Miss)
	}, x)
}

// ranked compiles rang(table, n) and rang(table[enumeration], n), and either of them on a day: rang(au(date, table), n).
func (c *compiler) ranked(n *ast.CallNode) numNode {
	if call, ok := n.Arguments[0].(*ast.CallNode); ok {
		return c.rankedOnDay(n, call)
	}
	x := c.num(n.Arguments[1])
	if m, ok := n.Arguments[0].(*ast.MemberNode); ok {
		if _, dotted := m.Property.(*ast.StringNode); !dotted {
			t := c.table(m.Node, ByBoth)
			key, domain := c.enum(m.Property)
			sameDomain(m.Property, domain, t.Domain)
			return numNode{num: func(k *Context) fact.Num {
				i := uint(k.m - int(First))
				if i >= span || t.both[i] == nil {
					k.fail("%s n'est pas formalisé pour %s", t.Name, fact.Month(k.m))
					return fact.Known(math.NaN())
				}
				e := key.of(k)
				v := x.num(k)
				lo, hi := math.Inf(1), math.Inf(-1)
				for d := range t.both[i] {
					if e.Mask>>d&1 != 0 {
						lo, hi = hull(&t.both[i][d], v, lo, hi)
					}
				}
				return fact.Between(lo, hi, e.Miss.Or(v.Miss))
			}}
		}
	}
	t := c.table(n.Arguments[0], ByRank)
	return maybe(func(k *Context) fact.Num {
		i := uint(k.m - int(First))
		if i >= span || t.ranks[i] == nil {
			k.fail("%s n'est pas formalisé pour %s", t.Name, fact.Month(k.m))
			return fact.Known(math.NaN())
		}
		v := x.num(k)
		if v.Lo == v.Hi {
			return fact.Known(t.ranks[i].at(int(v.Lo)))
		}
		lo, hi := hull(t.ranks[i], v, math.Inf(1), math.Inf(-1))
		return fact.Between(lo, hi, v.Miss)
	}, x)
}

// hull widens [lo, hi] by the values of the ranks of v; no household has more ranks than persons.
func hull(t *Ranks, v fact.Num, lo, hi float64) (float64, float64) {
	for r := int(v.Lo); r <= int(v.Hi); r++ {
		y := t.at(r)
		lo, hi = min(lo, y), max(hi, y)
	}
	return lo, hi
}

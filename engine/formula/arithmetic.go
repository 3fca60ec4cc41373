package formula

import (
	"math"

	"github.com/expr-lang/expr/ast"

	"guichet/engine/fact"
)

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

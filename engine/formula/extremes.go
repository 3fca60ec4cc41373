package formula

import (
	"github.com/expr-lang/expr/ast"

	"guichet/engine/fact"
)

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

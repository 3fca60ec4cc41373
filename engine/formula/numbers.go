package formula

import (
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

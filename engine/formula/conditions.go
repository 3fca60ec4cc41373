package formula

import (
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"guichet/engine/fact"
	"guichet/engine/nearest"
)

// tri compiles a node that must be a condition.
func (c *compiler) tri(n ast.Node) triNode {
	switch n := n.(type) {
	case *ast.BoolNode:
		v := fact.Is(n.Value)
		return triNode{tri: func(*Context) fact.Tri { return v }, fixed: true}
	case *ast.UnaryNode:
		if n.Operator == "!" || n.Operator == "not" {
			x := c.tri(n.Node)
			return c.maybeTri(func(k *Context) fact.Tri { return not(x.tri(k)) }, x.fixed)
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "&&", "and":
			l, r := c.tri(n.Left), c.tri(n.Right)
			return c.maybeTri(both(l.tri, r.tri), l.fixed && r.fixed)
		case "||", "or":
			l, r := c.tri(n.Left), c.tri(n.Right)
			return c.maybeTri(either(l.tri, r.tri), l.fixed && r.fixed)
		case "in", "not in":
			return triNode{tri: c.member(n)}
		case "==", "!=":
			return c.equality(n)
		case "<", "<=", ">", ">=":
			return c.order(n)
		}
	case *ast.ConditionalNode:
		q, x, y := c.tri(n.Cond), c.tri(n.Exp1), c.tri(n.Exp2)
		return c.maybeTri(func(k *Context) fact.Tri {
			t := q.tri(k)
			switch t.V {
			case fact.Yes:
				return x.tri(k)
			case fact.No:
				return y.tri(k)
			}
			a, b := x.tri(k), y.tri(k)
			if a.V == b.V && a.V != fact.Either {
				return a
			}
			return fact.Tri{V: fact.Either, Miss: t.Miss.Or(a.Miss).Or(b.Miss)}
		}, q.fixed && x.fixed && y.fixed)
	case *ast.BuiltinNode:
		switch n.Name {
		case "any", "all", "none":
			return triNode{tri: c.quantifier(n)}
		}
		c.refuse(n, n.Name)
	case *ast.CallNode:
		return c.callTri(n)
	case *ast.IdentifierNode, *ast.MemberNode, *ast.ChainNode:
		return triNode{tri: c.truthAt(n)}
	}
	fail(n, "une condition est attendue ici")
	panic("unreachable")
}

func (c *compiler) maybeTri(f tri, fixed bool) triNode {
	if fixed {
		return foldTri(f)
	}
	return triNode{tri: f}
}

// not turns No into Yes and back: the two bits change places.
func not(t fact.Tri) fact.Tri {
	t.V = t.V>>1 | t.V<<1&fact.Yes
	return t
}

// both is Kleene's « and »: what cannot matter is no reason, and what follows a « no » is not evaluated.
func both(l, r tri) tri {
	return func(k *Context) fact.Tri {
		a := l(k)
		if a.V == fact.No {
			return a
		}
		b := r(k)
		if a.V == fact.Yes || b.V == fact.No {
			return b
		}
		if b.V == fact.Yes {
			return a
		}
		return fact.Tri{V: fact.Either, Miss: a.Miss.Or(b.Miss)}
	}
}

// either is Kleene's « or ».
func either(l, r tri) tri {
	return func(k *Context) fact.Tri {
		a := l(k)
		if a.V == fact.Yes {
			return a
		}
		b := r(k)
		if a.V == fact.No || b.V == fact.Yes {
			return b
		}
		if b.V == fact.No {
			return a
		}
		return fact.Tri{V: fact.Either, Miss: a.Miss.Or(b.Miss)}
	}
}

func (c *compiler) equality(n *ast.BinaryNode) triNode {
	negate := n.Operator == "!="
	finish := func(f tri, fixed bool) triNode {
		if !negate {
			return c.maybeTri(f, fixed)
		}
		return c.maybeTri(func(k *Context) fact.Tri { return not(f(k)) }, fixed)
	}
	if key, mask, ok := c.enumAgainstText(n); ok {
		return finish(inMask(key, mask), false)
	}
	if isBool(n.Left) {
		l, r := c.tri(n.Left), c.tri(n.Right)
		return finish(func(k *Context) fact.Tri {
			a, b := l.tri(k), r.tri(k)
			if a.V == fact.Either || b.V == fact.Either {
				return fact.Tri{V: fact.Either, Miss: a.Miss.Or(b.Miss)}
			}
			return fact.Is(a.V == b.V)
		}, l.fixed && r.fixed)
	}
	l, r := c.num(n.Left), c.num(n.Right)
	return finish(func(k *Context) fact.Tri { return equal(k, l.num(k), r.num(k)) }, l.fixed() && r.fixed())
}

func isBool(n ast.Node) bool {
	t := n.Type()
	return t != nil && t.Kind().String() == "bool"
}

func isText(n ast.Node) bool {
	t := n.Type()
	return t != nil && t.Kind().String() == "string"
}

// enumAgainstText recognises enumeration == "value", either way round.
func (c *compiler) enumAgainstText(n *ast.BinaryNode) (enm, uint32, bool) {
	l, r := n.Left, n.Right
	if _, ok := l.(*ast.StringNode); ok {
		l, r = r, l
	}
	if !isText(l) {
		return enm{}, 0, false
	}
	key, domain := c.enum(l)
	return key, valueBit(r, domain), true
}

// member compiles enumeration in ["a", "b"].
func (c *compiler) member(n *ast.BinaryNode) tri {
	list, ok := n.Right.(*ast.ArrayNode)
	if !ok {
		fail(n.Right, "une liste de valeurs entre crochets est attendue ici")
	}
	key, domain := c.enum(n.Left)
	var mask uint32
	for _, v := range list.Nodes {
		mask |= valueBit(v, domain)
	}
	f := inMask(key, mask)
	if n.Operator == "not in" {
		return func(k *Context) fact.Tri { return not(f(k)) }
	}
	return f
}

func inMask(key enm, mask uint32) tri {
	slot, whom := key.slot, key.whom
	if whom == nobody {
		return func(k *Context) fact.Tri { return among(&k.house.Choices[slot], mask) }
	}
	return func(k *Context) fact.Tri { return among(&k.house.People[k.who[whom]].Choices[slot], mask) }
}

// among says whether what an enumeration may still be is of a set of values.
func among(v *fact.Choice, mask uint32) fact.Tri {
	if v.Mask&^mask == 0 {
		return fact.Tri{V: fact.Yes}
	}
	if v.Mask&mask == 0 {
		return fact.Tri{V: fact.No}
	}
	return fact.Tri{V: fact.Either, Miss: v.Miss}
}

// valueBit gives the bit of a written value, which must be one of the domain.
func valueBit(n ast.Node, domain []string) uint32 {
	s, ok := n.(*ast.StringNode)
	if !ok {
		fail(n, "une valeur entre guillemets est attendue ici")
	}
	i := slices.Index(domain, s.Value)
	if i < 0 {
		hint := ""
		if near := nearest.Of(s.Value, domain); near != "" {
			hint = " ; vouliez-vous dire « " + near + " » ?"
		}
		fail(n, "« %s » n'est pas une valeur possible : %s%s", s.Value, strings.Join(domain, ", "), hint)
	}
	return 1 << i
}

func sameDomain(n ast.Node, got, want []string) {
	if !slices.Equal(got, want) {
		fail(n, "ce barème se lit par %v", want)
	}
}

func (c *compiler) callTri(n *ast.CallNode) triNode {
	name := c.callee(n)
	switch name {
	case "avant":
		a, b := c.date(n.Arguments[0]), c.date(n.Arguments[1])
		return triNode{tri: func(k *Context) fact.Tri { return less(k, a(k), b(k)) }}
	case "il_y_a", "annee":
		return c.shiftedTri(name, n)
	case "un_mois":
		return triNode{tri: c.someMonth(n)}
	}
	c.refuse(n, name)
	panic("unreachable")
}

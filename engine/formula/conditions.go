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

// less is a < b.
func less(k *Context, a, b fact.Num) fact.Tri {
	if a.Hi < b.Lo {
		return fact.Tri{V: fact.Yes}
	}
	if a.Lo >= b.Hi {
		return fact.Tri{V: fact.No}
	}
	return undecided(k, a, b)
}

// most is a <= b.
func most(k *Context, a, b fact.Num) fact.Tri {
	if a.Hi <= b.Lo {
		return fact.Tri{V: fact.Yes}
	}
	if a.Lo > b.Hi {
		return fact.Tri{V: fact.No}
	}
	return undecided(k, a, b)
}

// equal is a == b.
func equal(k *Context, a, b fact.Num) fact.Tri {
	if a.Lo == a.Hi && b.Lo == b.Hi && a.Lo == b.Lo {
		return fact.Tri{V: fact.Yes}
	}
	if a.Hi < b.Lo || b.Hi < a.Lo {
		return fact.Tri{V: fact.No}
	}
	return undecided(k, a, b)
}

// undecided is where every comparison with a barème that is not in force ends, since nothing compares with NaN.
func undecided(k *Context, a, b fact.Num) fact.Tri {
	if a.Lo != a.Lo || b.Lo != b.Lo {
		k.fail("un barème n'est pas formalisé pour %s", fact.Month(k.m))
	}
	return fact.Tri{V: fact.Either, Miss: a.Miss.Or(b.Miss)}
}

func (c *compiler) order(n *ast.BinaryNode) triNode {
	left, right := c.num(n.Left), c.num(n.Right)
	if n.Operator == ">" || n.Operator == ">=" {
		left, right = right, left
	}
	orEqual := n.Operator == "<=" || n.Operator == ">="
	f := compare(left, right, orEqual)
	switch {
	case left.clock != nil && right.table != nil:
		f = timed(left.clock, right.table, orEqual, f)
	case right.clock != nil && left.table != nil: // limit < clock  ⇔  not clock <= limit
		g := timed(right.clock, left.table, !orEqual, compare(right, left, !orEqual))
		f = func(k *Context) fact.Tri { return not(g(k)) }
	}
	return c.maybeTri(f, left.fixed() && right.fixed())
}

func compare(left, right numNode, orEqual bool) tri {
	l, r := left.num, right.num
	is := less
	if orEqual {
		is = most
	}
	switch {
	case right.fixed() && !left.fixed():
		t := figureOf(right.table)
		return func(k *Context) fact.Tri {
			a := l(k)
			b := t.at(k.m)
			if a.Hi < b {
				return fact.Tri{V: fact.Yes}
			}
			if a.Lo > b {
				return fact.Tri{V: fact.No}
			}
			return is(k, a, fact.Known(b))
		}
	case left.fixed() && !right.fixed():
		t := figureOf(left.table)
		return func(k *Context) fact.Tri {
			b := r(k)
			a := t.at(k.m)
			if a < b.Lo {
				return fact.Tri{V: fact.Yes}
			}
			if a > b.Hi {
				return fact.Tri{V: fact.No}
			}
			return is(k, fact.Known(a), b)
		}
	}
	return func(k *Context) fact.Tri { return is(k, l(k), r(k)) }
}

// timed compares a duration with a figure of the law, so that the answer holds until the one crosses the other.
func timed(c clock, limit *[span]float64, orEqual bool, otherwise tri) tri {
	figure := figureOf(limit)
	return func(k *Context) fact.Tri {
		n, unit, ok := c(k)
		t := figure.at(k.m)
		if !ok || t != t {
			return otherwise(k)
		}
		return before(k, n, unit, t, orEqual)
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
		fail(n, "« %s » n'est pas une valeur possible : %v%s", s.Value, domain, hint)
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

// comparison keeps the two sides of a condition that is one comparison, for the figures that explain it.
func (c *compiler) comparison(n ast.Node) *sides {
	b, ok := n.(*ast.BinaryNode)
	if !ok {
		return nil
	}
	switch b.Operator {
	case "<", "<=", ">", ">=", "==", "!=", "in", "not in":
	default:
		return nil
	}
	silent := &compiler{u: c.u, scope: c.scope, f: &Formula{Text: c.f.Text}}
	switch {
	case isText(b.Left):
		key, domain := silent.enum(b.Left)
		return &sides{choice: key, domain: domain}
	case isBool(b.Left):
		return nil
	}
	if t := b.Left.Type(); t == nil || t.Kind() != number.Kind() {
		return nil
	}
	out := &sides{left: silent.num(b.Left).num, right: silent.num(b.Right).num}
	for _, n := range []ast.Node{b.Left, b.Right} {
		if name := silent.named(n); name != "" {
			out.names = append(out.names, name)
		}
	}
	return out
}

// named gives the full name of the quantity or the barème that a node is, "" when it is anything more.
func (c *compiler) named(n ast.Node) string {
	switch n.(type) {
	case *ast.IdentifierNode, *ast.MemberNode:
	default:
		return ""
	}
	if m, ok := n.(*ast.MemberNode); ok {
		if _, dotted := m.Property.(*ast.StringNode); !dotted {
			return ""
		}
	}
	name := c.name(n)
	if c.u.Tables[name] != nil {
		return name
	}
	bare := strings.TrimPrefix(strings.TrimPrefix(name, "personne."), "demandeur.")
	if q := c.quantity(bare, bare != name); q != nil {
		return q.QualifiedName()
	}
	return ""
}

// Compared gives the full names of the quantities and barèmes that stand alone on a side of a condition that is one
// comparison: what they are measured in is what the condition's figures are.
func (f *Formula) Compared() []string {
	if f.sides == nil {
		return nil
	}
	return f.sides.names
}

package formula

import (
	"strings"

	"github.com/expr-lang/expr/ast"

	"guichet/engine/fact"
)

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
	out := &sides{left: silent.num(b.Left).num, right: silent.num(b.Right).num, floor: strings.HasPrefix(b.Operator, ">")}
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

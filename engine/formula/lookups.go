package formula

import (
	"math"
	"slices"

	"github.com/expr-lang/expr/ast"

	"guichet/engine/fact"
)

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

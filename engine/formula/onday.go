package formula

import (
	"math"

	"github.com/expr-lang/expr/ast"

	"guichet/engine/fact"
)

// au looks a barème up at a day that the household tells, such as the one on which a loan was signed, rather than at the month
// asked for. While that day is not known, what was in force on any day that it may be counts; days on which nothing was do not,
// unless there are no others.

// onDay compiles au(date, bareme) of one number.
func (c *compiler) onDay(n *ast.CallNode) numNode {
	day := c.date(n.Arguments[0])
	t := c.table(n.Arguments[1], Scalar)
	return numNode{num: func(k *Context) fact.Num {
		d := day(k)
		in, ok := k.on(t, d)
		if !ok {
			return fact.Known(math.NaN())
		}
		lo, hi := math.Inf(1), math.Inf(-1)
		for i := range in {
			if v := &in[i].value; !v.Ends {
				lo, hi = min(lo, v.Number), max(hi, v.Number)
			}
		}
		return fact.Between(lo, hi, d.Miss)
	}}
}

// rankedOnDay compiles rang(au(date, table), n) and rang(au(date, table[enumeration]), n).
func (c *compiler) rankedOnDay(n, au *ast.CallNode) numNode {
	if c.callee(au) != "au" {
		fail(au, "un barème par rang est attendu ici")
	}
	day, x := c.date(au.Arguments[0]), c.num(n.Arguments[1])
	var key *enm
	var t *Table
	if m, ok := indexed(au.Arguments[1]); ok {
		t = c.table(m.Node, ByBoth)
		e, domain := c.enum(m.Property)
		sameDomain(m.Property, domain, t.Domain)
		key = &e
	} else {
		t = c.table(au.Arguments[1], ByRank)
	}
	return numNode{num: func(k *Context) fact.Num {
		d := day(k)
		in, ok := k.on(t, d)
		if !ok {
			return fact.Known(math.NaN())
		}
		v := x.num(k)
		lo, hi := math.Inf(1), math.Inf(-1)
		if key == nil {
			for i := range in {
				if r := in[i].value.Ranks; r != nil {
					lo, hi = hull(r, v, lo, hi)
				}
			}
			return fact.Between(lo, hi, d.Miss.Or(v.Miss))
		}
		e := key.of(k)
		for i := range in {
			for j := range in[i].value.Both {
				if e.Mask>>j&1 != 0 {
					lo, hi = hull(&in[i].value.Both[j], v, lo, hi)
				}
			}
		}
		return fact.Between(lo, hi, e.Miss.Or(d.Miss).Or(v.Miss))
	}}
}

// indexed recognises table[enumeration].
func indexed(n ast.Node) (*ast.MemberNode, bool) {
	m, ok := n.(*ast.MemberNode)
	if !ok {
		return nil, false
	}
	_, dotted := m.Property.(*ast.StringNode)
	return m, !dotted
}

// on gives what t is worth on the days that d may be.
func (k *Context) on(t *Table, d fact.Num) ([]dated, bool) {
	in, ok := t.between(fact.Day(d.Lo), fact.Day(d.Hi))
	if !ok {
		k.fail("%s n'est pas formalisé pour le %s", t.Name, fact.Day(d.Hi))
	}
	return in, ok
}

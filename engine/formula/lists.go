package formula

import (
	"math"

	"github.com/expr-lang/expr/ast"

	"guichet/engine/fact"
)

// list gives the persons that a node names.
func (c *compiler) list(n ast.Node) (string, func(*fact.Household) []int) {
	if id, ok := n.(*ast.IdentifierNode); ok {
		switch id.Value {
		case "parents":
			return id.Value, func(h *fact.Household) []int { return h.Adults }
		case "enfants":
			return id.Value, func(h *fact.Household) []int { return h.Children }
		case "personnes":
			return id.Value, func(h *fact.Household) []int { return h.All }
		}
	}
	fail(n, "une liste de personnes est attendue ici : parents, enfants ou personnes")
	return "", nil
}

// within compiles the predicate of a list, whose « . » is the element.
func (c *compiler) within(name string, f func()) {
	c.lists = append(c.lists, name)
	f()
	c.lists = c.lists[:len(c.lists)-1]
}

func predicate(n ast.Node) ast.Node {
	if p, ok := n.(*ast.PredicateNode); ok {
		return p.Node
	}
	return n
}

// total compiles count and sum.
func (c *compiler) total(n *ast.BuiltinNode) num {
	if len(n.Arguments) != 2 {
		fail(n, "%s demande une liste et une condition, par exemple count(enfants, .age < bareme.…)", n.Name)
	}
	name, people := c.list(n.Arguments[0])
	var each num
	c.within(name, func() {
		if n.Name == "count" {
			q := c.tri(predicate(n.Arguments[1])).tri
			each = func(k *Context) fact.Num {
				switch t := q(k); t.V {
				case fact.Yes:
					return fact.Num{Lo: 1, Hi: 1}
				case fact.No:
					return fact.Num{}
				default:
					return fact.Num{Lo: 0, Hi: 1, Miss: t.Miss}
				}
			}
		} else {
			each = c.num(predicate(n.Arguments[1])).num
		}
	})
	return func(k *Context) fact.Num {
		saved := k.who[element]
		var sum fact.Num
		for _, i := range people(k.house) {
			k.who[element] = i
			v := each(k)
			p := &k.house.People[i]
			if p.Least == 1 && p.Most == 1 {
				sum.Lo += v.Lo
				sum.Hi += v.Hi
				sum.Miss = sum.Miss.Or(v.Miss)
				continue
			}
			sum = addSeveral(sum, v, p)
		}
		k.who[element] = saved
		return sum
	}
}

// addSeveral adds between p.Least and p.Most persons each worth v, one by one as a complete household would.
func addSeveral(sum, v fact.Num, p *fact.Person) fact.Num {
	low, high := p.Least, p.Most
	if v.Lo < 0 {
		low = p.Most
	}
	if v.Hi < 0 {
		high = p.Least
	}
	for range low {
		sum.Lo += v.Lo
	}
	for range high {
		sum.Hi += v.Hi
	}
	sum.Miss = sum.Miss.Or(v.Miss)
	if v.Lo != 0 || v.Hi != 0 {
		sum.Miss = sum.Miss.Or(p.Miss)
	}
	return sum
}

// largest compiles the list inside max(0, map(enfants, …)).
func (c *compiler) largest(n *ast.BuiltinNode) num {
	name, people := c.list(n.Arguments[0])
	var each num
	c.within(name, func() { each = c.num(predicate(n.Arguments[1])).num })
	return func(k *Context) fact.Num {
		saved := k.who[element]
		top := fact.Num{Lo: -far, Hi: -far}
		for _, i := range people(k.house) {
			k.who[element] = i
			v := each(k)
			p := &k.house.People[i]
			if p.Least > 0 {
				top = higher(top, v)
				continue
			}
			top = fact.Between(top.Lo, math.Max(top.Hi, v.Hi), top.Miss.Or(v.Miss).Or(p.Miss))
		}
		k.who[element] = saved
		return top
	}
}

// quantifier compiles any, all and none.
func (c *compiler) quantifier(n *ast.BuiltinNode) tri {
	name, people := c.list(n.Arguments[0])
	var each tri
	c.within(name, func() { each = c.tri(predicate(n.Arguments[1])).tri })
	if n.Name == "all" { // all x: q  ⇔  no x: not q
		q := each
		each = func(k *Context) fact.Tri { return not(q(k)) }
	}
	some := func(k *Context) fact.Tri {
		saved := k.who[element]
		out := fact.Tri{V: fact.No}
		for _, i := range people(k.house) {
			k.who[element] = i
			v := each(k)
			if v.V == fact.No {
				continue
			}
			p := &k.house.People[i]
			if v.V == fact.Yes && p.Least > 0 {
				out = v
				break
			}
			out = fact.Tri{V: fact.Either, Miss: out.Miss.Or(v.Miss)}
			if p.Least == 0 {
				out.Miss = out.Miss.Or(p.Miss)
			}
		}
		k.who[element] = saved
		return out
	}
	if n.Name == "any" {
		return some
	}
	return func(k *Context) fact.Tri { return not(some(k)) }
}

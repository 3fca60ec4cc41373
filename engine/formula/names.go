package formula

import (
	"math"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"guichet/engine/fact"
)

// name flattens a.b.c; « . » inside a predicate gives "#".
func (c *compiler) name(n ast.Node) string {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return n.Value
	case *ast.PointerNode:
		if n.Name == "" {
			return "#"
		}
	case *ast.ChainNode:
		return c.name(n.Node)
	case *ast.MemberNode:
		if s, ok := n.Property.(*ast.StringNode); ok && !n.Optional && !n.Method {
			return c.name(n.Node) + "." + s.Value
		}
	}
	fail(n, "un nom est attendu ici")
	return ""
}

// access is what a name leads to; the field of its kind is set.
type access struct {
	num    numNode
	tri    tri
	enm    enm
	domain []string
	date   num
}

func (c *compiler) numberAt(n ast.Node) numNode {
	a := c.resolve(n)
	if a.num.num == nil {
		fail(n, "un nombre est attendu ici")
	}
	return a.num
}

func (c *compiler) truthAt(n ast.Node) tri {
	a := c.resolve(n)
	if a.tri == nil {
		fail(n, "une condition est attendue ici")
	}
	return a.tri
}

func (c *compiler) enum(n ast.Node) (enm, []string) {
	a := c.resolve(n)
	if a.domain == nil {
		fail(n, "une énumération (activite, logement.statut, …) est attendue ici")
	}
	return a.enm, a.domain
}

func (c *compiler) date(n ast.Node) num {
	a := c.resolve(n)
	if a.date == nil {
		fail(n, "une date est attendue ici")
	}
	return a.date
}

// resolve finds what a name stands for, in the order barème, person, quantity, fact of the household.
func (c *compiler) resolve(n ast.Node) access {
	if m, ok := n.(*ast.MemberNode); ok {
		if _, dotted := m.Property.(*ast.StringNode); !dotted {
			return c.keyed(m)
		}
	}
	name := c.name(n)
	if t := c.u.Tables[name]; t != nil {
		return c.ofTable(n, t)
	}
	head, rest, _ := strings.Cut(name, ".")
	switch head {
	case "bareme", "fenetre", "arrondis":
		if i := strings.LastIndexByte(name, '.'); i > 0 && c.u.Tables[name[:i]] != nil {
			return c.entry(n, c.u.Tables[name[:i]], name[i+1:])
		}
		fail(n, "barème inconnu : %s", name)
	case "#":
		if len(c.lists) == 0 {
			fail(n, "« . » n'a de sens que dans une condition sur une liste")
		}
		return c.ofPerson(n, element, rest)
	case "personne":
		return c.ofPerson(n, self, rest)
	case "demandeur":
		return c.ofPerson(n, claimant, rest)
	}
	if q := c.quantity(name, false); q != nil {
		return c.ofQuantity(q, -1)
	}
	for i, f := range fact.HouseholdFacts {
		if f.Name == name {
			c.f.reads.Household |= 1 << i
			return ofHousehold(f)
		}
	}
	fail(n, "nom inconnu : %s", name)
	panic("unreachable")
}

func ofHousehold(f fact.Fact) access {
	i := f.Slot
	switch f.Kind {
	case fact.Enum:
		return access{domain: f.Values, enm: enm{nobody, i}}
	case fact.Flag:
		return access{tri: func(k *Context) fact.Tri { return k.house.Flags[i] }}
	case fact.Date:
		return access{date: func(k *Context) fact.Num { return k.house.Nums[i] }}
	default:
		return access{num: numNode{num: func(k *Context) fact.Num { return k.house.Nums[i] }}}
	}
}

func (c *compiler) ofTable(n ast.Node, t *Table) access {
	c.reads(t)
	switch t.Shape {
	case Scalar:
		return access{num: fromTable(t.scalar)}
	case DateOf:
		return access{date: fromTable(t.scalar).num}
	}
	fail(n, "%s est un barème à plusieurs valeurs : il se lit par une clé, un rang, une fenêtre ou un arrondi", t.Name)
	panic("unreachable")
}

// entry is the value of a table by enumeration for one written key.
func (c *compiler) entry(n ast.Node, t *Table, key string) access {
	i := slices.Index(t.Domain, key)
	if t.Shape != ByEnum || i < 0 {
		fail(n, "barème inconnu : %s.%s", t.Name, key)
	}
	c.reads(t)
	col := new([span]float64)
	for m := range col {
		col[m] = math.NaN()
		if t.keyed[m] != nil {
			col[m] = t.keyed[m][i]
		}
	}
	return access{num: fromTable(col)}
}

// keyed is bareme.x[enumeration].
func (c *compiler) keyed(n *ast.MemberNode) access {
	t := c.table(n.Node, ByEnum)
	key, domain := c.enum(n.Property)
	sameDomain(n.Property, domain, t.Domain)
	return access{num: numNode{num: func(k *Context) fact.Num {
		i := uint(k.m - int(First))
		if i >= span || t.keyed[i] == nil {
			k.fail("%s n'est pas formalisé pour %s", t.Name, fact.Month(k.m))
			return fact.Known(math.NaN())
		}
		e := key.of(k)
		lo, hi := math.Inf(1), math.Inf(-1)
		for d, v := range t.keyed[i] {
			if e.Mask>>d&1 != 0 {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
		return fact.Between(lo, hi, e.Miss)
	}}}
}

// quantity finds a name among the namespace's own quantities, the shared ones, and those of others by their full name.
func (c *compiler) quantity(name string, person bool) *Quantity {
	for _, full := range []string{c.scope.namespace + "." + name, name} {
		if q := c.u.Quantities[full]; q != nil && q.Person == person {
			return q
		}
	}
	return nil
}

// ofQuantity reads another quantity, for whom one of claimant, self and element says, or -1 for the household.
func (c *compiler) ofQuantity(q *Quantity, whom int) access {
	c.f.deps = append(c.f.deps, dependency{on: q, path: slices.Clone(c.path)})
	place := int(q.place)
	switch {
	case whom < 0 && q.Bool:
		return access{tri: func(k *Context) fact.Tri {
			c := &k.last[place]
			if !c.holds(k) {
				c = q.find(k, 0, place)
			}
			k.narrow(c)
			return c.tri()
		}}
	case whom < 0:
		return access{num: numNode{num: func(k *Context) fact.Num {
			c := &k.last[place]
			if !c.holds(k) {
				c = q.find(k, 0, place)
			}
			k.narrow(c)
			return c.num
		}}}
	case q.Bool:
		return access{tri: func(k *Context) fact.Tri {
			person := k.who[whom]
			i := k.first + place*k.people + person
			c := &k.last[i]
			if !c.holds(k) {
				c = q.find(k, person, i)
			}
			k.narrow(c)
			return c.tri()
		}}
	}
	return access{num: numNode{
		num: func(k *Context) fact.Num {
			person := k.who[whom]
			i := k.first + place*k.people + person
			c := &k.last[i]
			if !c.holds(k) {
				c = q.find(k, person, i)
			}
			k.narrow(c)
			return c.num
		},
		clock: func(k *Context) (int, int, bool) {
			person := k.who[whom]
			f := q.FormulaAt(fact.Month(k.m))
			if f.clock == nil || q.Yearly {
				return 0, 1, false
			}
			me := k.who[self]
			k.who[self] = person
			k.note(q, person)
			s := q.spell(k)
			k.from, k.to = max(k.from, s.from), min(k.to, s.to)
			n, unit, ok := f.clock(k)
			k.who[self] = me
			return n, unit, ok
		},
	}}
}

// reads notes that a barème is read, at the end of the way through time to the node at hand.
func (c *compiler) reads(t *Table) {
	c.f.tables = append(c.f.tables, tableRead{on: t, path: slices.Clone(c.path)})
}

// read notes that a fact of a person is read.
func (c *compiler) read(whom, bit int) {
	r := &c.f.reads
	switch whom {
	case claimant:
		r.Claimant |= 1 << bit
	case self:
		r.Self |= 1 << bit
	default:
		switch c.lists[len(c.lists)-1] {
		case "parents":
			r.Adults |= 1 << bit
		case "enfants":
			r.Children |= 1 << bit
		default:
			r.Anyone |= 1 << bit
		}
	}
}

func (c *compiler) ofPerson(n ast.Node, whom int, name string) access {
	if q := c.quantity(name, true); q != nil {
		return c.ofQuantity(q, whom)
	}
	switch name {
	case "age", "age_mois":
		c.read(whom, birthBit)
		unit := 1
		if name == "age" {
			unit = 12
		}
		return access{num: duration(func(k *Context) fact.Num { return k.house.People[k.who[whom]].Nums[fact.Birth] }, fact.FullMonths, unit)}
	case "est_enfant":
		return access{tri: func(k *Context) fact.Tri { return fact.Is(k.house.People[k.who[whom]].Child) }}
	}
	if s, face, ok := incomeName(name); ok {
		c.read(whom, len(fact.PersonFacts)+s)
		i := income{whom, s, face}
		return access{num: numNode{num: i.num(), incomes: []income{i}}}
	}
	for i, f := range fact.PersonFacts {
		if f.Name == name {
			c.read(whom, i)
			return ofPersonFact(f, whom)
		}
	}
	fail(n, "nom inconnu : %s", name)
	panic("unreachable")
}

func ofPersonFact(f fact.Fact, whom int) access {
	i := f.Slot
	switch f.Kind {
	case fact.Enum:
		return access{domain: f.Values, enm: enm{whom, i}}
	case fact.Flag:
		return access{tri: func(k *Context) fact.Tri { return k.house.People[k.who[whom]].Flags[i] }}
	case fact.Date:
		return access{date: func(k *Context) fact.Num { return k.house.People[k.who[whom]].Nums[i] }}
	default:
		return access{num: numNode{num: func(k *Context) fact.Num { return k.house.People[k.who[whom]].Nums[i] }}}
	}
}

var birthBit = slices.IndexFunc(fact.PersonFacts, func(f fact.Fact) bool { return f.Name == "naissance" })

// duration gives the months, or the full years, from a day to the month at hand, as months counts them; negative before it.
func duration(day num, months func(fact.Day, fact.Month) int, unit int) numNode {
	count := func(from float64, m int) int { return months(fact.Day(from), fact.Month(m)) }
	return numNode{
		num: func(k *Context) fact.Num {
			d := day(k)
			if d.Lo != d.Hi {
				k.only()
				lo, hi := whole(count(d.Hi, k.m), unit), whole(count(d.Lo, k.m), unit)
				return fact.Between(float64(lo), float64(hi), d.Miss)
			}
			n := count(d.Lo, k.m)
			v := whole(n, unit)
			k.from, k.to = max(k.from, int32(k.m-n+v*unit)), min(k.to, int32(k.m-n+v*unit+unit-1))
			return fact.Known(float64(v))
		},
		clock: func(k *Context) (int, int, bool) {
			d := day(k)
			return count(d.Lo, k.m), unit, d.Lo == d.Hi
		},
	}
}

// whole divides rounding down.
func whole(n, unit int) int {
	if n < 0 {
		n -= unit - 1
	}
	return n / unit
}

// later gives the clock that runs ahead of another by a fixed number of whole units, when that is what a sum is.
func later(c clock, ahead numNode) clock {
	if c == nil || ahead.table == nil {
		return nil
	}
	return func(k *Context) (int, int, bool) {
		n, unit, ok := c(k)
		d := monthly(ahead.table, k.m)
		return n + int(d)*unit, unit, ok && d == float64(int(d))
	}
}

// incomeName splits revenus.<kind>.<face>.
func incomeName(name string) (kind, face int, ok bool) {
	parts := strings.Split(name, ".")
	if len(parts) != 3 || parts[0] != "revenus" {
		return 0, 0, false
	}
	kind, face = slices.Index(fact.Incomes, parts[1]), slices.Index(fact.Faces, parts[2])
	return kind, face, kind >= 0 && face >= 0
}

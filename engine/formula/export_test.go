package formula

import (
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/types"

	"guichet/engine/fact"
)

// What the tests of the language need to see of it.

// Tree gives the checked tree of f, author's functions inlined.
func (f *Formula) Tree() ast.Node { return f.tree }

// On gives the quantities that f reads.
func (f *Formula) On() []*Quantity {
	var out []*Quantity
	for _, d := range f.deps {
		out = append(out, d.on)
	}
	return out
}

// Env gives the types of what a quantity's formulas may name.
func (u *Universe) Env(q *Quantity) types.Map { return u.scope(q.Namespace, q.Person).env }

// Ask evaluates q at any month of its reach, as a number or a truth.
func (k *Context) Ask(q *Quantity, m fact.Month, person int) any {
	k.start()
	k.m = int(m)
	if q.Bool {
		return q.truth(k, person).V == fact.Yes
	}
	return q.number(k, person).Lo
}

// Run evaluates f itself, past any memory, for a person at a month.
func (k *Context) Run(f *Formula, m fact.Month, person int) any {
	k.start()
	k.m, k.who[self] = int(m), person
	if f.tri != nil {
		return f.tri(k).V == fact.Yes
	}
	return f.num(k).Lo
}

// RanksAt, ScaleAt, RoundAt and BothAt read the tables of a month.
func (t *Table) RanksAt(m fact.Month) *Ranks    { return t.ranks[m-First] }
func (t *Table) BothAt(m fact.Month) []Ranks    { return t.both[m-First] }
func (t *Table) ScaleAt(m fact.Month) []Bracket { return t.scales[m-First] }
func (t *Table) RoundAt(m fact.Month) *Round    { return t.rounds[m-First] }
func (t *Table) KeyedAt(m fact.Month) []float64 { return t.keyed[m-First] }
func (r *Ranks) Of(n int) float64               { return r.at(n) }
func ScaleOf(bs []Bracket, v float64) float64   { return scale(bs, v) }

// Tables gives the barèmes that f reads, at whatever month.
func (f *Formula) Tables() []*Table {
	var out []*Table
	for _, r := range f.tables {
		out = append(out, r.on)
	}
	return out
}

// Fresh makes k compute every month by itself.
func (k *Context) Fresh() { k.fresh = true }

// Bounds evaluates q at any month of its reach, undecided or not.
func (k *Context) Bounds(q *Quantity, m fact.Month, person int) (fact.Num, fact.Truth) {
	k.start()
	k.m = int(m)
	if q.Bool {
		v := q.truth(k, person)
		return fact.Num{Miss: v.Miss}, v.V
	}
	return q.number(k, person), 0
}

// Computed gives the months for which q was computed for a person since Begin.
func (k *Context) Computed(q *Quantity, person int) []fact.Month {
	var out []fact.Month
	for b := range q.reach + 1 {
		k.start()
		k.m -= b
		if q.Yearly {
			k.m = (k.now/12 - b) * 12
		}
		i := q.slot(k, person)
		same := func(c *cell) bool {
			return c.gen == k.gen && q.month(k, person, int(c.back)) == q.month(k, person, k.now-k.m)
		}
		if same(&k.last[i]) || same(&k.before[i]) || same(q.month(k, person, k.now-k.m)) {
			out = append(out, fact.Month(k.m))
		}
	}
	return out
}

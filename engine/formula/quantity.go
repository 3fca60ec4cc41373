package formula

import (
	"cmp"
	"slices"

	"guichet/engine/fact"
)

// Quantity is one named value of the law, of the household or of each person, for each month or each year.
type Quantity struct {
	Namespace string // the aid, or "" for what all share
	Name      string
	Bool      bool // a condition, not a number
	Person    bool // one value a person
	Yearly    bool // one value a calendar year, of its January

	versions []version
	index    int // in the plan
	place    int // of its recent values
	offset   int // of its first month's cell
	reach    int // months (or years) before the one asked for that some formula looks at
	spells   *[span]spell
}

type version struct {
	from fact.Month
	f    *Formula
}

// QualifiedName gives the name by which another namespace reads q.
func (q *Quantity) QualifiedName() string {
	if q.Namespace == "" {
		return q.Name
	}
	return q.Namespace + "." + q.Name
}

// Add puts f in force from month m on.
func (q *Quantity) Add(m fact.Month, f *Formula) {
	q.versions = append(q.versions, version{m, f})
	slices.SortStableFunc(q.versions, func(a, b version) int { return cmp.Compare(a.from, b.from) })
}

// Formulas gives every formula that q ever had, oldest first.
func (q *Quantity) Formulas() []*Formula {
	fs := make([]*Formula, len(q.versions))
	for i, v := range q.versions {
		fs[i] = v.f
	}
	return fs
}

// FormulaAt gives the formula in force at month m; before the first one, the first one, which only look-backs reach.
func (q *Quantity) FormulaAt(m fact.Month) *Formula {
	f := q.versions[0].f
	for _, v := range q.versions[1:] {
		if v.from > m {
			break
		}
		f = v.f
	}
	return f
}

// Reach gives how many months (years for a yearly quantity) before the month asked for q is ever looked at.
func (q *Quantity) Reach() int { return q.reach }

// recent gives the two last values of q for a person.
func (q *Quantity) recent(k *Context, person int) *[2]cell {
	if q.Person {
		return &k.recent[k.plan.householdPlaces+q.place*k.people+person]
	}
	return &k.recent[q.place]
}

func (q *Quantity) number(k *Context, person int) fact.Num {
	r := q.recent(k, person)
	if c := &r[0]; c.holds(k) {
		k.narrow(c)
		return c.num
	}
	c := q.find(k, person, r)
	return c.num
}

func (q *Quantity) truth(k *Context, person int) fact.Tri {
	r := q.recent(k, person)
	if c := &r[0]; c.holds(k) {
		k.narrow(c)
		return fact.Tri{V: c.truth, Miss: c.num.Miss}
	}
	c := q.find(k, person, r)
	return fact.Tri{V: c.truth, Miss: c.num.Miss}
}

// find looks past the most recent value: at the one before, at what the month itself was computed as, and last computes it.
func (q *Quantity) find(k *Context, person int, r *[2]cell) cell {
	r[0], r[1] = r[1], r[0]
	if r[0].holds(k) {
		k.narrow(&r[0])
		return r[0]
	}
	m := q.month(k, person)
	if !m.holds(k) {
		q.fill(k, person, m)
		r = q.recent(k, person)
	}
	r[0] = *m
	k.narrow(m)
	return *m
}

// month gives the cell of q for a person at the month at hand.
func (q *Quantity) month(k *Context, person int) *cell {
	back := k.now - k.m
	if q.Yearly {
		back = k.now/12 - k.m/12
	}
	if q.Person {
		return &k.cells[k.plan.householdCells+(q.offset+back)*k.people+person]
	}
	return &k.cells[q.offset+back]
}

// fill computes q for a person at the month at hand, and the months around it for which that value holds.
func (q *Quantity) fill(k *Context, person int, c *cell) {
	m, me, el, from, to := k.m, k.who[self], k.who[element], k.from, k.to
	k.note(q, person)
	if q.Person {
		k.who[self] = person
	}
	if q.Yearly {
		k.m -= k.m % 12
	}
	s := q.spell(k)
	k.from, k.to = s.from, s.to
	if q.Bool {
		v := s.f.tri(k)
		c.truth, c.num.Miss = v.V, v.Miss
	} else {
		v := s.f.num(k)
		if v.Lo == v.Hi {
			v.Miss = fact.Set{}
		} else if v.Lo != v.Lo || v.Hi != v.Hi {
			k.fail("%s : un barème n'est pas formalisé pour %s", q.QualifiedName(), fact.Month(k.m))
		}
		c.num = v
	}
	if q.Yearly {
		k.from, k.to = wholeYears(k.from, k.to)
	}
	if k.fresh {
		k.from, k.to = int32(m), int32(m)
	}
	c.gen, c.from, c.to = k.gen, k.from, k.to
	k.m, k.who[self], k.who[element], k.from, k.to = m, me, el, from, to
}

// wholeYears gives the months of the years whose January lies between from and to.
func wholeYears(from, to int32) (int32, int32) {
	return (from + 11) / 12 * 12, to/12*12 + 11
}

package formula

import (
	"cmp"
	"slices"

	"guichet/engine/fact"
)

// Quantity is one named value of the law, of the household or of each person, for each month or each year.
type Quantity struct {
	Bool   bool // a condition, not a number
	Person bool // one value a person
	Yearly bool // one value a calendar year, of its January

	// What every evaluation reads lies together.
	index  int32 // in the plan
	place  int32 // of its last values
	offset int32 // of its first month's cell

	Namespace string // the aid, or "" for what all share
	Name      string
	Unit      string // as its author first declares it; may be empty
	versions  []version
	reach     int // months (or years) before the one asked for that some formula looks at
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

// Since gives the months from which each of [Quantity.Formulas] is in force.
func (q *Quantity) Since() []fact.Month {
	months := make([]fact.Month, len(q.versions))
	for i, v := range q.versions {
		months[i] = v.from
	}
	return months
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

// slot gives the place of the values of q for a person.
func (q *Quantity) slot(k *Context, person int) int {
	if q.Person {
		return k.first + int(q.place)*k.people + person
	}
	return int(q.place)
}

func (q *Quantity) number(k *Context, person int) fact.Num {
	return q.value(k, person).num
}

func (q *Quantity) truth(k *Context, person int) fact.Tri {
	return q.value(k, person).tri()
}

// value gives what q is for a person at the month at hand. The closures that read q do the same by themselves, since this
// is what an evaluation does most.
func (q *Quantity) value(k *Context, person int) *cell {
	i := q.slot(k, person)
	c := &k.last[i]
	if !c.holds(k) {
		c = q.find(k, person, i)
	}
	k.narrow(c)
	return c
}

// find gives the value of q for a person, whose slot is i, where the last one does not hold: the one before it, what the
// month itself was once computed as, or else what it computes.
func (q *Quantity) find(k *Context, person, i int) *cell {
	if k.last[i].gen == k.gen {
		if c := q.known(k, person, i); c != nil {
			return c
		}
		q.keep(k, person, i)
	}
	return q.fill(k, person, i)
}

// known gives the value of q that holds at the month at hand, if any but the last does.
func (q *Quantity) known(k *Context, person, i int) *cell {
	c := &k.before[i]
	if c.gen != k.gen {
		return nil
	}
	if c.holds(k) {
		return c
	}
	if c = q.month(k, person, k.now-k.m); c.holds(k) {
		return c
	}
	return nil
}

// month gives the cell that q has for a person so many months back.
func (q *Quantity) month(k *Context, person, back int) *cell {
	if q.Yearly {
		back = k.now/12 - (k.now-back)/12
	}
	if q.Person {
		return &k.older[k.plan.householdCells+(int(q.offset)+back)*k.people+person]
	}
	return &k.older[int(q.offset)+back]
}

// fill computes q for a person at the month at hand, and the months around it for which that value holds.
func (q *Quantity) fill(k *Context, person, i int) *cell {
	m, me, el, from, to := k.m, k.who[self], k.who[element], k.from, k.to
	if q.Person {
		k.who[self] = person
	}
	if q.Yearly {
		k.m -= k.m % 12
	}
	s := q.spell(k)
	k.from, k.to = s.from, s.to
	var v fact.Num
	var t fact.Truth
	if q.Bool {
		x := s.tri(k)
		t, v.Miss = x.V, x.Miss
	} else {
		v = s.num(k)
		if v.Lo == v.Hi {
			v.Miss = fact.Set{}
		} else if v.Lo != v.Lo || v.Hi != v.Hi {
			k.fail("%s : un barème n'est pas formalisé pour %s", q.QualifiedName(), fact.Month(k.m))
		}
	}
	if q.Yearly {
		k.from, k.to = wholeYears(k.from, k.to)
	}
	if k.fresh {
		k.from, k.to = int32(m), int32(m)
	}
	c := &k.last[i]
	c.num, c.truth, c.gen, c.from, c.to, c.back = v, t, k.gen, k.from, k.to, int16(k.now-m)
	k.m, k.who[self], k.who[element], k.from, k.to = m, me, el, from, to
	return c
}

// keep moves the last value aside for another one, and the one before it to the cell of its month.
func (q *Quantity) keep(k *Context, person, i int) {
	c := &k.before[i]
	if c.gen == k.gen {
		*q.month(k, person, int(c.back)) = *c
	}
	*c = k.last[i]
}

// wholeYears gives the months of the years whose January lies between from and to.
func wholeYears(from, to int32) (int32, int32) {
	return (from + 11) / 12 * 12, to/12*12 + 11
}

package formula

import "guichet/engine/fact"

// A value of the law seldom changes from one month to the next: a steady household goes through the same computation in
// each month of its reference quarter. So every value is kept with the months for which it holds. Three things end such
// a spell: a formula or a barème that changes, which is known at load ([spell]); an age or a duration that crosses a
// threshold; an income that changed. The last two narrow the spell while the value is being computed ([Context.from],
// [Context.to]). A month inside the spell of a known value gets that value, to the bit, without computing.

// spell is what computes a quantity in one month, with the months around it in which neither the formula nor a barème
// that it reads changes.
type spell struct {
	num      num
	tri      tri
	from, to int32
}

// The ends of a spell that nothing ends.
const (
	ever  = int32(1 << 20)
	since = int32(0)
)

// spell gives what computes q at the month at hand and how long it stays the same.
func (q *Quantity) spell(k *Context) *spell {
	if i := k.m - int(First); uint(i) < span {
		return &k.plan.spells[i*len(k.plan.Quantities)+int(q.index)]
	}
	return q.outside(k)
}

// outside stands in for a month of which no barème can speak.
func (q *Quantity) outside(k *Context) *spell {
	k.fail("%s n'est pas formalisé pour %s", q.QualifiedName(), fact.Month(k.m))
	i := min(max(k.m-int(First), 0), span-1)
	return &k.plan.spells[i*len(k.plan.Quantities)+int(q.index)]
}

// tableRead is a barème that a formula reads, and the way through time to it.
type tableRead struct {
	on   *Table
	path []step
}

// settle finds the spells of all quantities. Those of one month lie together, in the order of the plan, since that is how
// they are read.
func (p *Plan) settle() {
	p.spells = make([]spell, span*len(p.Quantities))
	for _, q := range p.Quantities {
		begin := 0
		var f *Formula
		for i := range span {
			m := First + fact.Month(i)
			now := q.FormulaAt(m)
			if i > 0 && (now != f || !now.same(m)) {
				p.close(q, f, begin, i)
				begin = i
			}
			f = now
		}
		p.close(q, f, begin, span)
	}
}

func (p *Plan) close(q *Quantity, f *Formula, begin, end int) {
	for i := begin; i < end; i++ {
		p.spells[i*len(p.Quantities)+int(q.index)] = spell{f.num, f.tri, int32(First) + int32(begin), int32(First) + int32(end) - 1}
	}
}

// same says whether every barème that f reads is the same at month m as at the month before.
func (f *Formula) same(m fact.Month) bool {
	for _, r := range f.tables {
		now, before := [16]int{int(m)}, [16]int{int(m) - 1}
		a, b := follow(now[:1], r.path), follow(before[:1], r.path)
		for i := range a {
			if r.on.edition(a[i]) != r.on.edition(b[i]) {
				return false
			}
		}
	}
	return true
}

// edition numbers the values that a barème had one after another; -1 outside the months it covers.
func (t *Table) edition(m int) int32 {
	if i := uint(m - int(First)); i < span {
		return t.editions[i]
	}
	return -1
}

// follow gives the months to which a path leads from each of ms.
func follow(ms []int, path []step) []int {
	for _, s := range path {
		var to []int
		for _, m := range ms {
			switch s.kind {
			case back:
				for i := s.to; i <= s.from; i++ {
					to = append(to, m-i)
				}
			case ofYear:
				to = append(to, (m/12+s.from)*12)
			case overYear:
				for i := range 12 {
					to = append(to, m/12*12+i)
				}
			}
		}
		ms = to
	}
	return ms
}

// holds says whether c was computed for this household and holds at the month at hand.
func (c *cell) holds(k *Context) bool {
	return c.gen == k.gen && int32(k.m) >= c.from && int32(k.m) <= c.to
}

// narrow ends the spell at hand where that of c ends.
func (k *Context) narrow(c *cell) {
	k.from, k.to = max(k.from, c.from), min(k.to, c.to)
}

// only ends the spell at hand with this very month.
func (k *Context) only() { k.from, k.to = int32(k.m), int32(k.m) }

// elsewhere runs f at another month, for a reader who is d months later; what f reads ends the reader's spell as much later.
func elsewhere[T any](k *Context, d int, f func(*Context) T) T {
	from, to := k.from, k.to
	k.from, k.to = since, ever
	k.m -= d
	v := f(k)
	k.m += d
	k.from, k.to = max(from, k.from+int32(d)), min(to, k.to+int32(d))
	return v
}

// inYear runs f in January of the year d away; its value holds for the readers of every year whose own such January lies in
// its spell.
func inYear[T any](k *Context, d int, f func(*Context) T) T {
	m, from, to := k.m, k.from, k.to
	k.from, k.to = since, ever
	k.m = (m/12 + d) * 12
	v := f(k)
	k.m = m
	a, b := wholeYears(k.from, k.to)
	k.from, k.to = max(from, a-int32(d)*12), min(to, b-int32(d)*12)
	return v
}

// clock is a duration in months that grows by one each month: its value is n/unit, rounded down. ok is false when the day
// it counts from is not known.
type clock func(k *Context) (n, unit int, ok bool)

// before compares a clock with a figure of the law: value < limit, or value <= limit. The answer holds until the month
// in which the clock crosses the limit.
func before(k *Context, n, unit int, limit float64, orEqual bool) fact.Tri {
	bound := ceil(limit)
	if orEqual {
		bound = floor(limit) + 1
	}
	cross := int32(k.m + unit*bound - n)
	if int32(k.m) < cross {
		k.to = min(k.to, cross-1)
		return fact.Tri{V: fact.Yes}
	}
	k.from = max(k.from, cross)
	return fact.Tri{V: fact.No}
}

func floor(v float64) int {
	i := int(v)
	if float64(i) > v {
		i--
	}
	return i
}

func ceil(v float64) int { return -floor(-v) }

package formula

import (
	"fmt"

	"guichet/engine/fact"
)

// Whom a formula speaks of: the places of [Context.who].
const (
	claimant = iota // demandeur
	self            // personne: the person of a per-person quantity
	element         // the element of the innermost predicate
)

// cell holds one evaluated value and the months for which it holds; it counts only while gen is that of its context.
type cell struct {
	num      fact.Num
	gen      uint32
	from, to int32
	back     int16 // the month it was computed for
	truth    fact.Truth
}

// tri gives the truth of a condition.
func (c *cell) tri() fact.Tri { return fact.Tri{V: c.truth, Miss: c.num.Miss} }

// touch tells which persons a quantity was looked at for without a value of its own.
type touch struct {
	gen  uint32
	whom uint32
}

// Context evaluates the quantities of one plan for one household at a time. It is reused from one household to the next
// without clearing anything; it is not safe for concurrent use.
type Context struct {
	plan    *Plan
	house   *fact.Household
	now, m  int // the month asked for, the month being evaluated
	who     [3]int
	from    int32 // the months for which what is being computed holds
	to      int32
	people  int
	first   int    // the slot of the first value of a person
	last    []cell // of each quantity and person, the last value
	before  []cell // and the one before it
	older   []cell // of each quantity, month and person, the values before those
	touched []touch
	gen     uint32
	err     error
	fresh   bool // compute every month by itself: what spells are held against in tests
}

// NewContext makes a context for the quantities of p.
func (p *Plan) NewContext() *Context {
	return &Context{plan: p, touched: make([]touch, len(p.Quantities))}
}

// Begin turns the context to another household. What h holds must not change before the next Begin.
func (k *Context) Begin(h *fact.Household) {
	k.house, k.now, k.m, k.people, k.err = h, int(h.Month), int(h.Month), len(h.People), nil
	k.who = [3]int{}
	k.first = k.plan.householdPlaces
	if n := k.plan.householdCells + k.plan.personCells*k.people; n > len(k.older) {
		k.older = make([]cell, n+n/2)
		k.forget()
	}
	if n := k.first + k.plan.personPlaces*k.people; n > len(k.last) {
		k.last, k.before = make([]cell, n+n/2), make([]cell, n+n/2)
		k.forget()
	}
	k.gen++
	if k.gen == 0 { // the stamps have gone round: forget all of them once in four billion households
		k.forget()
		k.gen = 1
	}
}

// forget clears every stamp.
func (k *Context) forget() {
	k.gen = 0
	clear(k.last)
	clear(k.before)
	clear(k.older)
	clear(k.touched)
}

// Err gives the first error met since Begin: a barème that is not in force, a division by zero.
func (k *Context) Err() error { return k.err }

// Household gives the household that the context is turned to.
func (k *Context) Household() *fact.Household { return k.house }

// Number evaluates a quantity as the number it is, or a condition as 0 or 1, at the month asked for; person is ignored for one
// of the household.
func (k *Context) Number(q *Quantity, person int) fact.Num { return k.At(q, person, 0) }

// Truth evaluates a condition at the month asked for; person is ignored for one of the household.
func (k *Context) Truth(q *Quantity, person int) fact.Tri {
	k.start()
	return q.truth(k, person)
}

// At evaluates as [Context.Number] does, back months before the month asked for.
func (k *Context) At(q *Quantity, person, back int) fact.Num {
	k.start()
	k.m -= back
	if !q.Bool {
		return q.number(k, person)
	}
	return asNumber(q.truth(k, person))
}

// asNumber gives a condition as 1 or 0.
func asNumber(t fact.Tri) fact.Num {
	switch t.V {
	case fact.Yes:
		return fact.Known(1)
	case fact.No:
		return fact.Known(0)
	default:
		return fact.Num{Lo: 0, Hi: 1, Miss: t.Miss}
	}
}

// Evaluated says whether q was evaluated for a person since Begin, at whatever month; person is ignored for a quantity of the
// household.
func (k *Context) Evaluated(q *Quantity, person int) bool {
	if k.last[q.slot(k, person)].gen == k.gen {
		return true
	}
	t := &k.touched[q.index]
	return t.gen == k.gen && t.whom>>(person&31)&1 != 0
}

// EvaluatedForAnyone says whether q was evaluated for the household or for some person since Begin.
func (k *Context) EvaluatedForAnyone(q *Quantity) bool {
	if !q.Person {
		return k.last[q.place].gen == k.gen
	}
	for i := range k.people {
		if k.Evaluated(q, i) {
			return true
		}
	}
	return false
}

// start turns to the month asked for.
func (k *Context) start() { k.m, k.from, k.to = k.now, since, ever }

// note keeps that q, of each person, is looked at for one of them.
func (k *Context) note(q *Quantity, person int) {
	t := &k.touched[q.index]
	if t.gen != k.gen {
		*t = touch{gen: k.gen}
	}
	t.whom |= 1 << (person & 31)
}

// fail keeps the first error.
func (k *Context) fail(format string, args ...any) {
	if k.err == nil {
		k.err = fmt.Errorf(format, args...)
	}
}

// Peek gives the value of q at the month asked for if it was evaluated; it evaluates nothing. A condition is 0 or 1.
func (k *Context) Peek(q *Quantity, person int) (v fact.Num, ok bool) {
	k.start()
	if i := q.slot(k, person); !k.last[i].holds(k) && q.known(k, person, i) == nil {
		return fact.Num{}, false
	}
	return k.At(q, person, 0), true
}

// Latest gives what q was computed as for a person since Begin, for whichever months: the last value, and the one before it when there is one.
func (k *Context) Latest(q *Quantity, person int) (out []fact.Num) {
	i := q.slot(k, person)
	for _, c := range []*cell{&k.last[i], &k.before[i]} {
		if c.gen != k.gen {
			continue
		}
		if q.Bool {
			out = append(out, asNumber(c.tri()))
		} else {
			out = append(out, c.num)
		}
	}
	return out
}

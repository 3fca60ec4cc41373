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
	truth    fact.Truth
}

// touch tells which persons a quantity was evaluated for; bit 31 stands for the household.
type touch struct {
	gen  uint32
	whom uint32
}

const household = 1 << 31

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
	recent  [][2]cell // of each quantity and person, the two last values
	cells   []cell    // of each quantity, month and person
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
	if n := k.plan.householdCells + k.plan.personCells*k.people; n > len(k.cells) {
		k.cells = make([]cell, n+n/2)
		k.gen = 0
		clear(k.recent)
		clear(k.touched)
	}
	if n := k.plan.householdPlaces + k.plan.personPlaces*k.people; n > len(k.recent) {
		k.recent = make([][2]cell, n+n/2)
		k.gen = 0
		clear(k.cells)
		clear(k.touched)
	}
	k.gen++
	if k.gen == 0 { // the stamps have gone round: forget all of them once in four billion households
		clear(k.cells)
		clear(k.recent)
		clear(k.touched)
		k.gen = 1
	}
}

// Err gives the first error met since Begin: a barème that is not in force, a division by zero.
func (k *Context) Err() error { return k.err }

// Household gives the household that the context is turned to.
func (k *Context) Household() *fact.Household { return k.house }

// Number evaluates a numeric quantity at the month asked for; person is ignored for one of the household.
func (k *Context) Number(q *Quantity, person int) fact.Num {
	k.start()
	return q.number(k, person)
}

// Truth evaluates a condition at the month asked for; person is ignored for one of the household.
func (k *Context) Truth(q *Quantity, person int) fact.Tri {
	k.start()
	return q.truth(k, person)
}

// At evaluates a quantity as the number it is, or a condition as 0 or 1, back months before the month asked for.
func (k *Context) At(q *Quantity, person, back int) fact.Num {
	k.start()
	k.m -= back
	if !q.Bool {
		return q.number(k, person)
	}
	switch t := q.truth(k, person); t.V {
	case fact.Yes:
		return fact.Known(1)
	case fact.No:
		return fact.Known(0)
	default:
		return fact.Num{Lo: 0, Hi: 1, Miss: t.Miss}
	}
}

// Evaluated tells for whom q was evaluated since Begin, at whatever month: the household, and the persons by bit.
func (k *Context) Evaluated(q *Quantity) (forHousehold bool, persons uint32) {
	t := &k.touched[q.index]
	if t.gen != k.gen {
		return false, 0
	}
	return t.whom&household != 0, t.whom &^ household
}

// start turns to the month asked for.
func (k *Context) start() { k.m, k.from, k.to = k.now, since, ever }

// note keeps that q is evaluated for a person.
func (k *Context) note(q *Quantity, person int) {
	t := &k.touched[q.index]
	if t.gen != k.gen {
		*t = touch{gen: k.gen}
	}
	if q.Person {
		t.whom |= 1 << (person & 31)
	} else {
		t.whom |= household
	}
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
	if r := q.recent(k, person); !r[0].holds(k) && !r[1].holds(k) && !q.month(k, person).holds(k) {
		return fact.Num{}, false
	}
	return k.At(q, person, 0), true
}

package engine

import (
	"strconv"

	"guichet/engine/formula"
	"guichet/engine/profile"
)

// Worth is what an answer made of one quantity that it does not show.
type Worth struct {
	For   string // foyer, or the person: demandeur, conjoint, enfants[0]
	Value Figure
}

// Workings answers for a household as [Engine.Simulate] does and gives, of each quantity named, what the answer made of it: for the
// household, or for each person of whom it was asked. A quantity that was not needed has no entry.
func (e *Engine) Workings(p *profile.Profile, names []string) (map[string][]Worth, error) {
	w := e.NewWorker()
	if _, err := w.Simulate(p); err != nil {
		return nil, err
	}
	out := map[string][]Worth{}
	w.quantities(names, func(name string, q *formula.Quantity, person int) {
		v, ok := w.k.Peek(q, person)
		if !ok {
			return
		}
		worth := Worth{For: "foyer", Value: Figure{Lo: v.Lo, Hi: v.Hi}}
		if q.Bool {
			worth.Value = Figure{Choice: word(v)}
		}
		if q.Person {
			worth.For = w.named(person)
		}
		out[name] = append(out[name], worth)
	})
	return out, w.k.Err()
}

// quantities has do take each quantity named that the rules have: once for the household, or for each of its people.
func (w *Worker) quantities(names []string, do func(name string, q *formula.Quantity, person int)) {
	for _, name := range names {
		q := w.e.set.Universe().Quantities[name]
		if q == nil {
			continue
		}
		people := []int{0}
		if q.Person {
			people = w.h.All
		}
		for _, person := range people {
			do(name, q, person)
		}
	}
}

// named names any person of the household, as paths do.
func (w *Worker) named(person int) string {
	if seat := w.seat(person); seat > 1 {
		return "enfants[" + strconv.Itoa(seat-2) + "]"
	}
	return w.whose(person)
}

// Inspect answers for a household as [Engine.Simulate] does and gives, of each quantity named, figures that the answer made of it for its
// day and for other months, of each person: what two answers are held against each other by.
func (e *Engine) Inspect(p *profile.Profile, names []string) (*Simulation, map[string][]Figure, error) {
	w := e.workers.Get().(*Worker)
	defer e.workers.Put(w)
	answer, err := w.Simulate(p)
	if err != nil {
		return nil, nil, err
	}
	out := map[string][]Figure{}
	w.quantities(names, func(name string, q *formula.Quantity, person int) {
		made := w.k.Latest(q, person)
		if v, ok := w.k.Peek(q, person); ok {
			made = append(made, v)
		}
		for _, v := range made {
			out[name] = append(out[name], Figure{Lo: v.Lo, Hi: v.Hi})
		}
	})
	return answer, out, w.k.Err()
}

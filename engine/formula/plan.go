package formula

import (
	"fmt"
	"slices"
	"strings"

	"guichet/engine/fact"
)

// Plan lays out the memory of all quantities that a set of roots needs.
type Plan struct {
	Quantities []*Quantity // what is read comes before what reads it

	spells                        []spell // of each month and quantity
	householdPlaces, personPlaces int
	householdCells, personCells   int
}

// Circle is the error of quantities that need each other: the law's circles are cut by a step that an author names.
type Circle struct{ Path []*Quantity }

func (e *Circle) Error() string {
	names := make([]string, len(e.Path))
	for i, q := range e.Path {
		names[i] = q.QualifiedName()
	}
	if len(e.Path) == 2 {
		return "« " + e.Path[0].QualifiedName() + " » se lit elle-même : le passé se lit par il_y_a(1, …), et un autre calcul par son nom"
	}
	return "cercle : " + strings.Join(names, " → ") + " ; une étape nommée doit le couper"
}

// NewPlan orders all quantities, refuses circles ([*Circle]) and looks into the future, and sizes the memory for answers about
// roots, which are asked at the month of the household.
func NewPlan(all, roots []*Quantity) (*Plan, error) {
	p := &Plan{}
	if err := p.order(all); err != nil {
		return nil, err
	}
	if err := p.measure(roots); err != nil {
		return nil, err
	}
	for i, q := range p.Quantities {
		q.index = int32(i)
		if q.Person {
			q.place, q.offset = int32(p.personPlaces), int32(p.personCells)
			p.personPlaces++
			p.personCells += q.reach + 1
		} else {
			q.place, q.offset = int32(p.householdPlaces), int32(p.householdCells)
			p.householdPlaces++
			p.householdCells += q.reach + 1
		}
	}
	for _, q := range p.Quantities {
		for _, v := range q.versions {
			v.f.again.generate(q)
		}
	}
	p.settle()
	return p, nil
}

func (p *Plan) order(all []*Quantity) error {
	const (
		open = 1
		done = 2
	)
	state := map[*Quantity]int{}
	var way []*Quantity
	var visit func(q *Quantity) error
	visit = func(q *Quantity) error {
		switch state[q] {
		case done:
			return nil
		case open:
			for i, w := range way {
				if w == q {
					return &Circle{Path: append(way[i:len(way):len(way)], q)}
				}
			}
		}
		state[q] = open
		way = append(way, q)
		for _, v := range q.versions {
			for _, d := range v.f.deps {
				if err := visit(d.on); err != nil {
					return err
				}
			}
		}
		way = way[:len(way)-1]
		state[q] = done
		p.Quantities = append(p.Quantities, q)
		return nil
	}
	for _, q := range all {
		if err := visit(q); err != nil {
			return err
		}
	}
	return nil
}

// months is a set of months before the one asked for.
type months [4]uint64

func (s *months) add(i int) bool {
	if s[i/64]>>(i%64)&1 != 0 {
		return false
	}
	s[i/64] |= 1 << (i % 64)
	return true
}

// measure follows every way through time from the roots, for each month of the year, and keeps the farthest month at
// which each quantity is read.
func (p *Plan) measure(roots []*Quantity) error {
	for calendar := range 12 {
		seen := map[*Quantity]*months{}
		type visit struct {
			q    *Quantity
			back int
		}
		var todo []visit
		reach := func(q *Quantity, from *Quantity, back int) error {
			if back < 0 {
				return fmt.Errorf("%s lit des mois à venir de %s", from.QualifiedName(), q.QualifiedName())
			}
			if back >= 256 {
				return fmt.Errorf("%s lit %s à plus de 20 ans en arrière", from.QualifiedName(), q.QualifiedName())
			}
			s := seen[q]
			if s == nil {
				s = &months{}
				seen[q] = s
			}
			if q.Yearly {
				back = calendar - year(calendar-back)*12 // its January
			}
			if s.add(back) {
				todo = append(todo, visit{q, back})
			}
			return nil
		}
		for _, q := range roots {
			if err := reach(q, q, 0); err != nil {
				return err
			}
		}
		for len(todo) > 0 {
			v := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			far := v.back
			if v.q.Yearly {
				far = year(calendar) - year(calendar-v.back)
			}
			v.q.reach = max(v.q.reach, far)
			for _, ver := range v.q.versions {
				for _, d := range ver.f.deps {
					for _, b := range walk(calendar, []int{v.back}, d.path) {
						if err := reach(d.on, v.q, b); err != nil {
							return err
						}
					}
				}
			}
		}
	}
	return nil
}

// year counts the years before the one of month 0, for months that may be negative.
func year(m int) int {
	if m < 0 {
		return (m - 11) / 12
	}
	return m / 12
}

// walk follows a path from each of the months back, for households asked for in a given month of the year.
func walk(calendar int, from []int, path []step) []int {
	for _, s := range path {
		var to []int
		for _, b := range from {
			switch s.kind {
			case back:
				for i := s.to; i <= s.from; i++ {
					to = append(to, b+i)
				}
			case ofYear:
				to = append(to, calendar-(year(calendar-b)+s.from)*12)
			case overYear:
				for i := range 12 {
					to = append(to, calendar-(year(calendar-b)*12+i))
				}
			}
		}
		from = to
	}
	return from
}

// Closure gives the quantities that roots need, themselves included, in the order of the plan.
func (p *Plan) Closure(roots []*Quantity) []*Quantity {
	need := map[*Quantity]bool{}
	for _, q := range roots {
		need[q] = true
	}
	for _, q := range slices.Backward(p.Quantities) {

		if !need[q] {
			continue
		}
		for _, v := range q.versions {
			for _, d := range v.f.deps {
				need[d.on] = true
			}
		}
	}
	var out []*Quantity
	for _, q := range p.Quantities {
		if need[q] {
			out = append(out, q)
		}
	}
	return out
}

// Figures evaluates the two sides of a condition that is one comparison, at the month asked for: what the household has
// and what it is held against. ok is false for any other condition.
func (f *Formula) Figures(k *Context, person int) (value, threshold fact.Num, ok bool) {
	if f.sides == nil || f.sides.left == nil {
		return fact.Num{}, fact.Num{}, false
	}
	k.start()
	k.who[self] = person
	return f.sides.left(k), f.sides.right(k), true
}

// Floor says whether a condition that is one comparison holds from its limit up: « au moins », « plus que ».
func (f *Formula) Floor() bool { return f.sides != nil && f.sides.floor }

// Choice evaluates the enumeration that a condition tests, at the month asked for; "" while it is not decided.
func (f *Formula) Choice(k *Context, person int) (value string, ok bool) {
	if f.sides == nil || f.sides.domain == nil {
		return "", false
	}
	k.start()
	k.who[self] = person
	v := f.sides.choice.of(k)
	for i, d := range f.sides.domain {
		if v.Mask == 1<<i {
			return d, true
		}
	}
	return "", true
}

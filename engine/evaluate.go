package engine

import (
	"guichet/engine/fact"
	"guichet/engine/profile"
)

// answer appends the answer about one aid: one for the household, or one for each adult who may have it and at least one.
func (w *Worker) answer(out []Aid, a *aid, p *profile.Profile) []Aid {
	if a.Expired(fact.Day(p.Date)) {
		return append(out, w.expired(a, p))
	}
	if !a.PerAdult {
		return append(out, w.answerFor(a, 0, "foyer", p))
	}
	first := len(out)
	for _, person := range w.h.Adults {
		if len(out) > first && w.k.Number(a.Gross, person).Hi <= 0 {
			continue
		}
		x := w.answerFor(a, person, w.whose(person), p)
		if len(out) == first+1 && out[first].Status == NotEligible && x.Status != NotEligible {
			out[first] = x // the one who has it, rather than the one who has not
			continue
		}
		out = append(out, x)
	}
	return out
}

func (w *Worker) answerFor(a *aid, person int, whose string, p *profile.Profile) Aid {
	gross, paid := w.k.Number(a.Gross, person), w.k.Number(a.Net, person)
	x := Aid{Aid: a.ID, Version: profile.Date(a.VersionAt(fact.Day(p.Date)).From), Commission: a.Commission}
	x.Amount = Amount{Decided: gross.Decided() && paid.Decided(), Gross: gross.Lo, Net: paid.Lo, Period: a.Period, For: whose}
	miss := gross.Miss.Or(paid.Miss)
	if a.Share != nil {
		s := w.k.Number(a.Share, person)
		x.Share, miss = &Figure{Lo: s.Lo, Hi: min(s.Hi, a.Ceiling)}, miss.Or(s.Miss)
		x.Amount = Amount{Decided: x.Amount.Decided && s.Decided(), Period: a.Period, For: whose}
	}
	switch {
	case !x.Amount.Decided:
		x.Status = Undecided
	case gross.Lo > 0:
		x.Status = Eligible
	default:
		x.Status = NotEligible
	}
	if !x.Amount.Decided && a.Share == nil {
		x.Amount.Min, x.Amount.Max = max(0, paid.Lo), min(paid.Hi, a.Ceiling)
	}
	miss = w.scope(a, person, &x, miss)
	miss = w.leftOpen(a, &x, miss)
	if !w.brief {
		x.Conditions = w.conditions(a, person)
		x.Steps = w.steps(a, person, x.Status)
		x.Used = w.used(a)
	}
	if x.Status != NotEligible && x.OutOfScope == "" {
		x.Extra = w.extra(a, person)
	}
	x.Missing = w.missing(miss)
	x.TakeUp = takeUp(&x, p)
	return x
}

// scope makes the aid undecided where the rules do not cover the household's case yet.
func (w *Worker) scope(a *aid, person int, x *Aid, miss fact.Set) fact.Set {
	for _, i := range a.OutOfScope {
		if _, _, ok := i.InForce(w.h.Month); !ok {
			continue
		}
		t := w.k.Truth(i.Quantity, person)
		if t.V == fact.No {
			continue
		}
		x.Status = Undecided
		x.Amount = Amount{Period: x.Amount.Period, For: x.Amount.For}
		if a.Share != nil {
			x.Share = &Figure{Hi: a.Ceiling}
		} else {
			x.Amount.Max = a.Ceiling
		}
		if t.V == fact.Yes {
			x.OutOfScope = i.ID
		}
		miss = miss.Or(t.Miss)
	}
	return miss
}

// leftOpen makes a right that the rules find one that may be: where it hangs on the commune, not told, or on a commission. No
// amount of it is certain then but that it is no more than the one computed.
func (w *Worker) leftOpen(a *aid, x *Aid, miss fact.Set) fact.Set {
	elsewhere := a.Where.Holds(w.h.Place) == fact.Either
	if x.Status == NotEligible || !elsewhere && !a.Commission {
		return miss
	}
	if x.Amount.Decided {
		x.Amount = Amount{Max: min(x.Amount.Net, a.Ceiling), Period: x.Amount.Period, For: x.Amount.For}
	}
	x.Status, x.Amount.Min = Undecided, 0
	if elsewhere {
		miss = miss.Or(w.h.Place.Miss)
	}
	return miss
}

// expired is the answer about an aid whose deliberation has ended: nothing of it is computed.
func (w *Worker) expired(a *aid, p *profile.Profile) Aid {
	x := Aid{
		Aid: a.ID, Status: Undecided, Version: profile.Date(a.VersionAt(fact.Day(p.Date)).From), OutOfScope: Expired, Commission: a.Commission,
		Amount: Amount{Max: a.Ceiling, Period: a.Period, For: "foyer"},
	}
	if a.PerAdult {
		x.Amount.For = "demandeur"
	}
	if a.Share != nil {
		x.Share, x.Amount.Max = &Figure{Hi: a.Ceiling}, 0
	}
	if a.Where.Holds(w.h.Place) == fact.Either {
		x.Missing = w.missing(w.h.Place.Miss)
	}
	x.TakeUp = takeUp(&x, p)
	return x
}

func (w *Worker) conditions(a *aid, person int) []Condition {
	out, figures := w.room.conditions, w.room.figures
	first := len(out)
	for _, i := range a.conditions {
		unit, refs, ok := i.InForce(w.h.Month)
		if !ok || !w.concerns(i, person) {
			continue
		}
		c := Condition{ID: i.ID, Unit: unit, Reference: refs, Result: result(w.k.Truth(i.Quantity, person).V), cited: i.citation(refs)}
		f := i.Quantity.FormulaAt(w.h.Month)
		n := len(figures)
		if v, t, ok := f.Figures(w.k, person); ok {
			figures = append(figures, Figure{Lo: v.Lo, Hi: v.Hi}, Figure{Lo: t.Lo, Hi: t.Hi})
			c.Value, c.Threshold, c.Floor = &figures[n], &figures[n+1], f.Floor()
		} else if v, ok := f.Choice(w.k, person); ok && v != "" {
			figures = append(figures, Figure{Choice: v})
			c.Value = &figures[n]
		}
		out = append(out, c)
	}
	w.room.conditions, w.room.figures = out, figures
	return out[first:len(out):len(out)]
}

// concerns says whether a condition or a step may concern the household.
func (w *Worker) concerns(i item, person int) bool {
	return i.Shown == nil || w.k.Truth(i.Shown, person).V != fact.No
}

func result(v fact.Truth) string {
	switch v {
	case fact.Yes:
		return resultYes
	case fact.No:
		return resultNo
	default:
		return resultUnknown
	}
}

// citation gives the JSON of the references in force, made once.
func (i *item) citation(refs []Reference) string {
	for _, c := range i.cited {
		if len(c.refs) == len(refs) && (len(refs) == 0 || &c.refs[0] == &refs[0]) {
			return c.json
		}
	}
	return cite(refs)
}

// steps gives the steps of the computation in the order of the rule, those that do not concern the household left out: all of
// them where there may be a right, else those that the answer went through before a condition decided it.
func (w *Worker) steps(a *aid, person int, status Status) []Step {
	out := w.room.steps
	first := len(out)
	for _, i := range a.steps {
		unit, refs, ok := i.InForce(w.h.Month)
		if !ok {
			continue
		}
		v, ok := w.k.Peek(i.Quantity, person)
		if !ok && status == NotEligible || !w.concerns(i, person) {
			continue
		}
		if !ok {
			v = w.k.At(i.Quantity, person, 0)
		}
		s := Step{ID: i.ID, Unit: unit, Reference: refs, Value: Figure{Lo: v.Lo, Hi: v.Hi}, cited: i.citation(refs)}
		if i.Quantity.Bool {
			s.Value = Figure{Choice: word(v)}
		}
		out = append(out, s)
	}
	w.room.steps = out
	return out[first:len(out):len(out)]
}

// word tells a condition evaluated as 0 or 1 in a word.
func word(v fact.Num) string {
	switch {
	case v.Lo == 1:
		return resultYes
	case v.Hi == 0:
		return resultNo
	default:
		return resultUnknown
	}
}

func (w *Worker) extra(a *aid, person int) []Extra {
	var out []Extra
	for _, p := range a.Precisions {
		for i, q := range p.When {
			if v := w.k.Truth(q, person).V; v == fact.Yes {
				out = append(out, Extra{p.Field, p.Values[i]})
			} else if v == fact.No {
				continue
			}
			break // what may hold hides what follows
		}
	}
	return out
}

// missing gives the paths of a set of questions, in the order in which the household numbers them.
func (w *Worker) missing(s fact.Set) []string {
	if s.Empty() {
		return nil
	}
	var out []string
	for i, q := range w.h.Questions {
		if s.Has(i) {
			out = append(out, q)
		}
	}
	return out
}

package engine

import (
	"sync"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/engine/territory"
)

// Engine answers for one rule set. It is safe for concurrent use.
type Engine struct {
	set         *ruleset.Set
	conversions []converted
	aids        []aid
	otherNames  map[string]string
	fictitious  bool // aids of the commune that does not exist are among them
	conditions  int  // of all aids
	steps       int
	workers     sync.Pool
}

// aid is an aid of the rule set with what answers about it need, prepared once.
type aid struct {
	*ruleset.Aid
	readers    readers
	conditions []item
	steps      []item
}

// item is a condition or a step with its references as JSON, at each of its versions.
type item struct {
	*ruleset.Item
	cited []citedFrom
}

// New makes the engine of one rule set.
func New(set *ruleset.Set) (*Engine, error) {
	e := &Engine{set: set, otherNames: otherNames(set)}
	var err error
	if e.conversions, err = conversions(set); err != nil {
		return nil, err
	}
	for _, a := range set.Aids() {
		e.aids = append(e.aids, prepare(a))
		e.fictitious = e.fictitious || a.Where.Commune == territory.Fictitious
		e.conditions += len(a.Conditions)
		e.steps += len(a.Steps)
	}
	e.workers.New = func() any { return e.NewWorker() }
	return e, nil
}

func prepare(a *ruleset.Aid) aid {
	return aid{Aid: a, readers: readersOf(a.Needs), conditions: items(a.Conditions), steps: items(a.Steps)}
}

func items(list []*ruleset.Item) []item {
	out := make([]item, len(list))
	for i, x := range list {
		out[i] = item{Item: x, cited: citations(x)}
	}
	return out
}

// Set gives the rule set that the engine answers for.
func (e *Engine) Set() *ruleset.Set { return e.set }

// Simulate gives the rights of one household. The only errors are those of the input, a [*profile.Error], and a rule that
// cannot be computed, a [*RuleError].
func (e *Engine) Simulate(p *profile.Profile) (*Simulation, error) {
	w := e.workers.Get().(*Worker)
	defer e.workers.Put(w)
	return w.Simulate(p)
}

// Append gives the rights of one household as the contract's JSON, appended to b: what [Engine.Simulate] would say, without
// the memory that its answer takes. On an error b comes back as it was.
func (e *Engine) Append(b []byte, p *profile.Profile) ([]byte, error) {
	w := e.workers.Get().(*Worker)
	defer e.workers.Put(w)
	return w.append(b, p)
}

// Brief answers as its engine does, without what explains an answer: conditions, steps and the facts used are left out. It
// is for whoever counts households and shows none.
type Brief struct{ *Engine }

// Simulate gives the rights of one household, unexplained; errors as for [Engine.Simulate].
func (b Brief) Simulate(p *profile.Profile) (*Simulation, error) {
	w := b.workers.Get().(*Worker)
	defer b.workers.Put(w)
	w.brief = true
	defer func() { w.brief = false }()
	return w.Simulate(p)
}

// Append appends the unexplained answer; see [Engine.Append].
func (b Brief) Append(out []byte, p *profile.Profile) ([]byte, error) {
	w := b.workers.Get().(*Worker)
	defer b.workers.Put(w)
	w.brief = true
	defer func() { w.brief = false }()
	return w.append(out, p)
}

// RuleError is a fault of the rules met while computing: a value not in force, a division by zero.
type RuleError struct{ Err error }

func (e *RuleError) Error() string { return "règle impossible à calculer : " + e.Err.Error() }

func (e *RuleError) Unwrap() error { return e.Err }

// Worker computes one household after another and reuses its memory. It is not safe for concurrent use.
type Worker struct {
	e    *Engine
	k    *formula.Context
	h    fact.Household
	room room
	kept Simulation // of append, whose memory is used again, as is
	own  room       // that of its parts

	brief bool // leave out what explains
}

// room is the memory of one answer, taken at once and handed out piece by piece.
type room struct {
	conditions []Condition
	steps      []Step
	figures    []Figure
	paths      []string
}

// NewWorker makes a worker, for a caller that has many households.
func (e *Engine) NewWorker() *Worker { return &Worker{e: e, k: e.set.Plan().NewContext()} }

func (e *Engine) room() room {
	return room{
		conditions: make([]Condition, 0, e.conditions), steps: make([]Step, 0, e.steps),
		figures: make([]Figure, 0, 2*e.conditions), paths: make([]string, 0, 24*len(e.aids)),
	}
}

// Simulate gives the rights of one household; errors as for [Engine.Simulate].
func (w *Worker) Simulate(p *profile.Profile) (*Simulation, error) {
	s := &Simulation{Aids: make([]Aid, 0, len(w.e.aids)+1)}
	if !w.brief {
		w.room = w.e.room()
	}
	defer func() { w.room = room{} }() // it is the answer's now
	if err := w.simulate(s, p); err != nil {
		return nil, err
	}
	return s, nil
}

func (w *Worker) append(b []byte, p *profile.Profile) ([]byte, error) {
	w.room = w.own.empty()
	defer func() { w.own, w.room = w.room, room{} }()
	if err := w.simulate(&w.kept, p); err != nil {
		return b, err
	}
	return w.kept.AppendJSON(b), nil
}

// empty gives the room anew.
func (r *room) empty() room {
	return room{conditions: r.conditions[:0], steps: r.steps[:0], figures: r.figures[:0], paths: r.paths[:0]}
}

// simulate fills s, whose memory it uses again.
func (w *Worker) simulate(s *Simulation, p *profile.Profile) error {
	if err := w.begin(p); err != nil {
		return err
	}
	*s = Simulation{ID: p.ID, Date: p.Date, Rules: w.e.set.Hash(), Complete: p.Complete, Aids: s.Aids[:0]}
	for i := range w.e.aids {
		if a := &w.e.aids[i]; w.given(a, p) != fact.No {
			s.Aids = w.answer(s.Aids, a, p)
		}
	}
	if err := w.k.Err(); err != nil {
		return &RuleError{err}
	}
	for i := range s.Aids {
		s.Totals.add(&s.Aids[i])
	}
	return nil
}

// Evaluate computes the amount of every aid and nothing else, for benchmarks: what it costs to know the law. An aid that pays nothing
// adds nothing, once it is known what the household pays for it.
func (w *Worker) Evaluate(h *fact.Household) (net float64, err error) {
	w.k.Begin(h)
	for i := range w.e.aids {
		a := &w.e.aids[i]
		if a.Where.Holds(h.Place) == fact.No {
			continue
		}
		if a.Share != nil {
			w.k.Number(a.Share, 0)
			continue
		}
		if !a.PerAdult {
			net += w.k.Number(a.Net, 0).Lo
			continue
		}
		for _, p := range h.Adults {
			net += w.k.Number(a.Net, p).Lo
		}
	}
	return net, w.k.Err()
}

// Facts fills h with the facts of p at the date of p.
func (w *Worker) Facts(h *fact.Household, p *profile.Profile) error {
	return p.Facts(h, p.Date, w.e.conversionsOn(fact.Day(p.Date).Month()))
}

// given says whether an aid is given where the household lives, on the day asked for. One that is not has no place in its
// answer, and neither has a local aid before its first version.
func (w *Worker) given(a *aid, p *profile.Profile) fact.Truth {
	if a.Where.Local() && fact.Day(p.Date) < a.From {
		return fact.No
	}
	return a.Where.Holds(w.h.Place)
}

// begin turns the worker to a household, refusing what the rule set cannot answer for: a date for which the law is not formalised, an
// aid received that it knows by another name.
func (w *Worker) begin(p *profile.Profile) error {
	from, until := w.e.set.Formalised()
	if d := fact.Day(p.Date); d < from || d > until {
		return &profile.Error{Problems: []profile.Problem{{
			Path:   "date",
			Rule:   "les règles ne sont pas formalisées pour cette date",
			Remedy: "une date du " + from.String() + " au " + until.String(),
		}}}
	}
	if p.Commune == territory.Fictitious && !w.e.fictitious {
		return &profile.Error{Problems: []profile.Problem{{
			Path: "commune", Rule: "ce n'est le code d'aucune commune",
			Remedy: "la commune fictive n'existe que là où ses aides sont chargées ; donnez le code INSEE d'une commune, 5 caractères",
		}}}
	}
	if err := w.e.misnamed(p); err != nil {
		return err
	}
	if err := w.Facts(&w.h, p); err != nil {
		return err
	}
	w.k.Begin(&w.h)
	return nil
}

func (t *Totals) add(a *Aid) {
	if a.Status != Eligible || a.Amount.Period != "mois" {
		return
	}
	t.NetPerMonth += a.Amount.Net
	if a.TakeUp == NotReceived {
		t.UnclaimedPerMonth += a.Amount.Net
	}
}

// citedFrom is the JSON of an item's references from one month on.
type citedFrom struct {
	refs []Reference
	json string
}

func citations(i *ruleset.Item) []citedFrom {
	var out []citedFrom
	for _, refs := range i.References() {
		out = append(out, citedFrom{refs, cite(refs)})
	}
	return out
}

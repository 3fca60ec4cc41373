package takeup

import (
	"cmp"
	"iter"
	"slices"
)

// withinDays is how far a worklist looks ahead.
const withinDays = 7

// A Filter keeps some tasks; what is empty keeps all.
type Filter struct {
	Agent Agent // of the cases that this agent follows
	Aid   string
	Kind  TaskKind
}

// Keeps says whether a task passes.
func (f Filter) Keeps(t Task) bool {
	return (f.Agent == "" || f.Agent == t.Referent) && (f.Aid == "" || f.Aid == t.Right.Aid) && (f.Kind == "" || f.Kind == t.Kind)
}

// A Worklist is what is to be done: late, today, and within the next seven days, each the most pressing first.
type Worklist struct {
	Late, Today, Week []Task
}

// WorklistOf sorts tasks by the day they are due. Tasks beyond seven days are left out.
func WorklistOf(tasks iter.Seq[Task], today Day, keep Filter) Worklist {
	var w Worklist
	for t := range tasks {
		switch {
		case !keep.Keeps(t):
		case t.Due < today:
			w.Late = append(w.Late, t)
		case t.Due == today:
			w.Today = append(w.Today, t)
		case t.Due <= today+withinDays:
			w.Week = append(w.Week, t)
		}
	}
	for _, list := range [][]Task{w.Late, w.Today, w.Week} {
		slices.SortStableFunc(list, pressing)
	}
	return w
}

// pressing orders tasks: the day, then what cannot wait, then the case, so that a list is always the same.
func pressing(a, b Task) int {
	kinds := TaskKinds()
	return cmp.Or(
		cmp.Compare(a.Due, b.Due),
		cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)),
		cmp.Compare(a.Case, b.Case), cmp.Compare(a.Right.Aid, b.Right.Aid), cmp.Compare(a.Right.For, b.Right.For),
	)
}

// A Timeline is a case at a glance: what happened, the latest first, and what is to come.
type Timeline struct {
	Past   []Event
	Coming []Task
}

// Timeline gives the case at a glance. [Case.IsCancelled] says which events were taken back.
func (c *Case) Timeline(rules Procedures) Timeline {
	past := c.Events()
	slices.Reverse(past)
	return Timeline{Past: past, Coming: c.Tasks(rules)}
}

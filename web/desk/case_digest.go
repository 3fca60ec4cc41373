package desk

import (
	"context"
	"time"

	"guichet/takeup"
	"guichet/takeup/store"
)

// A caseDigest is what lists say of a case.
type caseDigest struct {
	code     takeup.Code
	open     bool
	openedAt time.Time
	referent takeup.Agent
	stages   map[takeup.Stage]int // how many of its rights are at each
	tasks    []takeup.Task        // the most pressing first
	place    casePlace            // where they are noted
}

// digestsBy makes the digests of cases by the rules that the desk answers by: other rules come with another desk.
func digestsBy(rules takeup.Procedures) *store.Digests[caseDigest] {
	return store.NewDigests(digestOf(rules))
}

// digestOf gives what makes the digest of a case.
func digestOf(rules takeup.Procedures) func(*takeup.Case) caseDigest {
	return func(c *takeup.Case) caseDigest {
		d := caseDigest{code: c.Code, open: c.IsOpen(), openedAt: c.OpenedAt, referent: c.Referent, tasks: c.Tasks(rules), place: placeOf(c)}
		if !d.open {
			return d // no list has it
		}
		d.stages = map[takeup.Stage]int{}
		for _, r := range c.Current() {
			d.stages[r.Stage]++
		}
		return d
	}
}

// dueTasks is what is to be done in the open cases of a CCAS, and where to note it.
type dueTasks struct {
	tasks  []takeup.Task
	places map[takeup.Code]casePlace
}

// tasks gives what is to be done in the open cases of a CCAS.
func (d *Desk) tasks(ctx context.Context, keep *Keep, ccas takeup.CCAS) (dueTasks, error) {
	all, err := d.digests.All(ctx, keep.Cases, ccas)
	out := dueTasks{places: map[takeup.Code]casePlace{}}
	for _, c := range all {
		if len(c.tasks) > 0 {
			out.tasks = append(out.tasks, c.tasks...)
			out.places[c.code] = c.place
		}
	}
	return out, err
}

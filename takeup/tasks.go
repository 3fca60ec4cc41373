package takeup

import (
	"slices"

	"guichet/engine/ruleset"
)

// A Procedures gives what the rules of an aid say about silence, appeal and renewal. [RulesOf] gives those of a rule set.
type Procedures interface {
	Procedure(aid string) ruleset.Procedure
}

// RulesOf gives the procedures of a rule set; an aid that it does not know has none.
func RulesOf(set *ruleset.Set) Procedures { return fromSet{set} }

type fromSet struct{ set *ruleset.Set }

func (s fromSet) Procedure(aid string) ruleset.Procedure {
	if a, ok := s.set.Aid(aid); ok {
		return a.Procedure
	}
	return ruleset.Procedure{}
}

// The delays of the protocol, in days. They are working rules, not law: no text prescribes them.
const (
	FileWithin    = 7  // from the day a right is found: each month may be lost
	confirmWithin = 15 // an appointment at a partner
	tellWithin    = 7  // what a recomputation found, and that a refusal can be contested
	again         = 90 // a further reminder, after the last of the list
	early         = 2  // a contact so shortly before a reminder is that reminder
)

// The days of the reminders, counted from the day on which the waiting began.
var (
	remindersToFile = []Day{15, 30, 90} // the person, when filing hangs on them; the filing itself is due at 7 days
	remindersAsked  = []Day{7, 15, 30, 90}
	remindersFiled  = []Day{30, 90} // the body: has it answered?
)

// monthsToCourt is how long a decision on a first appeal may be brought before the judges: two months from its notification (code de
// la sécurité sociale, art. R142-1-A, III; code de justice administrative, art. R421-1).
const monthsToCourt = 2

// monthsOfMandate is how long a mandate lasts at most, as with Aidants Connect.
const monthsOfMandate = 12

// A TaskKind is what is to be done.
type TaskKind string

// The tasks.
const (
	TaskTell      TaskKind = "annoncer"         // what a recomputation found, to the person
	TaskDiagnose  TaskKind = "diagnostiquer"    // a right that a recomputation found
	TaskFile      TaskKind = "deposer"          //
	TaskDocuments TaskKind = "pieces"           // that the body asked for
	TaskRemind    TaskKind = "relance"          // the person before filing, the body after it
	TaskSilence   TaskKind = "silence"          // the body should have answered: its silence means something
	TaskOfferHelp TaskKind = "proposer_recours" // tell the person that the refusal can be contested
	TaskAppeal    TaskKind = "recours"          // the last day to contest
	TaskConfirm   TaskKind = "rendez_vous"      // have an appointment at the partner
	TaskSeen      TaskKind = "issue_orientation"
	TaskRenew     TaskKind = "renouvellement"
	TaskMandate   TaskKind = "mandat" // it ends
	TaskCloseIdle TaskKind = "cloturer"
)

// TaskKinds gives the kinds of tasks in the order in which those of one day are listed: what cannot wait first.
func TaskKinds() []TaskKind {
	return []TaskKind{
		TaskAppeal, TaskFile, TaskDocuments, TaskSilence, TaskRenew, TaskOfferHelp, TaskTell, TaskDiagnose, TaskConfirm, TaskSeen,
		TaskRemind, TaskMandate, TaskCloseIdle,
	}
}

// A Task is one thing to do in a case.
type Task struct {
	Case     Code
	Referent Agent
	Kind     TaskKind
	Right    RightID // the zero RightID when it is about the whole case
	Due      Day     // the last day to do it
	From     Day     // the first day on which it can be done; unknown when that is now
	Rank     int     // of a reminder: the first is 1
	With     Side    // whom to reach, where reaching someone is what is to be done
	Tries    int     // to reach them, without an answer since the last one
	Partner  Partner // of an orientation
	Missing  []string
	Accepts  bool      // of a silence: it accepts the claim
	Before   string    // of an appeal: whom it goes to, a word of [ruleset.AppealBodies], or "tribunal"
	Stake    *Estimate // what the right is thought to be worth
	Sources  []ruleset.Reference
}

// Tasks gives what is to be done in the case, the most pressing first. It does not know what day it is: what is late is for
// [Worklist] to say.
func (c *Case) Tasks(rules Procedures) []Task {
	if !c.IsOpen() {
		return nil
	}
	var out []Task
	for _, r := range c.Current() {
		p := rules.Procedure(r.Aid)
		for _, t := range slices.Concat(r.news(), r.before(p), r.waiting(p), r.refused(p), r.renewing(p)) {
			t.Right, t.Stake = r.RightID, r.Estimate
			out = append(out, t)
		}
	}
	out = append(out, c.orientations()...)
	if c.Unreachable() {
		out = append(out, Task{Kind: TaskCloseIdle, With: ThePerson, Due: c.Tries[len(c.Tries)-1].On})
	}
	for i := range out {
		t := &out[i]
		t.Case, t.Referent = c.Code, c.Referent
		if t.With != "" {
			t.Tries = c.fruitless(t.With, t.Right)
		}
	}
	slices.SortStableFunc(out, pressing)
	return out
}

// news are what a recomputation found, and what nobody has made sure of.
func (r *Right) news() (out []Task) {
	if r.Reassessed.Known() && (r.Stage.Live() || r.Stage == StageOpened) {
		out = append(out, Task{Kind: TaskTell, With: ThePerson, Due: (r.Reassessed + tellWithin).worked()})
	}
	if r.Stage == StageNoted && (r.Noticed || r.Finding == ToVerify) {
		out = append(out, Task{Kind: TaskDiagnose, Due: (r.Found + FileWithin).worked()})
	}
	return out
}

// before are the tasks of a right that was not asked for yet. One that is given unasked is waited for, unless someone means to ask; one
// that is to verify is verified first.
func (r *Right) before(p ruleset.Procedure) (out []Task) {
	switch {
	case r.Stage != StageNoted && r.Stage != StagePlanned:
		return nil
	case r.Stage == StageNoted && len(p.Unasked) > 0:
		return r.remind(TheBody, r.Found, remindersFiled)
	case r.Stage == StageNoted && r.Finding == ToVerify:
		return nil
	}
	out = append(out, Task{Kind: TaskFile, Due: (r.Found + FileWithin).worked(), Missing: slices.Clone(r.Missing)})
	if r.Mode == Alone || len(r.Missing) > 0 {
		out = append(out, r.remind(ThePerson, r.Found, remindersToFile)...)
	}
	if r.Mandate.Known() {
		out = append(out, Task{Kind: TaskMandate, Due: r.Mandate.months(monthsOfMandate)})
	}
	return out
}

// waiting are the tasks of a right that was asked for.
func (r *Right) waiting(p ruleset.Procedure) (out []Task) {
	if r.Stage != StageFiled && r.Stage != StageAppealed {
		return nil
	}
	switch {
	case r.Asked.Known() && len(r.Missing) > 0:
		t := Task{Kind: TaskDocuments, Due: r.AskedBy, Missing: slices.Clone(r.Missing)}
		if !t.Due.Known() {
			t.Due, _ = r.next(r.Asked, remindersAsked)
		}
		out = append(out, t)
	default:
		out = append(out, r.remind(TheBody, r.Waits, remindersFiled)...)
	}
	if s := p.Silence; s != nil && r.Stage == StageFiled && r.Waits == r.Filed {
		out = append(out, Task{Kind: TaskSilence, Due: r.Filed.months(s.Months).worked(), Accepts: s.Accepts, Sources: s.References})
	}
	return out
}

// remind gives the next reminder that no contact has answered.
func (r *Right) remind(with Side, since Day, days []Day) []Task {
	due, rank := r.next(since, days)
	return []Task{{Kind: TaskRemind, With: with, Due: due, Rank: rank}}
}

// next gives the first of some days after since that no contact has answered, and which it is; after the last, one each ninety days,
// so that nothing under way is ever left without a day.
func (r *Right) next(since Day, days []Day) (due Day, rank int) {
	for n := days[0]; ; n += again {
		if rank < len(days) {
			n = days[rank]
		}
		if rank++; r.Contact < since+n-early {
			return (since + n).worked(), rank
		}
	}
}

// refused are the tasks of a refusal. Each decision has its own delay: the first appeal by the aid's own rule, then the judges.
func (r *Right) refused(p ruleset.Procedure) (out []Task) {
	if r.Stage != StageRefused {
		return nil
	}
	if r.Contact < r.RefusedOn {
		out = append(out, Task{Kind: TaskOfferHelp, With: ThePerson, Due: (r.RefusedOn + tellWithin).worked()})
	}
	switch {
	case r.Remedy != "":
		out = append(out, Task{Kind: TaskAppeal, Due: r.Notified.months(monthsToCourt).worked(), Before: string(ToTheJudges)})
	case p.Appeal != nil:
		out = append(out, Task{
			Kind: TaskAppeal, Due: r.AppealBy(p), Before: p.Appeal.Before, Sources: p.Appeal.References,
		})
	}
	return out
}

// AppealBy gives the last day to contest the refusal of a right by the aid's own rule; unknown when it was not refused, or no rule says.
// Delays before administrative courts are « francs », a day longer: this day is never too late.
func (r *Right) AppealBy(p ruleset.Procedure) Day {
	if !r.Notified.Known() || p.Appeal == nil {
		return 0
	}
	return r.Notified.months(p.Appeal.Months).worked()
}

// renewing is the next renewal of a right that is open.
func (r *Right) renewing(p ruleset.Procedure) []Task {
	n := p.Renewal
	if r.Stage != StageOpened || n == nil || n.Months == 0 || n.Step == ruleset.RenewalSteps[0] {
		return nil
	}
	end := r.EndsAt(n)
	t := Task{Kind: TaskRenew, Due: end.months(-n.Closes), Sources: n.References}
	if n.Opens > 0 {
		t.From = end.months(-n.Opens)
	}
	return []Task{t}
}

// EndsAt gives the day on which the present period of an open right ends: periods are counted from the day since which it is paid, so
// that a renewal noted early or late moves nothing. A renewal is of the period in whose last month, or window, it falls. Unknown when
// the right has no term.
func (r *Right) EndsAt(n *ruleset.Renewal) Day {
	if n.Months <= 0 {
		return 0
	}
	lead := max(1, n.Opens)
	for k := 1; ; k++ {
		end := r.Since.months(k * n.Months)
		if end > r.Opened && (!r.Renewed.Known() || end.months(-lead) > r.Renewed) {
			return end
		}
	}
}

// orientations are the tasks of those who were sent to a partner.
func (s *State) orientations() (out []Task) {
	for _, o := range s.Sent {
		switch t := (Task{Right: o.Right, Partner: o.Partner}); {
		case o.Ended:
		case o.Appointment.Known():
			t.Kind, t.Due = TaskSeen, o.Appointment
			out = append(out, t)
		default:
			t.Kind, t.Due = TaskConfirm, (o.On + confirmWithin).worked()
			out = append(out, t)
		}
	}
	return out
}

package takeup_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine/ruleset"
	"guichet/takeup"
)

// laws are the procedures of some aids: two with everything, the others with nothing.
type laws struct{}

func (laws) Procedure(aid string) ruleset.Procedure {
	if aid == "cheque_energie" {
		return ruleset.Procedure{Unasked: []ruleset.Reference{{Title: "Code de l'énergie, art. L124-1"}}}
	}
	if aid != "rsa" && aid != "css" {
		return ruleset.Procedure{}
	}
	return ruleset.Procedure{
		Silence: &ruleset.Silence{Months: 2, Accepts: aid == "css"},
		Appeal:  &ruleset.Appeal{Months: 2, Before: "president_departement"},
		Renewal: &ruleset.Renewal{Months: 12, AtMost: 12, Step: "demande", Opens: 4, Closes: 2},
	}
}

func pick[T any](t *rapid.T, label string, from ...T) T {
	return rapid.SampledFrom(from).Draw(t, label)
}

// anyFact draws a fact about two rights that is well-formed, whether or not it can happen now.
func anyFact(t *rapid.T, at time.Time) takeup.Fact {
	if rapid.IntRange(0, 24).Draw(t, "end") == 24 {
		return pick[takeup.Fact](
			t, "ending", takeup.Moved{To: "autre-ville", Consent: true}, takeup.ConsentWithdrawn{},
			takeup.Closed{Reason: pick(t, "closing", takeup.Closings()...)},
		)
	}
	id := pick(t, "right", rsa, aah)
	day := takeup.DayOf(at) - takeup.Day(rapid.IntRange(0, 40).Draw(t, "days ago"))
	e := perMonth(takeup.Cents(rapid.IntRange(0, 900_00).Draw(t, "cents")))
	yes := rapid.Bool().Draw(t, "yes")
	documents := pick(t, "documents", []string{"rib"}, []string{"bail"}, []string{"rib", "bail"})
	partner := pick(t, "partner", takeup.Partner("caf"), takeup.Partner("mdph"))
	planned := takeup.Planned{RightID: id, Mode: pick(t, "mode", takeup.Modes()...), Where: "caf", Missing: documents}
	if planned.Mode == takeup.ByMandate {
		planned.Mandate = day
	}
	filed := takeup.Filed{RightID: id, On: day, Proof: "4471"}
	opened := takeup.Opened{RightID: id, Amount: takeup.Amount{Cents: e.Min, Per: takeup.PerMonth}, Since: day}
	refused := takeup.Refused{RightID: id, Reason: takeup.RefusedSilence, Notified: day}
	return pick[takeup.Fact](
		t, "fact",
		opening, reopening, likely(id), takeup.Visited{Reception: atCounter}, takeup.Informed{Notice: notice, Followed: true},
		takeup.Diagnosed{RightID: id, Finding: pick(t, "finding", takeup.AlreadyReceived, takeup.NoRight, takeup.ToVerify)},
		takeup.Reestimated{RightID: id, Change: pick(t, "change", takeup.Changes()...), Estimate: e},
		planned, planned, filed, filed, filed, opened, refused, refused,
		takeup.DocumentsReceived{RightID: id, Documents: documents}, takeup.DocumentsAsked{RightID: id, Documents: documents},
		takeup.Oriented{RightID: id, Partner: partner, Consent: true, Appointment: day},
		takeup.OrientationEnded{RightID: id, Partner: partner, Seen: yes},
		takeup.Contacted{With: pick(t, "side", takeup.Sides()...), By: pick(t, "means", takeup.AllMeans()...), Reached: yes},
		takeup.Appealed{RightID: id, Remedy: takeup.ToBody, On: day}, takeup.AppealAnswered{RightID: id, Upheld: yes, Notified: day},
		takeup.Abandoned{RightID: id, Reason: takeup.LeftFear}, takeup.Renewed{RightID: id, On: day},
		takeup.Lapsed{RightID: id, Reason: takeup.LapsedForm, On: day},
		takeup.Assigned{Agent: pick(t, "agent", takeup.Agent("a"), takeup.Agent("b"))},
		takeup.Noted{Text: "Rappeler après 14 h."}, takeup.Cancelled{Event: rapid.IntRange(0, 12).Draw(t, "number")},
	)
}

// later draws a time after another.
func later(t *rapid.T, at time.Time) time.Time {
	return at.Add(time.Duration(rapid.IntRange(1, 40*24).Draw(t, "hours")) * time.Hour)
}

// grown draws a case to which only allowed facts happened, its rights at any stage.
func grown(t *rapid.T) (*takeup.Case, time.Time) {
	stages := takeup.Stages()
	c, at := told(t, slices.Concat(
		[]takeup.Fact{opening}, way(rsa, pick(t, "stage", stages...)), way(aah, pick(t, "stage", stages...)),
	)...), noon
	for range rapid.IntRange(0, 60).Draw(t, "facts") {
		at = later(t, at)
		f := anyFact(t, at)
		if c.Allow(f, at) == nil {
			if err := c.Apply(takeup.Event{At: at, By: "a", Fact: f}); err != nil {
				t.Fatalf("allowed and not applied: %T: %v", f, err)
			}
		}
	}
	return c, at
}

// Whatever happens in whatever order, the fold does not panic, nor what is asked of it; every event is kept.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, at := takeup.New("K7B-4PXD"), noon
		n := rapid.IntRange(0, 40).Draw(t, "facts")
		for range n {
			at = later(t, at)
			f := anyFact(t, at)
			_ = c.Allow(f, at)
			require.NoError(t, c.Apply(takeup.Event{At: at, Fact: f}))
		}
		require.Len(t, c.Events(), n)
		c.Tasks(laws{})
		c.Handover("ici")
		c.Retention(24)
		c.Unreachable()
	})
}

// What is kept gives the same case again, through the JSON of every fact.
func TestReplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, _ := grown(t)
		var kept []takeup.Event
		for _, e := range c.Events() {
			b, err := takeup.WriteFact(e.Fact)
			require.NoError(t, err)
			f, err := takeup.ReadFact(e.Fact.Kind(), b)
			require.NoError(t, err)
			require.Equal(t, e.Fact, f)
			e.Fact = f
			kept = append(kept, e)
		}
		again, err := takeup.Fold(c.Code, kept)
		require.NoError(t, err)
		require.True(t, reflect.DeepEqual(c.State, again.State))
		require.Equal(t, c.Tasks(laws{}), again.Tasks(laws{}))
	})
}

// Nothing under way is left without a day; nothing that is closed asks for anything.
func TestAlwaysATask(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, _ := grown(t)
		tasks := c.Tasks(laws{})
		if !c.IsOpen() {
			require.Empty(t, tasks)
			return
		}
		for _, r := range c.Current() {
			if r.Stage.Live() {
				require.True(t, slices.ContainsFunc(tasks, func(x takeup.Task) bool { return x.Right == r.RightID }), "%s %s", r.Aid, r.Stage)
			}
		}
		for _, x := range tasks {
			require.True(t, x.Due.Known(), x.Kind)
			require.Contains(t, takeup.TaskKinds(), x.Kind)
			require.Equal(t, c.Code, x.Case)
		}
		require.True(t, slices.IsSortedFunc(tasks, func(a, b takeup.Task) int { return int(a.Due - b.Due) }))
	})
}

// Taking back what was noted last leaves the case as it was before; the two events stay.
func TestCancellingTheLast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, at := grown(t)
		before, err := takeup.Fold(c.Code, c.Events())
		require.NoError(t, err)
		f := anyFact(t, at)
		if _, cancel := f.(takeup.Cancelled); cancel || c.Allow(f, at) != nil {
			t.Skip()
		}
		require.NoError(t, c.Apply(takeup.Event{At: at, Fact: f}))
		n := len(c.Events())
		undo := takeup.Cancelled{Event: n}
		switch f.(type) {
		case takeup.ConsentWithdrawn, takeup.Moved:
			require.Error(t, c.Allow(undo, at))
			return
		}
		require.NoError(t, c.Allow(undo, at))
		require.NoError(t, c.Apply(takeup.Event{At: at, Fact: undo}))
		require.True(t, reflect.DeepEqual(before.State, c.State))
		require.Len(t, c.Events(), n+1)
		require.True(t, c.IsCancelled(n))
		require.Error(t, c.Allow(undo, at), "once")
	})
}

// What one CCAS hands over, another can note, and every right stands there as it stood here.
func TestHandover(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, at := grown(t)
		if !c.IsOpen() {
			t.Skip()
		}
		there := takeup.New("X2X-2X2X")
		for _, f := range c.Handover("ici") {
			require.NoError(t, there.Allow(f, at), "%T %+v", f, f)
			require.NoError(t, there.Apply(takeup.Event{At: at, Fact: f}))
		}
		for _, r := range c.Current() {
			if r.Stage == takeup.StageAbandoned || r.Stage == takeup.StageLapsed {
				require.Nil(t, there.Right(r.RightID))
				continue
			}
			got := there.Right(r.RightID)
			require.NotNil(t, got)
			require.Equal(t, r.Stage, got.Stage)
			require.Equal(t, r.Filed, got.Filed)
			if r.Stage == takeup.StageRefused || r.Stage == takeup.StageAppealed {
				require.Equal(t, r.AppealBy(laws{}.Procedure(r.Aid)), got.AppealBy(laws{}.Procedure(r.Aid)))
			}
			if r.Stage == takeup.StageOpened {
				require.Equal(t, r.Amount, got.Amount)
				require.Equal(t, r.Since, got.Since)
			}
		}
	})
}

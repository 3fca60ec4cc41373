package takeup_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/takeup"
)

func TestWorklist(t *testing.T) {
	task := func(code takeup.Code, agent takeup.Agent, kind takeup.TaskKind, aid string, due takeup.Day) takeup.Task {
		return takeup.Task{Case: code, Referent: agent, Kind: kind, Right: takeup.RightID{Aid: aid}, Due: due}
	}
	tasks := []takeup.Task{
		task("B", "poste1", takeup.TaskRemind, "rsa", day0), task("A", "poste1", takeup.TaskAppeal, "css", day0),
		task("C", "poste2", takeup.TaskFile, "rsa", day0-3), task("D", "poste1", takeup.TaskFile, "asf", day0-21),
		task("E", "poste1", takeup.TaskRenew, "css", day0+7), task("F", "poste1", takeup.TaskRenew, "css", day0+8),
		task("A", "poste1", takeup.TaskFile, "css", day0+1),
	}
	codes := func(list []takeup.Task) (out []takeup.Code) {
		for _, x := range list {
			out = append(out, x.Case)
		}
		return out
	}
	for name, c := range map[string]struct {
		keep              takeup.Filter
		late, today, week []takeup.Code
	}{
		"all":      {takeup.Filter{}, []takeup.Code{"D", "C"}, []takeup.Code{"A", "B"}, []takeup.Code{"A", "E"}},
		"of one":   {takeup.Filter{Agent: "poste2"}, []takeup.Code{"C"}, nil, nil},
		"an aid":   {takeup.Filter{Aid: "css"}, nil, []takeup.Code{"A"}, []takeup.Code{"A", "E"}},
		"a kind":   {takeup.Filter{Kind: takeup.TaskFile}, []takeup.Code{"D", "C"}, nil, []takeup.Code{"A"}},
		"together": {takeup.Filter{Agent: "poste1", Kind: takeup.TaskFile, Aid: "asf"}, []takeup.Code{"D"}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := takeup.WorklistOf(slices.Values(tasks), day0, c.keep)
			require.Equal(t, c.late, codes(w.Late))
			require.Equal(t, c.today, codes(w.Today))
			require.Equal(t, c.week, codes(w.Week))
		})
	}
}

// Every task of the next seven days and before is in one list, once.
func TestWorklistLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, at := grown(t)
		today := takeup.DayOf(at) + takeup.Day(rapid.IntRange(-30, 90).Draw(t, "days"))
		tasks := c.Tasks(laws{})
		w := takeup.WorklistOf(slices.Values(tasks), today, takeup.Filter{})
		near := 0
		for _, x := range tasks {
			if x.Due <= today+7 {
				near++
			}
		}
		require.Equal(t, near, len(w.Late)+len(w.Today)+len(w.Week))
	})
}

func TestTimeline(t *testing.T) {
	c := told(t, opening, likely(rsa))
	then(t, c, in(1), takeup.Noted{Text: "Préfère le matin."})
	then(t, c, in(1), takeup.Cancelled{Event: 3})
	line := c.Timeline(laws{})
	require.Equal(t, c.Tasks(laws{}), line.Coming)
	require.Len(t, line.Past, 4)
	for i, e := range line.Past {
		require.Equal(t, 4-i, e.Number, "the latest first")
		require.Equal(t, e.Number == 3, c.IsCancelled(e.Number))
	}
}

func TestRetention(t *testing.T) {
	visited := step{100, takeup.Visited{Reception: atCounter}}
	for name, c := range map[string]struct {
		months        int
		steps         []step
		contact, whom string // contact details and answers, then the case
	}{
		"open":                     {24, nil, "2028-10-15", "2028-10-15"},
		"seen again":               {24, []step{visited}, "2029-01-23", "2029-01-23"},
		"called in vain":           {24, []step{{100, takeup.Contacted{With: takeup.ThePerson, By: takeup.SMS}}}, "2028-10-15", "2028-10-15"},
		"the body was called":      {24, []step{{100, takeup.Contacted{With: takeup.TheBody, By: takeup.SMS, Reached: true}}}, "2028-10-15", "2028-10-15"},
		"an operator who forgets":  {6, nil, "2027-04-15", "2027-04-15"},
		"longer than is allowed":   {60, nil, "2028-10-15", "2028-10-15"},
		"closed":                   {24, []step{visited, {120, takeup.Closed{Reason: takeup.CloseWish}}}, "2027-02-12", "2029-01-23"},
		"closed after its time":    {6, []step{{300, takeup.Closed{Reason: takeup.CloseIdle}}}, "2027-04-15", "2027-04-15"},
		"not followed any more":    {24, []step{visited, {120, takeup.ConsentWithdrawn{}}}, "2027-02-12", "2027-02-12"},
		"closed, then not even so": {24, []step{{120, takeup.Closed{Reason: takeup.CloseWish}}, {130, takeup.ConsentWithdrawn{}}}, "2027-02-22", "2027-02-22"},
		"opened again":             {24, []step{{120, takeup.Closed{Reason: takeup.CloseWish}}, {130, reopening}}, "2029-02-22", "2029-02-22"},
	} {
		t.Run(name, func(t *testing.T) {
			k := told(t, opening, likely(rsa))
			for _, s := range c.steps {
				then(t, k, in(s.after), s.fact)
			}
			r := k.Retention(c.months)
			require.Equal(t, c.contact, r.Contact.String())
			require.Equal(t, c.contact, r.Answers.String())
			require.Equal(t, c.whom, r.Case.String())
		})
	}
	require.Zero(t, takeup.New("K7B-4PXD").Retention(24))
}

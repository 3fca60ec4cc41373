package takeup_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/engine/ruleset"
	"guichet/takeup"
)

func day(t testing.TB, s string) takeup.Day {
	t.Helper()
	d, err := takeup.ReadDay(s)
	require.NoError(t, err)
	return d
}

// Two months from a notification: the day of the same number, or the last of the month (CPC, art. 641); a day off is prolonged
// (art. 642).
func TestAppealBy(t *testing.T) {
	for notified, c := range map[string]struct{ want, why string }{
		"2026-11-12": {"2027-01-12", "the same number"},
		"2023-12-31": {"2024-02-29", "the last day of February, in a leap year"},
		"2026-12-31": {"2027-03-01", "28 February is a Sunday"},
		"2026-08-31": {"2026-11-02", "31 October is a Saturday, 1 November a Sunday"},
		"2026-05-14": {"2026-07-15", "14 July"},
		"2026-02-06": {"2026-04-07", "Easter Monday"},
		"2026-03-14": {"2026-05-15", "Ascension Day"},
		"2026-03-25": {"2026-05-26", "Whit Monday"},
		"2026-11-01": {"2027-01-04", "New Year, then a Saturday and a Sunday"},
		"2028-02-17": {"2028-04-18", "Easter Monday of 2028"},
		"2037-02-06": {"2037-04-07", "Easter Monday of 2037"},
		"2026-10-25": {"2026-12-28", "Christmas, then a week-end"},
	} {
		t.Run(notified, func(t *testing.T) {
			r := takeup.Right{RightID: rsa, Notified: day(t, notified)}
			require.Equal(t, c.want, r.AppealBy(laws{}.Procedure("rsa")).String(), c.why)
		})
	}
	require.False(t, (&takeup.Right{}).AppealBy(laws{}.Procedure("rsa")).Known(), "nothing was refused")
	require.False(t, (&takeup.Right{Notified: day0}).AppealBy(ruleset.Procedure{}).Known(), "no rule says")
}

func TestEndsAt(t *testing.T) {
	yearly := &ruleset.Renewal{Months: 12, Step: "demande", Opens: 4, Closes: 2}
	quarterly := &ruleset.Renewal{Months: 3, Step: "declaration"}
	for name, c := range map[string]struct {
		n                            *ruleset.Renewal
		since, opened, renewed, want string
	}{
		"the first year":              {yearly, "2026-11-01", "2026-11-12", "", "2027-11-01"},
		"renewed in its window":       {yearly, "2026-11-01", "2026-11-12", "2027-08-15", "2028-11-01"},
		"renewed before":              {yearly, "2026-11-01", "2026-11-12", "2027-06-15", "2027-11-01"},
		"renewed late":                {yearly, "2026-11-01", "2026-11-12", "2027-11-20", "2028-11-01"},
		"opened long after its start": {yearly, "2024-11-01", "2026-11-12", "", "2027-11-01"},
		"a quarter":                   {quarterly, "2026-10-31", "2026-11-12", "", "2027-01-31"},
		"a quarter with a short end":  {quarterly, "2026-11-30", "2026-12-12", "", "2027-02-28"},
		"a quarter that was missed":   {quarterly, "2026-10-31", "2026-11-12", "2027-06-01", "2027-07-31"},
	} {
		t.Run(name, func(t *testing.T) {
			r := takeup.Right{Since: day(t, c.since), Opened: day(t, c.opened)}
			if c.renewed != "" {
				r.Renewed = day(t, c.renewed)
			}
			require.Equal(t, c.want, r.EndsAt(c.n).String())
		})
	}
	require.False(t, (&takeup.Right{Since: day0}).EndsAt(&ruleset.Renewal{Step: "aucune"}).Known())
}

// in gives noon of a day after the first.
func in(days int) time.Time { return noon.AddDate(0, 0, days) }

type step struct {
	after int
	fact  takeup.Fact
}

func tasksOf(c *takeup.Case) (out []string) {
	for _, x := range c.Tasks(laws{}) {
		s := fmt.Sprintf("%s %s %s", x.Due, x.Kind, x.Right.Aid)
		if x.Rank > 0 {
			s += fmt.Sprint(" n°", x.Rank)
		}
		if x.From.Known() {
			s += fmt.Sprint(" from ", x.From)
		}
		s += strings.Join(append([]string{""}, append(slices.Clone(x.Missing), x.Before, string(x.Partner))...), " ")
		if x.Accepts {
			s += " accepts"
		}
		out = append(out, strings.Join(strings.Fields(s), " "))
	}
	return out
}

// The first day is Thursday 15 October 2026.
func TestTasks(t *testing.T) {
	filed := takeup.Filed{RightID: rsa, On: day0 + 1, Proof: "4471"}
	refused := takeup.Refused{RightID: rsa, Reason: takeup.RefusedResources, Notified: day0 + 28}
	opened := takeup.Opened{RightID: rsa, Amount: takeup.Amount{Cents: 540_00, Per: takeup.PerMonth}, Since: day0 + 17}
	alone := takeup.Planned{RightID: rsa, Mode: takeup.Alone, Where: "caf", Missing: []string{"rib"}}
	reached := takeup.Contacted{With: takeup.ThePerson, By: takeup.Telephone, Reached: true}
	body := takeup.Contacted{RightID: rsa, With: takeup.TheBody, By: takeup.Telephone, Reached: true}
	missed := func(by takeup.Means) takeup.Fact { return takeup.Contacted{With: takeup.ThePerson, By: by} }
	for name, c := range map[string]struct {
		steps []step
		want  []string
	}{
		"found":         {[]step{}, []string{"2026-10-22 deposer rsa"}},
		"to verify":     {[]step{{0, takeup.Diagnosed{RightID: rsa, Finding: takeup.ToVerify}}}, []string{"2026-10-22 diagnostiquer rsa"}},
		"given unasked": {[]step{{0, likely(given)}}, []string{"2026-10-22 deposer rsa", "2026-11-16 relance cheque_energie n°1"}},
		"given unasked, and someone asks": {
			[]step{{0, likely(given)}, {0, takeup.Planned{RightID: given, Mode: takeup.Accompanied, Where: "asp"}}},
			[]string{"2026-10-22 deposer cheque_energie", "2026-10-22 deposer rsa"},
		},
		"received already": {[]step{{0, takeup.Diagnosed{RightID: rsa, Finding: takeup.AlreadyReceived}}}, nil},
		"the person asks, and lacks a document": {
			[]step{{0, alone}}, []string{"2026-10-22 deposer rsa rib", "2026-10-30 relance rsa n°1"},
		},
		"called just before the reminder": {
			[]step{{0, alone}, {14, reached}}, []string{"2026-10-22 deposer rsa rib", "2026-11-16 relance rsa n°2"},
		},
		"called in vain": {
			[]step{{0, alone}, {15, missed(takeup.SMS)}}, []string{"2026-10-22 deposer rsa rib", "2026-10-30 relance rsa n°1"},
		},
		"called after the last reminder": {
			[]step{{0, alone}, {100, reached}}, []string{"2026-10-22 deposer rsa rib", "2027-04-13 relance rsa n°4"},
		},
		"under a mandate": {
			[]step{{0, takeup.Planned{RightID: rsa, Mode: takeup.ByMandate, Where: "caf", Mandate: day0}}},
			[]string{"2026-10-22 deposer rsa", "2027-10-15 mandat rsa"},
		},
		"filed": {
			[]step{{1, filed}}, []string{"2026-11-16 relance rsa n°1", "2026-12-16 silence rsa"},
		},
		"filed, and the body was called": {
			[]step{{1, filed}, {31, body}}, []string{"2026-12-16 silence rsa", "2027-01-14 relance rsa n°2"},
		},
		"an aid that silence grants": {
			[]step{{0, likely(css)}, {1, takeup.Filed{RightID: css, On: day0}}, {1, filed}},
			[]string{
				"2026-11-16 relance css n°1", "2026-11-16 relance rsa n°1", "2026-12-15 silence css accepts", "2026-12-16 silence rsa",
			},
		},
		"documents asked, with a day": {
			[]step{{1, filed}, {10, takeup.DocumentsAsked{RightID: rsa, Documents: []string{"bail"}, By: day0 + 40}}},
			[]string{"2026-11-24 pieces rsa bail", "2026-12-16 silence rsa"},
		},
		"documents asked": {
			[]step{{1, filed}, {10, takeup.DocumentsAsked{RightID: rsa, Documents: []string{"bail"}}}},
			[]string{"2026-11-02 pieces rsa bail", "2026-12-16 silence rsa"},
		},
		"documents asked and brought": {
			[]step{
				{1, filed},
				{10, takeup.DocumentsAsked{RightID: rsa, Documents: []string{"bail"}}},
				{12, takeup.DocumentsReceived{RightID: rsa, Documents: []string{"bail"}}},
			},
			[]string{"2026-11-16 relance rsa n°1", "2026-12-16 silence rsa"},
		},
		"refused": {
			[]step{{1, filed}, {28, refused}}, []string{"2026-11-19 proposer_recours rsa", "2027-01-12 recours rsa president_departement"},
		},
		"refused and talked over": {
			[]step{{1, filed}, {28, refused}, {29, reached}}, []string{"2027-01-12 recours rsa president_departement"},
		},
		"refused, no rule on appeal": {
			[]step{{0, likely(aah)}, {0, takeup.Abandoned{RightID: rsa, Reason: takeup.LeftWish}}, {28, takeup.Refused{RightID: aah, Reason: takeup.RefusedAge, Notified: day0}}},
			[]string{"2026-11-19 proposer_recours aah"},
		},
		"contested": {
			[]step{{1, filed}, {28, refused}, {30, takeup.Appealed{RightID: rsa, Remedy: takeup.ToBody, On: day0 + 30}}},
			[]string{"2026-12-14 relance rsa n°1"},
		},
		"contested in vain: the judges": {
			[]step{
				{1, filed},
				{28, refused},
				{30, takeup.Appealed{RightID: rsa, Remedy: takeup.ToBody, On: day0 + 30}},
				{60, takeup.AppealAnswered{RightID: rsa, Notified: day0 + 60}},
				{61, reached},
			},
			[]string{"2027-02-15 recours rsa tribunal"},
		},
		"contested and won": {
			[]step{
				{1, filed},
				{28, refused},
				{30, takeup.Appealed{RightID: rsa, Remedy: takeup.ToBody, On: day0 + 30}},
				{60, takeup.AppealAnswered{RightID: rsa, Upheld: true, Notified: day0 + 60}},
			},
			[]string{"2027-01-13 relance rsa n°1"},
		},
		"opened": {
			[]step{{1, filed}, {20, opened}}, []string{"2027-09-01 renouvellement rsa from 2027-07-01"},
		},
		"ended": {
			[]step{{1, filed}, {20, opened}, {30, takeup.Lapsed{RightID: rsa, Reason: takeup.LapsedForm, On: day0 + 30}}}, nil,
		},
		"noticed by a recomputation": {
			[]step{{1, filed}, {2, takeup.Reestimated{RightID: css, Change: takeup.NewRight, Estimate: perMonth(0)}}},
			[]string{
				"2026-10-26 deposer css", "2026-10-26 annoncer css", "2026-10-26 diagnostiquer css", "2026-11-16 relance rsa n°1",
				"2026-12-16 silence rsa",
			},
		},
		"noticed and told": {
			[]step{{1, filed}, {2, takeup.Reestimated{RightID: css, Change: takeup.NewRight, Estimate: perMonth(0)}}, {3, reached}, {3, likely(css)}},
			[]string{"2026-10-26 deposer css", "2026-11-16 relance rsa n°1", "2026-12-16 silence rsa"},
		},
		"sent to a partner": {
			[]step{{1, filed}, {1, takeup.Oriented{Partner: "carsat", Consent: true}}},
			[]string{"2026-11-02 rendez_vous carsat", "2026-11-16 relance rsa n°1", "2026-12-16 silence rsa"},
		},
		"with an appointment": {
			[]step{
				{1, filed},
				{1, takeup.Oriented{Partner: "carsat", Consent: true}},
				{5, takeup.Oriented{Partner: "carsat", Consent: true, Appointment: day0 + 16}},
			},
			[]string{"2026-10-31 issue_orientation carsat", "2026-11-16 relance rsa n°1", "2026-12-16 silence rsa"},
		},
		"seen there": {
			[]step{
				{1, filed},
				{1, takeup.Oriented{Partner: "carsat", Consent: true}},
				{15, takeup.OrientationEnded{Partner: "carsat", Seen: true}},
			},
			[]string{"2026-11-16 relance rsa n°1", "2026-12-16 silence rsa"},
		},
		"unreachable": {
			[]step{{1, filed}, {31, missed(takeup.SMS)}, {33, missed(takeup.SMS)}, {36, missed(takeup.Letter)}},
			[]string{"2026-11-16 relance rsa n°1", "2026-11-20 cloturer", "2026-12-16 silence rsa"},
		},
		"closed": {[]step{{1, takeup.Closed{Reason: takeup.CloseWish}}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			k := told(t, opening, likely(rsa))
			for _, s := range c.steps {
				then(t, k, in(s.after), s.fact)
			}
			require.Equal(t, c.want, tasksOf(k))
		})
	}
}

package takeup_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
)

var (
	rsa = takeup.RightID{Aid: "rsa", For: takeup.Household}
	css = takeup.RightID{Aid: "css", For: takeup.Household}
	// given is paid without a claim.
	given = takeup.RightID{Aid: "cheque_energie", For: takeup.Household}
	aah   = takeup.RightID{Aid: "aah", For: takeup.Spouse}
	noon  = time.Date(2026, 10, 15, 12, 0, 0, 0, time.UTC)
	day0  = takeup.DayOf(noon)

	atCounter = takeup.Reception{Channel: takeup.WalkIn, Language: "ta", Interpreter: true}
	notice    = takeup.Notice{Version: "2026-11", Language: "ta"}
	opening   = takeup.CaseOpened{Reception: atCounter, Notice: notice, Followed: true, Simulated: true}
	reopening = takeup.Reopened{Reception: atCounter, Notice: notice, Followed: true}
)

func perMonth(c takeup.Cents) takeup.Estimate {
	return takeup.Estimate{Min: c, Max: c, Per: takeup.PerMonth, Version: "2025-04-01", Rules: "sha256:00ff"}
}

func likely(id takeup.RightID) takeup.Diagnosed {
	e := perMonth(551_20)
	return takeup.Diagnosed{RightID: id, Finding: takeup.Likely, Type: takeup.NotKnown, Reason: takeup.Information, Estimate: &e}
}

// the facts that bring a right to each stage.
func way(id takeup.RightID, stage takeup.Stage) []takeup.Fact {
	filed := takeup.Filed{RightID: id, On: day0, Proof: "R-4471"}
	opened := takeup.Opened{RightID: id, Amount: takeup.Amount{Cents: 540_00, Per: takeup.PerMonth}, Since: day0}
	refused := takeup.Refused{RightID: id, Reason: takeup.RefusedResources, Notified: day0}
	return map[takeup.Stage][]takeup.Fact{
		takeup.StageNoted:     {likely(id)},
		takeup.StagePlanned:   {likely(id), takeup.Planned{RightID: id, Mode: takeup.Alone, Where: "caf", Missing: []string{"rib"}}},
		takeup.StageFiled:     {likely(id), filed},
		takeup.StageOpened:    {likely(id), filed, opened},
		takeup.StageRefused:   {likely(id), filed, refused},
		takeup.StageAppealed:  {likely(id), filed, refused, takeup.Appealed{RightID: id, Remedy: takeup.ToBody, On: day0}},
		takeup.StageAbandoned: {likely(id), takeup.Abandoned{RightID: id, Reason: takeup.LeftWish}},
		takeup.StageLapsed:    {likely(id), filed, opened, takeup.Lapsed{RightID: id, Reason: takeup.LapsedForm, On: day0}},
		takeup.StageReceived:  {takeup.Diagnosed{RightID: id, Finding: takeup.AlreadyReceived}},
		takeup.StageNoRight:   {takeup.Diagnosed{RightID: id, Finding: takeup.NoRight}},
	}[stage]
}

// tester is what a table test and a law have in common.
type tester interface {
	require.TestingT
	Helper()
}

// told gives a case to which facts happened at noon of the first day, each of them allowed.
func told(t tester, facts ...takeup.Fact) *takeup.Case {
	t.Helper()
	c := takeup.New("K7B-4PXD")
	for _, f := range facts {
		then(t, c, noon, f)
	}
	return c
}

func then(t tester, c *takeup.Case, at time.Time, f takeup.Fact) {
	t.Helper()
	require.NoError(t, c.Allow(f, at), "%T", f)
	require.NoError(t, c.Apply(takeup.Event{At: at, By: "poste2", Fact: f}))
}

func refusal(t tester, err error) takeup.Key {
	t.Helper()
	var r *takeup.Refusal
	require.ErrorAs(t, err, &r)
	require.Contains(t, takeup.Keys(), r.Key)
	require.Contains(t, takeup.RemedyKeys(), r.Remedy)
	return r.Key
}

// Every stage and every fact: either it leads to the stage of the table, or it is refused with a reason.
func TestTransitions(t *testing.T) {
	steps := map[string]takeup.Fact{
		"likely":     likely(rsa),
		"received":   takeup.Diagnosed{RightID: rsa, Finding: takeup.AlreadyReceived},
		"none":       takeup.Diagnosed{RightID: rsa, Finding: takeup.NoRight},
		"noticed":    takeup.Reestimated{RightID: rsa, Change: takeup.NewRight, Estimate: perMonth(1)},
		"other":      takeup.Reestimated{RightID: rsa, Change: takeup.AmountChanged, Estimate: perMonth(2)},
		"gone":       takeup.Reestimated{RightID: rsa, Change: takeup.RightLost, Estimate: perMonth(0)},
		"planned":    takeup.Planned{RightID: rsa, Mode: takeup.ByMandate, Where: "caf", Mandate: day0},
		"filed":      takeup.Filed{RightID: rsa, On: day0},
		"asked":      takeup.DocumentsAsked{RightID: rsa, Documents: []string{"bail"}},
		"opened":     takeup.Opened{RightID: rsa, Amount: takeup.Amount{Per: takeup.PerMonth}, Since: day0},
		"refused":    takeup.Refused{RightID: rsa, Reason: takeup.RefusedAge, Notified: day0},
		"appealed":   takeup.Appealed{RightID: rsa, Remedy: takeup.ToBody, On: day0},
		"upheld":     takeup.AppealAnswered{RightID: rsa, Upheld: true, Notified: day0},
		"not upheld": takeup.AppealAnswered{RightID: rsa, Notified: day0},
		"abandoned":  takeup.Abandoned{RightID: rsa, Reason: takeup.LeftFear},
		"renewed":    takeup.Renewed{RightID: rsa, On: day0},
		"lapsed":     takeup.Lapsed{RightID: rsa, Reason: takeup.LapsedForm, On: day0},
	}
	leads := map[takeup.Stage]map[string]takeup.Stage{
		"": {"likely": "repere", "received": "percu", "none": "sans_droit", "noticed": "repere"},
		"repere": {
			"likely": "repere", "received": "percu", "none": "sans_droit", "other": "repere", "gone": "repere", "planned": "prevu",
			"filed": "depose", "opened": "ouvert", "refused": "refuse", "abandoned": "abandonne",
		},
		"prevu": {
			"likely": "prevu", "received": "percu", "none": "sans_droit", "other": "prevu", "gone": "prevu", "planned": "prevu",
			"filed": "depose", "opened": "ouvert", "refused": "refuse", "abandoned": "abandonne",
		},
		"depose": {
			"other": "depose", "gone": "depose", "asked": "depose", "opened": "ouvert", "refused": "refuse", "abandoned": "abandonne",
		},
		"ouvert": {"other": "ouvert", "gone": "ouvert", "opened": "ouvert", "renewed": "ouvert", "lapsed": "perdu"},
		"refuse": {
			"likely": "repere", "received": "percu", "none": "sans_droit", "noticed": "repere", "opened": "ouvert",
			"appealed": "conteste", "abandoned": "abandonne",
		},
		"conteste": {
			"other": "conteste", "gone": "conteste", "asked": "conteste", "opened": "ouvert", "upheld": "depose",
			"not upheld": "refuse", "abandoned": "abandonne",
		},
		"abandonne": {"likely": "repere", "received": "percu", "none": "sans_droit", "noticed": "repere", "opened": "ouvert"},
		"perdu":     {"likely": "repere", "received": "percu", "none": "sans_droit", "noticed": "repere"},
		"percu":     {"likely": "repere", "received": "percu", "none": "sans_droit"},
		"sans_droit": {
			"likely": "repere", "received": "percu", "none": "sans_droit", "noticed": "repere",
		},
	}
	require.Len(t, leads, len(takeup.Stages())+1)
	for stage, next := range leads {
		for name, f := range steps {
			t.Run(string(stage)+"/"+name, func(t *testing.T) {
				c := told(t, append([]takeup.Fact{opening}, way(rsa, stage)...)...)
				if stage != "" {
					require.Equal(t, stage, c.Right(rsa).Stage)
				}
				want, may := next[name]
				err := c.Allow(f, noon)
				if !may {
					require.Contains(t, []takeup.Key{takeup.KeyStage, takeup.KeyNoRight, takeup.KeyDiagnosis}, refusal(t, err))
					return
				}
				require.NoError(t, err)
				require.NoError(t, c.Apply(takeup.Event{At: noon, Fact: f}))
				require.Equal(t, want, c.Right(rsa).Stage)
			})
		}
	}
}

// What hangs on the case as a whole, and not on a right.
func TestCases(t *testing.T) {
	missed := func(by takeup.Means) takeup.Fact { return takeup.Contacted{With: takeup.ThePerson, By: by} }
	unreachable := []takeup.Fact{opening, missed(takeup.SMS), missed(takeup.SMS), missed(takeup.Letter)}
	reached := takeup.Contacted{With: takeup.ThePerson, By: takeup.Telephone, Reached: true}
	body := takeup.Contacted{With: takeup.TheBody, By: takeup.Telephone}
	closed := takeup.Closed{Reason: takeup.CloseWish}
	away := takeup.Closed{Reason: takeup.CloseUnreachable}
	oriented := takeup.Oriented{Partner: "caf", Consent: true}
	asked := takeup.DocumentsAsked{RightID: rsa, Documents: []string{"bail"}}
	received := takeup.DocumentsReceived{RightID: rsa, Documents: []string{"bail"}}
	list := func(facts ...any) (out []takeup.Fact) {
		for _, f := range facts {
			switch f := f.(type) {
			case takeup.Fact:
				out = append(out, f)
			case []takeup.Fact:
				out = append(out, f...)
			}
		}
		return out
	}
	for name, c := range map[string]struct {
		before []takeup.Fact
		fact   takeup.Fact
		key    takeup.Key // empty when it is allowed
	}{
		"nothing before the opening":              {nil, likely(rsa), takeup.KeyNotOpen},
		"nothing to reopen":                       {nil, reopening, takeup.KeyNotOpen},
		"nobody to forget":                        {nil, takeup.ConsentWithdrawn{}, takeup.KeyNotOpen},
		"opened twice":                            {list(opening), opening, takeup.KeyAlreadyOpen},
		"reopened while open":                     {list(opening), reopening, takeup.KeyNotClosed},
		"closed, then a visit":                    {list(opening, closed), takeup.Visited{Reception: atCounter}, takeup.KeyClosed},
		"closed, then a right":                    {list(opening, closed), likely(rsa), takeup.KeyClosed},
		"closed, then closed":                     {list(opening, closed), closed, takeup.KeyClosed},
		"closed, then reopened":                   {list(opening, closed), reopening, ""},
		"closed, then not even so":                {list(opening, closed), takeup.ConsentWithdrawn{}, ""},
		"not followed any more, twice":            {list(opening, takeup.ConsentWithdrawn{}), takeup.ConsentWithdrawn{}, takeup.KeyClosed},
		"not followed any more, then back":        {list(opening, takeup.ConsentWithdrawn{}), reopening, ""},
		"finished with a right under way":         {list(opening, likely(rsa)), takeup.Closed{Reason: takeup.Finished}, takeup.KeyUnderWay},
		"finished with a right open":              {list(opening, way(rsa, takeup.StageOpened)), takeup.Closed{Reason: takeup.Finished}, ""},
		"finished with nothing found":             {list(opening), takeup.Closed{Reason: takeup.Finished}, ""},
		"unreachable":                             {unreachable, away, ""},
		"unreachable, two tries":                  {unreachable[:3], away, takeup.KeyReachable},
		"unreachable, one means":                  {list(opening, missed(takeup.SMS), missed(takeup.SMS), missed(takeup.SMS)), away, takeup.KeyReachable},
		"unreachable, seen since":                 {list(unreachable, takeup.Visited{Reception: atCounter}), away, takeup.KeyReachable},
		"unreachable, reached since":              {list(unreachable, reached), away, takeup.KeyReachable},
		"unreachable, the body was tried":         {list(unreachable[:3], body), away, takeup.KeyReachable},
		"the same agent":                          {list(opening), takeup.Assigned{Agent: "poste2"}, takeup.KeySameAgent},
		"another agent":                           {list(opening), takeup.Assigned{Agent: "poste3"}, ""},
		"nobody was sent there":                   {list(opening), takeup.OrientationEnded{Partner: "caf"}, takeup.KeyOrientation},
		"seen where they were sent":               {list(opening, oriented), takeup.OrientationEnded{Partner: "caf", Seen: true}, ""},
		"sent for one right, seen for another":    {list(opening, oriented), takeup.OrientationEnded{RightID: rsa, Partner: "caf"}, takeup.KeyOrientation},
		"seen twice":                              {list(opening, oriented, takeup.OrientationEnded{Partner: "caf"}), takeup.OrientationEnded{Partner: "caf"}, takeup.KeyOrientation},
		"another appointment":                     {list(opening, oriented), takeup.Oriented{Partner: "caf", Consent: true, Appointment: day0 + 9}, ""},
		"a document nobody awaits":                {list(opening, way(rsa, takeup.StageFiled)), received, takeup.KeyDocument},
		"a document that is awaited":              {list(opening, way(rsa, takeup.StageFiled), asked), received, ""},
		"filed tomorrow, for clocks":              {list(opening, likely(rsa)), takeup.Filed{RightID: rsa, On: day0 + 1}, ""},
		"filed the day after":                     {list(opening, likely(rsa)), takeup.Filed{RightID: rsa, On: day0 + 2}, takeup.KeyFuture},
		"filed before the visit":                  {list(opening, likely(rsa)), takeup.Filed{RightID: rsa, On: day0 - 90}, ""},
		"refused before it was filed":             {list(opening, way(rsa, takeup.StageFiled)), takeup.Refused{RightID: rsa, Reason: takeup.RefusedAge, Notified: day0 - 1}, takeup.KeyDay},
		"contested before it was refused":         {list(opening, way(rsa, takeup.StageRefused)), takeup.Appealed{RightID: rsa, Remedy: takeup.ToBody, On: day0 - 1}, takeup.KeyDay},
		"answered before it was contested":        {list(opening, way(rsa, takeup.StageAppealed)), takeup.AppealAnswered{RightID: rsa, Notified: day0 - 1}, takeup.KeyDay},
		"renewed before it began":                 {list(opening, way(rsa, takeup.StageOpened)), takeup.Renewed{RightID: rsa, On: day0 - 1}, takeup.KeyDay},
		"ended before it began":                   {list(opening, way(rsa, takeup.StageOpened)), takeup.Lapsed{RightID: rsa, Reason: takeup.LapsedForm, On: day0 - 1}, takeup.KeyDay},
		"the spouse's right is another":           {list(opening, likely(takeup.RightID{Aid: "aah", For: takeup.Applicant})), takeup.Filed{RightID: aah, On: day0}, takeup.KeyNoRight},
		"the opening is not cancelled":            {list(opening), takeup.Cancelled{Event: 1}, takeup.KeyCancelling},
		"what is not there is not cancelled":      {list(opening), takeup.Cancelled{Event: 9}, takeup.KeyCancelling},
		"what others rest on is not cancelled":    {list(opening, way(rsa, takeup.StageFiled)), takeup.Cancelled{Event: 2}, takeup.KeyCancelling},
		"what nothing rests on is cancelled":      {list(opening, likely(rsa), likely(aah)), takeup.Cancelled{Event: 2}, ""},
		"a cancelling is not cancelled":           {list(opening, likely(rsa), takeup.Cancelled{Event: 2}), takeup.Cancelled{Event: 3}, takeup.KeyCancelling},
		"a closing by mistake is cancelled":       {list(opening, closed), takeup.Cancelled{Event: 2}, ""},
		"a wish is not cancelled":                 {list(opening, takeup.ConsentWithdrawn{}), takeup.Cancelled{Event: 2}, takeup.KeyCancelling},
		"what another CCAS has is not taken back": {list(opening, takeup.Moved{To: "93066", Consent: true}), takeup.Cancelled{Event: 2}, takeup.KeyCancelling},
		"a fact that does not check":              {list(opening), takeup.Noted{Text: "1 85 05 78 006 084 36"}, takeup.KeySocialSecurity},
	} {
		t.Run(name, func(t *testing.T) {
			k := told(t, c.before...)
			err := k.Allow(c.fact, noon)
			if c.key != "" {
				require.Equal(t, c.key, refusal(t, err))
				return
			}
			then(t, k, noon, c.fact)
		})
	}
	require.ErrorIs(t, takeup.New("K7B-4PXD").Allow(nil, noon), takeup.ErrNoFact)
}

// Closing a case gives up what was under way in it; what is open or refused stays what it is.
func TestClosingGivesUp(t *testing.T) {
	for why, want := range map[takeup.Closing]takeup.Leaving{
		takeup.CloseWish: takeup.LeftWish, takeup.CloseMoved: takeup.LeftGone, takeup.CloseDeath: takeup.LeftGone,
		takeup.CloseIdle: takeup.LeftUnreachable, takeup.CloseMistake: takeup.LeftClosed,
	} {
		c := told(t, append(append([]takeup.Fact{opening}, way(rsa, takeup.StageFiled)...), way(aah, takeup.StageOpened)...)...)
		then(t, c, in(30), takeup.Closed{Reason: why})
		require.False(t, c.IsOpen())
		require.Equal(t, takeup.StageAbandoned, c.Right(rsa).Stage)
		require.Equal(t, want, c.Right(rsa).LeftFor)
		require.Equal(t, takeup.StageOpened, c.Right(aah).Stage)
	}
}

// A right that is found again is another undertaking; the first stays for the indicators.
func TestUndertakings(t *testing.T) {
	c := told(t, append([]takeup.Fact{opening}, way(rsa, takeup.StageLapsed)...)...)
	again := likely(rsa)
	again.Type = takeup.NotRenewed
	then(t, c, in(60), again)
	require.Len(t, c.Rights, 2)
	require.Len(t, c.Current(), 1)
	require.Equal(t, takeup.StageNoted, c.Right(rsa).Stage)
	require.Equal(t, takeup.NotRenewed, c.Right(rsa).Type)
	require.Equal(t, day0+60, c.Right(rsa).Found)
	require.Equal(t, takeup.StageLapsed, c.Rights[0].Stage)
}

func TestApplyRefusesWhatCannotBeNext(t *testing.T) {
	c := told(t, opening)
	require.ErrorIs(t, c.Apply(takeup.Event{At: noon}), takeup.ErrNoFact)
	require.ErrorIs(t, c.Apply(takeup.Event{Case: "X2X-2X2X", Fact: likely(rsa)}), takeup.ErrOtherCase)
	require.ErrorIs(t, c.Apply(takeup.Event{Number: 3, Fact: likely(rsa)}), takeup.ErrNumber)
	_, err := takeup.Fold(c.Code, []takeup.Event{{Number: 2, Fact: opening}})
	require.ErrorIs(t, err, takeup.ErrNumber)
	require.Len(t, c.Events(), 1, "and nothing was added")
}

// Every list of words is without a double, in small letters without accents but for the types, and short enough for a URL and a CSV.
func TestVocabulary(t *testing.T) {
	lists := map[string][]string{}
	add := func(name string, n int, at func(int) string) {
		for i := range n {
			lists[name] = append(lists[name], at(i))
		}
	}
	add("finding", len(takeup.Findings()), func(i int) string { return string(takeup.Findings()[i]) })
	add("reason", len(takeup.Reasons()), func(i int) string { return string(takeup.Reasons()[i]) })
	add("channel", len(takeup.Channels()), func(i int) string { return string(takeup.Channels()[i]) })
	add("mode", len(takeup.Modes()), func(i int) string { return string(takeup.Modes()[i]) })
	add("partner", len(takeup.Partners()), func(i int) string { return string(takeup.Partners()[i]) })
	add("means", len(takeup.AllMeans()), func(i int) string { return string(takeup.AllMeans()[i]) })
	add("refusal", len(takeup.Refusals()), func(i int) string { return string(takeup.Refusals()[i]) })
	add("remedy", len(takeup.Remedies()), func(i int) string { return string(takeup.Remedies()[i]) })
	add("leaving", len(takeup.Leavings()), func(i int) string { return string(takeup.Leavings()[i]) })
	add("lapse", len(takeup.Lapses()), func(i int) string { return string(takeup.Lapses()[i]) })
	add("closing", len(takeup.Closings()), func(i int) string { return string(takeup.Closings()[i]) })
	add("stage", len(takeup.Stages()), func(i int) string { return string(takeup.Stages()[i]) })
	add("task", len(takeup.TaskKinds()), func(i int) string { return string(takeup.TaskKinds()[i]) })
	add("key", len(takeup.Keys()), func(i int) string { return string(takeup.Keys()[i]) })
	add("remedy key", len(takeup.RemedyKeys()), func(i int) string { return string(takeup.RemedyKeys()[i]) })
	files, err := filepath.Glob("../locales/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		require.Contains(t, takeup.Languages(), takeup.Language(strings.TrimSuffix(filepath.Base(f), ".yaml")), "whatever a page speaks")
	}
	for name, words := range lists {
		seen := map[string]bool{}
		for _, w := range words {
			require.False(t, seen[w], "%s %q twice", name, w)
			seen[w] = true
			require.Regexp(t, `^[a-z0-9_]+$`, w)
		}
	}
}

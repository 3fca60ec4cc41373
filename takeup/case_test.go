package takeup_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
)

var (
	rsa  = takeup.RightID{Aid: "rsa", For: takeup.Household}
	aah  = takeup.RightID{Aid: "aah", For: takeup.Spouse}
	noon = time.Date(2026, 10, 15, 12, 0, 0, 0, time.UTC)
	day0 = takeup.DayOf(noon)

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

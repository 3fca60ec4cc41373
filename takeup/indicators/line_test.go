package indicators_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/indicators"
)

var (
	noon   = time.Date(2026, 10, 15, 12, 0, 0, 0, time.UTC)
	day0   = takeup.DayOf(noon)
	rsa    = takeup.RightID{Aid: "rsa", For: takeup.Household}
	css    = takeup.RightID{Aid: "css", For: takeup.Household}
	tamil  = takeup.Reception{Channel: takeup.Outreach, Language: "ta", Interpreter: true}
	notice = takeup.Notice{Version: "2026-11", Language: "ta"}
)

func likely(id takeup.RightID) takeup.Diagnosed {
	e := takeup.Estimate{Min: 500_00, Max: 551_20, Per: takeup.PerMonth, Version: "2025-04-01", Rules: "sha256:00ff"}
	return takeup.Diagnosed{RightID: id, Finding: takeup.Likely, Type: takeup.NotKnown, Reason: takeup.Information, Estimate: &e}
}

// events gives what happened in a case, each thing some days after the case was opened.
func events(code takeup.Code, facts ...struct {
	After int
	Fact  takeup.Fact
},
) []takeup.Event {
	var out []takeup.Event
	for i, f := range facts {
		out = append(out, takeup.Event{Case: code, Number: i + 1, At: noon.AddDate(0, 0, f.After), By: "poste2", Fact: f.Fact})
	}
	return out
}

type step = struct {
	After int
	Fact  takeup.Fact
}

func opening(from takeup.CCAS) takeup.Fact {
	return takeup.CaseOpened{Reception: tamil, Notice: notice, Followed: true, Simulated: true, From: from}
}

func whole(from takeup.CCAS) []takeup.Event {
	return events("K7B-4PXD",
		step{0, opening(from)}, step{0, likely(rsa)}, step{0, takeup.Diagnosed{RightID: css, Finding: takeup.AlreadyReceived}},
		step{4, takeup.Filed{RightID: rsa, On: day0 + 3, Proof: "4471"}},
		step{50, takeup.Opened{RightID: rsa, Amount: takeup.Amount{Cents: 540_00, Per: takeup.PerMonth}, Since: day0}},
	)
}

func TestLines(t *testing.T) {
	c, err := takeup.Fold("K7B-4PXD", whole(""))
	require.NoError(t, err)
	b, err := json.MarshalIndent(indicators.Lines(c), "", " ")
	require.NoError(t, err)
	require.JSONEq(t, `[
		{"personne": {"mois": "2026-10", "canal": "aller_vers", "langue": "ta", "interprete": true, "simule": true, "droit_probable": true}},
		{"droit": {"aide": "rsa", "type": "NCO", "motif": "information", "canal": "aller_vers", "langue": "ta", "repere": "2026-10",
			"depose": "2026-10", "ouvert": "2026-12", "jours_depot": 3, "jours_ouverture": 50, "jours_reponse": 47,
			"estime": {"centimes": 50000, "periode": "mois"}, "declare": {"centimes": 54000, "periode": "mois"}}}
	]`, string(b))

	var again []indicators.Line
	require.NoError(t, json.Unmarshal(b, &again))
	require.Equal(t, indicators.Lines(c), again, "what stays of a purged case says the same")
}

// What another CCAS found and filed is its own; what was opened here is ours.
func TestLinesOfATransferredCase(t *testing.T) {
	there, err := takeup.Fold("K7B-4PXD", whole("")[:4])
	require.NoError(t, err)
	here := takeup.New("X2X-2X2X")
	for _, f := range there.Handover("autre-ville") {
		require.NoError(t, here.Apply(takeup.Event{At: noon.AddDate(0, 0, 10), Fact: f}))
	}
	opened := takeup.Opened{RightID: rsa, Amount: takeup.Amount{Cents: 540_00, Per: takeup.PerMonth}, Since: day0}
	require.NoError(t, here.Apply(takeup.Event{At: noon.AddDate(0, 0, 50), Fact: opened}))
	lines := indicators.Lines(here)
	require.Len(t, lines, 2)
	require.Zero(t, lines[1].Right.Found)
	require.Zero(t, lines[1].Right.Filed)
	require.Equal(t, takeup.MonthOf(2026, 12), lines[1].Right.Opened)
	require.Nil(t, lines[1].Right.Estimated)
}

// Amounts are kept to the euro: to the cent they could be looked up in the books of whoever pays them.
func TestAmountsToTheEuro(t *testing.T) {
	c, err := takeup.Fold("K7B-4PXD", whole("")[:2])
	require.NoError(t, err)
	opened := takeup.Opened{RightID: rsa, Amount: takeup.Amount{Cents: 540_51, Per: takeup.PerMonth}, Since: day0}
	require.NoError(t, c.Apply(takeup.Event{At: noon, Fact: opened}))
	lines := indicators.Lines(c)
	require.Equal(t, takeup.Cents(541_00), lines[1].Right.Declared.Cents)
	require.Zero(t, lines[1].Right.Estimated.Cents%100)
}

func TestNoLines(t *testing.T) {
	for name, facts := range map[string][]step{
		"nothing happened": {},
		"a mistake":        {{0, opening("")}, {0, likely(rsa)}, {1, takeup.Closed{Reason: takeup.CloseMistake}}},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := takeup.Fold("K7B-4PXD", events("K7B-4PXD", facts...))
			require.NoError(t, err)
			require.Empty(t, indicators.Lines(c))
		})
	}
}

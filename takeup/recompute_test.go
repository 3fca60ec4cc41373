package takeup_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/rules"
	"guichet/takeup"
)

func answer(aids ...engine.Aid) *engine.Simulation {
	return &engine.Simulation{Rules: "sha256:now", Aids: aids}
}

func aid(id takeup.RightID, status engine.Status, net float64) engine.Aid {
	a := engine.Aid{
		Aid: id.Aid, Status: status, Version: profile.DateOf(2026, 4, 1),
		Amount: engine.Amount{Period: "mois", For: string(id.For), Decided: status == engine.Eligible, Net: net, Max: net},
		TakeUp: engine.NotReceived,
	}
	if status != engine.Eligible {
		a.TakeUp = engine.NotConcerned
	}
	return a
}

func TestRecompute(t *testing.T) {
	receives := aid(rsa, engine.Eligible, 551.20)
	receives.TakeUp = engine.Received
	pays := aid(rsa, engine.Eligible, 0)
	pays.Share = &engine.Figure{}
	yes := func(net float64) *engine.Simulation { return answer(aid(rsa, engine.Eligible, net)) }
	no, unsure := answer(aid(rsa, engine.NotEligible, 0)), answer(aid(rsa, engine.Undecided, 900))
	for name, c := range map[string]struct {
		stage       takeup.Stage // the estimate on record is 551,20
		before, now *engine.Simulation
		want        takeup.Change
		cents       takeup.Cents
	}{
		"as before":                                {takeup.StageFiled, yes(551.20), yes(551.20), "", 0},
		"less than a euro more":                    {takeup.StageFiled, yes(551.20), yes(552.19), "", 0},
		"a euro more":                              {takeup.StageFiled, yes(551.20), yes(552.20), takeup.AmountChanged, 552_20},
		"less, of an open right":                   {takeup.StageOpened, yes(551.20), yes(400), takeup.AmountChanged, 400_00},
		"no right any more":                        {takeup.StageNoted, yes(551.20), no, takeup.RightLost, 0},
		"not decided any more":                     {takeup.StageNoted, yes(551.20), unsure, "", 0},
		"a right that there was not":               {"", no, yes(400), takeup.NewRight, 400_00},
		"a right that was not decided":             {"", unsure, yes(400), takeup.NewRight, 400_00},
		"an aid that the rules did not know":       {"", answer(), yes(400), takeup.NewRight, 400_00},
		"an aid that pays nothing":                 {"", no, answer(pays), takeup.NewRight, 0},
		"a right that nobody followed":             {"", yes(551.20), yes(600), "", 0},
		"a right that is received":                 {"", no, answer(receives), "", 0},
		"a right that was received":                {takeup.StageReceived, no, yes(400), "", 0},
		"a right where there was none":             {takeup.StageNoRight, no, yes(400), takeup.NewRight, 400_00},
		"given up, and the right is new":           {takeup.StageAbandoned, no, yes(400), takeup.NewRight, 400_00},
		"given up, and the right is what it was":   {takeup.StageAbandoned, yes(400), yes(600), "", 0},
		"refused, and the right is new":            {takeup.StageRefused, no, yes(400), takeup.NewRight, 400_00},
		"refused, and there is no right any more":  {takeup.StageRefused, yes(400), no, "", 0},
		"ended, and the right is there once again": {takeup.StageLapsed, no, yes(400), takeup.NewRight, 400_00},
	} {
		t.Run(name, func(t *testing.T) {
			k := told(t, append([]takeup.Fact{opening}, way(rsa, c.stage)...)...)
			got := k.Recompute(c.before, c.now)
			if c.want == "" {
				require.Empty(t, got)
				return
			}
			require.Equal(t, []takeup.Reestimated{{RightID: rsa, Change: c.want, Estimate: takeup.Estimate{
				Min: c.cents, Max: c.cents, Per: takeup.PerMonth, Version: "2026-04-01", Rules: "sha256:now",
			}}}, got)
			then(t, k, in(30), got[0])
			require.Empty(t, k.Recompute(c.before, c.now), "once")
		})
	}
	closed := told(t, opening, takeup.Closed{Reason: takeup.CloseWish})
	require.Empty(t, closed.Recompute(no, yes(400)))
}

// Whatever the case and the answers, what a recomputation finds can be noted, and nothing is found twice.
func TestRecomputeOnce(t *testing.T) {
	drawn := func(t *rapid.T) *engine.Simulation {
		var aids []engine.Aid
		for _, id := range []takeup.RightID{rsa, aah} {
			status := pick(t, "status", engine.Eligible, engine.NotEligible, engine.Undecided)
			aids = append(aids, aid(id, status, float64(rapid.IntRange(0, 90_000).Draw(t, "cents"))/100))
		}
		return answer(aids...)
	}
	rapid.Check(t, func(t *rapid.T) {
		c, at := grown(t)
		before, now := drawn(t), drawn(t)
		for _, f := range c.Recompute(before, now) {
			require.NoError(t, c.Allow(f, at))
			require.NoError(t, c.Apply(takeup.Event{At: at, Fact: f}))
		}
		require.Empty(t, c.Recompute(before, now))
	})
}

func TestDiagnoses(t *testing.T) {
	part, check, unknown := aid(rsa, engine.Eligible, 500), aid(rsa, engine.NotEligible, 0), aid(rsa, engine.Eligible, 500)
	part.TakeUp, check.TakeUp, unknown.TakeUp = engine.PartlyReceived, engine.ReceivedCheck, engine.TakeUpUnknown
	got := aid(rsa, engine.Eligible, 500)
	got.TakeUp = engine.Received
	for name, c := range map[string]struct {
		aid  engine.Aid
		want takeup.Finding
	}{
		"not received":                     {aid(rsa, engine.Eligible, 500), takeup.Likely},
		"not decided":                      {aid(rsa, engine.Undecided, 500), takeup.ToVerify},
		"no right":                         {aid(rsa, engine.NotEligible, 0), takeup.NoRight},
		"received":                         {got, takeup.AlreadyReceived},
		"received in part":                 {part, takeup.ToVerify},
		"received without a right":         {check, takeup.ToVerify},
		"nobody said what is received":     {unknown, takeup.ToVerify},
		"no limit to what it could be yet": {aid(rsa, engine.Undecided, 1e12), takeup.ToVerify},
	} {
		t.Run(name, func(t *testing.T) {
			list := takeup.Diagnoses(answer(c.aid))
			require.Len(t, list, 1)
			require.Equal(t, c.want, list[0].Finding)
			if list[0].Finding == takeup.Likely {
				require.Equal(t, takeup.KeyMissing, refusal(t, list[0].Check()), "an agent asks the person why")
				list[0].Type = takeup.NotKnown
			}
			require.NoError(t, list[0].Check())
		})
	}
}

// With the rules of the house: the RSA's amount of April is a fact of April, and nobody had to ask.
func TestRecomputeWithTheRules(t *testing.T) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	e, err := engine.New(set)
	require.NoError(t, err)
	on := func(date string) *engine.Simulation {
		p, err := profile.Decode([]byte(`{"date": "` + date + `", "complet": true, "commune": "93066", "couple": "non", "enfants": [],
			"demandeur": {"naissance": "1990-05-05", "nationalite": "francaise", "activite": "inactif", "revenus": {}},
			"logement": {"statut": "heberge_gratuitement"}, "prestations_percues": {}}`))
		require.NoError(t, err)
		s, err := e.Simulate(p)
		require.NoError(t, err)
		return s
	}
	march, april := on("2026-03-15"), on("2026-04-15")
	c := told(t, opening)
	for _, d := range takeup.Diagnoses(march) {
		if d.Finding == takeup.Likely {
			d.Type = takeup.NotKnown
		}
		then(t, c, noon, d)
	}
	require.Equal(t, takeup.StageNoted, c.Right(rsa).Stage)
	require.Empty(t, c.Recompute(march, march))
	facts := c.Recompute(march, april)
	i := slices.IndexFunc(facts, func(f takeup.Reestimated) bool { return f.RightID == rsa })
	require.GreaterOrEqual(t, i, 0)
	require.Equal(t, takeup.AmountChanged, facts[i].Change)
	require.Greater(t, facts[i].Estimate.Min, c.Right(rsa).Estimate.Min)
	for _, f := range facts {
		then(t, c, in(200), f)
	}
	require.Empty(t, c.Recompute(march, april))
	for _, a := range set.Aids() {
		for _, p := range a.Payers {
			require.Contains(t, takeup.Partners(), takeup.Partner(p), "whoever pays an aid can be named in a case")
		}
	}
	by := c.Right(rsa)
	by.Notified = day(t, "2026-11-12")
	require.Equal(t, "2027-01-12", by.AppealBy(takeup.RulesOf(set).Procedure("rsa")).String(), "the aid's own rule")
	require.Zero(t, takeup.RulesOf(set).Procedure("inconnu"))
}

package trace_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/engine/trace"
	"guichet/rules"
)

func shipped(t *testing.T) *ruleset.Set {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	return set
}

var june = fact.DayOf(2026, 6, 15)

// TestATraceIsWhole holds for every shipped aid: whatever a line reads is told, or belongs to another aid.
func TestATraceIsWhole(t *testing.T) {
	set := shipped(t)
	for _, aid := range set.Aids() {
		tr := trace.Of(set, aid, june, nil)
		told := []string{aid.ID + ".eligible", aid.ID + ".montant"}
		lines := slices.Concat(tr.OutOfScope, tr.Conditions, tr.Steps)
		for _, l := range lines {
			told = append(told, aid.ID+"."+l.ID)
			require.NotEmpty(t, l.References, "%s.%s", aid.ID, l.ID)
		}
		for _, l := range tr.Workings {
			told = append(told, l.ID)
		}
		var valued []string
		for _, b := range tr.Baremes {
			valued = append(valued, b.Name)
			require.NotEmpty(t, b.Since, "%s reads %s, which has no value", aid.ID, b.Name)
			require.NotEmpty(t, b.References, b.Name)
		}
		for _, l := range append(append(lines, tr.Workings...), tr.Amount.Line) {
			for _, name := range l.Baremes {
				require.Contains(t, valued, name, "%s.%s", aid.ID, l.ID)
			}
			for _, name := range l.Reads {
				if head, _, other := strings.Cut(name, "."); !other || head == aid.ID {
					require.Contains(t, told, name, "%s.%s", aid.ID, l.ID)
				}
			}
		}
		require.NotEmpty(t, tr.Conditions, aid.ID)
		require.Positive(t, tr.Amount.Step, aid.ID)
	}
}

func TestALineSaysWhomItConcerns(t *testing.T) {
	set := shipped(t)
	aid, _ := set.Aid("aide_logement")
	tr := trace.Of(set, aid, june, nil)
	line := func(lines []trace.Line, id string) trace.Line {
		i := slices.IndexFunc(lines, func(l trace.Line) bool { return l.ID == id })
		require.GreaterOrEqual(t, i, 0, id)
		return lines[i]
	}
	loan := line(tr.Conditions, "pret_ouvrant_droit")
	require.Equal(t, "accedant", loan.Concerns)
	require.True(t, strings.HasPrefix(loan.Formula, "pret_apl or "), "the author's text, without what the engine adds: %s", loan.Formula)
	require.False(t, strings.HasSuffix(loan.Formula, "))"), loan.Formula)
	require.Equal(t, "en_foyer or en_accession", line(tr.Steps, "coefficient_prise_en_charge").Concerns)
	require.Empty(t, line(tr.Steps, "ressources").Concerns)
}

func TestATraceFollowsTheDay(t *testing.T) {
	set := shipped(t)
	aid, ok := set.Aid("af")
	require.True(t, ok)
	value := func(on fact.Day) any {
		tr := trace.Of(set, aid, on, nil)
		i := slices.IndexFunc(tr.Baremes, func(b trace.Bareme) bool { return b.Name == "bareme.pf.bmaf" })
		return tr.Baremes[i].Value
	}
	require.Equal(t, 474.37, value(fact.DayOf(2026, 3, 31)))
	require.Equal(t, 478.16, value(fact.DayOf(2026, 4, 1)))
	require.Equal(t, "2024-01-01", trace.Of(set, aid, fact.DayOf(2026, 2, 28), nil).Version)
	require.Equal(t, "2026-03-01", trace.Of(set, aid, fact.DayOf(2026, 3, 1), nil).Version)
}

func TestTheAmountIsTheAuthorsOwn(t *testing.T) {
	set := shipped(t)
	aid, _ := set.Aid("asf")
	a := trace.Of(set, aid, june, nil).Amount
	require.Equal(t, "complement_du", a.Formula)
	require.Equal(t, formula.Term{Kind: formula.Named, Name: "asf.complement_du"}, a.Term)
	require.Equal(t, "arrondis.centime", a.Rounding)
	require.Equal(t, 0.01, a.Step)
	require.Equal(t, "proche", a.Mode)
	require.Contains(t, a.Net, "bareme.crds.taux")
}

func TestATraceWithAHousehold(t *testing.T) {
	set := shipped(t)
	e, err := engine.New(set)
	require.NoError(t, err)
	p, err := profile.Decode([]byte(`{"date": "2026-06-15", "complet": true, "commune": "59350", "demandeur": {"naissance": "1990-01-01"}, "enfants": [{"naissance": "2018-03-10"}]}`))
	require.NoError(t, err)
	s, err := e.Simulate(p)
	require.NoError(t, err)
	aid, _ := set.Aid("asf")
	answers := trace.Answers(s, "asf")
	require.Len(t, answers, 1)
	require.Equal(t, 201.78, answers[0].Amount.Gross)
	require.Equal(t, "oui", trace.Condition(answers[0], "enfant").Result)
	require.Equal(t, 1.0, trace.Step(answers[0], "nombre_enfants").Value.Lo)
	require.Nil(t, trace.Condition(answers[0], "inconnue"))
	require.Nil(t, trace.Step(answers[0], "inconnue"))

	first, err := json.Marshal(trace.Of(set, aid, june, answers))
	require.NoError(t, err)
	again, err := json.Marshal(trace.Of(shipped(t), aid, june, trace.Answers(s, "asf")))
	require.NoError(t, err)
	require.Equal(t, string(first), string(again), "the same bytes each time")
}

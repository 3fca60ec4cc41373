package difference_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine"
	"guichet/engine/difference"
	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/engine/screening"
	"guichet/rules"
)

// invented is a set of one aid: 600 EUR less the wages, for who is 25.
func invented(changes map[string]string) fs.FS {
	files := map[string]string{
		"ensemble.yaml": "aides: [secours]\n",
		"baremes/secours.yaml": `groupe: secours
verifie_le: 2026-11-22
references:
  D1: {titre: "Délibération 1", url: "https://exemple.fr/1"}
  D2: {titre: "Délibération 2", url: "https://exemple.fr/2"}
baremes:
  plafond:
    description: Plafond
    unite: EUR/mois
    lecture: texte
    valeurs:
      2020-01-01: {valeur: 600, reference: D1}
  age:
    description: Âge
    unite: ans
    lecture: texte
    valeurs:
      2020-01-01: {valeur: 25, reference: D1}
`,
		"national/secours/aide.yaml": `aide: secours
nom: Secours
pour: foyer
periode: mois
formalise: {depuis: 2024-01-01, jusqu_au: 2027-12-31}
plafond: 1000
organisme: [ccas]
`,
		"national/secours/2024-01-01.yaml": `references:
  D1: {titre: "Délibération 1", url: "https://exemple.fr/1"}
etapes:
  ressources:
    formule: sum(personnes, .revenus.salaire.net)
    unite: EUR/mois
    reference: D1
conditions:
  age_minimal:
    condition: demandeur.age >= bareme.secours.age
    reference: D1
montant:
  formule: max(0, bareme.secours.plafond - ressources)
  arrondi: centime
  reference: D1
`,
	}
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for _, name := range []string{"baremes/arrondis.yaml", "baremes/revenus.yaml", "baremes/smic.yaml", "baremes/fenetre.yaml", "baremes/pss.yaml"} {
		text, err := fs.ReadFile(rules.FS, name)
		if err == nil {
			out[name] = &fstest.MapFile{Data: text}
		}
	}
	for edit, to := range changes {
		name, from, _ := strings.Cut(edit, "|")
		text := string(out[name].Data)
		if !strings.Contains(text, from) {
			panic("nothing to change in " + name)
		}
		out[name].Data = []byte(strings.Replace(text, from, to, 1))
	}
	return out
}

func load(t testing.TB, law fs.FS) *ruleset.Set {
	t.Helper()
	set, err := ruleset.Load(law)
	require.NoError(t, err)
	return set
}

// revalued raises the ceiling in July 2026, lowers the age, and asks for more.
var revalued = map[string]string{
	"baremes/secours.yaml|2020-01-01: {valeur: 600, reference: D1}": "2020-01-01: {valeur: 600, reference: D1}\n      2026-07-01: {valeur: 650, reference: D2}",
	"national/secours/2024-01-01.yaml|montant:":                     "  loyer:\n    condition: logement.loyer > 0\n    reference: D1\nmontant:",
	"national/secours/2024-01-01.yaml|max(0, ":                      "max(0, 2 * ",
}

func TestWhatTwoSetsChange(t *testing.T) {
	a, b := load(t, invented(nil)), load(t, invented(revalued))
	r := difference.Between(difference.Side{Name: "a", Set: a}, difference.Side{Name: "b", Set: b})
	require.Empty(t, r.Added)
	require.Empty(t, r.Removed)
	require.Len(t, r.Baremes, 1)
	c := r.Baremes[0]
	require.Equal(t, "bareme.secours.plafond", c.Name)
	require.Equal(t, difference.Changed, c.Kind)
	require.Equal(t, "2026-07-01", c.Since)
	require.Equal(t, 600.0, c.Before)
	require.Equal(t, 650.0, c.After)
	require.Equal(t, []difference.Reference{{Title: "Délibération 2", URL: "https://exemple.fr/2"}}, c.AfterReferences)
	var told []string
	for _, f := range r.Formulas {
		told = append(told, fmt.Sprintf("%s %s %s.%s: %q → %q", f.Kind, f.Section, f.Aid, f.ID, f.Before, f.After))
	}
	require.Equal(t, []string{
		`ajoute condition secours.loyer: "" → "logement.loyer > 0"`,
		`change montant secours.montant: "max(0, bareme.secours.plafond - ressources)" → "max(0, 2 * bareme.secours.plafond - ressources)"`,
	}, told)

	back := difference.Between(difference.Side{Set: b}, difference.Side{Set: a})
	require.Equal(t, difference.Removed, back.Formulas[0].Kind)
	require.Equal(t, 650.0, back.Baremes[0].Before)
}

func TestWhatTwoDaysChange(t *testing.T) {
	set := load(t, invented(revalued))
	on := func(y, m int) difference.Side { return difference.Side{Set: set, On: fact.DayOf(y, m, 15)} }
	require.True(t, difference.Between(on(2026, 2), on(2026, 5)).Empty())
	r := difference.Between(on(2026, 6), on(2026, 7))
	require.Len(t, r.Baremes, 1)
	require.Empty(t, r.Formulas)
}

// TestNothingChangesFromASetToItself holds for the shipped rules, whatever the days and however the households look.
func TestNothingChangesFromASetToItself(t *testing.T) {
	set := load(t, rules.FS)
	require.True(t, difference.Between(difference.Side{Set: set}, difference.Side{Set: set}).Empty())
	rapid.Check(t, func(t *rapid.T) {
		on := fact.DayOf(rapid.IntRange(2024, 2027).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"))
		r := difference.Between(difference.Side{Set: set, On: on}, difference.Side{Set: set, On: on})
		require.True(t, r.Empty())
	})
}

// TestThereAndBack: what a day changes, the way back changes to the contrary.
func TestThereAndBack(t *testing.T) {
	set := load(t, rules.FS)
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.Custom(func(t *rapid.T) fact.Day {
			return fact.DayOf(rapid.IntRange(2024, 2027).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), 1)
		})
		a, b := difference.Side{Set: set, On: day.Draw(t, "a")}, difference.Side{Set: set, On: day.Draw(t, "b")}
		there, back := difference.Between(a, b), difference.Between(b, a)
		require.Len(t, back.Baremes, len(there.Baremes))
		for i := range there.Baremes {
			require.Equal(t, there.Baremes[i].Before, back.Baremes[i].After)
			require.Equal(t, there.Baremes[i].After, back.Baremes[i].Before)
		}
		require.Len(t, back.Formulas, len(there.Formulas))
		for i := range there.Formulas {
			require.Equal(t, there.Formulas[i].Before, back.Formulas[i].After)
		}
	})
}

func brief(t testing.TB, law fs.FS) engine.Brief {
	e, err := engine.New(load(t, law))
	require.NoError(t, err)
	return engine.Brief{Engine: e}
}

// run counts the households of lines.
func run(t *testing.T, p difference.Pair, lines string, ids, jobs int) *difference.Population {
	s := &screening.Screener{Rules: p, Form: screening.NDJSON{}, Today: profile.DateOf(2026, 8, 15), Report: func(l int, kind string, _ []string) {
		t.Errorf("line %d: %s", l, kind)
	}}
	tally := &difference.Tally{Order: p.Aids(), IDs: ids}
	_, err := screening.Run(context.Background(), screening.NewInput(strings.NewReader(lines)), tally, jobs, s.Answer, nil)
	require.NoError(t, err)
	return tally.Population()
}

const people = `{"id":"gagne","complet":true,"commune":"59350","demandeur":{"naissance":"1990-01-01","revenus":{"salaire":100}},"logement":{"statut":"locataire_vide","loyer":300}}
{"id":"ouvre","complet":true,"commune":"59350","demandeur":{"naissance":"1990-01-01","revenus":{"salaire":900}},"logement":{"statut":"locataire_vide","loyer":300}}
{"id":"perd","complet":true,"commune":"59350","demandeur":{"naissance":"1990-01-01","revenus":{"salaire":450.5}},"logement":{"statut":"proprietaire"}}
{"id":"jeune","complet":true,"commune":"59350","demandeur":{"naissance":"2008-01-01"},"logement":{"statut":"proprietaire"}}
{"id":"inconnu","demandeur":{"naissance":"1990-01-01"}}
{"id":"mauvais","logement":{"loyer":-1}}
`

// The amounts are worked out by hand: 600 − wages before; 2 × 650 − wages after, with a rent.
func TestWhoGainsAndWhoLoses(t *testing.T) {
	p := difference.NewPair(brief(t, invented(nil)), brief(t, invented(revalued)), 0, 0)
	got := run(t, p, people, 5, 2)
	want := difference.Effect{
		Aid: "secours", Period: "mois", Gain: 2, Lose: 1, Opened: 1, Closed: 1, Undecided: 1,
		// 500 → 1 200, 0 → 400, 149.50 → 0
		Mean: 316.83, Least: -149.5, Greatest: 700, Total: 950.5, Gainers: []string{"gagne", "ouvre"}, Losers: []string{"perd"},
		Reasons: []difference.Reason{
			// « ouvre » had 600 - 900 < 0: no condition stood in its way; « perd » has no rent
			{Sense: difference.Opens, Kind: difference.OfBareme, ID: "bareme.secours.plafond", Households: 1},
			{Sense: difference.Opens, Kind: difference.OfFormula, Aid: "secours", ID: "montant", Households: 1},
			{Sense: difference.Closes, Kind: difference.OfCondition, Aid: "secours", ID: "loyer", Households: 1},
			{Sense: difference.Closes, Kind: difference.OfFormula, Aid: "secours", ID: "loyer", Households: 1},
			{Sense: difference.Gains, Kind: difference.OfBareme, ID: "bareme.secours.plafond", Households: 1},
			{Sense: difference.Gains, Kind: difference.OfFormula, Aid: "secours", ID: "montant", Households: 1},
			{Sense: difference.Uncertain, Kind: difference.OfAnswer, ID: "couple", Households: 1},
			{Sense: difference.Uncertain, Kind: difference.OfAnswer, ID: "demandeur.revenus", Households: 1},
			{Sense: difference.Uncertain, Kind: difference.OfAnswer, ID: "enfants", Households: 1},
			{Sense: difference.Uncertain, Kind: difference.OfAnswer, ID: "logement.loyer", Households: 1},
		},
	}
	total := want
	total.Aid, total.Opened, total.Closed, total.Reasons = "total", 0, 0, nil
	refusals := []difference.Refusal{{Rule: "un nombre négatif n'a pas de sens ici", Households: 1}}
	require.Equal(t, &difference.Population{
		Households: 5, Refused: 1, Refusals: refusals, Unchanged: 2, Aids: []difference.Effect{want}, Total: total,
	}, got)
	require.Equal(t, got, run(t, p, people, 5, 1), "the order of the work changes nothing")
	text, err := json.Marshal(run(t, p, people, 0, 2))
	require.NoError(t, err)
	require.NotContains(t, string(text), "gagne\"]", "no identifier unless asked for")
	require.NotContains(t, string(text), "450")
}

// What changes for a household on another day and by no rule is told of the step that first gives another result, beside the values
// that may have a part in it.
func TestWhyBetweenTwoDays(t *testing.T) {
	law := invented(map[string]string{
		"national/secours/2024-01-01.yaml|sum(personnes, .revenus.salaire.net)": "il_y_a(1, sum(personnes, .revenus.salaire.net))",
		"national/secours/2024-01-01.yaml|ressources)\n  arrondi":               "ressources))\n  arrondi",
		"national/secours/2024-01-01.yaml|montant:\n  formule: max":             "montant:\n  formule: si(avant(demandeur.naissance, bareme.secours.ne_avant), max",
		"baremes/secours.yaml|baremes:":                                         "baremes:\n  ne_avant:\n    description: Né avant\n    unite: date\n    lecture: texte\n    valeurs:\n      2020-01-01: {valeur: 1980-01-01, reference: D1}\n      2026-07-01: {valeur: 2000-01-01, reference: D1}",
	})
	b := brief(t, law)
	p := difference.NewPair(b, b, profile.DateOf(2026, 6, 15), profile.DateOf(2026, 7, 15))
	got := run(t, p, `{"complet":true,"demandeur":{"naissance":"1990-01-01","revenus":{"salaire":100}}}
{"complet":true,"demandeur":{"naissance":"1975-01-01","revenus":{"salaire":{"net":100,"mois":{"2026-06":150}}}}}
`, 0, 1)
	require.Equal(t, []difference.Reason{
		{Sense: difference.Opens, Kind: difference.OfBareme, ID: "bareme.secours.ne_avant", Households: 1},
		{Sense: difference.Loses, Kind: difference.OfBareme, ID: "bareme.secours.ne_avant", Households: 1},
		{Sense: difference.Loses, Kind: difference.OfStep, Aid: "secours", ID: "ressources", Households: 1},
	}, got.Aids[0].Reasons)
}

func TestNoHouseholdChangesFromASetToItself(t *testing.T) {
	cases, err := os.ReadFile("../../testdata/oracle/cases.ndjson")
	require.NoError(t, err)
	var households bytes.Buffer
	for l := range bytes.Lines(cases) {
		var c struct {
			Profile json.RawMessage `json:"profil"`
		}
		require.NoError(t, json.Unmarshal(l, &c))
		households.Write(append(c.Profile, '\n'))
	}
	b := brief(t, rules.FS)
	got := run(t, difference.NewPair(b, b, 0, 0), households.String(), 3, 2)
	require.Positive(t, got.Households)
	require.Equal(t, got.Households, got.Unchanged)
	require.Zero(t, got.Total.Gain+got.Total.Lose)
}

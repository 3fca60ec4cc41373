package engine_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/profile/profiletest"
	"guichet/engine/ruleset"
	"guichet/engine/territory"
	"guichet/engine/workbench"
	"guichet/rules"
)

// withModels gives the engine of the shipped rules with the aids of the fictitious commune.
func withModels(t testing.TB, changes ...string) *engine.Engine {
	law := rules.Overlay(rules.FS, rules.Fictive())
	for i := 0; i+1 < len(changes); i += 2 {
		law = rules.Overlay(law, fstest.MapFS{changes[i]: {Data: []byte(changes[i+1])}})
	}
	set, err := ruleset.Load(law)
	require.NoError(t, err)
	e, err := engine.New(set)
	require.NoError(t, err)
	return e
}

// ask answers a profile written as JSON.
func ask(t testing.TB, e *engine.Engine, text string) *engine.Simulation {
	p, err := profile.Decode([]byte(text))
	require.NoError(t, err)
	s, err := e.Simulate(p)
	require.NoError(t, err)
	return s
}

// of gives the answers about one aid.
func of(s *engine.Simulation, aid string) []engine.Aid {
	var out []engine.Aid
	for _, a := range s.Aids {
		if a.Aid == aid {
			out = append(out, a)
		}
	}
	return out
}

const (
	voucher = "modele_universelle"
	relief  = "modele_commission"
	family  = `"demandeur":{"naissance":"1985-02-01","revenus":{"salaire":800}},"enfants":[{"naissance":"2013-01-10","scolarite":"college"}]`
)

// TestModelExamples: the examples of every model pass, and try each of its conditions both ways.
func TestModelExamples(t *testing.T) {
	e := withModels(t)
	models := 0
	for _, a := range e.Set().Aids() {
		if !a.Where.Local() {
			continue
		}
		models++
		t.Run(a.ID, func(t *testing.T) {
			var outcomes []workbench.Outcome
			for _, x := range a.Examples {
				o := workbench.RunExample(e, a.ID, x)
				require.Empty(t, o.Misses, "%s:%d %s", x.File, x.Line, x.Name)
				outcomes = append(outcomes, o)
			}
			require.True(t, workbench.Cover(a, outcomes).Whole())
		})
	}
	require.Equal(t, 9, models)
}

// TestLocalAidsAreGivenInTheirPlace: a local aid is in the answer of those who live there, and open as long as that is not told.
func TestLocalAidsAreGivenInTheirPlace(t *testing.T) {
	e := withModels(t)
	here := of(ask(t, e, `{"date":"2026-06-15","complet":true,"commune":"00000",`+family+`}`), voucher)
	require.Len(t, here, 1)
	require.Equal(t, engine.Eligible, here[0].Status)
	require.Equal(t, 200.0, here[0].Amount.Net)

	require.Empty(t, of(ask(t, e, `{"date":"2026-06-15","complet":true,"commune":"93066",`+family+`}`), voucher), "elsewhere")
	require.Empty(t, of(ask(t, e, `{"date":"2026-06-15","complet":true,`+family+`}`), voucher), "complete, and living nowhere")
	require.Empty(t, of(ask(t, e, `{"date":"2025-12-31","complet":true,"commune":"00000",`+family+`}`), voucher), "before its first version")

	unknown := of(ask(t, e, `{"date":"2026-06-15","residence_commune_depuis":"2020-01-01",`+family+`}`), voucher)
	require.Len(t, unknown, 1)
	require.Equal(t, engine.Undecided, unknown[0].Status)
	require.Equal(t, engine.Amount{Max: 200, Period: "an", For: "foyer"}, unknown[0].Amount)
	require.Equal(t, []string{"commune"}, unknown[0].Missing)

	none := of(ask(t, e, `{"date":"2026-06-15","residence_commune_depuis":"2020-01-01","demandeur":{"naissance":"1985-02-01"},"enfants":[]}`), voucher)
	require.Equal(t, engine.NotEligible, none[0].Status, "no child: none wherever they live")
	require.Empty(t, none[0].Missing)
}

// TestDepartementAndArrondissements: an aid of a département is that of each of its communes, and one of a commune that of its
// arrondissements.
func TestDepartementAndArrondissements(t *testing.T) {
	moved := func(place string) *engine.Engine {
		var changes []string
		for _, name := range []string{"aide.yaml", "baremes.yaml", "2026-01-01.yaml", "textes.yaml"} {
			text, err := fs.ReadFile(rules.Fictive(), "commune/00000/"+voucher+"/"+name)
			require.NoError(t, err)
			changes = append(changes, place+"/cheque/"+name, strings.ReplaceAll(string(text), voucher, "cheque"))
		}
		return withModels(t, changes...)
	}
	for place, lives := range map[string]map[string]int{
		"departement/93": {"93066": 1, "93001": 1, "75056": 0, "00000": 0},
		"commune/75056":  {"75119": 1, "75056": 1, "93066": 0},
		"departement/2A": {"2A004": 1, "2B033": 0},
	} {
		e := moved(place)
		for commune, want := range lives {
			s := ask(t, e, `{"date":"2026-06-15","complet":true,"commune":"`+commune+`",`+family+`}`)
			require.Len(t, of(s, "cheque"), want, "%s of %s", commune, place)
		}
	}
}

// TestExpiredDeliberation: past its last day an aid is refused as expired, and nothing of it is computed.
func TestExpiredDeliberation(t *testing.T) {
	text, err := fs.ReadFile(rules.Fictive(), "commune/00000/"+voucher+"/2026-01-01.yaml")
	require.NoError(t, err)
	e := withModels(t, "commune/00000/"+voucher+"/2026-01-01.yaml", strings.ReplaceAll(string(text), "2027-12-31", "2026-06-30"))
	last := of(ask(t, e, `{"date":"2026-06-30","complet":true,"commune":"00000",`+family+`}`), voucher)
	require.Equal(t, engine.Eligible, last[0].Status)

	after := of(ask(t, e, `{"date":"2026-07-01","complet":true,"commune":"00000",`+family+`}`), voucher)
	require.Equal(t, engine.Undecided, after[0].Status)
	require.Equal(t, engine.Expired, after[0].OutOfScope)
	require.Equal(t, engine.Amount{Max: 4000, Period: "an", For: "foyer"}, after[0].Amount, "its ceiling: nothing is known of it")
	require.Empty(t, after[0].Conditions)
	require.Empty(t, after[0].Steps)
	require.Empty(t, of(ask(t, e, `{"date":"2026-07-01","complet":true,"commune":"93066",`+family+`}`), voucher))

	p, err := profile.Decode([]byte(`{"date":"2026-07-01","commune":"00000"}`))
	require.NoError(t, err)
	asked, err := e.Questions(p)
	require.NoError(t, err)
	for _, q := range asked {
		require.NotContains(t, q.Aids, voucher, "no question can decide it")
	}
}

// TestCommissionDecides: no amount of such an aid is firm, nor counted.
func TestCommissionDecides(t *testing.T) {
	e := withModels(t)
	s := ask(t, e, `{"date":"2026-06-15","complet":true,"commune":"00000","demandeur":{"naissance":"1985-02-01"},"prestations_percues":{}}`)
	got := of(s, relief)[0]
	require.Equal(t, engine.Undecided, got.Status)
	require.True(t, got.Commission)
	require.Equal(t, engine.Amount{Max: 150, Period: "unique", For: "foyer"}, got.Amount)
	require.Empty(t, got.Missing, "no answer of theirs decides it")
	text := string(s.AppendJSON(nil))
	require.Contains(t, text, `"aide":"`+relief+`","statut":"a_preciser","version":"2026-01-01","montant":{"min":0.00,"max":150.00,"periode":"unique","pour":"foyer"},"decision":"commission"`)
}

// TestFictitiousCommune: where its aids are not loaded it is no commune at all.
func TestFictitiousCommune(t *testing.T) {
	p, err := profile.Decode([]byte(`{"date":"2026-06-15","commune":"` + territory.Fictitious + `"}`))
	require.NoError(t, err)
	_, err = shipped(t).Simulate(p)
	var refused *profile.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "commune", refused.Problems[0].Path)
	_, err = withModels(t).Simulate(p)
	require.NoError(t, err)
}

// TestQuestionsOfLocalAids: what only a local aid asks for is asked only where one may be given.
func TestQuestionsOfLocalAids(t *testing.T) {
	asks := func(e *engine.Engine, text, path string) bool {
		p, err := profile.Decode([]byte(text))
		require.NoError(t, err)
		list, err := e.Questions(p)
		require.NoError(t, err)
		for _, q := range list {
			if q.Fact == path {
				return true
			}
		}
		return false
	}
	models := withModels(t)
	for _, path := range []string{"quotient_familial", "charges_fixes", "residence_commune_depuis"} {
		require.True(t, asks(models, `{"date":"2026-06-15"}`, path), path)
		require.True(t, asks(models, `{"date":"2026-06-15","commune":"00000"}`, path), path)
		require.False(t, asks(models, `{"date":"2026-06-15","commune":"93066"}`, path), path)
		require.False(t, asks(shipped(t), `{"date":"2026-06-15"}`, path), path)
	}
}

// TestLocalAidsKeepTheLaws: with local aids too, a partial household's bounds hold for what it turns out to be, a local aid
// that is not given there being none.
func TestLocalAidsKeepTheLaws(t *testing.T) {
	e := withModels(t)
	rapid.Check(t, func(t *rapid.T) {
		d := profile.DateOf(2026, rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"))
		commune := rapid.SampledFrom([]string{territory.Fictitious, territory.Fictitious, "93066"}).Draw(t, "commune")
		partial := forget(t, profiletest.CompleteAt(t, &profile.Profile{Date: d, Commune: commune}, d))
		before, err := e.Simulate(partial)
		require.NoError(t, err)
		whole := profiletest.Clone(partial)
		if whole.Commune == "" {
			whole.Commune = commune
		}
		whole = profiletest.CompleteAt(t, whole, d)
		after, err := e.Simulate(whole)
		require.NoError(t, err)
		for _, a := range e.Set().Aids() {
			if outOfScope(after, a.ID) {
				continue
			}
			lo, hi, decided := due(before, a.ID)
			least, most, _ := due(after, a.ID)
			if decided {
				require.Equal(t, lo, least, "%s était décidé", a.ID)
			}
			require.GreaterOrEqual(t, least, lo, "%s sous sa borne basse", a.ID)
			require.LessOrEqual(t, most, hi, "%s au-dessus de sa borne haute", a.ID)
		}
	})
}

package pages

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/rules"
	"guichet/web/webtest"
)

// over gives the pages over the shipped rules.
func over(t testing.TB) *Pages {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	e, err := engine.New(set)
	require.NoError(t, err)
	p, err := New(Options{Engine: e, Key: bytes.Repeat([]byte{1}, 32), Clock: webtest.Clock, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	require.NoError(t, err)
	return p
}

// A journey is how one household goes through the questionnaire.
type journey struct {
	pages   []string // keys of the pages asked, one more for each time that a page is shown again to add a row
	answers int      // answers given on them
	fixed   int      // pages that a questionnaire without an engine would ask: all that could concern such a household
}

// reference gives the profiles of the reference households.
func reference(t testing.TB) []*profile.Profile {
	text, err := os.ReadFile("../../testdata/oracle/cases.ndjson")
	require.NoError(t, err)
	var out []*profile.Profile
	for line := range bytes.Lines(text) {
		var c struct {
			Profile json.RawMessage `json:"profil"`
		}
		require.NoError(t, json.Unmarshal(line, &c))
		p, err := profile.Decode(c.Profile)
		require.NoError(t, err)
		out = append(out, p)
	}
	return out
}

// spoken makes of a complete profile what a person would say of themselves: what is left out is none.
func spoken(p *profile.Profile) *answers {
	a := &answers{Profile: p}
	for _, who := range a.everyone() {
		q := a.person(who)
		if !q.Incomes.Known {
			q.Incomes = profile.Some([]profile.Income{})
		}
		if q.Nationality == "" {
			q.Nationality = "francaise"
		}
	}
	if !p.Savings.Known {
		p.Savings = profile.Some(0.0)
	}
	if !p.TaxHousehold.Income.Known {
		p.TaxHousehold.Income = profile.Some(0.0)
	}
	if !p.Received.Known {
		p.Received = profile.Some([]profile.Benefit{})
	}
	return a
}

// goThrough answers what is asked of a household, as it would.
func goThrough(t testing.TB, p *Pages, household *profile.Profile) journey {
	whole := spoken(household)
	words, _ := p.texts.Printer("fr")
	v := &visit{p: p, L: words, at: timeOf(household.Date)}
	a := &answers{Profile: &profile.Profile{}, Since: v.at}
	var j journey
	for {
		pages, err := v.pending(a)
		require.NoError(t, err)
		if len(pages) == 0 {
			break
		}
		page := pages[0]
		require.NotContains(t, j.pages, page.key(), "asked twice")
		j.pages = append(j.pages, page.key())
		c, err := v.asking(a)
		require.NoError(t, err)
		said := *c
		said.answers = whole
		in := speak(page, c, &said)
		for name := range in {
			if in.Get(name) != "" && name != rowsField && !strings.HasSuffix(name, originField) {
				j.answers++
			}
		}
		if _, ok := page.(dependants); ok {
			for range len(whole.children()) - firstRows {
				j.pages = append(j.pages, page.key()+" "+actAdd)
			}
		}
		if q, ok := page.(amounts); ok {
			for _, income := range whole.person(q.who).Incomes.Value {
				for _, m := range c.months() {
					if name := monthName(income.Kind, m); len(income.Months) > 0 && in.Get(name) == "" {
						in.Set(name, words.Number(income.Net.Value))
					}
				}
			}
		}
		before := mustClone(t, a)
		if wrong := page.read(c, in); wrong != nil {
			a = before
			c.answers = a
			for name, values := range otherwise(c, page) {
				if in.Get(name) == "" {
					in[name] = values
				}
			}
			require.Empty(t, page.read(c, in), "%s: %v", page.key(), in)
		}
		require.NoError(t, v.settle(a, page))
	}
	j.fixed = len(a.questions())
	return j
}

// speak answers a page with what the household would say.
func speak(page question, c, said *asking) url.Values {
	switch page := page.(type) {
	case each:
		return page.spokenBy(c, said.answers)
	case joined:
		in := url.Values{}
		for _, part := range page.shown(c) {
			maps.Copy(in, speak(part, c, said))
		}
		return in
	}
	return page.fill(said)
}

// spokenBy answers a page that asks one thing of several persons.
func (q each) spokenBy(c *asking, whole *answers) url.Values {
	in := url.Values{}
	people := q.shown(c)
	for _, who := range people {
		value := q.get(whole.person(who))
		if value == "" {
			value = q.nobody
		}
		if value == "" {
			value = dontKnow
		}
		in.Set(q.whom(who), value)
		if len(people) == 1 {
			in = url.Values{q.any(): {value}}
			if more := q.besideOf(c, people, value); more != nil {
				said := *c
				said.answers = whole
				maps.Copy(in, more.fill(&said))
			}
			return in
		}
		if value != q.nobody {
			in.Set(q.any(), eachSome)
		}
	}
	if in.Get(q.any()) == "" {
		return url.Values{q.any(): {none}}
	}
	return in
}

func mustClone(t testing.TB, a *answers) *answers {
	c, err := a.clone()
	require.NoError(t, err)
	return c
}

// otherwise answers a page about which the profile says nothing: it concerns nobody, or is not known.
func otherwise(c *asking, page question) url.Values {
	in := url.Values{}
	fields := page.ask(c, in).Fields
	if _, ok := page.(dependants); ok {
		fields = append(fields, fields[0].Options[1].More...) // where the children live hangs on there being some
	}
	for _, f := range fields {
		for _, value := range []string{none, "non", "0", "inactif", "longtemps", dontKnow} {
			if i := slices.IndexFunc(f.Options, func(o option) bool { return o.Value == value }); i >= 0 {
				in.Set(f.Name, value)
				break
			}
		}
	}
	return in
}

// typical are households of whom the State's simulator asks so many pages, as counted in August 2026.
var typical = []struct {
	name    string
	state   int
	profile string
}{
	{"single salaried tenant", 24, `{"couple":"non","demandeur":{"naissance":"1992-05-04","activite":"salarie","revenus":{"salaire":1400}},
		"enfants":[],"logement":{"statut":"locataire_vide","loyer":520}}`},
	{"jobless at 22, hosted", 25, `{"couple":"non","demandeur":{"naissance":"2004-02-11","activite":"demandeur_emploi","revenus":{}},
		"enfants":[],"logement":{"statut":"heberge_gratuitement"}}`},
	{"lone mother of two", 41, `{"couple":"non","isole_depuis":"2025-09-01","demandeur":{"naissance":"1990-03-02","activite":"inactif","revenus":{"pension_alimentaire_percue":150}},
		"enfants":[{"naissance":"2016-01-20"},{"naissance":"2022-07-08"}],"logement":{"statut":"locataire_hlm","loyer":430}}`},
	{"salaried couple, three children", 54, `{"couple":"marie","demandeur":{"naissance":"1986-11-30","activite":"salarie","revenus":{"salaire":1650}},
		"conjoint":{"naissance":"1988-04-17","activite":"salarie","revenus":{"salaire":1350}},
		"enfants":[{"naissance":"2012-09-01"},{"naissance":"2015-12-24"},{"naissance":"2020-03-03"}],"logement":{"statut":"locataire_hlm","loyer":610}}`},
	{"couple, one on unemployment benefit, two children", 50, `{"couple":"concubinage","demandeur":{"naissance":"1991-06-06","activite":"salarie","revenus":{"salaire":1500}},
		"conjoint":{"naissance":"1992-10-10","activite":"demandeur_emploi","revenus":{"chomage":950}},
		"enfants":[{"naissance":"2017-02-02"},{"naissance":"2021-08-15"}],"logement":{"statut":"locataire_vide","loyer":680}}`},
	{"tenant of 68 with a pension", 24, `{"couple":"non","demandeur":{"naissance":"1958-01-09","activite":"retraite","revenus":{"retraite":880}},
		"enfants":[],"logement":{"statut":"locataire_hlm","loyer":390}}`},
	{"owners of 74 and 70 with pensions", 28, `{"couple":"marie","demandeur":{"naissance":"1952-03-12","activite":"retraite","revenus":{"retraite":900}},
		"conjoint":{"naissance":"1956-07-21","activite":"retraite","revenus":{"retraite":350}},"enfants":[],"logement":{"statut":"proprietaire"}}`},
	{"disabled adult", 23, `{"couple":"non","demandeur":{"naissance":"1983-12-01","activite":"inactif","handicap":{"taux":80},"revenus":{}},
		"enfants":[],"logement":{"statut":"locataire_hlm","loyer":350}}`},
	{"student", 38, `{"couple":"non","demandeur":{"naissance":"2005-05-25","activite":"etudiant","revenus":{"bourse":250}},
		"enfants":[],"logement":{"statut":"locataire_meuble","loyer":450}}`},
	{"homeless salaried foreigner", 19, `{"couple":"non","demandeur":{"naissance":"1995-08-19","nationalite":"hors_ue","titre_sejour":"carte_sejour","sejour_regulier_depuis":"2018-04-01",
		"activite":"salarie","revenus":{"salaire":900}},"enfants":[],"logement":{"statut":"sans_domicile"}}`},
}

// TestTypicalHouseholds holds that each goes through less than half the pages of the State's simulator.
func TestTypicalHouseholds(t *testing.T) {
	p := over(t)
	ours, state := 0, 0
	for _, c := range typical {
		t.Run(c.name, func(t *testing.T) {
			household, err := profile.Decode([]byte(`{"date":"2026-10-15","commune":"93066",` + strings.TrimPrefix(c.profile, "{")))
			require.NoError(t, err)
			j := goThrough(t, p, household)
			t.Logf("%d pages, %d answers; the State's simulator %d pages", len(j.pages), j.answers, c.state)
			require.Less(t, 2*len(j.pages), c.state, "less than half: %v", j.pages)
			ours, state = ours+len(j.pages), state+c.state
		})
	}
	require.Less(t, 5*ours, 2*state, "less than two in five in all")
}

// BenchmarkJourney reports how long the questionnaire is for the reference households: pages and answers until every aid is decided, and
// the pages of a questionnaire that asks everything that could concern such a household.
func BenchmarkJourney(b *testing.B) {
	p := over(b)
	households := reference(b)
	var pages, answers, fixed []int
	for b.Loop() {
		pages, answers, fixed = nil, nil, nil
		for _, h := range households {
			j := goThrough(b, p, h)
			pages, answers, fixed = append(pages, len(j.pages)), append(answers, j.answers), append(fixed, j.fixed)
		}
	}
	for name, counts := range map[string][]int{"pages": pages, "answers": answers, "pages-fixed": fixed} {
		slices.Sort(counts)
		b.ReportMetric(float64(counts[len(counts)/2]), "median-"+name)
		b.ReportMetric(float64(counts[len(counts)-1]), "most-"+name)
	}
}

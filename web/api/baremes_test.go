package api

import (
	"encoding/json"
	"math"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/ruleset"
	"guichet/web/problem"
	"guichet/web/webtest"
)

func TestBaremes(t *testing.T) {
	api := served(t, webtest.Engine(t))
	for _, test := range []struct {
		target    string
		status    int
		schema    string
		want, not []string
	}{
		{
			"/api/v1/baremes", 200, schemaBaremes,
			[]string{`"regles":"sha256:`, `{"parametre":"bareme.essai.plafond","description":"Ressources`, `"unite":"EUR/mois"`, `"parametre":"arrondis.centime"`},
			[]string{"null"},
		},
		{
			"/api/v1/baremes/bareme.essai.plafond", 200, schemaBareme,
			[]string{`"forme":"nombre"`, `{"depuis":"2020-01-01","valeur":550,"references":[{"titre":"Texte d'essai"`, `"valeur":600`, `"lecture":"texte"`, `"verifie_le":"2026-06-01"`},
			[]string{"null"},
		},
		{"/api/v1/baremes/essai.plafond", 200, schemaBareme, []string{`"parametre":"bareme.essai.plafond"`}, nil},
		{"/api/v1/baremes/arrondis.centime", 200, schemaBareme, []string{`"forme":"arrondi"`, `"valeur":{"pas":0.01,"mode":"proche"}`}, nil},
		{"/api/v1/baremes/arrondis.centime?lang=en", 200, schemaBareme, []string{`"description":"To the nearest cent`}, nil},
		{"/api/v1/baremes/canary", 404, schemaProblem, []string{problem.NoSuchParameter.URI()}, []string{"canary"}},
	} {
		t.Run(test.target, func(t *testing.T) {
			w := httptest.NewRecorder()
			api.ServeHTTP(w, httptest.NewRequest(http.MethodGet, test.target, nil))
			require.Equal(t, test.status, w.Code, w.Body)
			for _, want := range test.want {
				assert.Contains(t, w.Body.String(), want)
			}
			for _, not := range test.not {
				assert.NotContains(t, w.Body.String(), not)
			}
			assert.Empty(t, violations(t, test.schema, w.Body.Bytes()), w.Body)
			if test.status == 200 {
				assert.NotEmpty(t, w.Header().Get("ETag"))
			}
		})
	}
}

func TestValuesOfEveryShape(t *testing.T) {
	ranks := formula.Ranks{Values: []float64{9000, 9200.5}, Beyond: 300}
	domain := []string{"zone_1", "zone_2"}
	for _, test := range []struct {
		shape formula.Shape
		value formula.Value
		want  string
	}{
		{formula.Scalar, formula.Value{Number: 635.71}, `635.71`},
		{formula.Scalar, formula.Value{Ends: true}, `null`},
		{formula.DateOf, formula.Value{Number: float64(fact.DayOf(2012, 3, 1))}, `"2012-03-01"`},
		{formula.ByEnum, formula.Value{Keyed: []float64{319.3, 278.28}}, `{"zone_1":319.3,"zone_2":278.28}`},
		{formula.ByEnum, formula.Value{Keyed: []float64{60, math.Inf(1)}}, `{"zone_1":60,"zone_2":"jamais"}`},
		{formula.ByRank, formula.Value{Ranks: &ranks}, `{"rangs":[9000,9200.5],"au_dela":300}`},
		{formula.ByBoth, formula.Value{Both: []formula.Ranks{ranks, ranks}}, `{"zone_1":{"rangs":[9000,9200.5],"au_dela":300},"zone_2":{"rangs":[9000,9200.5],"au_dela":300}}`},
		{formula.Brackets, formula.Value{Brackets: []formula.Bracket{{From: 0, Rate: 0}, {From: 0.45, Rate: 0.0045}}}, `[{"depuis":0,"taux":0},{"depuis":0.45,"taux":0.0045}]`},
		{formula.Window, formula.Value{Window: &formula.Span{From: 4, To: 2}}, `{"de":4,"a":2}`},
		{formula.Rounding, formula.Value{Round: &formula.Round{Step: 1, Mode: formula.Up}}, `{"pas":1,"mode":"superieur"}`},
	} {
		t.Run(test.want, func(t *testing.T) {
			got, err := json.Marshal(ruleset.Plain(formula.NewTable("bareme.essai.x", test.shape, domain), test.value))
			require.NoError(t, err)
			assert.JSONEq(t, test.want, string(got))
			assert.NotEmpty(t, shapes[test.shape])
		})
	}
}

// TestShippedRulesAreServedAsDescribed asks for every aid and every parameter of the shipped rules.
func TestShippedRulesAreServedAsDescribed(t *testing.T) {
	e := shipped(t)
	api := served(t, e)
	check := func(target, schema string) {
		w := httptest.NewRecorder()
		api.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
		require.Equal(t, http.StatusOK, w.Code, "%s: %s", target, w.Body)
		assert.Empty(t, violations(t, schema, w.Body.Bytes()), "%s: %s", target, w.Body)
	}
	check("/api/v1/aides", schemaCatalogue)
	check("/api/v1/baremes", schemaBaremes)
	for _, aid := range e.Set().Aids() {
		for _, date := range []string{"2024-06-15", "2025-06-15", "2026-06-15"} {
			for _, lang := range []string{"fr", "en"} {
				check("/api/v1/aides/"+aid.ID+"?date="+date+"&lang="+lang, schemaSheet)
			}
		}
	}
	for _, name := range e.Set().Baremes() {
		check("/api/v1/baremes/"+name, schemaBareme)
	}
}

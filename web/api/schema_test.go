package api

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/profile"
)

func TestEveryFactIsDescribed(t *testing.T) {
	for _, test := range []struct {
		name  string
		facts []fact.Fact
		words map[string]string
	}{
		{"household", fact.HouseholdFacts, profileWords},
		{"person", fact.PersonFacts, personWords},
	} {
		t.Run(test.name, func(t *testing.T) {
			var names []string
			for _, f := range test.facts {
				if fact.Derived(f.Name) {
					continue
				}
				names = append(names, f.Name)
				assert.NotEmpty(t, test.words[f.Name], "%s has no description", f.Name)
			}
			assert.ElementsMatch(t, names, slices.Collect(maps.Keys(test.words)), "a description of no fact")
		})
	}
	assert.ElementsMatch(t, fact.Incomes, slices.Collect(maps.Keys(incomeWords)))
	assert.ElementsMatch(t, fact.Faces, []string{"net", "imposable", "brut"}, "the amounts of incomeSchema")
}

// TestProfileSchemaIsTheReaders sends the reader one unknown field in each object of the schema: its remedy lists the fields
// that it takes, and they must be those described.
func TestProfileSchemaIsTheReaders(t *testing.T) {
	schemas := Describe().Components.Schemas.Map()
	for _, test := range []struct {
		name, body string
		schema     *huma.Schema
	}{
		{"profile", `{"?":0}`, schemas[schemaProfile]},
		{"person", `{"demandeur":{"?":0}}`, schemas[schemaPerson]},
		{"disability", `{"demandeur":{"handicap":{"?":0}}}`, schemas[schemaPerson].Properties["handicap"]},
		{"incomes", `{"demandeur":{"revenus":{"?":0}}}`, schemas[schemaPerson].Properties["revenus"]},
		{"income", `{"demandeur":{"revenus":{"salaire":{"?":0}}}}`, schemas[schemaIncome]},
		{"housing", `{"logement":{"?":0}}`, schemas[schemaProfile].Properties["logement"]},
		{"tax household", `{"foyer_fiscal":{"?":0}}`, schemas[schemaProfile].Properties["foyer_fiscal"]},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := profile.Decode([]byte(test.body))
			var refused *profile.Error
			require.ErrorAs(t, err, &refused)
			_, fields, listed := strings.Cut(refused.Problems[0].Remedy, " : ")
			require.True(t, listed, refused.Problems[0].Remedy)
			assert.ElementsMatch(t, strings.Split(fields, ", "), slices.Collect(maps.Keys(test.schema.Properties)))
			assert.Equal(t, false, test.schema.AdditionalProperties)
		})
	}
}

func TestProfileSchemaAgreesWithTheReader(t *testing.T) {
	person := func(fields string) string { return `{"demandeur":{` + fields + `}}` }
	for _, test := range []struct {
		name, body string
		ok         bool
	}{
		{"nothing", `{}`, true},
		{"everything", `{"id":"a","date":"2026-06-15","complet":false,"commune":"2A004","couple":"marie",
			"demandeur":{"naissance":"1980-01-01","nationalite":"ue","titre_sejour":"aucun","sejour_regulier_depuis":"2010-01-01","sejour_justifie":true,"activite":"salarie",
			"scolarite":"non_scolarise","enceinte":false,"handicap":{"taux":80,"rsdae":true},"inapte_travail":false,
			"revenus":{"salaire":1200,"chomage":{"net":100,"imposable":110,"brut":120,"mois":{"2026-05":600},"annees":{"2024":14000}},"bourse":null}},
			"conjoint":{},"enfants":[{"naissance":"2015-01-01","garde_alternee":true}],
			"logement":{"statut":"locataire_vide","loyer":500,"charges":50},"foyer_fiscal":{"rfr":12000,"parts":2.5},"epargne":100,
			"prestations_percues":{"rsa":100.5,"af":true,"aah":null}}`, true},
		{"alone", `{"couple":"non","isole_depuis":"2020-01-01"}`, true},
		{"unknown field", `{"prenom":"x"}`, false},
		{"wrong type", `{"couple":true}`, false},
		{"unknown word", `{"couple":"oui"}`, false},
		{"negative rent", `{"logement":{"loyer":-1}}`, false},
		{"rent as text", `{"logement":{"loyer":"500"}}`, false},
		{"rent beyond the bound", `{"logement":{"statut":"foyer","loyer":20001}}`, false},
		{"rate beyond the bound", person(`"handicap":{"taux":101}`), false},
		{"no such day", person(`"naissance":"1980-02-30"`), false},
		{"no such month", person(`"revenus":{"salaire":{"net":1,"mois":{"2026-13":1}}}`), false},
		{"no such kind of income", person(`"revenus":{"loterie":1}`), false},
		{"income beyond the bound", person(`"revenus":{"salaire":50001}`), false},
		{"negative income", person(`"revenus":{"salaire":-1}`), false},
		{"long identifier", `{"id":"` + strings.Repeat("a", 65) + `"}`, false},
		{"not a commune", `{"commune":"1234"}`, false},
		{"aid said not to be received", `{"prestations_percues":{"rsa":false}}`, false},
		{"not an object", `[]`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := profile.Decode([]byte(test.body))
			assert.Equal(t, test.ok, err == nil, "the reader: %v", err)
			found := violations(t, schemaProfile, []byte(test.body))
			assert.Equal(t, test.ok, len(found) == 0, "the schema: %v", found)
		})
	}
}

// TestEnumerationsAreTheEngines holds the words of the answer's schema to the engine's own.
func TestEnumerationsAreTheEngines(t *testing.T) {
	assert.ElementsMatch(t, statuses, []string{string(engine.Eligible), string(engine.NotEligible), string(engine.Undecided)})
	assert.ElementsMatch(t, takeUps, []string{
		string(engine.Received), string(engine.NotReceived), string(engine.PartlyReceived), string(engine.ReceivedCheck),
		string(engine.NotConcerned), string(engine.TakeUpUnknown),
	})
}

// publishedSchemas are made once: the tests read them thousands of times.
var publishedSchemas = sync.OnceValue(func() huma.Registry { return Describe().Components.Schemas })

// violations lists how a JSON text breaks a schema of the description. To what huma validates it adds the names of members,
// which it does not.
func violations(t *testing.T, name string, body []byte) []error {
	t.Helper()
	schemas := publishedSchemas()
	var value any
	require.NoError(t, json.Unmarshal(body, &value))
	result := new(huma.ValidateResult)
	huma.Validate(schemas, schemas.Map()[name], huma.NewPathBuffer([]byte{}, 0), huma.ModeWriteToServer, value, result)
	return append(result.Errors, misnamed(schemas, schemas.Map()[name], value)...)
}

// misnamed lists the members whose names break propertyNames.
func misnamed(schemas huma.Registry, s *huma.Schema, value any) []error {
	if s.Ref != "" {
		s = schemas.SchemaFromRef(s.Ref)
	}
	var out []error
	switch v := value.(type) {
	case map[string]any:
		if names, ok := s.Extensions["propertyNames"].(map[string]string); ok {
			for name := range v {
				if !regexp.MustCompile(names["pattern"]).MatchString(name) {
					out = append(out, &huma.ErrorDetail{Message: "misnamed member"})
				}
			}
		}
		for name, inner := range v {
			if p := s.Properties[name]; p != nil {
				out = append(out, misnamed(schemas, p, inner)...)
			}
		}
		for _, one := range s.OneOf {
			out = append(out, misnamed(schemas, one, value)...)
		}
	case []any:
		for _, inner := range v {
			if s.Items != nil {
				out = append(out, misnamed(schemas, s.Items, inner)...)
			}
		}
	}
	return out
}

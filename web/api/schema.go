package api

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// The names under which the description of the API holds its schemas.
const (
	schemaProfile    = "Profil"
	schemaPerson     = "Personne"
	schemaIncome     = "Revenu"
	schemaSimulation = "Simulation"
	schemaAid        = "AideEstimee"
	schemaAmount     = "Montant"
	schemaBounds     = "Fourchette"
	schemaCondition  = "Condition"
	schemaStep       = "Etape"
	schemaReference  = "Reference"
	schemaTotals     = "Totaux"
	schemaQuestions  = "Questions"
	schemaCatalogue  = "Catalogue"
	schemaSheet      = "FicheAide"
	schemaProblem    = "Probleme"
	schemaLine       = "LigneDeLot"
	schemaLineError  = "ErreurDeLigne"
	schemaBaremes    = "Baremes"
	schemaBareme     = "FicheBareme"
)

const refPrefix = "#/components/schemas/"

// registry holds schemas that are built by hand from the domain lists of package fact, rather than reflected from Go types:
// the profile is decoded by its own strict reader and the simulation written by its own writer.
type registry struct {
	huma.Registry
	named map[string]*huma.Schema
}

func newRegistry() registry {
	return registry{huma.NewMapRegistry(refPrefix, huma.DefaultSchemaNamer), map[string]*huma.Schema{}}
}

// SchemaFromRef gives the schema that a $ref means, nil if none.
func (r registry) SchemaFromRef(ref string) *huma.Schema { return r.named[ref[len(refPrefix):]] }

// Map gives all schemas by name.
func (r registry) Map() map[string]*huma.Schema { return r.named }

// MarshalJSON writes all schemas by name.
func (r registry) MarshalJSON() ([]byte, error) { return json.Marshal(r.named) }

// ref points to the schema of that name.
func ref(name string) *huma.Schema { return &huma.Schema{Ref: refPrefix + name} }

// said gives s the description that a reader sees.
func said(description string, s *huma.Schema) *huma.Schema {
	s.Description = description
	return s
}

func text() *huma.Schema  { return &huma.Schema{Type: huma.TypeString} }
func truth() *huma.Schema { return &huma.Schema{Type: huma.TypeBoolean} }

// day is a calendar day, YYYY-MM-DD.
func day() *huma.Schema { return &huma.Schema{Type: huma.TypeString, Format: "date"} }

// number is a number of [lo, hi].
func number(lo, hi float64) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Minimum: &lo, Maximum: &hi}
}

// atLeast is a number with no upper bound.
func atLeast(lo float64) *huma.Schema { return &huma.Schema{Type: huma.TypeNumber, Minimum: &lo} }

// unknowable is what s is, or null for "not known".
func unknowable(s *huma.Schema) *huma.Schema {
	s.Nullable = true
	return s
}

// oneOfWords is one of the words listed.
func oneOfWords(words ...string) *huma.Schema {
	s := text()
	for _, word := range words {
		s.Enum = append(s.Enum, word)
	}
	return s
}

// matching is a text of that pattern.
func matching(pattern string) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: pattern}
}

// list is a list of items.
func list(items *huma.Schema) *huma.Schema { return &huma.Schema{Type: huma.TypeArray, Items: items} }

// mapOf is an object whose keys match the pattern and whose values are of one schema.
func mapOf(keys string, values *huma.Schema) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeObject, AdditionalProperties: values,
		Extensions: map[string]any{"propertyNames": map[string]string{"pattern": keys}},
	}
}

// either is exactly one of the schemas.
func either(schemas ...*huma.Schema) *huma.Schema { return &huma.Schema{OneOf: schemas} }

// anyOf is at least one of the schemas: for objects that a schema alone does not tell apart.
func anyOf(schemas ...*huma.Schema) *huma.Schema { return &huma.Schema{AnyOf: schemas} }

// fields are the properties of an object by name.
type fields map[string]*huma.Schema

// object has these properties and no other; the required ones are all, unless listed as optional.
func object(properties fields, optional ...string) *huma.Schema {
	required := slices.Sorted(maps.Keys(properties))
	required = slices.DeleteFunc(required, func(name string) bool { return slices.Contains(optional, name) })
	return &huma.Schema{Type: huma.TypeObject, Properties: properties, AdditionalProperties: false, Required: required}
}

// open has these properties, none of them required, and no other.
func open(properties fields) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, Properties: properties, AdditionalProperties: false}
}

package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// Describe gives the description of the API, OpenAPI 3.1. It depends on nothing but this program: not on the rules, not on
// where it runs.
func Describe() *huma.OpenAPI {
	schemas := newRegistry()
	for _, define := range []func(map[string]*huma.Schema){defineProfile, defineSimulation, defineBatch, defineCatalogue, defineBaremes, defineProblem} {
		define(schemas.named)
	}
	for _, s := range schemas.named {
		s.PrecomputeMessages()
	}
	described := &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title: "Guichet", Version: Version,
			Description: "Estime les droits sociaux d’un ménage à partir de règles datées. Un champ absent d’un profil est inconnu : jamais zéro, jamais « non ». Rien de ce qui est envoyé n’est gardé ni répété dans une erreur.",
			License:     &huma.License{Name: "EUPL-1.2", Identifier: "EUPL-1.2"},
		},
		Servers: []*huma.Server{{URL: "/api/v1", Description: "Cette installation."}},
		Components: &huma.Components{Schemas: schemas, SecuritySchemes: map[string]*huma.SecurityScheme{
			"cle": {Type: "http", Scheme: "bearer", Description: "La clé qu’un CCAS donne à un partenaire, avec ses portées (simulations, lots) et ses demandes par minute."},
		}},
		// Without a key it answers the machine that it runs on, and anyone where the operator has opened it.
		Security: []map[string][]string{{"cle": {}}, {}},
	}
	for _, o := range operations {
		described.AddOperation(o.spec())
	}
	return described
}

// Specification gives the description of the API as the JSON that is served and published.
func Specification(described *huma.OpenAPI) ([]byte, error) {
	raw, err := json.Marshal(described)
	if err != nil {
		return nil, fmt.Errorf("writing the description of the API: %w", err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, raw, "", "  "); err != nil {
		return nil, fmt.Errorf("writing the description of the API: %w", err)
	}
	indented.WriteByte('\n')
	return indented.Bytes(), nil
}

// specification answers GET /openapi.json.
func specification(described *huma.OpenAPI) http.HandlerFunc {
	body, err := Specification(described)
	if err != nil { // only a mistake in this program can do that, and it is told before anything is served
		panic(err)
	}
	return static("application/json", body)
}

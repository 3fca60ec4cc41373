package api

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine/profile"
)

var update = flag.Bool("update", false, "write docs/openapi.json")

func TestPublishedSpecificationIsCurrent(t *testing.T) {
	published := filepath.Join("..", "..", "docs", "openapi.json")
	got, err := Specification(Describe())
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile(published, got, 0o644))
	}
	want, err := os.ReadFile(published)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), "go test ./web/api -run Published -update writes it")
}

func TestSpecificationStandsTogether(t *testing.T) {
	text, err := Specification(Describe())
	require.NoError(t, err)
	var whole map[string]any
	require.NoError(t, json.Unmarshal(text, &whole))
	assert.Equal(t, "3.1.0", whole["openapi"])
	schemas := whole["components"].(map[string]any)["schemas"].(map[string]any)

	used := map[string]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if target, ok := v["$ref"].(string); ok {
				name := strings.TrimPrefix(target, refPrefix)
				assert.Contains(t, schemas, name, "a reference to nothing")
				used[name] = true
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(whole)
	for name, s := range schemas {
		assert.True(t, used[name], "nothing uses %s", name)
		assert.NotEmpty(t, s.(map[string]any)["description"], "%s has no description", name)
	}
	assert.NotContains(t, string(text), "localhost")
}

func TestEveryFieldIsDescribed(t *testing.T) {
	schemas := Describe().Components.Schemas.Map()
	for name, s := range schemas {
		for _, f := range fieldsOf("", s) {
			plain := strings.HasSuffix(f.Name, "jusqu_au") || strings.HasSuffix(f.Name, "depuis") || strings.HasSuffix(f.Name, ".mois") ||
				strings.HasSuffix(f.Name, ".id") || strings.HasSuffix(f.Name, ".references")
			isRef := len(f.Type) > 0 && f.Type[len(f.Type)-1].Schema
			isList := len(f.Type) > 0 && strings.HasPrefix(f.Type[0].Text, "liste de ")
			assert.True(t, f.Description != "" || plain || isRef || isList, "%s.%s has no description", name, f.Name)
			assert.NotEmpty(t, f.Type, "%s.%s has no type", name, f.Name)
		}
	}
}

func TestExampleIsAProfile(t *testing.T) {
	_, err := profile.Decode(exampleProfile)
	require.NoError(t, err)
	assert.Empty(t, violations(t, schemaProfile, exampleProfile))
}

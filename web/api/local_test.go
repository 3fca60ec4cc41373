package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/ruleset"
	"guichet/rules"
)

// TestLocalAidsAreAsDescribed holds what is said of local aids, of which a commission decides one, to the published description.
func TestLocalAidsAreAsDescribed(t *testing.T) {
	set, err := ruleset.Load(rules.Overlay(rules.FS, rules.Fictive()))
	require.NoError(t, err)
	e, err := engine.New(set)
	require.NoError(t, err)
	api := served(t, e)
	ask := func(method, target, body string) string {
		w := httptest.NewRecorder()
		api.ServeHTTP(w, httptest.NewRequest(method, target, strings.NewReader(body)))
		require.Equal(t, http.StatusOK, w.Code, "%s: %s", target, w.Body)
		return w.Body.String()
	}
	const body = `{"date":"2026-06-15","complet":true,"commune":"00000","residence_commune_depuis":"2020-01-01","quotient_familial":480,
		"charges_fixes":60,"demandeur":{"naissance":"1985-02-01"}}`
	require.Empty(t, violations(t, schemaProfile, []byte(body)))
	answer := ask(http.MethodPost, "/api/v1/simulations", body)
	assert.Empty(t, violations(t, schemaSimulation, []byte(answer)))
	assert.Contains(t, answer, `"decision":"commission"`)

	list := ask(http.MethodGet, "/api/v1/aides", "")
	assert.Empty(t, violations(t, schemaCatalogue, []byte(list)))
	sheet := ask(http.MethodGet, "/api/v1/aides/modele_commission?date=2026-06-15", "")
	assert.Empty(t, violations(t, schemaSheet, []byte(sheet)))
	assert.Contains(t, sheet, `"commune":"00000"`)
	assert.Contains(t, sheet, `"decision":"commission"`)
}

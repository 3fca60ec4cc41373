package api

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/web/problem"
)

func TestDocumentation(t *testing.T) {
	w := httptest.NewRecorder()
	documentation(Describe())(w, httptest.NewRequest(http.MethodGet, "/api/docs", nil))
	page := w.Body.String()
	require.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))

	for _, o := range operations {
		assert.Contains(t, page, `<section id="`+o.id+`">`)
		assert.Contains(t, page, "<b>"+o.method+"</b> /api/v1"+o.path)
	}
	for _, k := range problem.Kinds() {
		assert.Contains(t, page, `id="`+k.Anchor()+`"`, "the type of a problem is this address")
	}
	for _, status := range fact.Statuses {
		assert.Contains(t, page, status)
	}
	assert.Contains(t, page, "date AAAA-MM-JJ")
	assert.NotContains(t, page, "<script")
	assert.NotContains(t, page, "style=")
	assert.NotContains(t, page, "ZgotmplZ")
	assert.NotContains(t, page, "<no value>")

	for _, link := range regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if anchor, ok := strings.CutPrefix(link[1], "#"); ok {
			assert.Equal(t, 1, strings.Count(page, `id="`+anchor+`"`), "%s leads nowhere, or to two places", link[1])
			continue
		}
		assert.True(t, strings.HasPrefix(link[1], "/api/"), "%s leaves the site", link[1])
	}
	assert.NotContains(t, string(docsStyle), "url(")
	assert.NotContains(t, string(docsStyle), "@import")
}

func TestTypesInWords(t *testing.T) {
	schemas := Describe().Components.Schemas.Map()
	said := func(t docsType) string {
		var b strings.Builder
		for _, w := range t {
			b.WriteString(w.Text)
		}
		return b.String()
	}
	for want, got := range map[string]docsType{
		`"non" | "marie" | "pacse" | "concubinage"`: typeOf(schemas[schemaProfile].Properties["couple"]),
		"date AAAA-MM-JJ":                              typeOf(schemas[schemaPerson].Properties["naissance"]),
		"nombre de 0 à 20000":                          typeOf(schemas[schemaProfile].Properties["logement"].Properties["loyer"]),
		"true | false":                                 typeOf(schemas[schemaProfile].Properties["complet"]),
		"liste de Personne":                            typeOf(schemas[schemaProfile].Properties["enfants"]),
		"nombre de 0 à 50000 ou null ou Revenu":        typeOf(schemas[schemaPerson].Properties["revenus"].Properties["salaire"]),
		"objet de nombre de 0 à 50000 ou null ou true": typeOf(schemas[schemaProfile].Properties["prestations_percues"]),
		"objet":                       typeOf(schemas[schemaProfile].Properties["logement"]),
		"nombre ≥ 0":                  typeOf(schemas[schemaTotals].Properties["net_par_mois"]),
		"entier":                      typeOf(schemas[schemaProblem].Properties["status"]),
		"Simulation ou ErreurDeLigne": typeOf(schemas[schemaLine]),
	} {
		assert.Equal(t, want, said(got))
	}
}

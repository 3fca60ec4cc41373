package problem

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryKindIsDescribed(t *testing.T) {
	anchors := map[string]Kind{}
	for _, k := range Kinds() {
		t.Run(k.Anchor(), func(t *testing.T) {
			s := specs[k]
			assert.GreaterOrEqual(t, s.status, 400)
			assert.Less(t, s.status, 600)
			assert.Regexp(t, `^[a-z]+(-[a-z]+)*$`, s.anchor)
			for _, w := range []words{s.fr, s.en} {
				assert.NotEmpty(t, w.title)
				assert.NotEmpty(t, w.detail)
			}
			assert.NotEqual(t, s.fr, s.en)
			other, taken := anchors[s.anchor]
			assert.False(t, taken, "the anchor is that of kind %d too", other)
			anchors[s.anchor] = k
		})
	}
}

func TestWrite(t *testing.T) {
	w := httptest.NewRecorder()
	w.Header().Set("ETag", `"of the answer that is not given"`)
	r := httptest.NewRequest(http.MethodPost, "/api/v1/simulations", nil)
	Write(w, r, Refused, Error{Path: "demandeur.naissance", Message: "La date n’existe pas.", Remedy: "AAAA-MM-JJ"})

	assert.Equal(t, http.StatusUnprocessableEntity, w.Code)
	assert.Equal(t, ContentType, w.Header().Get("Content-Type"))
	assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	assert.Equal(t, "fr", w.Header().Get("Content-Language"))
	assert.Equal(t, strconv.Itoa(w.Body.Len()), w.Header().Get("Content-Length"))
	assert.Empty(t, w.Header().Get("ETag"))
	var got Problem
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &got))
	assert.Equal(t, Problem{
		Type: "/api/docs#profil-refuse", Title: "Profil refusé", Status: 422, Detail: specs[Refused].fr.detail,
		Errors: []Error{{"demandeur.naissance", "La date n’existe pas.", "AAAA-MM-JJ"}},
	}, got)
}

func TestHeadHasNoBody(t *testing.T) {
	w := httptest.NewRecorder()
	Write(w, httptest.NewRequest(http.MethodHead, "/api/v1/nowhere", nil), NotFound)
	assert.Equal(t, http.StatusNotFound, w.Code)
	assert.Zero(t, w.Body.Len())
}

func TestLanguage(t *testing.T) {
	for _, test := range []struct{ name, target, accept, want string }{
		{"nothing asked", "/", "", "fr"},
		{"header", "/", "en-GB,en;q=0.8,fr;q=0.5", "en"},
		{"header by weight", "/", "en;q=0.3,fr;q=0.9", "fr"},
		{"header without a language of ours", "/", "ta", "fr"},
		{"header unreadable", "/", ";;q=", "fr"},
		{"parameter over header", "/?lang=en", "fr", "en"},
		{"parameter of a variant", "/?lang=fr-x-simple", "en", "fr"},
		{"parameter unreadable", "/?lang=%00", "en", "en"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, test.target, nil)
			if test.accept != "" {
				r.Header.Set("Accept-Language", test.accept)
			}
			assert.Equal(t, test.want, Language(r).String())
		})
	}
}

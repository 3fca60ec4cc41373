package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestIdentify(t *testing.T) {
	var inside string
	h := identify(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { inside = requestID(r.Context()) }))
	seen := map[string]bool{}
	for range 100 {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set(requestIDHeader, "Mme Dupont\n1200 €")
		h.ServeHTTP(w, r)
		assert.Regexp(t, `^[0-9a-f]{16}$`, inside)
		assert.Equal(t, inside, w.Header().Get(requestIDHeader))
		assert.False(t, seen[inside], "twice the same number")
		seen[inside] = true
	}
}

func TestRequestIDOutside(t *testing.T) {
	assert.Empty(t, requestID(t.Context()))
}

package web

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// assertProtected checks the headers that property 27 asks of every answer.
func assertProtected(t *testing.T, h http.Header) {
	t.Helper()
	policy := map[string]string{}
	for directive := range strings.SplitSeq(h.Get("Content-Security-Policy"), ";") {
		name, sources, _ := strings.Cut(strings.TrimSpace(directive), " ")
		policy[name] = sources
	}
	for _, directive := range []string{"default-src", "frame-ancestors", "base-uri"} {
		assert.Equal(t, "'none'", policy[directive], directive)
	}
	assert.Equal(t, "'self'", policy["form-action"])
	assert.NotContains(t, h.Get("Content-Security-Policy"), "unsafe-")
	assert.NotContains(t, h.Get("Content-Security-Policy"), "http")

	age := regexp.MustCompile(`^max-age=(\d+)`).FindStringSubmatch(h.Get("Strict-Transport-Security"))
	require.Len(t, age, 2)
	seconds, err := strconv.Atoi(age[1])
	require.NoError(t, err)
	assert.GreaterOrEqual(t, seconds, 365*24*3600)

	for name, want := range map[string]string{
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Referrer-Policy":              "no-referrer",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
	} {
		assert.Equal(t, want, h.Get(name), name)
	}
	for _, feature := range []string{"camera", "geolocation", "microphone", "payment"} {
		assert.Contains(t, h.Get("Permissions-Policy"), feature+"=()")
	}
	assert.NotEmpty(t, h.Get("Cache-Control"))
	assert.Empty(t, h.Get("Server"))
	assert.Empty(t, h.Get("Set-Cookie"))
	assert.Empty(t, h.Get("Access-Control-Allow-Origin"))
}

func TestProtect(t *testing.T) {
	w := httptest.NewRecorder()
	protect(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })).
		ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	assert.Equal(t, http.StatusTeapot, w.Code)
	assertProtected(t, w.Header())
	assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
}

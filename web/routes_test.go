package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// routesOf lists what h answers, as "METHOD pattern".
func routesOf(t *testing.T, h *Handler) []string {
	t.Helper()
	var out []string
	require.NoError(t, chi.Walk(h.live.Load().router, func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		out = append(out, method+" "+route)
		return nil
	}))
	slices.Sort(out)
	return out
}

func TestRoutes(t *testing.T) {
	h, _ := serving(t, func(o *Options) { o.Pages = nil })
	assert.Equal(t, []string{
		"GET /api/docs",
		"GET /api/docs.css",
		"GET /api/v1/aides",
		"GET /api/v1/aides/{aide}",
		"GET /api/v1/baremes",
		"GET /api/v1/baremes/{parametre}",
		"GET /api/v1/openapi.json",
		"GET /healthz",
		"GET /readyz",
		"POST /api/v1/questions",
		"POST /api/v1/simulations",
		"POST /api/v1/simulations/batch",
	}, routesOf(t, h))

	h, _ = reloading(t, wrong)
	assert.Contains(t, routesOf(t, h), "POST /admin/regles/rechargement")
}

func TestProperty27HeadersOnEveryRoute(t *testing.T) {
	h, _ := serving(t)
	for _, route := range routesOf(t, h) {
		method, pattern, _ := strings.Cut(route, " ")
		target := strings.NewReplacer("{aide}", "aide_essai", "{parametre}", "essai.plafond").Replace(pattern)
		t.Run(route, func(t *testing.T) {
			var headers []string
			if strings.HasSuffix(pattern, "/batch") {
				headers = []string{"Content-Type", "application/x-ndjson"}
			}
			w := call(h, method, target, household, headers...)
			require.Less(t, w.Code, 400, w.Body)
			assertProtected(t, w.Header())
			if method == http.MethodPost {
				assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
			}
			if method != http.MethodGet {
				return
			}
			head := call(h, http.MethodHead, target, "")
			assert.Equal(t, w.Code, head.Code)
			assertProtected(t, head.Header())
			if tag := w.Header().Get("ETag"); tag != "" {
				again := call(h, http.MethodGet, target, "", "If-None-Match", tag)
				assert.Equal(t, http.StatusNotModified, again.Code)
				assert.Zero(t, again.Body.Len())
				assertProtected(t, again.Header())
			}
		})
	}
}

func TestAPageMayBeKept(t *testing.T) {
	h, _ := serving(t)
	assert.Equal(t, "public, max-age=300", call(h, "GET", "/fr/cachee", "").Header().Get("Cache-Control"))
}

// TestProperty28SafeMethodsTakeNothing sends a household with a GET: nothing reads it.
func TestProperty28SafeMethodsTakeNothing(t *testing.T) {
	h, _ := serving(t)
	for _, route := range routesOf(t, h) {
		method, pattern, _ := strings.Cut(route, " ")
		if method == http.MethodPost {
			for _, safe := range []string{http.MethodGet, http.MethodHead, http.MethodOptions} {
				assert.Equal(t, http.StatusMethodNotAllowed, call(h, safe, pattern, household).Code, "%s %s", safe, pattern)
			}
		}
	}
}

package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/takeup/people"
	"guichet/web/problem"
)

// keyed is a server that knows two partners' keys.
func keyed(t *testing.T, change ...func(*Options)) (*Handler, *journal) {
	return serving(t, append([]func(*Options){func(o *Options) {
		o.OpenAPI = false
		o.Keys = func(_ context.Context, secret string) (people.Key, error) {
			switch secret {
			case "simple":
				return people.Key{ID: "k1", Scopes: []people.Scope{people.Simulate}, PerMinute: 3}, nil
			case "lots":
				return people.Key{ID: "k2", Scopes: []people.Scope{people.Batch}, PerMinute: 100}, nil
			case "panne":
				return people.Key{}, errors.New("disk")
			}
			return people.Key{}, people.ErrRefused
		}
	}}, change...)...)
}

// partner sends a request from elsewhere, with a key when there is one.
func partner(h http.Handler, key, method, target, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.RemoteAddr = "198.51.100.20:4711"
	r.Header.Set("Content-Type", "application/json")
	if strings.HasSuffix(target, "/batch") {
		r.Header.Set("Content-Type", "application/x-ndjson")
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestTheAPIWantsAKeyFromElsewhere(t *testing.T) {
	for _, c := range []struct {
		name, key, method, target string
		want                      int
		kind                      problem.Kind
	}{
		{"no key", "", "POST", "/api/v1/simulations", 401, problem.KeyWanted},
		{"no key to read", "", "GET", "/api/v1/aides", 401, problem.KeyWanted},
		{"a key of nobody", "inconnue", "POST", "/api/v1/simulations", 401, problem.KeyRefused},
		{"a key", "simple", "POST", "/api/v1/simulations", 200, 0},
		{"a key asks", "simple", "POST", "/api/v1/questions", 200, 0},
		{"a key reads", "lots", "GET", "/api/v1/aides", 200, 0},
		{"without the scope", "lots", "POST", "/api/v1/simulations", 403, problem.ScopeLacking},
		{"without the other scope", "simple", "POST", "/api/v1/simulations/batch", 403, problem.ScopeLacking},
		{"no database", "panne", "POST", "/api/v1/simulations", 503, problem.Unavailable},
		{"the documentation", "", "GET", "/api/docs", 200, 0},
		{"the description", "", "GET", "/api/v1/openapi.json", 200, 0},
		{"the pages", "", "GET", "/fr/", 200, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, log := keyed(t)
			w := partner(h, c.key, c.method, c.target, household)
			require.Equal(t, c.want, w.Code, w.Body)
			assertProtected(t, w.Header())
			if c.want == 401 {
				assert.Equal(t, `Bearer realm="guichet"`, w.Header().Get("WWW-Authenticate"))
			}
			if c.want >= 400 {
				var p problem.Problem
				require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p))
				assert.Equal(t, c.kind.URI(), p.Type)
			}
			if c.key != "" {
				assert.NotContains(t, log.String(), `"`+c.key+`"`)
			}
		})
	}
}

func TestThisMachineNeedsNoKey(t *testing.T) {
	h, _ := keyed(t)
	ask := func(headers ...string) int {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/simulations", strings.NewReader(household))
		r.RemoteAddr = "127.0.0.1:4711"
		r.Header.Set("Content-Type", "application/json")
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	assert.Equal(t, 200, ask())
	assert.Equal(t, 401, ask("X-Forwarded-For", "198.51.100.9"), "what a proxy forwards is of elsewhere")
	open, _ := keyed(t, func(o *Options) { o.OpenAPI = true })
	assert.Equal(t, 200, partner(open, "", "POST", "/api/v1/simulations", household).Code)
}

// TestProperty14AKeyHasItsOwnLimit: headers say where it stands, 429 when it is reached, and others go on.
func TestProperty14AKeyHasItsOwnLimit(t *testing.T) {
	h, _ := keyed(t, func(o *Options) { o.Throttle = Throttle{Requests: 1, Window: DefaultThrottle.Window} })
	for left := 2; left >= 0; left-- {
		w := partner(h, "simple", "POST", "/api/v1/simulations", household)
		require.Equal(t, 200, w.Code, "the limit of an address is not that of a key")
		assert.Equal(t, "3", w.Header().Get("RateLimit-Limit"))
		assert.Equal(t, strconv.Itoa(left), w.Header().Get("RateLimit-Remaining"))
		reset, err := strconv.Atoi(w.Header().Get("RateLimit-Reset"))
		require.NoError(t, err)
		assert.True(t, reset >= 1 && reset <= 60, "%d seconds", reset)
	}
	w := partner(h, "simple", "POST", "/api/v1/simulations", household)
	assert.Equal(t, http.StatusTooManyRequests, w.Code)
	assert.NotEmpty(t, w.Header().Get("Retry-After"))
	assert.Equal(t, "0", w.Header().Get("RateLimit-Remaining"))
	assert.Contains(t, w.Body.String(), problem.TooMany.URI())
	assert.Equal(t, 200, partner(h, "lots", "GET", "/api/v1/aides", "").Code)
}

func TestRefusedKeysAreCounted(t *testing.T) {
	h, _ := keyed(t)
	last := 0
	for range 25 {
		last = partner(h, "inconnue", "GET", "/api/v1/aides", "").Code
	}
	assert.Equal(t, http.StatusTooManyRequests, last)
	assert.Equal(t, 200, partner(h, "lots", "GET", "/api/v1/aides", "").Code, "a good key from there goes on")
}

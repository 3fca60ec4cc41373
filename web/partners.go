package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/httprate"

	"guichet/takeup/database"
	"guichet/takeup/people"
	"guichet/web/problem"
)

// Keys gives the key of a secret that a partner's program sends; [people.ErrRefused] when none holds.
type Keys func(ctx context.Context, secret string) (people.Key, error)

// keyThrottle bounds the secrets that one address may try and be refused.
var keyThrottle = Throttle{Requests: 20, Window: time.Minute, CountLoopback: true, CountReads: true}

// partners counts the requests of each key, whatever addresses they come from.
func partnersMeter() *httprate.RateLimiter {
	return httprate.NewRateLimiter(people.MaxPerMinute, time.Minute, httprate.WithResponseHeaders(limitHeaders))
}

// admitPartners lets into the API who has a key that opens what is asked for, and counts it by that key; without a key, who comes
// from this very machine, or anyone when the API is open, counted by address. The description of the API is for everyone.
func (s *site) admitPartners(next http.Handler) http.Handler {
	counted := s.requests.limit(s.refuse(problem.TooMany))(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secret, given := bearer(r)
		switch {
		case given && s.options.Keys != nil:
			s.admitKey(w, r, secret, next)
		case s.options.OpenAPI, isOfThisMachine(r), isDescription(r.URL.Path):
			counted.ServeHTTP(w, r)
		default:
			askForKey(w)
			s.refuse(problem.KeyWanted)(w, r)
		}
	})
}

func (s *site) admitKey(w http.ResponseWriter, r *http.Request, secret string, next http.Handler) {
	key, err := s.options.Keys(r.Context(), secret)
	switch {
	case errors.Is(err, people.ErrRefused):
		refused := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			askForKey(w)
			s.refuse(problem.KeyRefused)(w, r)
		})
		s.secrets.limit(s.refuse(problem.TooMany))(refused).ServeHTTP(w, r)
	case err != nil:
		s.options.Log.ErrorContext(r.Context(), "the keys of partners cannot be read", "error", database.Plain(err).Error())
		s.refuse(problem.Unavailable)(w, r)
	case !opens(key, r):
		s.refuse(problem.ScopeLacking)(w, r)
	case overLimit(s.partners, w, r.WithContext(httprate.WithRequestLimit(r.Context(), key.PerMinute)), key.ID):
		s.refuse(problem.TooMany)(w, r)
	default:
		next.ServeHTTP(w, r)
	}
}

// opens says whether a key is good for a request. What is only read needs no scope.
func opens(k people.Key, r *http.Request) bool {
	switch {
	case r.Method != http.MethodPost:
		return true
	case strings.HasSuffix(r.URL.Path, "/batch"):
		return slices.Contains(k.Scopes, people.Batch)
	default:
		return slices.Contains(k.Scopes, people.Simulate)
	}
}

// isDescription says whether an address describes the API.
func isDescription(path string) bool {
	return path == "/api/docs" || path == "/api/docs.css" || path == "/api/v1/openapi.json"
}

// bearer gives what follows "Authorization: Bearer"; false when there is none.
func bearer(r *http.Request) (string, bool) {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(secret), strings.EqualFold(scheme, "Bearer")
}

func askForKey(w http.ResponseWriter) { w.Header().Set("WWW-Authenticate", `Bearer realm="guichet"`) }

// limitHeaders tell a program where it stands, by the names of the IETF's draft on rate limit headers (its sixth, with plain numbers).
var limitHeaders = httprate.ResponseHeaders{
	Limit: "RateLimit-Limit", Remaining: "RateLimit-Remaining", Reset: "RateLimit-Reset", RetryAfter: "Retry-After",
}

// overLimit counts a request; true when it is too much. The reset is written as the seconds that are left, not as a moment.
func overLimit(l *httprate.RateLimiter, w http.ResponseWriter, r *http.Request, key string) bool {
	over := l.OnLimit(w, r, key)
	h := w.Header()
	if at, err := strconv.ParseInt(h.Get(limitHeaders.Reset), 10, 64); err == nil {
		left := max(1, at-time.Now().Unix()) //nolint:forbidigo // the limiter counts by the wall clock
		h.Set(limitHeaders.Reset, strconv.FormatInt(left, 10))
	}
	return over
}

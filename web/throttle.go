package web

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"
)

// Throttle bounds how many requests that make the server work one network address may send, Requests in any Window: all but GET, HEAD
// and OPTIONS or, with CountReads, those too, where each is an attempt at a secret. IPv6 addresses count by their /64, the share of one subscriber.
//
// A connection of this very machine that was not forwarded is not counted, unless CountLoopback: an operator's script is not
// an attack. Behind a proxy on this machine that adds no X-Forwarded-For nobody would be counted, so set CountLoopback or,
// better, have the proxy add it and name it in [Options].TrustedProxies.
type Throttle struct {
	Requests      int
	Window        time.Duration
	CountLoopback bool
	CountReads    bool
}

// DefaultThrottle lets a reception desk of forty agents behind one address each send a page every two seconds.
var DefaultThrottle = Throttle{Requests: 1200, Window: time.Minute}

// meter gives what counts by t.
func (t Throttle) meter() meter {
	return meter{t, httprate.NewRateLimiter(t.Requests, t.Window, httprate.WithResponseHeaders(limitHeaders))}
}

// meter counts the requests of each address.
type meter struct {
	Throttle
	limiter *httprate.RateLimiter
}

// limit makes m a middleware, one of several that share its count; refuse answers what is too much, Retry-After being set
// already.
func (m meter) limit(refuse http.HandlerFunc) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if m.counts(r) && overLimit(m.limiter, w, r, httprate.CanonicalizeIP(middleware.GetClientIP(r.Context()))) {
				refuse(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func (m meter) counts(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		if !m.CountReads {
			return false
		}
	}
	return m.CountLoopback || !isOfThisMachine(r)
}

// isOfThisMachine says whether r came over the loopback and from no further.
func isOfThisMachine(r *http.Request) bool {
	for _, header := range []string{"X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via"} {
		if _, ok := r.Header[header]; ok {
			return false
		}
	}
	return middleware.GetClientIPAddr(r.Context()).IsLoopback()
}

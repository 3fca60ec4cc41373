package web

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"
)

// Throttle bounds how many requests that make the server work (all but GET, HEAD and OPTIONS) one network address may send:
// Requests in any Window. IPv6 addresses count by their /64, the share of one subscriber.
//
// A connection of this very machine that was not forwarded is not counted, unless CountLoopback: an operator's script is not
// an attack. Behind a proxy on this machine that adds no X-Forwarded-For nobody would be counted, so set CountLoopback or,
// better, have the proxy add it and name it in [Options].TrustedProxies.
type Throttle struct {
	Requests      int
	Window        time.Duration
	CountLoopback bool
}

// DefaultThrottle lets a reception desk of forty agents behind one address each send a page every two seconds.
var DefaultThrottle = Throttle{Requests: 1200, Window: time.Minute}

// limit makes t a middleware; refuse answers what is too much, Retry-After being set already.
func (t Throttle) limit(refuse http.HandlerFunc) func(http.Handler) http.Handler {
	byAddress := func(r *http.Request) (string, error) {
		return httprate.CanonicalizeIP(middleware.GetClientIP(r.Context())), nil
	}
	counted := httprate.LimitBy(t.Requests, t.Window, byAddress, httprate.WithLimitHandler(refuse))
	return func(next http.Handler) http.Handler {
		limited := counted(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.Method == http.MethodGet, r.Method == http.MethodHead, r.Method == http.MethodOptions,
				!t.CountLoopback && isOfThisMachine(r):
				next.ServeHTTP(w, r)
			default:
				limited.ServeHTTP(w, r)
			}
		})
	}
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

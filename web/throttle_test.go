package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// throttled gives a handler behind a throttle of three requests.
func throttled(t *testing.T, proxies []string, countLoopback bool) http.Handler {
	t.Helper()
	find, err := clientIP(proxies)
	require.NoError(t, err)
	limit := Throttle{Requests: 3, Window: time.Hour, CountLoopback: countLoopback}
	return find(limit.meter().limit(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) })(
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })))
}

func TestProperty14Throttle(t *testing.T) {
	for _, test := range []struct {
		name          string
		proxies       []string
		countLoopback bool
		method        string
		from          func(i int) string
		headers       func(i int, h http.Header)
		passing       int // of ten
	}{
		{name: "one address", from: func(int) string { return "198.51.100.7:1" }, passing: 3},
		{name: "its ports", from: func(i int) string { return fmt.Sprint("198.51.100.7:", 1000+i) }, passing: 3},
		{name: "its IPv6 network", from: func(i int) string { return fmt.Sprintf("[2001:db8:1:1::%x]:1", i) }, passing: 3},
		{name: "ten addresses", from: func(i int) string { return fmt.Sprintf("198.51.100.%d:1", i) }, passing: 10},
		{name: "reading", method: "GET", from: func(int) string { return "198.51.100.7:1" }, passing: 10},
		{
			name: "made-up headers", from: func(int) string { return "198.51.100.7:1" }, passing: 3,
			headers: func(i int, h http.Header) {
				for _, name := range []string{"X-Forwarded-For", "X-Real-IP", "True-Client-IP", "CF-Connecting-IP"} {
					h.Set(name, fmt.Sprintf("203.0.113.%d", i))
				}
				h.Set("Forwarded", fmt.Sprintf("for=203.0.113.%d", i))
			},
		},
		{
			name: "made-up header through the proxy", proxies: []string{"10.0.0.1"}, from: func(int) string { return "10.0.0.1:1" }, passing: 3,
			headers: func(i int, h http.Header) { h.Set("X-Forwarded-For", fmt.Sprintf("203.0.113.%d, 198.51.100.7", i)) },
		},
		{
			name: "ten visitors through the proxy", proxies: []string{"10.0.0.1"}, from: func(int) string { return "10.0.0.1:1" }, passing: 10,
			headers: func(i int, h http.Header) { h.Set("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i)) },
		},
		{name: "this machine", from: func(int) string { return "127.0.0.1:1" }, passing: 10},
		{name: "this machine counted", countLoopback: true, from: func(int) string { return "[::1]:1" }, passing: 3},
		{
			name: "a proxy here that nobody named", from: func(int) string { return "127.0.0.1:1" }, passing: 3,
			headers: func(i int, h http.Header) { h.Set("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i)) },
		},
		{
			name: "loopback made up through the proxy", proxies: []string{"127.0.0.1"}, from: func(int) string { return "127.0.0.1:1" }, passing: 3,
			headers: func(_ int, h http.Header) { h.Set("X-Forwarded-For", "127.0.0.1, 198.51.100.7") },
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			h, passed := throttled(t, test.proxies, test.countLoopback), 0
			for i := range 10 {
				method := test.method
				if method == "" {
					method = http.MethodPost
				}
				r := httptest.NewRequest(method, "/api/v1/simulations", nil)
				r.RemoteAddr = test.from(i)
				if test.headers != nil {
					test.headers(i, r.Header)
				}
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code == http.StatusOK {
					passed++
					continue
				}
				require.Equal(t, http.StatusTooManyRequests, w.Code)
				wait, err := strconv.Atoi(w.Header().Get("Retry-After"))
				require.NoError(t, err)
				assert.Positive(t, wait)
			}
			assert.Equal(t, test.passing, passed)
		})
	}
}

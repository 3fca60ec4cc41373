package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestClientIP(t *testing.T) {
	for _, test := range []struct {
		name      string
		proxies   []string
		from      string
		forwarded []string
		want      string
	}{
		{"direct", nil, "198.51.100.7:4711", nil, "198.51.100.7"},
		{"direct, header made up", nil, "198.51.100.7:4711", []string{"203.0.113.9"}, "198.51.100.7"},
		{"direct IPv6", nil, "[2001:db8::7]:4711", nil, "2001:db8::7"},
		{"through the proxy", []string{"10.0.0.1"}, "10.0.0.1:80", []string{"198.51.100.7"}, "198.51.100.7"},
		{"through the proxy, header made up", []string{"10.0.0.1"}, "10.0.0.1:80", []string{"203.0.113.9, 198.51.100.7"}, "198.51.100.7"},
		{"through two proxies", []string{"10.0.0.0/8"}, "10.0.0.1:80", []string{"198.51.100.7, 10.9.9.9"}, "198.51.100.7"},
		{"two headers", []string{"10.0.0.1/32"}, "10.0.0.1:80", []string{"203.0.113.9", "198.51.100.7"}, "198.51.100.7"},
		{"beside the proxy", []string{"10.0.0.1"}, "203.0.113.9:80", []string{"198.51.100.7"}, "203.0.113.9"},
		{"proxy of IPv6", []string{"::1"}, "[::1]:80", []string{"198.51.100.7"}, "198.51.100.7"},
		{"rubbish from the proxy", []string{"10.0.0.1"}, "10.0.0.1:80", []string{"unknown"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			find, err := clientIP(test.proxies)
			require.NoError(t, err)
			var got string
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = test.from
			r.Header["X-Forwarded-For"] = test.forwarded
			r.Header.Set("X-Real-Ip", "192.0.2.1")
			r.Header.Set("True-Client-Ip", "192.0.2.2")
			find(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				got = middleware.GetClientIP(r.Context())
			})).ServeHTTP(httptest.NewRecorder(), r)
			assert.Equal(t, test.want, got)
		})
	}
}

func TestClientIPRefusesBadProxies(t *testing.T) {
	for _, proxy := range []string{"", "10.0.0", "10.0.0.0/33", "proxy.example"} {
		_, err := clientIP([]string{"10.0.0.1", proxy})
		assert.ErrorContains(t, err, "trusted proxy")
	}
}

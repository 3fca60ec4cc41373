package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestProperty28CrossOriginPost(t *testing.T) {
	h := refuseCrossOrigin(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })(
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }))
	for _, test := range []struct {
		name, method string
		headers      string // "Name: value" separated by |
		want         int
	}{
		{"same site", "POST", "Sec-Fetch-Site: same-origin|Origin: null", 200},
		{"same site with session", "POST", "Sec-Fetch-Site: same-origin|Origin: null|Cookie: s=1", 200},
		{"typed address", "POST", "Sec-Fetch-Site: none", 200},
		{"another site", "POST", "Sec-Fetch-Site: cross-site|Origin: https://elsewhere.example", 403},
		{"another site that hides", "POST", "Sec-Fetch-Site: cross-site|Origin: null", 403},
		{"neighbour of the domain", "POST", "Sec-Fetch-Site: same-site|Origin: https://other.example.com", 403},
		{"another site, old browser", "POST", "Origin: https://elsewhere.example", 403},
		{"same site, old browser", "POST", "Origin: https://example.com", 200},
		{"no origin told, old browser", "POST", "Origin: null", 200},
		{"no origin told, old browser, session", "POST", "Origin: null|Cookie: s=1", 403},
		{"no origin told, old browser, password", "POST", "Origin: null|Authorization: Basic x", 403},
		{"fetch metadata emptied", "POST", "Sec-Fetch-Site: |Origin: null", 403},
		{"a program", "POST", "", 200},
		{"reading from another site", "GET", "Sec-Fetch-Site: cross-site", 200},
		{"other methods", "DELETE", "Sec-Fetch-Site: cross-site", 403},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(test.method, "https://example.com/fr/simulation", nil)
			for header := range strings.SplitSeq(test.headers, "|") {
				if name, value, ok := strings.Cut(header, ": "); ok {
					r.Header.Set(name, value)
				}
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			assert.Equal(t, test.want, w.Code)
		})
	}
}

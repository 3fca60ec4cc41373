package web

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// observatory computes what MDN's HTTP Observatory gives a page by its scoring table (developer.mozilla.org/observatory/docs/tests_and_scoring,
// read 2026-11-27): 100, less the penalties, and from 90 on more by the bonuses. That http leads to https, and the certificate, are the
// operator's proxy's: they are taken to be right, and no list of preloading is counted on.
func observatory(h http.Header, page string) int {
	var marks []int
	mark := func(n int) { marks = append(marks, n) }
	policy := map[string][]string{}
	for directive := range strings.SplitSeq(h.Get("Content-Security-Policy"), ";") {
		if words := strings.Fields(directive); len(words) > 0 {
			policy[words[0]] = words[1:]
		}
	}
	of := func(directive string) []string {
		if sources, ok := policy[directive]; ok {
			return sources
		}
		if sources, ok := policy["default-src"]; ok {
			return sources
		}
		return []string{"*"}
	}
	wide := func(directive string, more ...string) bool {
		return slices.ContainsFunc(of(directive), func(s string) bool {
			return slices.Contains(append(more, "*", "http:", "https:", "data:", "'unsafe-inline'"), s)
		})
	}
	switch {
	case len(policy) == 0:
		mark(-25)
	case wide("script-src"), wide("object-src"):
		mark(-20)
	case slices.Contains(of("script-src"), "'unsafe-eval'"):
		mark(-10)
	case wide("style-src"):
		mark(0)
	case slices.Equal(policy["default-src"], []string{"'none'"}):
		mark(10)
	default:
		mark(5)
	}
	cookies := (&http.Response{Header: h}).Cookies()
	if len(cookies) > 0 {
		mark(5)
	}
	for _, c := range cookies {
		switch {
		case !c.Secure:
			mark(-40)
		case !c.HttpOnly:
			mark(-30)
		case c.SameSite != http.SameSiteStrictMode && c.SameSite != http.SameSiteLaxMode:
			mark(-20)
		}
	}
	if h.Get("Access-Control-Allow-Origin") != "" {
		mark(-50)
	}
	switch age := regexp.MustCompile(`max-age=(\d+)`).FindStringSubmatch(h.Get("Strict-Transport-Security")); {
	case age == nil:
		mark(-20)
	default:
		if seconds, err := strconv.Atoi(age[1]); err != nil || seconds < 15_768_000 {
			mark(-10)
		}
	}
	switch h.Get("Referrer-Policy") {
	case "no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin":
		mark(5)
	case "":
	default:
		mark(-5)
	}
	if regexp.MustCompile(`<script[^>]*src="(?:https?:)?//`).MatchString(page) {
		mark(-50) // another's, without a sum
	}
	if h.Get("X-Content-Type-Options") != "nosniff" {
		mark(-5)
	}
	switch frame := strings.ToUpper(h.Get("X-Frame-Options")); {
	case policy["frame-ancestors"] != nil && !slices.Contains(policy["frame-ancestors"], "*"):
		mark(5)
	case frame != "DENY" && frame != "SAMEORIGIN":
		mark(-20)
	}
	switch h.Get("Cross-Origin-Resource-Policy") {
	case "same-origin", "same-site":
		mark(10)
	case "cross-origin":
		mark(-5)
	}
	score, bonus := 100, 0
	for _, n := range marks {
		if n < 0 {
			score += n
		} else {
			bonus += n
		}
	}
	if score >= 90 {
		score += bonus
	}
	return max(0, score)
}

// TestProperty27Observatory: every kind of answer scores 100 or more, and one that is left bare does not.
func TestProperty27Observatory(t *testing.T) {
	h, _ := wholeSite(t)
	for _, address := range []string{"/", "/fr/", "/fr/simulation", "/ar/", "/fr/aides", "/fr/aides/rsa", "/api/docs", "/api/v1/aides", "/nulle-part"} {
		w := call(h, http.MethodGet, address, "")
		require.GreaterOrEqual(t, observatory(w.Header(), w.Body.String()), 130, address)
	}
	whole := call(h, http.MethodGet, "/fr/", "").Header()
	for name, c := range map[string]struct {
		header, value string
		want          int
	}{
		"no policy":               {"Content-Security-Policy", "", 75},
		"a policy that lets in":   {"Content-Security-Policy", "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'", 80},
		"no TLS to keep to":       {"Strict-Transport-Security", "", 80},
		"TLS for a day":           {"Strict-Transport-Security", "max-age=86400", 120},
		"types that are guessed":  {"X-Content-Type-Options", "", 125},
		"addresses that are told": {"Referrer-Policy", "unsafe-url", 120},
		"open to everybody":       {"Access-Control-Allow-Origin", "*", 50},
		"a cookie for scripts":    {"Set-Cookie", "a=b; Secure", 70},
		"a good cookie":           {"Set-Cookie", "a=b; Secure; HttpOnly; SameSite=Strict", 135},
	} {
		changed := whole.Clone()
		changed.Set(c.header, c.value)
		if c.value == "" {
			changed.Del(c.header)
		}
		require.Equal(t, c.want, observatory(changed, ""), name)
	}
	require.Equal(t, 0, observatory(http.Header{}, `<script src="https://elsewhere.example/x.js">`))
}

package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/web/pages"
	"guichet/web/webtest"
)

// wholeSite gives the server with the real pages.
func wholeSite(t testing.TB) (*Handler, *journal) {
	t.Helper()
	return serving(t, func(o *Options) {
		p, err := pages.New(pages.Options{
			Engine: webtest.Engine(t), Texts: o.Texts, Key: []byte(strings.Repeat("k", 32)), Clock: webtest.Clock, Log: o.Log,
		})
		require.NoError(t, err)
		o.Pages = p
	})
}

// TestProperty27HeadersOnEveryPage asks for every page that has an address, and for what each page asks for in turn.
func TestProperty27HeadersOnEveryPage(t *testing.T) {
	h, _ := wholeSite(t)
	seen, next := map[string]bool{}, []string{"/", "/fr/", "/en/", "/nulle-part", "/fr/aides/inconnue", "/api/docs"}
	for len(next) > 0 {
		target := next[0]
		next = next[1:]
		if seen[target] {
			continue
		}
		seen[target] = true
		w := call(h, http.MethodGet, target, "")
		require.Less(t, w.Code, 500, "%s: %s", target, w.Body)
		assertProtected(t, w.Header())
		if location := w.Header().Get("Location"); location != "" {
			next = append(next, location)
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		page := w.Body.String()
		script := strings.Contains(w.Header().Get("Content-Security-Policy"), "script-src 'self'")
		assert.Equal(t, script, strings.Contains(page, "<script"), "%s: a script where the policy allows it, and only there", target)
		assert.NotRegexp(t, `<script(?:>| [^>]*>[^<])|<script src="(?:[^/]|/[^s])`, page, "%s: none but our own file", target)
		assert.NotContains(t, page, "<style", target)
		assert.NotRegexp(t, `<[a-z][^>]* style=`, page, "%s: the policy refuses it", target)
		assert.NotRegexp(t, `<[a-z][^>]* on[a-z]+=`, page, target)
		assert.NotRegexp(t, `<(img|link|iframe|source)[^>]+(src|href)="(https?:)?//`, page, "%s asks another site", target)
		for _, link := range regexp.MustCompile(`(?:href|src)="(/[^"#?]*)`).FindAllStringSubmatch(page, -1) {
			next = append(next, link[1])
		}
	}
	assert.Greater(t, len(seen), 15)
}

// TestProperty22TheFormKeepsSecrets sends canaries as answers: they come back in the visitor's own page at most, and never
// reach the log.
func TestProperty22TheFormKeepsSecrets(t *testing.T) {
	h, log := wholeSite(t)
	begin := call(h, http.MethodGet, "/fr/simulation", "")
	require.Equal(t, http.StatusOK, begin.Code)
	hidden := regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(begin.Body.String(), -1)
	require.NotEmpty(t, hidden, "the sealed answers")
	fields := regexp.MustCompile(`<(?:input|select|textarea|button)[^>]* name="([^"]+)"`).FindAllStringSubmatch(begin.Body.String(), -1)
	answered := map[int]int{}
	for _, wrong := range []string{"Zqcanari", "19740.11", "canari@example.org", "<b>canari</b>"} {
		form := url.Values{}
		for _, field := range fields {
			if form.Set(field[1], wrong); field[1] == "vers" { // the button, not an answer
				form.Set("vers", "suite")
			}
		}
		for _, h := range hidden {
			form.Set(h[1], html.UnescapeString(h[2]))
		}
		w := call(h, http.MethodPost, "/fr/simulation", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
		answered[w.Code]++
		assert.Less(t, w.Code, 500)
		assertProtected(t, w.Header())
		assert.Empty(t, w.Header().Get("Location"))
		assert.NotContains(t, w.Body.String(), "<b>canari")
	}
	assert.NotEmpty(t, answered)
	for _, canary := range []string{"Zqcanari", "19740.11", "canari@example.org", "<b>canari"} {
		assert.NotContains(t, log.String(), canary)
	}
	assert.Contains(t, log.String(), `"route":"/fr/simulation"`)
}

func TestErrorsArePagesInTheVisitorsLanguage(t *testing.T) {
	h, _ := wholeSite(t)
	for target, lang := range map[string]string{"/fr/nulle-part": "fr", "/en/nowhere": "en"} {
		w := call(h, http.MethodGet, target, "")
		assert.Equal(t, http.StatusNotFound, w.Code)
		assert.Equal(t, lang, w.Header().Get("Content-Language"))
		assert.Contains(t, w.Body.String(), `<html lang="`+lang+`"`)
	}
	w := call(h, http.MethodPost, "/en/simulation", "a=b", "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site")
	assert.Equal(t, http.StatusForbidden, w.Code)
	assert.Contains(t, w.Header().Get("Content-Type"), "text/html")
}

package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/web/api"
	"guichet/web/pages"
	"guichet/web/problem"
	"guichet/web/webtest"
)

const secret = "0123456789abcdef0123456789abcdef"

// reloading gives a server whose rules an administrator can reload: next is what it reads then.
func reloading(t testing.TB, next func() (Edition, error), change ...func(*Options)) (*Handler, *journal) {
	t.Helper()
	token, err := NewToken(secret)
	require.NoError(t, err)
	return serving(t, append([]func(*Options){func(o *Options) { o.Reload, o.Administrator = next, token }}, change...)...)
}

// other is an edition of other rules: a ceiling of 700 EUR.
func other(t testing.TB, o *Options) Edition {
	t.Helper()
	return Edition{Engine: webtest.Engine(t, "baremes/essai.yaml", "{valeur: 600,", "{valeur: 700,"), Texts: o.Texts, Pages: fakePages{}}
}

// wrong is what reading rules with three faults gives.
func wrong() (Edition, error) {
	return Edition{}, fmt.Errorf("the rules are invalid:\n%w", ruleset.Errors{
		{File: "baremes/essai.yaml", Line: 3, Column: 5, Message: "« unité » n'a pas de sens ici"},
		{File: "baremes/essai.yaml", Line: 9, Column: 1, Message: "une date AAAA-MM-JJ est attendue ici"},
		{File: "commune/00000/secours", Message: "aide.yaml manque"},
	})
}

// askReload asks for a reload as an administrator does.
func askReload(h http.Handler, headers ...string) *httptest.ResponseRecorder {
	return call(h, http.MethodPost, "/admin/regles/rechargement", "", append([]string{"Authorization", "Bearer " + secret}, headers...)...)
}

// rulesOf gives the hash that a simulation names and the amount that it finds for aide_essai.
func rulesOf(t testing.TB, h http.Handler) (hash string, amount float64) {
	t.Helper()
	w := call(h, http.MethodPost, "/api/v1/simulations", household)
	require.Equal(t, http.StatusOK, w.Code)
	return read(t, w.Body.Bytes())
}

func read(t testing.TB, body []byte) (hash string, amount float64) {
	t.Helper()
	var s struct {
		Rules string `json:"regles"`
		Aids  []struct {
			Amount struct {
				Net float64 `json:"net"`
			} `json:"montant"`
		} `json:"aides"`
	}
	require.NoError(t, json.Unmarshal(body, &s))
	return s.Rules, s.Aids[0].Amount.Net
}

func TestProperty11ReloadSwapsTheRules(t *testing.T) {
	var next Edition
	h, log := reloading(t, func() (Edition, error) { return next, nil }, func(o *Options) { next = other(t, o) })
	before, amount := rulesOf(t, h)
	require.InDelta(t, 476.55, amount, 0.001)

	w := askReload(h)
	require.Equal(t, http.StatusOK, w.Code, w.Body)
	assertProtected(t, w.Header())
	assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	after := next.Engine.Set().Hash()
	assert.JSONEq(t, fmt.Sprintf(`{"avant":%q,"regles":%q,"aides":2}`, before, after), w.Body.String())
	hash, amount := rulesOf(t, h)
	assert.Equal(t, after, hash)
	assert.InDelta(t, 576.55, amount, 0.001)
	assert.Contains(t, log.String(), `"msg":"rules reloaded"`)
	assert.JSONEq(t, fmt.Sprintf(`{"statut":"pret","regles":%q,"aides":2,"jusqu_au":"2027-12-31","rechargement":{"le":"2026-06-15T09:30:00Z","refuse":false}}`, after),
		call(h, http.MethodGet, "/readyz", "").Body.String())

	w = askReload(h)
	assert.JSONEq(t, fmt.Sprintf(`{"avant":%q,"regles":%q,"aides":2}`, after, after), w.Body.String(), "nothing changed, and it says so")
}

func TestProperty11WrongRulesReplaceNothing(t *testing.T) {
	for name, c := range map[string]struct {
		next   func() (Edition, error)
		faults []problem.Error
	}{
		"wrong rules": {wrong, []problem.Error{
			{Path: "baremes/essai.yaml:3:5", Message: "« unité » n'a pas de sens ici"},
			{Path: "baremes/essai.yaml:9:1", Message: "une date AAAA-MM-JJ est attendue ici"},
			{Path: "commune/00000/secours", Message: "aide.yaml manque"},
		}},
		"a folder that is gone": {
			func() (Edition, error) { return Edition{}, errors.New("stat /etc/guichet/regles: no such file") },
			[]problem.Error{{Message: "stat /etc/guichet/regles: no such file"}},
		},
		"half an edition": {func() (Edition, error) { return Edition{}, nil }, []problem.Error{{Message: "web: no engine"}}},
		"a panic":         {func() (Edition, error) { panic("loader") }, []problem.Error{{Message: "web: reading the rules: loader"}}},
	} {
		t.Run(name, func(t *testing.T) {
			h, log := reloading(t, c.next)
			before, _ := rulesOf(t, h)
			w := askReload(h, "Accept-Language", "en")
			require.Equal(t, http.StatusUnprocessableEntity, w.Code)
			assertProtected(t, w.Header())
			var p problem.Problem
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p))
			assert.Equal(t, problem.RulesRefused.URI(), p.Type)
			assert.Equal(t, "Rules refused", p.Title)
			assert.Equal(t, c.faults, p.Errors)
			for _, f := range c.faults {
				at, err := json.Marshal(f.Message)
				require.NoError(t, err)
				assert.Contains(t, log.String(), fmt.Sprintf(`"at":%q,"fault":%s`, f.Path, at), "each fault is in the log")
			}
			after, _ := rulesOf(t, h)
			assert.Equal(t, before, after)
			assert.JSONEq(t, fmt.Sprintf(`{"statut":"pret","regles":%q,"aides":2,"jusqu_au":"2027-12-31","rechargement":{"le":"2026-06-15T09:30:00Z","refuse":true,"erreurs":%d}}`,
				before, len(c.faults)), call(h, http.MethodGet, "/readyz", "").Body.String())
		})
	}
}

// patient is an engine that answers when it is told to.
type patient struct {
	api.Engine
	asked, release chan struct{}
}

// isAsked waits until somebody asks.
func (e patient) isAsked(t *testing.T) {
	t.Helper()
	select {
	case <-e.asked:
	case <-time.After(20 * time.Second):
		require.Fail(t, "nobody asks")
	}
}

func (e patient) Append(b []byte, p *profile.Profile) ([]byte, error) {
	e.asked <- struct{}{}
	<-e.release
	return e.Engine.Append(b, p)
}

// TestProperty11ARequestEndsOnItsRules reloads while a simulation and a batch are under way.
func TestProperty11ARequestEndsOnItsRules(t *testing.T) {
	var next Edition
	waiting := patient{asked: make(chan struct{}), release: make(chan struct{})}
	h, _ := reloading(t, func() (Edition, error) { return next, nil }, func(o *Options) {
		next = other(t, o)
		waiting.Engine = o.Engine
		o.Engine = waiting
	})
	old, fresh := waiting.Set().Hash(), next.Engine.Set().Hash()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)

	lines, stream := io.Pipe()
	line := strings.ReplaceAll(strings.ReplaceAll(household, "\n", ""), "\t", "") + "\n"
	answers := make(chan []byte, 3)
	post := func(path, kind string, body io.Reader) {
		response, err := http.Post(server.URL+path, kind, body)
		if err == nil {
			defer response.Body.Close()
			for d := json.NewDecoder(response.Body); d.More(); {
				var answer json.RawMessage
				if d.Decode(&answer) != nil {
					break
				}
				answers <- answer
			}
		}
	}
	go post("/api/v1/simulations", "application/json", strings.NewReader(household))
	waiting.isAsked(t)
	go post("/api/v1/simulations/batch", "application/x-ndjson", lines)
	_, err := io.WriteString(stream, line)
	require.NoError(t, err)
	waiting.isAsked(t)

	require.Equal(t, http.StatusOK, askReload(h).Code)
	hash, amount := rulesOf(t, h)
	require.Equal(t, fresh, hash)
	require.InDelta(t, 576.55, amount, 0.001)

	waiting.release <- struct{}{}
	waiting.release <- struct{}{}
	_, err = io.WriteString(stream, line) // a stream keeps its rules to its end
	require.NoError(t, err)
	waiting.isAsked(t)
	waiting.release <- struct{}{}
	stream.Close()
	for range 3 {
		select {
		case answer := <-answers:
			hash, amount := read(t, answer)
			assert.Equal(t, old, hash)
			assert.InDelta(t, 476.55, amount, 0.001)
		case <-time.After(20 * time.Second):
			require.Fail(t, "no answer")
		}
	}
}

// TestReloadsShareTheirCounts: a reload gives nobody a new allowance.
func TestReloadsShareTheirCounts(t *testing.T) {
	var next Edition
	h, _ := reloading(t, func() (Edition, error) { return next, nil }, func(o *Options) {
		next = other(t, o)
		o.Throttle = Throttle{Requests: 2, Window: time.Hour, CountLoopback: true}
	})
	simulate := func() int { return call(h, http.MethodPost, "/api/v1/simulations", household).Code }
	require.Equal(t, http.StatusOK, simulate())
	require.Equal(t, http.StatusOK, askReload(h).Code)
	require.Equal(t, http.StatusOK, simulate())
	require.Equal(t, http.StatusTooManyRequests, simulate())
}

// TestProperty29AdministratorsRoute is the table of route × method × token.
func TestProperty29AdministratorsRoute(t *testing.T) {
	const route = "/admin/regles/rechargement"
	bearer := func(s string) string { return "Bearer " + s }
	for _, c := range []struct {
		name, method, path string
		without            bool // no token is set
		authorization      string
		status             int
		kind               problem.Kind // of a refusal
	}{
		{name: "the token", method: "POST", authorization: bearer(secret), status: 200},
		{name: "the token, the scheme in small letters", method: "POST", authorization: "bearer " + secret, status: 200},
		{name: "no token", method: "POST", status: 401, kind: problem.NotAllowed},
		{name: "an empty token", method: "POST", authorization: "Bearer ", status: 401, kind: problem.NotAllowed},
		{name: "a wrong token", method: "POST", authorization: bearer(strings.Repeat("0", 32)), status: 401, kind: problem.NotAllowed},
		{name: "the token but its end", method: "POST", authorization: bearer(secret[:31]), status: 401, kind: problem.NotAllowed},
		{name: "the token and more", method: "POST", authorization: bearer(secret + "0"), status: 401, kind: problem.NotAllowed},
		{name: "another scheme", method: "POST", authorization: "Basic " + secret, status: 401, kind: problem.NotAllowed},
		{name: "no scheme", method: "POST", authorization: secret, status: 401, kind: problem.NotAllowed},
		{name: "in the address", method: "POST", path: route + "?access_token=" + secret, status: 401, kind: problem.NotAllowed},
		{name: "reading, with the token", method: "GET", authorization: bearer(secret), status: 405, kind: problem.Method},
		{name: "reading", method: "GET", status: 401, kind: problem.NotAllowed},
		{name: "deleting, with the token", method: "DELETE", authorization: bearer(secret), status: 405, kind: problem.Method},
		{name: "elsewhere, with the token", method: "POST", path: "/admin/regles", authorization: bearer(secret), status: 404, kind: problem.NotFound},
		{name: "elsewhere", method: "POST", path: "/admin/regles", status: 401, kind: problem.NotAllowed},
		{name: "no token is set", method: "POST", without: true, authorization: bearer(secret), status: 404, kind: problem.NotFound},
		{name: "no token is set, none sent", method: "POST", without: true, status: 404, kind: problem.NotFound},
		{name: "no token is set, an empty one sent", method: "POST", without: true, authorization: "Bearer ", status: 404, kind: problem.NotFound},
		{name: "no token is set, reading", method: "GET", without: true, status: 404, kind: problem.NotFound},
	} {
		t.Run(c.name, func(t *testing.T) {
			reads := 0
			var next Edition
			h, log := reloading(t, func() (Edition, error) { reads++; return next, nil }, func(o *Options) {
				if next = other(t, o); c.without {
					o.Administrator = Token{}
				}
			})
			if c.path == "" {
				c.path = route
			}
			w := call(h, c.method, c.path, "", "Authorization", c.authorization)
			require.Equal(t, c.status, w.Code, w.Body)
			assertProtected(t, w.Header())
			assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
			assert.NotContains(t, w.Body.String()+log.String(), secret[:31])
			if c.status == http.StatusOK {
				assert.Equal(t, 1, reads)
				return
			}
			assert.Zero(t, reads)
			assert.Contains(t, w.Body.String(), c.kind.URI())
			assert.Equal(t, c.status == http.StatusUnauthorized, w.Header().Get("WWW-Authenticate") != "")
		})
	}
}

// TestProperty14ThrottleOfAdministrators: attempts at the token are few, from this machine too, and leave the others theirs.
func TestProperty14ThrottleOfAdministrators(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodHead} {
		t.Run(method, func(t *testing.T) { throttlesAdministrators(t, method) })
	}
}

func throttlesAdministrators(t *testing.T, method string) {
	h, _ := reloading(t, wrong)
	attempt := func(from string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/admin/regles/rechargement", nil)
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for range administratorThrottle.Requests {
		require.Equal(t, http.StatusUnauthorized, attempt("127.0.0.1:1").Code)
	}
	w := attempt("127.0.0.1:2")
	require.Equal(t, http.StatusTooManyRequests, w.Code)
	assert.NotEmpty(t, w.Header().Get("Retry-After"))
	assert.Equal(t, http.StatusUnauthorized, attempt("198.51.100.7:1").Code)
	assert.Equal(t, http.StatusOK, call(h, http.MethodPost, "/api/v1/simulations", household).Code)
}

func TestTokensAreLong(t *testing.T) {
	_, err := NewToken(secret[:MinToken-1])
	require.ErrorContains(t, err, "at least 32 characters")
	require.NotContains(t, err.Error(), secret[:8])
	require.False(t, Token{}.is(""))
}

// TestOpenPagesGoOnAfterAReload answers, under new rules, a form that was shown under the old ones.
func TestOpenPagesGoOnAfterAReload(t *testing.T) {
	edition := func(o *Options, e api.Engine) Edition {
		p, err := pages.New(pages.Options{Engine: e.(pages.Engine), Texts: o.Texts, Key: []byte(strings.Repeat("k", 32)), Clock: webtest.Clock, Log: o.Log})
		require.NoError(t, err)
		return Edition{Engine: e, Texts: o.Texts, Pages: p}
	}
	var next Edition
	h, _ := reloading(t, func() (Edition, error) { return next, nil }, func(o *Options) {
		o.Edition, next = edition(o, o.Engine), edition(o, other(t, o).Engine)
	})
	shown := call(h, http.MethodGet, "/fr/simulation", "")
	require.Equal(t, http.StatusOK, shown.Code)
	form := formOf(shown.Body.String())
	require.Equal(t, http.StatusOK, askReload(h).Code)
	form.Set("vers", "suite")
	w := call(h, http.MethodPost, "/fr/simulation", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	require.Equal(t, http.StatusOK, w.Code)
	assert.NotContains(t, w.Body.String(), "recommenc")
	assert.NotEqual(t, form.Get("reponses"), formOf(w.Body.String()).Get("reponses"), "the answers go on")
}

// formOf gives what the form of a page would send untouched.
func formOf(page string) url.Values {
	form := url.Values{}
	for _, h := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		form.Set(h[1], html.UnescapeString(h[2]))
	}
	return form
}

// TestReloadsTakeTurns swaps rules as fast as it can under readers: each sees one set, household. The race detector watches.
func TestReloadsTakeTurns(t *testing.T) {
	var one, two Edition
	turn := 0
	h, _ := reloading(t, func() (Edition, error) {
		turn++ // reloads take turns: nothing else guards it
		if turn%2 == 0 {
			return one, nil
		}
		return two, nil
	}, func(o *Options) { one, two = o.Edition, other(t, o) })
	want := map[string]float64{one.Engine.Set().Hash(): 476.55, two.Engine.Set().Hash(): 576.55}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 20 {
				_, err := h.Reload()
				assert.NoError(t, err)
			}
		})
	}
	for range 4 {
		wg.Go(func() {
			for range 25 {
				hash, amount := rulesOf(t, h)
				assert.Contains(t, want, hash)
				assert.InDelta(t, want[hash], amount, 0.001)
			}
		})
	}
	wg.Wait()
	assert.Equal(t, 40, turn)
}

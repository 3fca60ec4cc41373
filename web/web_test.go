package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine/profile"
	"guichet/web/api"
	"guichet/web/problem"
	"guichet/web/webtest"
)

// household is a whole one, entitled to aide_essai.
const household = `{"id":"h1","date":"2026-06-15","complet":true,"commune":"75056","couple":"non",
	"demandeur":{"naissance":"1990-01-01","revenus":{"salaire":123.45}},"enfants":[],
	"logement":{"statut":"locataire_vide","loyer":400},"prestations_percues":{}}`

// fakePages stands for the pages for people.
type fakePages struct{}

func (fakePages) Routes(r chi.Router) {
	r.Get("/", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/fr/", http.StatusSeeOther) })
	r.Get("/fr/", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "accueil") })
	r.Get("/fr/cachee", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Cache-Control", "public, max-age=300") })
	r.Post("/fr/simulation", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			http.Error(w, "illisible", http.StatusBadRequest)
			return
		}
		if r.PostForm.Has("panique") {
			panic(r.PostForm.Get("panique"))
		}
		io.WriteString(w, "question")
	})
}

func (fakePages) Error(w http.ResponseWriter, _ *http.Request, status int, incident string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, "page %d incident %s", status, incident)
}

// journal is a log that a test reads.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// serving gives the whole handler with pages that are not there yet, and its log at the debug level.
func serving(t testing.TB, change ...func(*Options)) (*Handler, *journal) {
	t.Helper()
	texts := webtest.Texts(t)
	log := new(journal)
	o := Options{
		Edition: Edition{Engine: webtest.Engine(t), Texts: texts, Pages: fakePages{}}, Clock: webtest.Clock, OpenAPI: true,
		Log: slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true})),
	}
	for _, c := range change {
		c(&o)
	}
	h, err := New(o)
	require.NoError(t, err)
	return h, log
}

// call sends one request straight to h.
func call(h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// failing is an engine that panics with what the household said.
type failing struct{ api.Engine }

func (failing) Append(_ []byte, p *profile.Profile) ([]byte, error) {
	panic(fmt.Sprintf("%+v", p))
}

func TestNewWantsItsParts(t *testing.T) {
	whole := Options{Edition: Edition{Engine: webtest.Engine(t), Texts: webtest.Texts(t)}, Log: slog.New(slog.DiscardHandler), Clock: webtest.Clock}
	_, err := New(whole)
	require.NoError(t, err)
	for name, change := range map[string]func(*Options){
		"no engine":     func(o *Options) { o.Engine = nil },
		"no texts":      func(o *Options) { o.Texts = nil },
		"no log":        func(o *Options) { o.Log = nil },
		"no clock":      func(o *Options) { o.Clock = nil },
		"throttle":      func(o *Options) { o.Throttle = Throttle{Requests: 3} },
		"trusted proxy": func(o *Options) { o.TrustedProxies = []string{"the proxy"} },
	} {
		o := whole
		change(&o)
		_, err := New(o)
		assert.ErrorContains(t, err, name)
	}
}

func TestHealth(t *testing.T) {
	h, _ := serving(t)
	alive := call(h, "GET", "/healthz", "")
	assert.Equal(t, http.StatusOK, alive.Code)
	assert.JSONEq(t, `{"statut":"vivant"}`, alive.Body.String())

	ready := call(h, "GET", "/readyz", "")
	assert.Equal(t, http.StatusOK, ready.Code)
	assert.JSONEq(t, fmt.Sprintf(`{"statut":"pret","regles":%q,"aides":2,"jusqu_au":"2027-12-31"}`, webtest.Engine(t).Set().Hash()), ready.Body.String())
	assert.Equal(t, "application/json", ready.Header().Get("Content-Type"))
}

func TestRefusals(t *testing.T) {
	for _, test := range []struct {
		name, method, target, body string
		headers                    []string
		status                     int
		program                    problem.Kind // what a program gets; a person gets the page
		person                     bool
		allow                      []string
	}{
		{name: "no such page", method: "GET", target: "/canary", status: 404, person: true},
		{name: "no such operation", method: "GET", target: "/api/v1/canary", status: 404, program: problem.NotFound},
		{name: "no such version", method: "GET", target: "/api/v9/aides", status: 404, program: problem.NotFound},
		{name: "reading what is posted to", method: "GET", target: "/api/v1/simulations", status: 405, program: problem.Method, allow: []string{"POST"}},
		{name: "posting to what is read", method: "POST", target: "/api/v1/aides", status: 405, program: problem.Method, allow: []string{"GET", "HEAD"}},
		{name: "a method of nobody", method: "CANARY", target: "/api/v1/aides/x", status: 405, program: problem.Method, allow: []string{"GET", "HEAD"}},
		{name: "a page posted to", method: "POST", target: "/fr/", status: 405, person: true, allow: []string{"GET", "HEAD"}},
		{name: "health posted to", method: "POST", target: "/healthz", status: 405, program: problem.Method, allow: []string{"GET", "HEAD"}},
		{name: "too large", method: "POST", target: "/api/v1/simulations", body: strings.Repeat("canary", MaxBody), status: 413, program: problem.TooLarge},
		{name: "too large a form", method: "POST", target: "/fr/simulation", body: strings.Repeat("canary", MaxBody), status: 413, person: true},
		{
			name: "another site's form", method: "POST", target: "/fr/simulation", body: "a=canary", status: 403, person: true,
			headers: []string{"Sec-Fetch-Site", "cross-site"},
		},
		{
			name: "a form as a profile", method: "POST", target: "/api/v1/simulations", body: "a=canary", status: 415, program: problem.MediaType,
			headers: []string{"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			h, _ := serving(t)
			w := call(h, test.method, test.target, test.body, test.headers...)
			require.Equal(t, test.status, w.Code, w.Body)
			assertProtected(t, w.Header())
			assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
			assert.Equal(t, test.allow, w.Header().Values("Allow"))
			assert.NotContains(t, strings.ToLower(w.Body.String()), "canary")
			if test.person {
				assert.Equal(t, fmt.Sprintf("page %d incident ", test.status), w.Body.String())
				return
			}
			var p problem.Problem
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p))
			assert.Equal(t, test.program.URI(), p.Type)
			assert.Equal(t, test.status, p.Status)
			assert.NotEmpty(t, p.Title)
			assert.Empty(t, p.Incident)
		})
	}
}

func TestWithoutPagesEveryRefusalIsAProblem(t *testing.T) {
	h, _ := serving(t, func(o *Options) { o.Pages = nil })
	w := call(h, "GET", "/fr/", "")
	assert.Equal(t, http.StatusNotFound, w.Code)
	assert.Equal(t, problem.ContentType, w.Header().Get("Content-Type"))
}

func TestProperty12PanicsAreAnsweredAndTheProcessLives(t *testing.T) {
	h, log := serving(t, func(o *Options) { o.Engine = failing{o.Engine} })
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	post := func(target, kind, body string) (*http.Response, string) {
		response, err := server.Client().Post(server.URL+target, kind, strings.NewReader(body))
		require.NoError(t, err)
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		return response, string(text)
	}

	response, text := post("/api/v1/simulations", "application/json", strings.Replace(household, "h1", "canary", 1))
	assert.Equal(t, http.StatusInternalServerError, response.StatusCode)
	var p problem.Problem
	require.NoError(t, json.Unmarshal([]byte(text), &p))
	assert.Equal(t, problem.Internal.URI(), p.Type)
	assert.Equal(t, response.Header.Get(requestIDHeader), p.Incident)
	assert.Contains(t, log.String(), `"incident":"`+p.Incident+`"`)
	assertProtected(t, response.Header)
	assert.NotContains(t, text, ".go")

	response, text = post("/fr/simulation", "application/x-www-form-urlencoded", "panique=canary")
	assert.Equal(t, http.StatusInternalServerError, response.StatusCode)
	assert.Equal(t, "page 500 incident "+response.Header.Get(requestIDHeader), text)

	assert.NotContains(t, log.String(), "canary")
	assert.NotContains(t, log.String(), "123.45")

	alive, err := server.Client().Get(server.URL + "/healthz")
	require.NoError(t, err)
	alive.Body.Close()
	assert.Equal(t, http.StatusOK, alive.StatusCode)
}

func TestProperty14ThrottleOfTheWholeServer(t *testing.T) {
	h, _ := serving(t, func(o *Options) { o.Throttle = Throttle{Requests: 3, Window: DefaultThrottle.Window} })
	from := func(address, method, target, body string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, target, strings.NewReader(body))
		r.RemoteAddr = address
		r.Header.Set("Content-Type", "application/json")
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	const visitor = "198.51.100.7:4711"
	assert.Equal(t, 200, from(visitor, "POST", "/api/v1/simulations", household).Code)
	assert.Equal(t, 200, from(visitor, "POST", "/api/v1/questions", household).Code)
	assert.Equal(t, 200, from(visitor, "POST", "/fr/simulation", "a=b").Code, "one count for the API and the pages")

	refused := from(visitor, "POST", "/api/v1/simulations", household, "X-Forwarded-For", "203.0.113.9")
	assert.Equal(t, http.StatusTooManyRequests, refused.Code)
	assert.NotEmpty(t, refused.Header().Get("Retry-After"))
	assert.Contains(t, refused.Body.String(), problem.TooMany.URI())
	assertProtected(t, refused.Header())
	page := from(visitor, "POST", "/fr/simulation", "a=b")
	assert.Equal(t, "page 429 incident ", page.Body.String())
	assert.NotEmpty(t, page.Header().Get("Retry-After"))

	assert.Equal(t, 200, from(visitor, "GET", "/api/v1/aides", "").Code, "reading goes on")
	assert.Equal(t, 200, from("198.51.100.8:1", "POST", "/api/v1/simulations", household).Code, "others go on")
}

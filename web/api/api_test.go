package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/go-chi/chi/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/web/problem"
	"guichet/web/webtest"
)

// served gives the API of e as it is mounted by the server, less the server's middleware.
func served(t testing.TB, e Engine) http.Handler {
	t.Helper()
	texts := webtest.Texts(t)
	r := chi.NewRouter()
	r.Route("/api", func(r chi.Router) {
		New(Options{Engine: e, Texts: texts, Clock: webtest.Clock}).Routes(r, func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
				next.ServeHTTP(w, r)
			})
		})
	})
	return r
}

// household is a whole one, entitled to aide_essai.
const household = `{"id":"h1","date":"2026-06-15","complet":true,"commune":"75056","couple":"non",
	"demandeur":{"naissance":"1990-01-01","revenus":{"salaire":123.45}},"enfants":[],
	"logement":{"statut":"locataire_vide","loyer":400},"prestations_percues":{}}`

func TestAPI(t *testing.T) {
	api := served(t, webtest.Engine(t))
	for _, test := range []struct {
		name, method, target string
		headers              map[string]string
		body                 string
		status               int
		want, not            []string // of the body
		schema               string
	}{
		{
			name: "a whole household", method: "POST", target: "/api/v1/simulations", body: household, status: 200, schema: schemaSimulation,
			want: []string{
				`"id":"h1"`, `"date":"2026-06-15"`, `"regles":"sha256:`, `"complet":true`, `"aide":"aide_essai","statut":"eligible","version":"2026-01-01"`,
				`"brut":476.55,"net":476.55,"periode":"mois","pour":"foyer"`, `"recours":"non_percu"`, `"net_par_mois":476.55`,
				`"aide":"prime_essai","statut":"non_eligible"`, `"pour":"demandeur"`,
			},
			not: []string{"naissance\":", "1990", "null", "NaN"},
		},
		{
			name: "nothing known", method: "POST", target: "/api/v1/simulations", body: `{"date":"2026-06-15"}`, status: 200, schema: schemaSimulation,
			want: []string{`"statut":"a_preciser"`, `"min":0.00,"max":600.00`, `"manquants":["`, `"demandeur.naissance"`},
			not:  []string{`{"id":"",`, `{"id":"h1"`, `"statut":"eligible"`, `"statut":"non_eligible"`},
		},
		{
			name: "one answer decides", method: "POST", target: "/api/v1/simulations", status: 200, schema: schemaSimulation,
			body: `{"date":"2026-06-15","demandeur":{"revenus":{"salaire":700}}}`,
			want: []string{`"aide":"aide_essai","statut":"non_eligible"`},
		},
		{
			name: "without a date it is today", method: "POST", target: "/api/v1/simulations", body: `{}`, status: 200, schema: schemaSimulation,
			want: []string{`"date":"2026-06-15"`},
		},
		{
			name: "what today decides is checked", method: "POST", target: "/api/v1/simulations", status: 422, schema: schemaProblem,
			body: `{"demandeur":{"naissance":"2026-06-16"}}`,
			want: []string{`"path":"demandeur.naissance"`}, not: []string{"2026-06-16"},
		},
		{
			name: "before the rules", method: "POST", target: "/api/v1/simulations", body: `{"date":"2023-12-31"}`, status: 422, schema: schemaProblem,
			want: []string{`"path":"date"`, "2024-01-01"}, not: []string{"2023-12-31"},
		},
		{
			name: "two faults at once", method: "POST", target: "/api/v1/simulations", status: 422, schema: schemaProblem,
			body: `{"commune":"canary-1","demandeur":{"naissance":"canary-2","revenus":{"salaire":-4711.5}},"canary-3":"canary-4"}`,
			want: []string{
				`"type":"/api/docs#profil-refuse"`, `"status":422`, `"path":"commune"`, `"path":"demandeur.naissance"`, `"path":"demandeur.revenus.salaire.net"`,
				`"path":"profil"`, `"message":`, `"remedy":`,
			},
			not: []string{"canary", "4711"},
		},
		{
			name: "not JSON", method: "POST", target: "/api/v1/simulations", body: `{"demandeur": canary`, status: 400, schema: schemaProblem,
			want: []string{`"type":"/api/docs#requete-illisible"`, `"status":400`}, not: []string{"canary"},
		},
		{name: "not UTF-8", method: "POST", target: "/api/v1/simulations", body: "{\"id\":\"\xff\"}", status: 400, schema: schemaProblem},
		{name: "no body", method: "POST", target: "/api/v1/simulations", status: 400, schema: schemaProblem},
		{
			name: "too large", method: "POST", target: "/api/v1/simulations", body: `{"id":"` + strings.Repeat("a", 64<<10) + `"}`, status: 413,
			schema: schemaProblem, want: []string{"#requete-trop-grande"}, not: []string{"aaaa"},
		},
		{
			name: "a form", method: "POST", target: "/api/v1/simulations", body: "revenus=4711", status: 415, schema: schemaProblem,
			headers: map[string]string{"Content-Type": "application/x-www-form-urlencoded"},
			want:    []string{"#format-refuse", "application/json"}, not: []string{"4711", "urlencoded"},
		},
		{
			name: "compressed", method: "POST", target: "/api/v1/simulations", body: household, status: 415, schema: schemaProblem,
			headers: map[string]string{"Content-Encoding": "gzip"},
		},
		{
			name: "another charset", method: "POST", target: "/api/v1/simulations", body: household, status: 415, schema: schemaProblem,
			headers: map[string]string{"Content-Type": "application/json; charset=iso-8859-1"},
		},
		{
			name: "UTF-8 said", method: "POST", target: "/api/v1/simulations", body: household, status: 200, schema: schemaSimulation,
			headers: map[string]string{"Content-Type": "application/json; charset=UTF-8"},
		},
		{
			name: "nothing said", method: "POST", target: "/api/v1/simulations", body: household, status: 200, schema: schemaSimulation,
			headers: map[string]string{"Content-Type": ""},
		},
		{
			name: "refused in English", method: "POST", target: "/api/v1/simulations?lang=en", body: `{"couple":"canary"}`, status: 422, schema: schemaProblem,
			want: []string{`"title":"Profile refused"`}, not: []string{"canary"},
		},

		{
			name: "questions", method: "POST", target: "/api/v1/questions", body: `{"date":"2026-06-15"}`, status: 200, schema: schemaQuestions,
			want: []string{`"fait":"demandeur.naissance"`, `"aides":["aide_essai"]`, `"decide":"statut"`},
		},
		{
			name: "a question that can change nothing", method: "POST", target: "/api/v1/questions", status: 200, schema: schemaQuestions,
			body: `{"date":"2026-06-15","demandeur":{"revenus":{"salaire":700}}}`,
			want: []string{"handicap"}, not: []string{"aide_essai", "naissance\"", "loyer"},
		},
		{
			name: "no question left", method: "POST", target: "/api/v1/questions", body: household, status: 200, schema: schemaQuestions,
			want: []string{`{"questions":[]}`},
		},
		{
			name: "questions of a bad profile", method: "POST", target: "/api/v1/questions", body: `{"couple":"canary"}`, status: 422, schema: schemaProblem,
			want: []string{`"path":"couple"`}, not: []string{"canary"},
		},

		{
			name: "the aids", method: "GET", target: "/api/v1/aides", status: 200, schema: schemaCatalogue,
			want: []string{`"regles":"sha256:`, `"aide":"aide_essai","nom":"Aide d'essai","sigle":"AE"`, `"pour":"foyer"`, `"aide":"prime_essai"`, `"pour":"adulte"`},
			not:  []string{"null"},
		},
		{
			name: "an aid today", method: "GET", target: "/api/v1/aides/aide_essai", status: 200, schema: schemaSheet,
			want: []string{
				`"date":"2026-06-15","version":"2026-01-01"`, `"id":"loyer_paye"`, `"id":"ressources_basses"`, `"documents":[{"id":"identite"`,
				`"aupres":[{"id":"caf"`, `"en_ligne":"https://`, `"delai_reponse_mois":2`, `"retroactivite":{"mois":1`, `"versions":[{"depuis":"2024-01-01"`, `"unite":"EUR/mois"`,
				`"titre":"Texte d'essai, art. 2"`, `"silence":{"mois":2,"vaut":"rejet"`, `"recours":{"mois":2,"aupres":"mdph","texte":"la MDPH"`,
				`"renouvellement":{"mois":12,"mois_maximum":60,"demarche":"demande","au_plus_tot":4,"au_plus_tard":2`, `"verifie_le":"2026-06-01"`,
			},
			not: []string{"null"},
		},
		{
			name: "an aid of the past", method: "GET", target: "/api/v1/aides/aide_essai?date=2025-12-31", status: 200, schema: schemaSheet,
			want: []string{`"date":"2025-12-31","version":"2024-01-01"`, `"id":"ressources_basses"`}, not: []string{"loyer_paye"},
		},
		{
			name: "an aid with little", method: "GET", target: "/api/v1/aides/prime_essai", status: 200, schema: schemaSheet,
			want: []string{`"documents":[]`, `"hors_champ":[]`}, not: []string{"null", `"demande"`, `"sigle"`},
		},
		{
			name: "an aid before its rules", method: "GET", target: "/api/v1/aides/aide_essai?date=2023-12-31", status: 404, schema: schemaProblem,
			want: []string{"#date-non-formalisee", `"path":"date"`, "2024-01-01"},
		},
		{
			name: "no such day", method: "GET", target: "/api/v1/aides/aide_essai?date=2026-02-30", status: 400, schema: schemaProblem,
			want: []string{`"path":"date"`}, not: []string{"2026-02-30"},
		},
		{
			name: "no such aid", method: "GET", target: "/api/v1/aides/canary", status: 404, schema: schemaProblem,
			want: []string{"#aide-inconnue"}, not: []string{"canary"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(test.method, test.target, strings.NewReader(test.body))
			if test.body != "" {
				r.Header.Set("Content-Type", "application/json")
			}
			for name, value := range test.headers {
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			api.ServeHTTP(w, r)
			got := w.Body.String()
			require.Equal(t, test.status, w.Code, got)
			for _, want := range test.want {
				assert.Contains(t, got, want)
			}
			for _, not := range test.not {
				assert.NotContains(t, got, not)
			}
			assert.Empty(t, violations(t, test.schema, w.Body.Bytes()), "the answer is not as described: %s", got)
			if test.status >= 400 {
				assert.Equal(t, problem.ContentType, w.Header().Get("Content-Type"))
			} else {
				assert.Equal(t, "application/json", w.Header().Get("Content-Type"))
			}
			if test.method == "POST" || test.status >= 400 {
				assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
				assert.Empty(t, w.Header().Get("ETag"))
			}
			assert.Contains(t, described(test.method, test.target), test.status, "a status that the description does not know")
		})
	}
}

// described lists the statuses that the description gives for an operation.
func described(method, target string) []int {
	path, _, _ := strings.Cut(strings.TrimPrefix(target, "/api/v1"), "?")
	var statuses []int
	for _, o := range operations {
		if o.method != method || o.path != path && (!strings.HasPrefix(o.path, "/aides/{") || !strings.HasPrefix(path, "/aides/")) {
			continue
		}
		for status := range o.spec().Responses {
			var n int
			json.Unmarshal([]byte(status), &n)
			statuses = append(statuses, n)
		}
	}
	return statuses
}

func TestNotModified(t *testing.T) {
	api := served(t, webtest.Engine(t))
	for _, target := range []string{
		"/api/v1/aides", "/api/v1/aides?lang=en", "/api/v1/aides/aide_essai", "/api/v1/aides/aide_essai?date=2025-01-01", "/api/v1/openapi.json", "/api/docs", "/api/docs.css",
	} {
		t.Run(target, func(t *testing.T) {
			get := func(tag string) *httptest.ResponseRecorder {
				r := httptest.NewRequest(http.MethodGet, target, nil)
				if tag != "" {
					r.Header.Set("If-None-Match", tag)
				}
				w := httptest.NewRecorder()
				api.ServeHTTP(w, r)
				return w
			}
			first := get("")
			tag := first.Header().Get("ETag")
			require.Equal(t, http.StatusOK, first.Code)
			require.Regexp(t, `^"[0-9a-f]{24}"$`, tag)
			for _, known := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
				again := get(known)
				assert.Equal(t, http.StatusNotModified, again.Code, known)
				assert.Zero(t, again.Body.Len())
				assert.Equal(t, tag, again.Header().Get("ETag"))
				assert.Equal(t, first.Header().Get("Cache-Control"), again.Header().Get("Cache-Control"))
			}
			assert.Equal(t, http.StatusOK, get(`"other"`).Code)
		})
	}
}

func TestSameProfileSameBytes(t *testing.T) {
	api := served(t, webtest.Engine(t))
	var first []byte
	for i := range 50 {
		w := httptest.NewRecorder()
		api.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/api/v1/simulations", strings.NewReader(household)))
		if i == 0 {
			first = w.Body.Bytes()
		}
		require.Equal(t, string(first), w.Body.String())
		other := httptest.NewRecorder() // another household in between shares the buffers
		api.ServeHTTP(other, httptest.NewRequest(http.MethodPost, "/api/v1/simulations", strings.NewReader(`{}`)))
		require.NotContains(t, other.Body.String(), "h1")
	}
}

// broken is an engine with a fault.
type broken struct {
	Engine
	err error
}

func (b broken) Append([]byte, *profile.Profile) ([]byte, error)       { return nil, b.err }
func (b broken) Questions(*profile.Profile) ([]engine.Question, error) { return nil, b.err }

func TestAFaultOfTheRulesIsNotTheCallers(t *testing.T) {
	fault := &engine.RuleError{Err: errors.New("division")}
	api := served(t, broken{webtest.Engine(t), fault})
	for _, target := range []string{"/api/v1/simulations", "/api/v1/questions"} {
		w := httptest.NewRecorder()
		assert.PanicsWithValue(t, fault, func() {
			api.ServeHTTP(w, httptest.NewRequest(http.MethodPost, target, strings.NewReader(household)))
		})
		assert.Zero(t, w.Body.Len(), "the server answers with an incident")
	}
}

func TestBodyThatDoesNotArrive(t *testing.T) {
	api := served(t, webtest.Engine(t))
	for _, test := range []struct {
		name string
		err  error
		want int
	}{
		{"too slow", os.ErrDeadlineExceeded, http.StatusRequestTimeout},
		{"broken off", io.ErrUnexpectedEOF, http.StatusBadRequest},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			body := io.MultiReader(strings.NewReader(`{"id":"canary`), iotest.ErrReader(test.err))
			api.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/api/v1/simulations", body))
			assert.Equal(t, test.want, w.Code)
			assert.NotContains(t, w.Body.String(), "canary")
		})
	}
}

func TestBuffersAreWiped(t *testing.T) {
	a := New(Options{Engine: webtest.Engine(t), Clock: webtest.Clock})
	var kept *profile.Profile
	body := bytes.NewBufferString(household)
	r := httptest.NewRequest(http.MethodPost, "/", body)
	require.NoError(t, a.withProfile(r, func(p *profile.Profile) error { kept = p; return nil }))
	assert.Equal(t, "h1", kept.ID, "the profile keeps nothing of the buffer that is wiped")
	assert.Equal(t, "75056", kept.Commune)
}

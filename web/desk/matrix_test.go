package desk_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/indicators"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/takeup/store"
	"guichet/web/desk"
	"guichet/web/desk/desktest"
)

// Who may what. A route that is not here fails the test: whoever adds one says here whose it is.
var (
	everyone = people.Roles()
	counter  = []people.Role{people.Reception, people.SocialWorker, people.Manager}
	staff    = []people.Role{people.Administrator}
	officer  = []people.Role{people.Protection}
	readers  = []people.Role{people.SocialWorker, people.Manager, people.Protection}
	matrix   = map[string][]people.Role{
		"GET /accueil":                                             everyone,
		"GET /accueil/compte":                                      everyone,
		"GET /accueil/compte/mot-de-passe":                         everyone,
		"POST /accueil/compte/mot-de-passe":                        everyone,
		"POST /accueil/compte/second-facteur":                      everyone,
		"POST /accueil/compte/second-facteur/debut":                everyone,
		"POST /accueil/compte/second-facteur/retrait":              everyone,
		"POST /accueil/compte/deconnexion-partout":                 everyone,
		"POST /accueil/verrou":                                     everyone,
		"GET /accueil/comptoir":                                    counter,
		"POST /accueil/comptoir":                                   counter,
		"POST /accueil/comptoir/feuille":                           counter,
		"GET /accueil/administration/agents":                       staff,
		"POST /accueil/administration/agents":                      staff,
		"GET /accueil/administration/agents/{agent}":               staff,
		"POST /accueil/administration/agents/{agent}/fonction":     staff,
		"POST /accueil/administration/agents/{agent}/etat":         staff,
		"POST /accueil/administration/agents/{agent}/mot-de-passe": staff,
		"GET /accueil/administration/cles":                         staff,
		"POST /accueil/administration/cles":                        staff,
		"POST /accueil/administration/cles/{cle}/retrait":          staff,
		"GET /accueil/dossiers":                                    counter,
		"POST /accueil/dossiers":                                   counter,
		"POST /accueil/dossiers/recherche":                         counter,
		"POST /accueil/dossiers/ouverture":                         counter,
		"GET /accueil/dossiers/{code}":                             counter,
		"GET /accueil/dossiers/{code}/carte":                       counter,
		"GET /accueil/dossiers/{code}/mandat":                      counter,
		"GET /accueil/dossiers/{code}/noter/{action}":              counter,
		"POST /accueil/dossiers/{code}/noter/{action}":             counter,
		"GET /accueil/dossiers/{code}/droits/{droit}/{action}":     counter,
		"POST /accueil/dossiers/{code}/droits/{droit}/{action}":    counter,
		"GET /accueil/dossiers/{code}/personne":                    counter,
		"POST /accueil/dossiers/{code}/personne":                   counter,
		"POST /accueil/dossiers/{code}/personne/effacement":        counter,
		"GET /accueil/a-faire":                                     counter,
		"GET /accueil/personnes":                                   officer,
		"POST /accueil/personnes/export":                           officer,
		"POST /accueil/personnes/effacement":                       officer,
		"GET /accueil/acces":                                       officer,
		"GET /accueil/indicateurs":                                 readers,
		"GET /accueil/indicateurs.csv":                             readers,
		"POST /accueil/indicateurs/rapports":                       {people.Manager},
		"GET /accueil/indicateurs/rapports/{annee}":                readers,
		"GET /accueil/indicateurs/rapports/{annee}.csv":            readers,
	}
	// before the sign-in, for whoever comes
	public = []string{"GET /accueil/connexion", "POST /accueil/connexion", "POST /accueil/connexion/code", "POST /accueil/deconnexion"}
)

// routes lists what the desk answers.
func routes(t *testing.T, s *desktest.Site) []string {
	t.Helper()
	r := chi.NewRouter()
	s.Desk.Routes(r)
	var out []string
	require.NoError(t, chi.Walk(r, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		out = append(out, method+" "+pattern)
		return nil
	}))
	slices.Sort(out)
	return out
}

// objects gives an address of a pattern, with the objects of a CCAS.
func objects(t *testing.T, s *desktest.Site, pattern string, ccas takeup.CCAS) string {
	t.Helper()
	key := "aucune"
	keys, err := s.Keep.People.Keys(t.Context(), ccas)
	require.NoError(t, err)
	for _, k := range keys {
		if k.RevokedAt.IsZero() {
			key = k.ID
		}
	}
	if key == "aucune" {
		k, _, err := s.Keep.People.AddKey(t.Context(), "", people.Key{CCAS: ccas, Name: "Partenaire", Scopes: []people.Scope{people.Batch}, PerMinute: 9})
		require.NoError(t, err)
		key = k.ID
	}
	login := "objet-" + string(ccas)
	a, err := s.Keep.People.AgentByLogin(t.Context(), login)
	if errors.Is(err, people.ErrUnknown) {
		a, _, err = s.Keep.People.AddAgent(t.Context(), "", people.NewAgent{CCAS: ccas, Login: login, Name: "Poste 9", Role: people.Reception})
	}
	require.NoError(t, err)
	year := map[takeup.CCAS]int{peopletest.Here: 2026, peopletest.Elsewhere: 2027}[ccas] // each has published one that the other has not
	if strings.Contains(pattern, "{annee}") {
		report, err := indicators.Publish(s.Keep.Cases.Lines(t.Context(), ccas), year, takeup.DateOf(year+1, 12, 31))
		require.NoError(t, err)
		_, err = s.Keep.Cases.Publish(t.Context(), ccas, store.Publication{Year: year, At: s.Clock.Now(), By: a.ID, Report: report})
		require.NoError(t, err)
	}
	act := "note"
	if strings.Contains(pattern, "{droit}") {
		act = "depot"
	}
	return strings.NewReplacer("{agent}", string(a.ID), "{cle}", key, "{annee}", strconv.Itoa(year), "{code}", string(aCase(t, s, ccas)), "{droit}", "1", "{action}", act).Replace(pattern)
}

func ask(b *desktest.Browser, method, address string) *httptest.ResponseRecorder {
	if method == http.MethodGet {
		return b.Get(address)
	}
	return b.Post(address, url.Values{"fonction": {"responsable"}, "etat": {"actif"}})
}

// TestProperty29RouteByRole asks for every route as every role, as nobody, and behind a lock.
func TestProperty29RouteByRole(t *testing.T) {
	s := desktest.New(t)
	for _, route := range routes(t, s) {
		method, pattern, _ := strings.Cut(route, " ")
		roles, known := matrix[route]
		if slices.Contains(public, route) {
			continue
		}
		require.True(t, known, "%s: say in the matrix whose it is", route)
		nobody := ask(s.Browser(), method, objects(t, s, pattern, peopletest.Here))
		assert.Equal(t, http.StatusSeeOther, nobody.Code, route)
		assert.Equal(t, "/accueil/connexion", nobody.Header().Get("Location"), route)
		for _, role := range people.Roles() {
			b := s.SignedIn(t, role)
			w := ask(b, method, objects(t, s, pattern, peopletest.Here))
			if !slices.Contains(roles, role) {
				assert.Equal(t, http.StatusNotFound, w.Code, "%s as %s", route, role)
			} else {
				assert.NotContains(t, []int{http.StatusNotFound, http.StatusForbidden, http.StatusInternalServerError}, w.Code, "%s as %s", route, role)
				assert.Equal(t, pattern == "/accueil/compte/deconnexion-partout", w.Header().Get("Location") == "/accueil/connexion", "%s as %s", route, role)
			}
			if strings.Contains(pattern, "{") {
				w := ask(s.SignedIn(t, role), method, objects(t, s, pattern, peopletest.Elsewhere))
				assert.Equal(t, http.StatusNotFound, w.Code, "%s of another CCAS as %s", route, role)
			}
			locked := s.SignedIn(t, role)
			require.Equal(t, http.StatusOK, locked.Post("/accueil/verrou", nil).Code)
			w = ask(locked, method, objects(t, s, pattern, peopletest.Here))
			assert.Equal(t, http.StatusOK, w.Code, "%s behind a lock", route)
			assert.Contains(t, w.Body.String(), "Poste verrouillé", route)
		}
	}
	for route := range matrix {
		assert.Contains(t, routes(t, s), route, "a line of the matrix about nothing")
	}
}

// TestProperty29ActionByRole does the same for every single action that can be noted in a case: whose work it is not finds nothing, and
// nobody finds another CCAS's case, whatever they ask or send.
func TestProperty29ActionByRole(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	s := desktest.New(t)
	here, elsewhere := aCase(t, s, peopletest.Here), aCase(t, s, peopletest.Elsewhere)
	browsers := map[people.Role]*desktest.Browser{}
	for _, role := range people.Roles() {
		browsers[role] = s.SignedIn(t, role)
	}
	locked := s.SignedIn(t, people.SocialWorker)
	require.Equal(t, http.StatusOK, locked.Post("/accueil/verrou", nil).Code)
	there := len(eventsOf(t, s, peopletest.Elsewhere, elsewhere))
	ofCase, ofRight := desk.Actions()
	require.GreaterOrEqual(t, len(ofCase)+len(ofRight), 27)
	for _, path := range append(under("/noter/", ofCase), under("/droits/1/", ofRight)...) {
		own, other := "/accueil/dossiers/"+string(here)+path, "/accueil/dossiers/"+string(elsewhere)+path
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			for role, b := range browsers {
				assert.Equal(t, http.StatusNotFound, ask(b, method, other).Code, "%s %s of another CCAS as %s", method, path, role)
				w := ask(b, method, own)
				if !slices.Contains(counter, role) {
					assert.Equal(t, http.StatusNotFound, w.Code, "%s %s as %s", method, path, role)
				} else if method == http.MethodGet {
					assert.Equal(t, http.StatusOK, w.Code, "%s %s as %s", method, path, role)
				} else {
					assert.Equal(t, http.StatusBadRequest, w.Code, "%s %s as %s: a form that is none of ours", method, path, role)
				}
			}
			assert.Equal(t, "/accueil/connexion", ask(s.Browser(), method, own).Header().Get("Location"), path)
			assert.Contains(t, ask(locked, method, own).Body.String(), "Poste verrouillé", path)
		}
		// a form of one's own case does not reach into another's
		in := formOf(t, browsers[people.SocialWorker].Get(own).Body.String())
		assert.Equal(t, http.StatusNotFound, browsers[people.SocialWorker].Post(other, in).Code, path)
	}
	for _, path := range append(under("/droits/1/", ofCase), under("/noter/", ofRight)...) {
		if name := path[strings.LastIndex(path, "/")+1:]; slices.Contains(ofCase, name) && slices.Contains(ofRight, name) {
			continue // it is an action of both
		}
		assert.Equal(t, http.StatusNotFound, ask(browsers[people.SocialWorker], http.MethodGet, "/accueil/dossiers/"+string(here)+path).Code, path)
	}
	require.Len(t, eventsOf(t, s, peopletest.Elsewhere, elsewhere), there)
}

func under(path string, names []string) (out []string) {
	for _, name := range names {
		out = append(out, path+name)
	}
	return out
}

func eventsOf(t testing.TB, s *desktest.Site, ccas takeup.CCAS, code takeup.Code) []takeup.Event {
	t.Helper()
	events, err := s.Keep.Cases.Events(t.Context(), ccas, code)
	require.NoError(t, err)
	return events
}

// TestNothingOfAnotherCCASChanges: after all that was tried above, the other CCAS is as it was.
func TestNothingOfAnotherCCASChanges(t *testing.T) {
	s := desktest.New(t)
	before, err := s.Keep.People.Agents(t.Context(), peopletest.Elsewhere)
	require.NoError(t, err)
	stranger := s.Agents[peopletest.Elsewhere][people.Reception].ID
	b := s.SignedIn(t, people.Administrator)
	for _, what := range []string{"/fonction", "/etat", "/mot-de-passe"} {
		w := b.Post("/accueil/administration/agents/"+string(stranger)+what, url.Values{"fonction": {"dpo"}, "etat": {"inactif"}})
		require.Equal(t, http.StatusNotFound, w.Code)
	}
	for _, address := range []string{"/accueil/administration/agents", "/accueil/administration/cles"} {
		require.NotContains(t, b.Get(address).Body.String(), "bellerive")
	}
	require.NotContains(t, s.SignedIn(t, people.Protection).Get("/accueil/acces").Body.String(), "bellerive")
	after, err := s.Keep.People.Agents(t.Context(), peopletest.Elsewhere)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

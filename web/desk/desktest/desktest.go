// Package desktest serves the agents' pages to tests, behind the whole of what a request goes through, with agents of every role.
package desktest

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/takeup/store"
	"guichet/takeup/vault"
	"guichet/web"
	"guichet/web/desk"
	"guichet/web/pages"
	"guichet/web/webtest"
)

// A Site is the whole server, on a database of its own.
type Site struct {
	Handler *web.Handler
	Desk    *desk.Desk
	Keep    *desk.Keep
	DB      *database.DB
	Clock   *peopletest.Clock
	Agents  map[takeup.CCAS]map[people.Role]people.Agent
	Aids    []string // identifiers of the aids of the rules
	Gone    bool     // whether the database is away
	address string

	mu  sync.Mutex
	log bytes.Buffer
}

// Write adds to the log.
func (s *Site) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Write(p)
}

// Log gives the log so far.
func (s *Site) Log() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// New gives a site on SQLite with an agent of each role in each of two CCAS, and the invented aids of [webtest.Engine]. The changes are made
// to the options of the desk.
func New(t testing.TB, changes ...func(*desk.Options)) *Site {
	t.Helper()
	return newSite(t, database.SQLite, webtest.Engine(t), changes)
}

// NewOn is [New] on an engine of databases.
func NewOn(t testing.TB, kind database.Kind, changes ...func(*desk.Options)) *Site {
	t.Helper()
	return newSite(t, kind, webtest.Engine(t), changes)
}

// Of is [New] with the rules of an engine.
func Of(t testing.TB, e *engine.Engine, changes ...func(*desk.Options)) *Site {
	t.Helper()
	return newSite(t, database.SQLite, e, changes)
}

func newSite(t testing.TB, kind database.Kind, e *engine.Engine, changes []func(*desk.Options)) *Site {
	t.Helper()
	s := &Site{Clock: peopletest.NewClock(), Agents: map[takeup.CCAS]map[people.Role]people.Agent{}, address: databasetest.Address(t, kind)}
	s.DB = databasetest.OpenAt(t, s.address)
	require.NoError(t, s.DB.Migrate(t.Context()))
	for _, aid := range e.Set().Aids() {
		s.Aids = append(s.Aids, aid.ID)
	}
	s.Keep = &desk.Keep{People: peopletest.New(t, s.DB, s.Clock), Cases: store.New(s.DB), DB: s.DB, Vault: vault.New(s.DB, vaultKey(t))}
	for _, ccas := range []takeup.CCAS{peopletest.Here, peopletest.Elsewhere} {
		s.Agents[ccas] = map[people.Role]people.Agent{}
		for _, role := range people.Roles() {
			s.Agents[ccas][role] = peopletest.Add(t, s.Keep.People, ccas, role)
		}
	}
	texts := webtest.Texts(t)
	log := slog.New(slog.NewJSONHandler(s, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}))
	o := desk.Options{
		Engine: e, Texts: texts, Key: peopletest.Key, Clock: s.Clock.Now, Log: log,
		Open: func(context.Context) (*desk.Keep, error) {
			if s.Gone {
				return nil, database.ErrUnavailable
			}
			return s.Keep, nil
		},
	}
	for _, change := range changes {
		change(&o)
	}
	public, err := pages.New(pages.Options{Engine: e, Texts: texts, Key: peopletest.Key, Clock: s.Clock.Now, Log: log})
	require.NoError(t, err)
	o.Pages = public
	s.Desk, err = desk.New(o)
	require.NoError(t, err)
	s.Handler, err = web.New(web.Options{
		Edition: web.Edition{Engine: e, Texts: texts, Pages: public, Desk: s.Desk}, Log: log, Clock: s.Clock.Now,
	})
	require.NoError(t, err)
	return s
}

// Files gives the files of the database, which is of SQLite.
func (s *Site) Files(t testing.TB) []string {
	t.Helper()
	all, err := filepath.Glob(strings.TrimPrefix(s.address, "sqlite:") + "*")
	require.NoError(t, err)
	require.NotEmpty(t, all)
	return all
}

// A Browser asks as a browser does: it keeps the cookies that it is given.
type Browser struct {
	site    *Site
	Cookies map[string]*http.Cookie
}

// Browser gives one that nobody has signed in with.
func (s *Site) Browser() *Browser { return &Browser{site: s, Cookies: map[string]*http.Cookie{}} }

// SignedIn gives a browser of the agent of a role, of the CCAS of most tests.
func (s *Site) SignedIn(t testing.TB, role people.Role) *Browser {
	t.Helper()
	b := s.Browser()
	b.SignIn(t, string(role))
	return b
}

// SignIn signs an agent in.
func (b *Browser) SignIn(t testing.TB, login string) {
	t.Helper()
	w := b.Post("/accueil/connexion", url.Values{"identifiant": {login}, "mot_de_passe": {peopletest.Password}})
	require.Equal(t, http.StatusSeeOther, w.Code, w.Body)
}

// Get asks for a page.
func (b *Browser) Get(address string) *httptest.ResponseRecorder {
	return b.Do(httptest.NewRequestWithContext(context.Background(), http.MethodGet, address, nil))
}

// Post sends a form.
func (b *Browser) Post(address string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.Do(r)
}

// Do sends a request with the cookies.
func (b *Browser) Do(r *http.Request) *httptest.ResponseRecorder {
	for _, c := range b.Cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.site.Handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.Cookies, c.Name)
		} else {
			b.Cookies[c.Name] = c
		}
	}
	return w
}

func vaultKey(t testing.TB) vault.Key {
	t.Helper()
	key, err := vault.NewKey(bytes.Repeat([]byte{7}, vault.MinKey))
	require.NoError(t, err)
	return key
}

package desk_test

import (
	"encoding/json"
	"html"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/takeup/vault"
	"guichet/web/desk"
	"guichet/web/desk/desktest"
)

// TestNoDoorIsShutFromTheInside: an administrator does not disable or reset themself by mistake.
func TestNoDoorIsShutFromTheInside(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.Administrator)
	own := "/accueil/administration/agents/" + string(s.Agents[peopletest.Here][people.Administrator].ID)
	require.Equal(t, http.StatusOK, b.Get(own).Code)
	for _, what := range []string{"/fonction", "/etat", "/mot-de-passe"} {
		require.Equal(t, http.StatusBadRequest, b.Post(own+what, url.Values{"fonction": {"agent"}, "etat": {"inactif"}}).Code, what)
	}
	require.Equal(t, http.StatusOK, b.Get(own).Code)
}

func TestKeysOnThePages(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.Administrator)
	const address = "/accueil/administration/cles"
	require.Equal(t, http.StatusUnprocessableEntity, b.Post(address, url.Values{"nom": {"Portail"}, "par_minute": {"0"}, "portee": {"simulations"}}).Code)
	w := b.Post(address, url.Values{"nom": {"Portail"}, "par_minute": {"60"}, "portee": {"simulations", "lots"}})
	require.Equal(t, http.StatusOK, w.Code)
	secret := regexp.MustCompile(`class="secret">([^<]+)<`).FindStringSubmatch(w.Body.String())[1]
	k, err := s.Keep.People.KeyOf(t.Context(), secret)
	require.NoError(t, err)
	require.NotContains(t, b.Get(address).Body.String(), secret, "shown once")
	require.Equal(t, http.StatusSeeOther, b.Post(address+"/"+k.ID+"/retrait", nil).Code)
	_, err = s.Keep.People.KeyOf(t.Context(), secret)
	require.ErrorIs(t, err, people.ErrRefused)
	require.Contains(t, b.Get(address).Body.String(), "Retirée le")
}

func TestTheLogOfAccesses(t *testing.T) {
	s := desktest.New(t)
	who := s.Agents[peopletest.Here][people.SocialWorker]
	require.NoError(t, s.Keep.People.Note(t.Context(), people.Access{CCAS: who.CCAS, Agent: who.ID, Case: "K7B-4PXD", What: people.CaseRead}))
	b := s.SignedIn(t, people.Protection)
	require.Contains(t, b.Get("/accueil/acces").Body.String(), "dossier lu")
	require.Contains(t, b.Get("/accueil/acces?dossier=k7b4pxd").Body.String(), "K7B-4PXD")
	require.Contains(t, b.Get("/accueil/acces?dossier=M3T-9QTC").Body.String(), "Aucun accès")
	require.NotContains(t, b.Get("/accueil/acces?dossier=canari").Body.String(), "canari")
	require.Contains(t, b.Get("/accueil/acces?agent="+string(who.ID)).Body.String(), "Poste travailleur_social")
}

// TestNobodyYet: an installation without agents says how the first one is made.
func TestNobodyYet(t *testing.T) {
	s := desktest.New(t)
	require.NotContains(t, s.Browser().Get("/accueil/connexion").Body.String(), "guichet user add")
	for _, byRole := range s.Agents {
		for _, a := range byRole {
			require.NoError(t, s.Keep.People.SetDisabled(t.Context(), "", a, true))
		}
	}
	require.Contains(t, s.Browser().Get("/accueil/connexion").Body.String(), "guichet user add")
}

// TestProperty17WithoutADatabase: the simulation answers, the desk says plainly that it does not.
func TestProperty17WithoutADatabase(t *testing.T) {
	for name, gone := range map[string]func(*desktest.Site){
		"never came":     func(s *desktest.Site) { s.Gone = true },
		"went meanwhile": func(s *desktest.Site) { require.NoError(t, s.DB.Close()) },
	} {
		t.Run(name, func(t *testing.T) {
			s := desktest.New(t)
			b := s.SignedIn(t, people.Reception)
			gone(s)
			for _, w := range []*httptest.ResponseRecorder{
				b.Get("/accueil"), b.Get("/accueil/compte"), b.Post("/accueil/deconnexion", nil), s.Browser().Get("/accueil/connexion"),
				s.Browser().Post("/accueil/connexion", url.Values{"identifiant": {"agent"}, "mot_de_passe": {peopletest.Password}}),
			} {
				require.Equal(t, http.StatusServiceUnavailable, w.Code)
				require.Contains(t, w.Body.String(), "Le suivi est momentanément indisponible")
				protected(t, w.Header())
			}
			require.Equal(t, http.StatusOK, b.Get("/fr/simulation").Code)
			require.NotContains(t, s.Log(), "panic")
			if s.Gone {
				s.Gone = false
				require.Equal(t, http.StatusOK, b.Get("/accueil/compte").Code, "it comes back")
			}
		})
	}
}

// protected holds the headers of every page of the desk.
func protected(t *testing.T, h http.Header) {
	t.Helper()
	policy := h.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		assert.Contains(t, strings.Split(policy, "; "), part)
	}
	assert.NotContains(t, policy, "unsafe")
	assert.NotContains(t, policy, "http")
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY", "Cache-Control": "no-store",
	} {
		assert.Equal(t, want, h.Get(name), name)
	}
	assert.Contains(t, h.Get("Strict-Transport-Security"), "max-age=63072000")
	assert.Contains(t, h.Get("Permissions-Policy"), "camera=()")
}

// crawl asks for every page of a role, for others by their addresses, and for what each page leads to.
func crawl(t *testing.T, b *desktest.Browser, visit func(address string, w *httptest.ResponseRecorder), others ...string) int {
	t.Helper()
	seen, next := map[string]bool{}, append([]string{"/accueil", "/accueil/compte", "/accueil/compte/mot-de-passe", "/accueil/nulle-part"}, others...)
	for len(next) > 0 {
		address := next[0]
		next = next[1:]
		if seen[address] || !strings.HasPrefix(address, "/accueil") {
			continue
		}
		seen[address] = true
		w := b.Get(address)
		require.Less(t, w.Code, 500, address)
		visit(address, w)
		if to := w.Header().Get("Location"); to != "" {
			next = append(next, to)
		}
		for _, link := range regexp.MustCompile(`(?:href|action)="([^"#]+)"`).FindAllStringSubmatch(w.Body.String(), -1) {
			next = append(next, html.UnescapeString(link[1]))
		}
	}
	return len(seen)
}

// TestProperty27HeadersOfTheDesk crawls as every role.
func TestProperty27HeadersOfTheDesk(t *testing.T) {
	s := desktest.New(t)
	for _, role := range people.Roles() {
		n := crawl(t, s.SignedIn(t, role), func(address string, w *httptest.ResponseRecorder) {
			protected(t, w.Header())
			page := w.Body.String()
			for _, never := range []string{"<style", ` style="`, " onclick", "https://"} {
				assert.NotContains(t, page, never, address)
			}
			for _, script := range regexp.MustCompile(`<script[^>]*>[^<]*`).FindAllString(page, -1) {
				assert.Regexp(t, `^<script src="/static/[a-z]+\.[0-9a-f]{12}\.js" defer>$`, script, "a small file of ours, and nothing in the page")
			}
		})
		require.Greater(t, n, 5)
	}
}

// TestProperty28GETsChangeNothing asks for every page of every role, by its address and by the links that lead to it, with GET and HEAD,
// and sends what a form would to every address of a POST: whatever looks a page up in advance or at its address changes nothing. There is
// no link that a person is sent and that records something when it is opened, which a mail scanner would: nothing here is sent by mail, and
// what a person answers an agent notes. The public pages and the API have no database to change.
func TestProperty28GETsChangeNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	for _, kind := range databasetest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			s := desktest.NewOn(t, kind)
			code := aCase(t, s, peopletest.Here)
			require.NoError(t, s.Keep.Vault.PutContact(t.Context(), peopletest.Here, code, vault.Contact{Name: "Canari Jaune"}, s.Clock.Now()))
			var addresses, posts []string
			for _, route := range routes(t, s) {
				method, pattern, _ := strings.Cut(route, " ")
				address := objects(t, s, pattern, peopletest.Here)
				if method == http.MethodGet {
					addresses = append(addresses, address)
				} else {
					posts = append(posts, address)
				}
			}
			browsers := map[people.Role]*desktest.Browser{"": s.Browser()}
			for _, role := range people.Roles() {
				browsers[role] = s.SignedIn(t, role)
			}
			s.Clock.Pass(time.Minute)
			before := state(t, s.DB)
			require.Contains(t, before, "Poste agent")
			require.Contains(t, before, string(code))
			shown := map[string]bool{}
			for role, b := range browsers {
				crawl(t, b, func(address string, w *httptest.ResponseRecorder) {
					if role != "" {
						shown[address] = shown[address] || w.Code == http.StatusOK
					}
				}, addresses...)
				for _, address := range append(addresses, posts...) {
					asked := address + "?" + url.Values{
						"etat": {"inactif"}, "fonction": {"dpo"}, "code": {string(code)}, "accord": {"oui"}, "id": {strings.Repeat("A", 26)}, "apres": {"2"}, "le": {"2026-10-15"}, "quoi": {"coordonnees"},
					}.Encode()
					for _, method := range []string{http.MethodGet, http.MethodHead} {
						w := b.Do(httptest.NewRequestWithContext(t.Context(), method, asked, nil))
						require.Less(t, w.Code, 500, asked)
					}
				}
				require.Equal(t, before, state(t, s.DB), "as %s", role)
			}
			for _, address := range addresses {
				if !strings.HasPrefix(address, "/accueil/connexion") && address != "/accueil" { // who is signed in is led on from both
					require.True(t, shown[address], "%s was shown to somebody", address)
				}
			}
		})
	}
}

// state writes every row of every table, as a backup does, but for two things that a reading is meant to leave: the log of accesses, which
// says that a case was read, and the moment at which a session was last used, which is what its lock counts from.
func state(t *testing.T, db *database.DB) string {
	t.Helper()
	var out strings.Builder
	for table, line := range rowsOf(t, db) {
		switch table {
		case "access":
			continue
		case "session":
			var row []string
			require.NoError(t, json.Unmarshal([]byte(line), &row))
			require.Len(t, row, 7)
			row[5] = "" // seen_at
			line = strings.Join(row, " ")
		}
		out.WriteString(table + " " + line + "\n")
	}
	return out.String()
}

// rowsOf gives each row of a database, of either engine, with its table.
func rowsOf(t *testing.T, db *database.DB) iter.Seq2[string, string] {
	t.Helper()
	var all strings.Builder
	_, err := db.Backup(t.Context(), &all, time.Time{})
	require.NoError(t, err)
	table := ""
	return func(yield func(string, string) bool) {
		for line := range strings.Lines(all.String()) {
			var head struct{ Table string }
			if strings.HasPrefix(line, "{") {
				require.NoError(t, json.Unmarshal([]byte(line), &head))
				table = head.Table
			} else if !yield(table, line) {
				return
			}
		}
	}
}

// TestProperty28OtherSitesPostNothing, whatever they say of where they come from.
func TestProperty28OtherSitesPostNothing(t *testing.T) {
	s := desktest.New(t)
	before := func() string { return state(t, s.DB) }
	b := s.SignedIn(t, people.Administrator)
	was := before()
	for _, route := range routes(t, s) {
		method, pattern, _ := strings.Cut(route, " ")
		if method != http.MethodPost {
			continue
		}
		for _, headers := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://exemple.fr"}, {"Origin", "null"}} {
			r := httptest.NewRequest(method, strings.NewReplacer("{agent}", string(s.Agents[peopletest.Here][people.Manager].ID), "{cle}", "x").Replace(pattern),
				strings.NewReader(url.Values{"etat": {"inactif"}, "fonction": {"agent"}, "nom": {"Poste"}, "identifiant": {"intrus"}}.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(headers[0], headers[1])
			require.Equal(t, http.StatusForbidden, b.Do(r).Code, "%s %v", route, headers)
		}
	}
	require.Equal(t, was, before())
}

// TestProperty22TheDeskKeepsSecrets: no login, name, password, token, key or amount in the log, whatever goes wrong.
func TestProperty22TheDeskKeepsSecrets(t *testing.T) {
	s := desktest.New(t)
	canaries := []string{"zqlogin", "Zqnom", "zqmotdepasse entier", "19740.11", "zqcode"}
	form := url.Values{
		"identifiant": {canaries[0]}, "nom": {canaries[1]}, "mot_de_passe": {canaries[2]}, "ancien": {canaries[2]}, "nouveau": {canaries[2]}, "encore": {canaries[2]},
		"verrou_mot_de_passe": {canaries[2]}, "par_minute": {canaries[3]}, "code": {canaries[4]}, "fonction": {"agent"}, "ici": {canaries[4]},
	}
	secrets := canaries
	for _, gone := range []bool{false, true} {
		for _, role := range people.Roles() {
			s.Gone = false
			for _, route := range routes(t, s) {
				s.Gone = false
				b := s.Browser()
				if route != "POST /accueil/connexion" {
					b.SignIn(t, string(role))
					secrets = append(secrets, b.Cookies[desk.Cookie].Value)
				}
				s.Gone = gone
				method, pattern, _ := strings.Cut(route, " ")
				address := strings.NewReplacer("{agent}", canaries[4], "{cle}", canaries[4]).Replace(pattern)
				if method == http.MethodGet {
					b.Get(address + "?dossier=" + canaries[4] + "&agent=" + canaries[4])
				} else {
					b.Post(address, form)
				}
				s.Clock.Pass(16 * time.Minute) // nobody waits
			}
		}
		_ = s.DB
	}
	require.NoError(t, s.DB.Close())
	s.Browser().Post("/accueil/connexion", form)
	text := s.Log()
	require.Contains(t, text, "the database of the desk fails")
	for _, secret := range append(secrets, "Poste administrateur", peopletest.Password, "Montclair") {
		require.NotContains(t, text, secret)
	}
}

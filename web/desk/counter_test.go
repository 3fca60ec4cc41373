package desk_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/ruleset"
	"guichet/rules"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/people"
	"guichet/web"
	"guichet/web/desk"
	"guichet/web/pages"
	"guichet/web/webtest"
)

var counterToday = time.Date(2026, 10, 15, 10, 42, 0, 0, time.UTC)

var shippedRules = sync.OnceValues(func() (*engine.Engine, error) {
	set, err := ruleset.Load(rules.FS)
	if err != nil {
		return nil, err
	}
	return engine.New(set)
})

// A counterSite is the whole server, with one CCAS and two agents on a fresh database.
type counterSite struct {
	t       testing.TB
	handler http.Handler
	db      *database.DB
	desk    *desk.Desk
	now     time.Time
	log     bytes.Buffer
	tokens  map[string]string // by login
	store   *people.Store
	public  *pages.Pages
	address string // of the database
}

func newCounterSite(t testing.TB) *counterSite {
	e, err := shippedRules()
	require.NoError(t, err)
	s := &counterSite{t: t, now: counterToday, tokens: map[string]string{}}
	clock := func() time.Time { return s.now }
	log := slog.New(slog.NewJSONHandler(&s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s.address = databasetest.Address(t, database.SQLite)
	s.db = databasetest.OpenAt(t, s.address)
	require.NoError(t, s.db.Migrate(t.Context()))
	s.store, err = people.New(people.Options{DB: s.db, Clock: clock, Cost: people.Cost{Memory: 64, Time: 1, Threads: 1}})
	require.NoError(t, err)
	require.NoError(t, s.store.AddCentre(t.Context(), people.Centre{ID: "montclair", Name: "Montclair-sous-Bois", Commune: "93066"}))
	texts := webtest.Texts(t)
	key := bytes.Repeat([]byte{7}, 32)
	public, err := pages.New(pages.Options{Engine: e, Texts: texts, Key: key, Clock: clock, Log: log})
	require.NoError(t, err)
	s.public = public
	s.desk, err = desk.New(desk.Options{Engine: e, Texts: texts, Pages: public, Key: key, Clock: clock, Log: log, Open: func(context.Context) (*desk.Keep, error) { return &desk.Keep{People: s.store}, nil }})
	require.NoError(t, err)
	h, err := web.New(web.Options{Edition: web.Edition{Engine: e, Texts: texts, Pages: public, Desk: s.desk}, Log: log, Clock: clock})
	require.NoError(t, err)
	s.handler = h
	for _, login := range []string{"poste1", "poste2"} {
		_, _, err := s.store.AddAgent(t.Context(), "", people.NewAgent{CCAS: "montclair", Login: login, Name: "Poste " + login[5:], Role: people.Reception, Password: counterPassword})
		require.NoError(t, err)
	}
	return s
}

const counterPassword = "une phrase longue de guichet"

// token signs an agent in.
func (s *counterSite) token(login string) string {
	if s.tokens[login] == "" {
		token, stage, err := s.store.SignIn(s.t.Context(), login, counterPassword, "192.0.2.1")
		require.NoError(s.t, err)
		require.Equal(s.t, people.Open, stage)
		s.tokens[login] = token
	}
	return s.tokens[login]
}

// session gives the session in which an agent is signed in.
func (s *counterSite) session(login string) people.Session {
	session, err := s.store.Session(s.t.Context(), s.token(login))
	require.NoError(s.t, err)
	return session
}

// A counterBrowser is an agent's browser without JavaScript; its tabs share the cookies.
type counterBrowser struct {
	site    *counterSite
	cookies map[string]string
	headers []http.Header
}

func (s *counterSite) browser(login string) *counterBrowser {
	return &counterBrowser{site: s, cookies: map[string]string{desk.Cookie: s.token(login)}}
}

// A counterTab shows one page.
type counterTab struct {
	*counterBrowser
	status  int
	body    string
	doc     *html.Node
	address string
}

func (b *counterBrowser) tab() *counterTab {
	return (&counterTab{counterBrowser: b}).get("/accueil/comptoir")
}

func (p *counterTab) get(address string) *counterTab {
	return p.do(httptest.NewRequestWithContext(p.site.t.Context(), http.MethodGet, address, nil))
}

func (p *counterTab) post(address string, in url.Values) *counterTab {
	r := httptest.NewRequestWithContext(p.site.t.Context(), http.MethodPost, address, strings.NewReader(in.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return p.do(r)
}

func (p *counterTab) do(r *http.Request) *counterTab {
	t := p.site.t
	for name, value := range p.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	p.site.handler.ServeHTTP(w, r)
	answer := w.Result()
	defer answer.Body.Close()
	for _, c := range answer.Cookies() {
		p.cookies[c.Name] = c.Value
	}
	p.headers = append(p.headers, answer.Header)
	if answer.StatusCode == http.StatusSeeOther {
		return p.get(answer.Header.Get("Location"))
	}
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	p.status, p.body, p.address = answer.StatusCode, string(body), r.URL.String()
	p.doc, err = html.Parse(bytes.NewReader(body))
	require.NoError(t, err)
	return p
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func (p *counterTab) all(match func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	for n := range p.doc.Descendants() {
		if n.Type == html.ElementNode && match(n) {
			out = append(out, n)
		}
	}
	return out
}

func (p *counterTab) id(id string) *html.Node {
	found := p.all(func(n *html.Node) bool { return attribute(n, "id") == id })
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

func words(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// form gives what the page's form sends untouched, without a button.
func (p *counterTab) form() url.Values {
	in := url.Values{}
	for _, n := range p.all(func(n *html.Node) bool { return n.Data == "input" || n.Data == "select" }) {
		name := attribute(n, "name")
		if name == "" || has(n, "form") {
			continue
		}
		switch {
		case n.Data == "select":
			for o := range n.Descendants() {
				if o.Data == "option" && (has(o, "selected") || !in.Has(name)) {
					in.Set(name, attribute(o, "value"))
				}
			}
		case attribute(n, "type") == "radio" || attribute(n, "type") == "checkbox":
			if has(n, "checked") {
				in.Add(name, attribute(n, "value"))
			}
		default:
			in.Set(name, attribute(n, "value"))
		}
	}
	return in
}

// press fills the form in with pairs of a name and a value, and presses a button of the page.
func (p *counterTab) press(button string, pairs ...string) *counterTab {
	t := p.site.t
	buttons := p.all(func(n *html.Node) bool { return n.Data == "button" && attribute(n, "value") == button })
	require.NotEmpty(t, buttons, "there is no button %q", button)
	in := p.form()
	for i := 0; i < len(pairs); i += 2 {
		known := slices.ContainsFunc(p.all(func(n *html.Node) bool { return attribute(n, "name") == pairs[i] }), func(*html.Node) bool { return true })
		require.True(t, known, "there is no field %q", pairs[i])
		in.Set(pairs[i], pairs[i+1])
	}
	in.Set("vers", button)
	address := "/accueil/comptoir"
	if a := attribute(buttons[0], "formaction"); a != "" {
		address = a
	}
	return p.post(address, in)
}

func (p *counterTab) text() string { return words(p.doc) }

// readable is the page without what is sealed in it: by chance that holds any few figures.
func (p *counterTab) readable() string { return sealed.ReplaceAllString(p.body, "") }

var sealed = regexp.MustCompile(`[\w-]{100,}`)

// loneParent types a household as an agent does, from the top of the page down.
func (p *counterTab) loneParent() *counterTab {
	p.press("maj", "langue", "ta", "demandeur.naissance", "25/04/1988", "demandeur.activite", "salarie", "couple", "non", "enfants", "2", "demandeur.nationalite", "francaise")
	p.press("maj", "enfants[0].naissance", "03052012", "enfants[1].naissance", "9/11/2023", "commune", "saint denis 93", "logement.statut", "locataire_hlm", "logement.loyer", "452,62",
		"demandeur.revenus.salaire", "1 449,62", "demandeur.revenus", "aucun")
	return p
}

// The whole screening by an agent whose browser has no JavaScript, as five minutes at a counter go.
func TestTheCounterWithoutAScript(t *testing.T) {
	s := newCounterSite(t)
	p := s.browser("poste1").tab()
	require.Equal(t, http.StatusOK, p.status, p.text())
	require.Equal(t, "Visiteur 1", words(p.all(func(n *html.Node) bool { return n.Data == "h1" })[0]))
	require.Equal(t, "à préciser", strings.ToLower(words(p.id("totaux").FirstChild.LastChild)), "unknown is never zero")

	p.loneParent()
	require.Equal(t, http.StatusOK, p.status)
	require.Contains(t, words(p.id("r-c-couple")), "இல்லை", "the visitor reads the answer in their language")
	require.Equal(t, "Saint-Denis (93)", attribute(p.id("c-commune"), "value"))
	require.NotContains(t, attribute(p.id("r-c-logement-loyer"), "class"), "miss")
	require.Contains(t, attribute(p.id("r-c-epargne"), "class"), "miss", "what is not known is tinted")
	require.Contains(t, words(p.id("a-af-foyer")), "Garde alternée", "the aid says which answer is missing")
	require.Regexp(t, `entre [0-9 ]+,[0-9]{2} €`, strings.ReplaceAll(words(p.id("totaux")), "\u202f", " "))

	// One question after the other, until none changes anything.
	asked := []string{}
	for range 30 {
		nsp := p.id("q-3")
		if nsp == nil {
			break
		}
		if no := p.id("q-2"); no != nil {
			nsp = no
		}
		value := attribute(nsp, "value")
		require.NotContains(t, asked, value, "asked twice")
		asked = append(asked, value)
		p.press(value)
		require.Equal(t, http.StatusOK, p.status)
	}
	require.Contains(t, asked, "repondre:enfants[0].garde_alternee:non")
	require.Contains(t, words(p.id("a-af-foyer")), "À demander")
	require.Contains(t, words(p.id("prochaine")), "Plus aucune question")
	require.Equal(t, "repondre:prestations_percues:nsp", asked[len(asked)-1], "what is received comes last")

	p.press("maj", "foyer_fiscal.rfr", "15700", "epargne", "0", "prestations_percues.af", "oui", "prestations_percues", "aucun")
	require.Contains(t, words(p.id("a-af-foyer")), "Reçue")
	require.Contains(t, words(p.id("resultats")), "novembre 2026", "the younger child is three in November")
	require.Contains(t, words(p.id("resultats")), "நவம்பர்")

	// The resident's own sheet, and from its code the same household at another counter.
	sheet := (&counterTab{counterBrowser: p.counterBrowser, doc: p.doc}).press("feuille")
	require.Equal(t, http.StatusOK, sheet.status)
	require.Contains(t, sheet.text(), "Vos aides à demander")
	require.Contains(t, sheet.body, `lang="ta"`)

	p.press("suivant")
	require.Equal(t, "Visiteur 2", words(p.all(func(n *html.Node) bool { return n.Data == "h1" })[0]))
	require.Empty(t, attribute(p.id("c-demandeur-naissance"), "value"), "nothing is left of the visitor before")
	require.NotContains(t, p.readable(), "1988")
}

// TestNoNameOfAMessageIsShown: what has no words would show the name that the program gives them.
func TestNoNameOfAMessageIsShown(t *testing.T) {
	s := newCounterSite(t)
	p := s.browser("poste1").tab().get("/accueil/comptoir")
	names := regexp.MustCompile(`\b(question|comptoir|verifier|personne|enfants|montants|notice|dossier|mot|regime|pret|pret_pour|logement)\.[a-z]+[a-z_.]*`)
	for range 2 {
		require.Empty(t, names.FindAllString(p.text(), -1))
		p = p.loneParent()
	}
	require.Empty(t, names.FindAllString(p.text(), -1))
	for _, dwelling := range fact.Statuses {
		p.press("maj", "logement.statut", dwelling)
		require.Equal(t, http.StatusOK, p.status, dwelling)
		require.Empty(t, names.FindAllString(p.text(), -1), dwelling)
	}
}

// At 80 % and 63, either the AAH is received and kept, or the Aspa comes first: while that is not said, neither the sum nor what is left to
// claim adds both.
func TestTheCounterNeverAddsTheAAHAndTheAspa(t *testing.T) {
	s := newCounterSite(t)
	p := s.browser("poste1").tab()
	p.press("maj", "demandeur.naissance", "10/05/1963", "demandeur.activite", "inactif", "couple", "non", "enfants", "0", "demandeur.nationalite", "francaise",
		"commune", "saint denis 93", "logement.statut", "heberge_gratuitement", "demandeur.handicap.taux", "80", "demandeur.revenus", "aucun", "epargne", "0")
	sums := func() string { return strings.ReplaceAll(words(p.id("totaux")), "\u202f", " ") }
	require.Regexp(t, `^[^0-9]*entre 1 041,59 € et 1 043,59 €`, sums())
	require.Regexp(t, `jusqu’à 1 043,59 €`, sums())

	p.press("maj", "prestations_percues.aah", "oui", "prestations_percues", "aucun")
	require.Contains(t, sums(), "1 041,59 €")
	require.NotContains(t, sums(), "1 043,59 €")
}

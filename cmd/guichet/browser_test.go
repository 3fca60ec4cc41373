package main

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"guichet/takeup/database"
	"guichet/takeup/people"
)

// A browser without a script fills in the forms of a server that runs.
type browser struct {
	t       *testing.T
	server  *served
	cookies map[string]string
	status  int
	at      string // the path of the page
	page    *html.Node
	body    string
}

func (s *served) browser(t *testing.T) *browser {
	return &browser{t: t, server: s, cookies: map[string]string{}}
}

// knock gives a request the cookies.
func (b *browser) knock(r *http.Request) {
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value}) // those of TLS too: to a browser this machine is as good
	}
}

// do asks, and follows where the answer leads; false when nobody answers.
func (b *browser) do(method, address, contentType, body string) bool {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.server.base+address, strings.NewReader(body))
	require.NoError(b.t, err)
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	b.knock(r)
	response, err := directly.Do(r)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return false
	}
	for _, c := range response.Cookies() {
		b.cookies[c.Name] = c.Value
	}
	b.status, b.at, b.body = response.StatusCode, address, string(text)
	if to := response.Header.Get("Location"); to != "" {
		return b.do(http.MethodGet, to, "", "")
	}
	b.page, err = html.Parse(bytes.NewReader(text))
	require.NoError(b.t, err)
	return true
}

// directly follows no redirection by itself.
var directly = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func (b *browser) get(address string) {
	b.t.Helper()
	require.True(b.t, b.do(http.MethodGet, address, "", ""), address)
}

func (b *browser) post(address string, in url.Values) {
	b.t.Helper()
	require.True(b.t, b.do(http.MethodPost, address, "application/x-www-form-urlencoded", in.Encode()), address)
}

// signIn signs an agent in whose password is [agentPassword].
func (b *browser) signIn(login string) {
	b.t.Helper()
	b.post("/accueil/connexion", url.Values{"identifiant": {login}, "mot_de_passe": {agentPassword}})
	require.Equal(b.t, http.StatusOK, b.status, b.body)
	require.NotEqual(b.t, "/accueil/connexion", b.at)
}

const agentPassword = "une phrase pour les essais"

// addAgents gives a database the CCAS montclair and some of its agents.
func addAgents(t *testing.T, address string, role people.Role, logins ...string) {
	t.Helper()
	p := newProgram("")
	require.Equal(t, done, p.run(t.Context(), []string{"ccas", "add", "-db", address, "-name", "CCAS", "-commune", "93066", "montclair"}), &p.err)
	require.NoError(t, opened(t.Context(), address, func(db *database.DB) error {
		s, err := people.New(people.Options{DB: db, Clock: p.now, Cost: people.Cost{Memory: 64, Time: 1, Threads: 1}})
		require.NoError(t, err)
		for _, login := range logins {
			_, _, err := s.AddAgent(t.Context(), "", people.NewAgent{CCAS: "montclair", Login: login, Name: "Poste " + login, Role: role, Password: agentPassword})
			require.NoError(t, err)
		}
		return nil
	}))
}

// all gives the elements of the page that match.
func (b *browser) all(match func(*html.Node) bool) (out []*html.Node) {
	for n := range b.page.Descendants() {
		if n.Type == html.ElementNode && match(n) {
			out = append(out, n)
		}
	}
	return out
}

func attribute(n *html.Node, name string) (value string, has bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// formOf gives the form that a control is sent with.
func (b *browser) formOf(n *html.Node) *html.Node {
	if id, has := attribute(n, "form"); has {
		for _, f := range b.all(func(f *html.Node) bool { at, _ := attribute(f, "id"); return at == id }) {
			return f
		}
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == "form" {
			return p
		}
	}
	return nil
}

// press fills in the form of a button that sends value under name, and presses it. What said does not answer is left as it is, or is
// answered by the first of otherwise that can be chosen; a box that says that something is not known is left alone.
func (b *browser) press(name, value string, said url.Values, otherwise ...string) {
	b.t.Helper()
	buttons := b.all(func(n *html.Node) bool {
		at, _ := attribute(n, "name")
		is, _ := attribute(n, "value")
		return n.Data == "button" && at == name && is == value
	})
	require.NotEmpty(b.t, buttons, "no button %s=%s on %s", name, value, b.at)
	form := b.formOf(buttons[0])
	in := url.Values{name: {value}}
	choices := url.Values{}
	for _, n := range b.all(func(n *html.Node) bool { return n.Data == "input" || n.Data == "select" || n.Data == "textarea" }) {
		of, has := attribute(n, "name")
		if !has || b.formOf(n) != form {
			continue
		}
		text, _ := attribute(n, "value")
		switch kind, _ := attribute(n, "type"); {
		case n.Data == "select":
			for o := range n.Descendants() {
				if o.Data == "option" {
					text, _ := attribute(o, "value")
					choices.Add(of, text)
					if _, chosen := attribute(o, "selected"); chosen || !in.Has(of) {
						in.Set(of, text)
					}
				}
			}
		case kind == "radio" || kind == "checkbox":
			choices.Add(of, text)
			if _, checked := attribute(n, "checked"); checked {
				in.Add(of, text)
			}
		default:
			in.Set(of, text)
		}
	}
	for of, values := range choices {
		for _, other := range otherwise {
			if in.Get(of) == "" && slices.Contains(values, other) && !strings.HasSuffix(of, ".nsp") {
				in.Set(of, other)
			}
		}
	}
	for of, values := range said {
		if _, there := choices[of]; there || in.Has(of) {
			in[of] = values
		}
	}
	address, has := attribute(buttons[0], "formaction")
	if !has {
		address, _ = attribute(form, "action")
	}
	b.post(address, in)
}

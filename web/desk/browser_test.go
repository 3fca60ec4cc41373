package desk_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/web/browsertest"
	"guichet/web/desk/desktest"
)

// TestDeskInABrowser signs in with the keyboard alone in a real Chromium, over http on 127.0.0.1, where its cookie asks for TLS or a
// place to be trusted, and holds every page of an administrator, of the officer and before the sign-in to axe-core at two widths.
func TestDeskInABrowser(t *testing.T) {
	for _, width := range []int64{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			s := desktest.New(t)
			_, _, err := s.Keep.People.AddKey(t.Context(), "", people.Key{CCAS: peopletest.Here, Name: "Portail de la ville", Scopes: people.Scopes(), PerMinute: 600})
			require.NoError(t, err)
			server := httptest.NewServer(s.Handler)
			t.Cleanup(server.Close)
			b := &tab{browsertest.Open(t).Tab(t, fmt.Sprintf("desk-%d", width), width)}

			b.Open(server.URL + "/accueil")
			require.Equal(t, "/accueil/connexion", eval[string](b, "location.pathname"))
			b.Check("connexion")
			b.keys("administrateur" + kb.Tab + "pas la bonne phrase" + kb.Enter) // the first field has the focus
			b.Check("connexion-refus")
			b.keys("administrateur" + kb.Tab + peopletest.Password + kb.Enter)
			require.Equal(t, "/accueil/administration/agents", eval[string](b, "location.pathname"), "the cookie was kept")
			require.Empty(t, eval[string](b, "document.cookie"), "no script sees it")
			b.Check("agents")
			for _, path := range []string{"/administration/agents/" + string(s.Agents[peopletest.Here][people.Manager].ID), "/administration/cles", "/compte", "/compte/mot-de-passe", "/nulle-part"} {
				b.Open(server.URL + "/accueil" + path)
				b.Check(strings.ReplaceAll(strings.Trim(path, "/"), "/", "-"))
			}
			b.Open(server.URL + "/accueil/compte")
			b.press(`form[action$="/debut"] button`)
			b.Check("second-facteur")

			// an agent who goes away: the page goes to its lock by itself, and Back does not bring it back
			b.Open(server.URL + "/accueil/compte")
			eval[bool](b, `(Date.now = (n => () => n() + 11 * 60 * 1000)(Date.now), true)`)
			b.Until(`document.querySelector('h1').textContent === "Poste verrouillé"`)
			eval[bool](b, `(history.back(), true)`)
			b.Never(`document.body.textContent.includes("Mon compte")`, 2*time.Second)
			b.Open(server.URL + "/accueil/compte")
			b.keys(peopletest.Password + kb.Enter)
			require.Equal(t, "Mon compte", eval[string](b, "document.querySelector('h1').textContent"))

			s.Clock.Pass(people.LockAfter)
			b.Open(server.URL + "/accueil/administration/cles")
			b.Check("verrou")
			b.keys(peopletest.Password + kb.Enter)
			require.Equal(t, "Clés des partenaires", eval[string](b, "document.querySelector('h1').textContent"))
			b.press(`form[action="/accueil/deconnexion"] button`)
			require.Equal(t, "/accueil/connexion", eval[string](b, "location.pathname"))
			b.keys("dpo" + kb.Tab + peopletest.Password + kb.Enter)
			require.Equal(t, "/accueil/acces", eval[string](b, "location.pathname"))
			b.Check("acces")
			s.Gone = true
			b.Open(server.URL + "/accueil")
			b.Check("sans-base")
		})
	}
}

// tab is one tab of the browser.
type tab struct{ *browsertest.Tab }

// keys types into what has the focus, as soon as something has; the page that follows is waited for.
func (b *tab) keys(text string) {
	b.T.Helper()
	b.Until("document.activeElement !== document.body")
	b.Leave(chromedp.KeyEvent(text))
}

func (b *tab) press(selector string) {
	b.T.Helper()
	b.Leave(chromedp.Click(selector))
}

// eval evaluates an expression in the page.
func eval[T any](b browsertest.Page, expression string) T { return browsertest.Ask[T](b, expression) }

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
			require.Equal(t, "/accueil/connexion", ask1[string](b, "location.pathname"))
			b.Check("connexion")
			b.keys("administrateur" + kb.Tab + "pas la bonne phrase" + kb.Enter) // the first field has the focus
			b.Check("connexion-refus")
			b.keys("administrateur" + kb.Tab + peopletest.Password + kb.Enter)
			require.Equal(t, "/accueil/administration/agents", ask1[string](b, "location.pathname"), "the cookie was kept")
			require.Empty(t, ask1[string](b, "document.cookie"), "no script sees it")
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
			ask1[bool](b, `(Date.now = (n => () => n() + 11 * 60 * 1000)(Date.now), true)`)
			require.Eventually(t, func() bool {
				return ask1[string](b, "document.querySelector('h1')?.textContent ?? ''") == "Poste verrouillé"
			}, 20*time.Second, 200*time.Millisecond)
			ask1[bool](b, `(history.back(), true)`)
			require.Never(t, func() bool {
				return strings.Contains(ask1[string](b, "document.body?.textContent ?? ''"), "Mon compte")
			}, 2*time.Second, 300*time.Millisecond)
			b.Open(server.URL + "/accueil/compte")
			b.keys(peopletest.Password + kb.Enter)
			require.Equal(t, "Mon compte", ask1[string](b, "document.querySelector('h1').textContent"))

			s.Clock.Pass(people.LockAfter)
			b.Open(server.URL + "/accueil/administration/cles")
			b.Check("verrou")
			b.keys(peopletest.Password + kb.Enter)
			require.Equal(t, "Clés des partenaires", ask1[string](b, "document.querySelector('h1').textContent"))
			b.press(`form[action="/accueil/deconnexion"] button`)
			require.Equal(t, "/accueil/connexion", ask1[string](b, "location.pathname"))
			b.keys("dpo" + kb.Tab + peopletest.Password + kb.Enter)
			require.Equal(t, "/accueil/acces", ask1[string](b, "location.pathname"))
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
	require.Eventually(b.T, func() bool { return ask1[bool](b, "document.activeElement !== document.body") }, 5*time.Second, 20*time.Millisecond, "nothing has the focus")
	b.Leave(chromedp.KeyEvent(text))
}

func (b *tab) press(selector string) {
	b.T.Helper()
	b.Leave(chromedp.Click(selector))
}

func ask1[T any](b *tab, expression string) T {
	b.T.Helper()
	return browsertest.Ask[T](b.Tab, expression)
}

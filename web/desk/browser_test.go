package desk_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/web/desk/desktest"
)

// TestDeskInABrowser signs in with the keyboard alone in a real Chromium, over http on 127.0.0.1, where its cookie asks for TLS or a
// place to be trusted, and holds every page of an administrator, of the officer and before the sign-in to axe-core at two widths.
// GUICHET_AXE is the path of axe.min.js; GUICHET_SHOTS, if set, a folder for pictures.
func TestDeskInABrowser(t *testing.T) {
	axe := axeOrSkip(t)
	for _, width := range []int64{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			s := desktest.New(t)
			_, _, err := s.Keep.People.AddKey(t.Context(), "", people.Key{CCAS: peopletest.Here, Name: "Portail de la ville", Scopes: people.Scopes(), PerMinute: 600})
			require.NoError(t, err)
			server := httptest.NewServer(s.Handler)
			t.Cleanup(server.Close)
			ctx := chromium(t)
			device := []chromedp.EmulateViewportOption{}
			if width < 600 {
				device = append(device, chromedp.EmulateMobile)
			}
			_, err = chromedp.Run(ctx, chromedp.EmulateViewport(width, 900, device...))
			require.NoError(t, err)
			b := &tab{t, ctx, axe, fmt.Sprintf("desk-%d", width)}

			b.open(server.URL + "/accueil")
			require.Equal(t, "/accueil/connexion", ask1[string](b, "location.pathname"))
			b.check("connexion")
			b.keys("administrateur" + kb.Tab + "pas la bonne phrase" + kb.Enter) // the first field has the focus
			b.check("connexion-refus")
			b.keys("administrateur" + kb.Tab + peopletest.Password + kb.Enter)
			require.Equal(t, "/accueil/administration/agents", ask1[string](b, "location.pathname"), "the cookie was kept")
			require.Empty(t, ask1[string](b, "document.cookie"), "no script sees it")
			b.check("agents")
			for _, path := range []string{"/administration/agents/" + string(s.Agents[peopletest.Here][people.Manager].ID), "/administration/cles", "/compte", "/compte/mot-de-passe", "/nulle-part"} {
				b.open(server.URL + "/accueil" + path)
				b.check(strings.ReplaceAll(strings.Trim(path, "/"), "/", "-"))
			}
			b.open(server.URL + "/accueil/compte")
			b.press(`form[action$="/debut"] button`)
			b.check("second-facteur")

			// an agent who goes away: the page goes to its lock by itself, and Back does not bring it back
			b.open(server.URL + "/accueil/compte")
			ask1[bool](b, `(Date.now = (n => () => n() + 11 * 60 * 1000)(Date.now), true)`)
			require.Eventually(t, func() bool {
				return ask1[string](b, "document.querySelector('h1')?.textContent ?? ''") == "Poste verrouillé"
			}, 20*time.Second, 200*time.Millisecond)
			ask1[bool](b, `(history.back(), true)`)
			require.Never(t, func() bool {
				return strings.Contains(ask1[string](b, "document.body?.textContent ?? ''"), "Mon compte")
			}, 2*time.Second, 300*time.Millisecond)
			b.open(server.URL + "/accueil/compte")
			b.keys(peopletest.Password + kb.Enter)
			require.Equal(t, "Mon compte", ask1[string](b, "document.querySelector('h1').textContent"))

			s.Clock.Pass(people.LockAfter)
			b.open(server.URL + "/accueil/administration/cles")
			b.check("verrou")
			b.keys(peopletest.Password + kb.Enter)
			require.Equal(t, "Clés des partenaires", ask1[string](b, "document.querySelector('h1').textContent"))
			b.press(`form[action="/accueil/deconnexion"] button`)
			require.Equal(t, "/accueil/connexion", ask1[string](b, "location.pathname"))
			b.keys("dpo" + kb.Tab + peopletest.Password + kb.Enter)
			require.Equal(t, "/accueil/acces", ask1[string](b, "location.pathname"))
			b.check("acces")
			s.Gone = true
			b.open(server.URL + "/accueil")
			b.check("sans-base")
		})
	}
}

// axeOrSkip gives axe-core, or skips with one line that says how to have what is missing; under CI it fails.
func axeOrSkip(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(os.Getenv("GUICHET_AXE"))
	if err == nil && chromiumPath() != "" {
		return string(text)
	}
	missing := "skipped: the desk in a real browser; 'make e2e' has it (it needs Chromium and npm)"
	if os.Getenv("CI") == "true" {
		require.Fail(t, missing)
	}
	t.Skip(missing)
	return ""
}

func chromiumPath() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func chromium(t *testing.T) context.Context {
	flags := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(chromiumPath()), chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	if os.Geteuid() == 0 {
		flags = append(flags, chromedp.NoSandbox)
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(stop)
	ctx, stopTimer := context.WithTimeout(ctx, 10*time.Minute)
	t.Cleanup(stopTimer)
	ctx, stopBrowser := chromedp.NewContext(ctx)
	t.Cleanup(stopBrowser)
	return ctx
}

// tab is one tab of the browser.
type tab struct {
	t    *testing.T
	ctx  context.Context
	axe  string
	name string
}

func (b *tab) open(address string) {
	b.t.Helper()
	_, err := chromedp.Run(b.ctx, chromedp.Navigate(address))
	require.NoError(b.t, err)
}

// keys types into what has the focus; the page that follows is waited for.
func (b *tab) keys(text string) {
	b.t.Helper()
	_, err := chromedp.RunResponse(b.ctx, chromedp.KeyEvent(text))
	require.NoError(b.t, err)
}

func (b *tab) press(selector string) {
	b.t.Helper()
	_, err := chromedp.RunResponse(b.ctx, chromedp.Click(selector))
	require.NoError(b.t, err)
}

func ask1[T any](b *tab, expression string) T {
	b.t.Helper()
	answer, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(b.t, err)
	return answer
}

// check holds the page to axe-core and to its width.
func (b *tab) check(name string) {
	b.t.Helper()
	if folder := os.Getenv("GUICHET_SHOTS"); folder != "" {
		image, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(90))
		require.NoError(b.t, err)
		require.NoError(b.t, os.WriteFile(filepath.Join(folder, b.name+"-"+name+".jpg"), image, 0o600))
	}
	require.True(b.t, ask1[bool](b, "document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "%s %s is wider than its window", b.name, name)
	violations := ask1[[]string](b, b.axe+`; axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + v.help + '\n' + n.html.slice(0, 300) + '\n' + n.failureSummary)))`)
	require.Empty(b.t, violations, "%s %s", b.name, name)
}

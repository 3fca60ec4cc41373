package pages_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"guichet/web/browsertest"
)

// slowly serves the site so that an answer to a form waits for a word of the test. It counts the forms that were sent, and the words that
// the page said.
func (s *site) slowly(t *testing.T) (address string, sent, said *atomic.Int32, answer func()) {
	t.Helper()
	sent, said, held := new(atomic.Int32), new(atomic.Int32), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == saidPath:
			said.Add(1)
			return
		case r.Method == http.MethodPost:
			sent.Add(1)
			<-held
		}
		s.handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	answer = sync.OnceFunc(func() { close(held) })
	t.Cleanup(answer) // or the server would wait for ever
	return server.URL, sent, said, answer
}

// saidPath is the image that a page asks for when it says something: on its way to the next page the browser answers no test.
const saidPath = "/dit"

// hurried makes the timers of a page run ten times faster, and keeps and tells the server what the page says. What is said at last is, if
// obeyed is set, answered by another press of the button, once.
const hurried = `{
	const timer = window.setTimeout;
	window.setTimeout = (f, ms) => timer(f, ms / 10);
	addEventListener('DOMContentLoaded', () => {
		const note = document.getElementById('attente');
		new MutationObserver(() => {
			if (!note.textContent) return;
			sessionStorage.said = (sessionStorage.said || '') + note.textContent + '|';
			new Image().src = '` + saidPath + `';
			if (window.obeyed && note.textContent === note.dataset.late) { window.obeyed = false; document.querySelector('main button[value=suite]').click() }
		}).observe(note, {childList: true});
	});
}`

// TestWaitingInABrowser: while the next page is slow to come, the one in sight says so and sends nothing twice; when it may be lost, it
// can be asked for again.
func TestWaitingInABrowser(t *testing.T) {
	browser := browsertest.Open(t)
	const (
		wait = "Un instant\u00a0: calcul en cours.|"
		late = "C’est plus long que d’habitude. Vos réponses ne sont pas perdues\u00a0: touchez encore le bouton.|"
	)
	for name, c := range map[string]struct {
		answered int32 // the form that the server answers: the first, or the one after
		obeyed   string
		said     string
	}{
		"slow": {1, `window.obeyed = false; `, wait},
		"lost": {2, `window.obeyed = true; `, wait + late},
	} {
		t.Run(name, func(t *testing.T) {
			address, sent, said, answer := newSite(t).slowly(t)
			b := &tabOf{browser.Tab(t, "waiting-"+name, widths[0])}
			_, err := chromedp.Run(b.Ctx, func(ctx context.Context, target *chromedp.Target) (string, error) {
				r, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: c.obeyed + hurried})
				return string(r.Identifier), err
			})
			require.NoError(t, err)
			b.Open(address + "/fr/simulation")
			require.Equal(t, "status ", ask[string](b, `(e => e.role + ' ' + e.textContent)(document.getElementById('attente'))`))
			b.fill(loneParent()["personne.demandeur"])
			ask[bool](b, `(e => { e.click(); e.click(); return true })(document.querySelector('main button[value=suite]'))`)
			words := int32(strings.Count(c.said, "|"))
			require.Eventually(t, func() bool { return sent.Load() >= c.answered && said.Load() >= words }, 20*time.Second, 10*time.Millisecond)
			require.Equal(t, c.answered, sent.Load(), "pressed twice, sent once")
			answer()
			b.Until(`document.querySelector('input[name=page]').value === "couple"`) // what the button says was sent
			require.Regexp(t, "^"+regexp.QuoteMeta(c.said), ask[string](b, `sessionStorage.said`))
			require.Empty(t, ask[string](b, `document.getElementById('attente').textContent`))
		})
	}
}

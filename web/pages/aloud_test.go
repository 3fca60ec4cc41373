package pages_test

import (
	"context"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"guichet/web/browsertest"
)

// voices stands for the voices of a browser: it keeps what is said, and ends each utterance unless it is held.
const voices = `window.said = []; window.held = false; window.ended = null;
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
Object.defineProperty(window, 'speechSynthesis', {value: {
	getVoices: () => [{lang: 'en-US', localService: true}, {lang: 'fr-CA', localService: true}, {lang: 'fr-FR', localService: true}, {lang: 'ar_SA', localService: true}, {lang: 'ta-IN', localService: false}],
	speak(u) { said.push(u.lang + ' ' + u.text); if (held) ended = u.onend; else setTimeout(u.onend, 0) },
	cancel() { said.push('-') }, addEventListener() {},
}});`

// speaking gives a tab of a browser with these voices.
func speaking(t *testing.T, browser *browsertest.Browser) *tabOf {
	b := &tabOf{browser.Tab(t, "aloud-360", widths[0])}
	_, err := chromedp.Run(b.Ctx, func(ctx context.Context, target *chromedp.Target) (string, error) {
		r, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: voices})
		return string(r.Identifier), err
	})
	require.NoError(t, err)
	return b
}

// said waits until what is read has come to its end, and gives it.
func (b *tabOf) said() []string {
	b.T.Helper()
	return ask[[]string](b, `new Promise(done => { const look = () => document.querySelector('.aloud').dataset.state === 'stop' ? setTimeout(look, 10) : done(said.filter(s => s !== '-')); look() })`)
}

// TestReadAloudInABrowser holds the button that reads a page to what it promises, with voices of the test's own.
func TestReadAloudInABrowser(t *testing.T) {
	browser := browsertest.Open(t)
	s := newSite(t)
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)
	const button = `document.querySelector('.aloud')`

	t.Run("a question in French", func(t *testing.T) {
		b := speaking(t, browser)
		b.Open(server.URL + "/fr/simulation")
		require.Equal(t, "Écouter cette page", ask[string](b, button+`.textContent.trim()`))
		b.Check("question")
		for range 12 {
			b.Run(chromedp.KeyEvent(kb.Tab))
			if ask[bool](b, `document.activeElement === `+button) {
				break
			}
		}
		require.Equal(t, "solid 3px", ask[string](b, `(s => s.outlineStyle + ' ' + s.outlineWidth)(getComputedStyle(`+button+`))`), "the keyboard's place is seen")
		b.Run(chromedp.KeyEvent(kb.Enter))
		all := b.said()
		require.Equal(t, "fr-FR "+ask[string](b, `document.querySelector('h1').textContent.replace(/\s+/g, ' ')`), all[1], "after where one stands, the question: %v", all)
		text := strings.Join(all, "\n")
		for _, words := range []string{"Pourquoi cette question", "Votre réponse n’est enregistrée nulle part", "Je ne sais pas, ou vous préférez ne pas répondre"} {
			require.Contains(t, text, words)
		}
		for _, words := range []string{"Continuer", "Retour", "Quitter", "English"} {
			require.NotContains(t, text, words)
		}
		require.Equal(t, "Écouter encore", ask[string](b, button+`.textContent.trim()`))
		require.Equal(t, b.url(), server.URL+"/fr/simulation", "the button sends nothing")

		ask[bool](b, `said.length = 0, held = true, `+button+`.click(), true`)
		require.Equal(t, "Arrêter la lecture", ask[string](b, button+`.textContent.trim()`))
		ask[bool](b, button+`.click(), ended(), true`)
		require.Len(t, slices.DeleteFunc(ask[[]string](b, `said`), func(s string) bool { return s == "-" }), 1, "stopped, nothing more is read")
	})
	t.Run("only what is in sight", func(t *testing.T) {
		b := speaking(t, browser)
		b.Open(server.URL + "/fr/simulation")
		parent := loneParent()
		for {
			key := ask[string](b, `document.querySelector('input[name=page]').value`)
			if key == "enfants" {
				break
			}
			b.fill(parent.answer(t, &shown{key: key, choices: url.Values{}}))
			b.press("suite")
		}
		ask[bool](b, button+`.click(), true`)
		require.NotContains(t, strings.Join(b.said(), "\n"), "Ajouter")
		require.NotContains(t, strings.Join(b.said(), "\n"), "Enfant 1")
		ask[bool](b, `document.querySelector('input[value=oui]').checked = true, said.length = 0, `+button+`.click(), true`)
		require.Contains(t, strings.Join(b.said(), "\n"), "Enfant 1")
	})
	t.Run("acronyms in French", func(t *testing.T) {
		b := speaking(t, browser)
		b.Open(server.URL + "/ar/")
		ask[bool](b, button+`.click(), true`)
		all := b.said()
		require.Contains(t, all, "fr-FR CCAS")
		require.True(t, strings.HasPrefix(all[0], "ar_SA "), all[0])
		require.NotContains(t, strings.Join(all, "\n"), "Türkçe", "the list of languages is not read")
	})
	for name, path := range map[string]string{"no voice for the language": "/bn/simulation", "a voice that a server lends": "/ta/simulation", "a page of another kind": "/fr/aides"} {
		t.Run(name, func(t *testing.T) {
			b := speaking(t, browser)
			b.Open(server.URL + path)
			require.False(t, ask[bool](b, button+` !== null`))
		})
	}
	t.Run("a browser without voices", func(t *testing.T) {
		b := &tabOf{browser.Tab(t, "aloud", 1280)}
		b.Open(server.URL + "/fr/simulation")
		require.False(t, ask[bool](b, button+` !== null`))
		require.Equal(t, 2, ask[int](b, `document.scripts.length`))
	})
}

func (b *tabOf) url() string { return ask[string](b, `location.href`) }

// TestScriptIsAllowedWhereItStands: the policy opens to our own scripts on the pages that have one, and on no other.
func TestScriptIsAllowedWhereItStands(t *testing.T) {
	v := newSite(t).visitor(t)
	for path, scripts := range map[string]int{"/fr/": 1, "/fr/simulation": 2, "/fr/aides": 0, "/fr/aides/rsa": 0, "/fr/feuille": 0, "/fr/nulle-part": 0} {
		v.get(path)
		got := v.answers[len(v.answers)-1].Get("Content-Security-Policy")
		require.True(t, strings.HasPrefix(got, policy), path)
		require.Equal(t, scripts > 0, strings.Contains(got, "script-src 'self'"), path)
		require.Equal(t, scripts, v.page.tags["script"], path)
	}
	weight := map[string]int{}
	for _, path := range []string{"/fr/", "/fr/simulation"} {
		page := v.get(path).body
		weight[path] = len(page)
		for _, rest := range strings.Split(page, `<script src="`)[1:] {
			address, _, _ := strings.Cut(rest, `"`)
			require.Regexp(t, `^/static/(read-aloud|waiting)\.[0-9a-f]{12}\.js$`, address)
			script := v.get(address).body
			require.Equal(t, "text/javascript; charset=utf-8", v.answers[len(v.answers)-1].Get("Content-Type"))
			require.NotRegexp(t, `fetch|XMLHttp|WebSocket|sendBeacon|import\(|localStorage|sessionStorage|indexedDB|cookie|eval|innerHTML|https?:`, script, "it asks nobody and keeps nothing")
			weight[path] += len(script)
		}
	}
	_, rest, _ := strings.Cut(v.get("/fr/").body, `rel="stylesheet" href="`)
	address, _, _ := strings.Cut(rest, `"`)
	require.Less(t, weight["/fr/"]+len(v.get(address).body), 60<<10, "the first page is light in all")
}

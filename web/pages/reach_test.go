package pages_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"guichet/web/browsertest"
)

// blankPage is an address whose page holds nothing and forbids nothing, to show others in.
const blankPage = "/vierge"

// serveKept serves the site with, beside it, a blank page and pages that only a form leads to.
func (s *site) serveKept(t *testing.T, kept map[string]string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == blankPage {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte("<!doctype html><title>.</title>"))
			return
		}
		if body, ok := kept[r.URL.Path]; ok {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", policy)
			_, _ = w.Write([]byte(body))
			return
		}
		s.handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

// The ways in which people enlarge what they read. Each must leave every page whole: nothing to scroll sideways, no text cut off.
var enlargements = []struct {
	name   string
	width  int64
	script string // what the reader's browser does
}{
	{"320 px", 320, ""}, // WCAG 1.4.10, RGAA 10.11: also what a window of 1280 px is at a zoom of 400 %
	{"text at 200 %", 640, `document.documentElement.style.fontSize = '200%'`}, // WCAG 1.4.4, RGAA 10.4
	{"text spaced out", 360, `{ const s = new CSSStyleSheet(); s.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }'); document.adoptedStyleSheets = [s] }`}, // WCAG 1.4.12, RGAA 10.12
}

// cutOff lists the elements that hide a part of their own text.
const cutOff = `[...document.querySelectorAll('body *')].filter(e => {
	const s = getComputedStyle(e);
	const hides = [s.overflowX, s.overflowY].some(o => o === 'hidden' || o === 'clip');
	const unseen = e.closest('.vh, .skip, svg') || s.position === 'absolute' && e.clientWidth <= 1;
	return hides && !unseen && e.innerText?.trim() && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
}).slice(0, 3).map(e => e.outerHTML.slice(0, 200))`

// TestEnlargedPagesStayWhole enlarges one page of each kind, in scripts that are long, tall or run from right to left.
func TestEnlargedPagesStayWhole(t *testing.T) {
	browser := browsertest.Open(t)
	s := newSite(t)
	kept := map[string]string{}
	server := s.serveKept(t, kept)
	for _, lang := range []string{"fr", "ar", "ta"} {
		t.Run(lang, func(t *testing.T) {
			var paths []string
			pages := s.sample(t, lang)
			for _, name := range []string{"page-", "page-aides", "page-aides-rsa", "page-aides-rsa-valeurs", "question-personne.demandeur", "question-revenus.demandeur", "question-mistaken", "check", "results", "sheet"} {
				path := "/" + lang + "/gardee/" + name
				require.NotEmpty(t, pages[name], name)
				kept[path] = pages[name]
				paths = append(paths, path)
			}
			b := &tabOf{browser.Tab(t, lang, widths[0])}
			for _, how := range enlargements {
				b.Resize(how.width)
				b.Name = fmt.Sprintf("%s, %s", lang, how.name)
				for _, path := range paths {
					b.Open(server.URL + path)
					ask[bool](b, how.script+`; true`)
					b.Fits(path)
					require.Empty(t, ask[[]string](b, cutOff), "%s %s cuts off text", b.Name, path)
				}
			}
		})
	}
}

// TestKeyboardAlone goes from the home page to the results with the keys of a keyboard and nothing else: every control is reached in the
// order of the page, shows that it has the focus, and none keeps it.
func TestKeyboardAlone(t *testing.T) {
	browser := browsertest.Open(t)
	s := newSite(t)
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)
	b := &tabOf{browser.Tab(t, "keyboard", 1280)}

	b.Open(server.URL + "/fr/")
	b.key(keyTab)
	require.True(t, ask[bool](b, `document.activeElement.matches('.skip')`), "the first stop of a page leads to its content")
	b.keyAndWait(keyEnter, false)
	b.reach(`e => e.matches('a[href$="/fr/simulation"], button') && !!e.closest('main')`)
	b.keyAndWait(keyEnter, true)

	parent := loneParent()
	for range maxPages {
		b.walkControls()
		key := ask[string](b, `document.querySelector('input[name=page]')?.value ?? ''`)
		if key == "" {
			break
		}
		choices := ask[map[string][]string](b, `(() => { const all = {}; for (const e of document.querySelectorAll('form input:is([type=radio],[type=checkbox])')) (all[e.name] ??= []).push(e.value); return all })()`)
		b.typeIn(parent.answer(t, &shown{key: key, choices: url.Values(choices)}))
		b.reach(`e => e.matches('main button[value=suite]')`)
		b.keyAndWait(keyEnter, true)
	}
	b.reach(`e => e.matches('main button[value=resultats]')`)
	b.keyAndWait(keyEnter, true)
	b.walkControls()
	require.Contains(t, ask[string](b, `document.querySelector('main').innerText`), "RSA")
}

// The keys that the test presses.
const (
	keyTab   = "\t"
	keyEnter = "\r"
	keySpace = " "
	keyDown  = "\u0301" // the arrow, as the driver writes it
)

func (b *tabOf) key(k string) {
	b.T.Helper()
	b.Run(chromedp.KeyEvent(k))
}

// keyAndWait presses a key that leads to another page, or stays on this one.
func (b *tabOf) keyAndWait(k string, leaves bool) {
	b.T.Helper()
	if !leaves {
		b.key(k)
		return
	}
	b.Leave(chromedp.KeyEvent(k))
}

// mostStops is more than any page has stops.
const mostStops = 250

// reach goes on until the focus is on an element that is meant.
func (b *tabOf) reach(meant string) {
	b.T.Helper()
	for range mostStops {
		if ask[bool](b, `(`+meant+`)(document.activeElement)`) {
			return
		}
		b.key(keyTab)
	}
	require.Failf(b.T, "out of reach", "no key leads to %s", meant)
}

// walkControls goes through the whole page once: each control that can be seen is reached, in order, and shows it.
func (b *tabOf) walkControls() {
	b.T.Helper()
	ask[bool](b, `document.activeElement.blur(), window.reached = [], true`)
	b.Open(ask[string](b, `location.href + '#'`)) // the focus goes back to the top, on the same page
	for range mostStops {
		b.key(keyTab)
		again := ask[bool](b, `(() => { const e = document.activeElement; const again = e === document.body || window.reached.includes(e); if (!again) window.reached.push(e); return again })()`)
		if again {
			break
		}
		hidden := ask[string](b, `(() => { const e = document.activeElement;
			const rings = [e, ...(e.labels ?? []), e.parentElement].map(x => getComputedStyle(x));
			return rings.some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) ? '' : e.outerHTML.slice(0, 200) })()`)
		require.Empty(b.T, hidden, "has the focus and does not show it")
	}
	missed := ask[[]string](b, `(() => {
		const groups = new Set(window.reached.filter(e => e.type === 'radio').map(e => e.name));
		return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
			.filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0 && !window.reached.includes(e) && !(e.type === 'radio' && groups.has(e.name)))
			.map(e => e.outerHTML.slice(0, 200)) })()`)
	require.Empty(b.T, missed, "out of the keyboard's reach")
	require.True(b.T, ask[bool](b, `window.reached.every((e, i, all) => i === 0 || !!(all[i-1].compareDocumentPosition(e) & 4))`), "the order is not that of the page")
}

// typeIn gives the answers to the form of the page, by its keys.
func (b *tabOf) typeIn(answers url.Values) {
	b.T.Helper()
	for _, name := range b.choicesFirst(answers) {
		for _, value := range answers[name] {
			kind := ask[string](b, fmt.Sprintf(`document.querySelector('form :is(input,select)[name=%q]:not([type=hidden])')?.type ?? ''`, name))
			switch kind {
			case "":
				continue
			case "radio":
				b.reach(fmt.Sprintf(`e => e.name === %q`, name))
				b.key(keySpace)
				for range mostStops {
					if ask[string](b, `document.activeElement.value`) == value {
						break
					}
					b.key(keyDown)
				}
			case "checkbox":
				b.reach(fmt.Sprintf(`e => e.name === %q && e.value === %q`, name, value))
				b.key(keySpace)
			case "select-one":
				b.reach(fmt.Sprintf(`e => e.name === %q`, name))
				for range mostStops {
					if ask[string](b, `document.activeElement.value`) == value {
						break
					}
					b.key(keyDown)
				}
			default:
				b.reach(fmt.Sprintf(`e => e.name === %q`, name))
				b.key(value)
			}
		}
	}
}

// choicesFirst gives the names of the answers: what is chosen before what is typed, since a choice may open a field.
func (b *tabOf) choicesFirst(answers url.Values) []string {
	chosen := ask[[]string](b, `[...document.querySelectorAll('form input:is([type=radio],[type=checkbox])')].map(e => e.name)`)
	names := slices.Sorted(maps.Keys(answers))
	slices.SortStableFunc(names, func(x, y string) int {
		rank := map[bool]int{true: 0, false: 1}
		return rank[slices.Contains(chosen, x)] - rank[slices.Contains(chosen, y)]
	})
	return names
}

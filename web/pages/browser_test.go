package pages_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"guichet/locales"
	"guichet/web/browsertest"
)

// The widths at which pages are looked at: a small phone and a desk.
var widths = []int64{360, 1280}

// TestAccessibleInABrowser holds the pages to axe-core in a real Chromium, in each language and width: no violation, and
// nothing to scroll sideways.
func TestAccessibleInABrowser(t *testing.T) {
	browser := browsertest.Open(t)
	s := newSite(t)
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)
	for _, lang := range []string{"fr", "en"} {
		for _, width := range widths {
			t.Run(fmt.Sprintf("%s %d", lang, width), func(t *testing.T) {
				b := &tabOf{browser.Tab(t, fmt.Sprintf("%s-%d", lang, width), width)}
				for _, path := range publicPaths {
					b.Open(server.URL + "/" + lang + "/" + path)
					b.Check("page-" + strings.NewReplacer("/", "-", "?", "-").Replace(path))
				}
				for name, who := range people {
					if name != "lone parent" && (lang != "fr" || width != widths[0]) {
						continue // the same pages; only the words and the width differ
					}
					b.walk(server.URL+"/"+lang+"/simulation", strings.ReplaceAll(name, " ", "-"), who())
				}
			})
		}
	}
}

// TestEveryLanguageInABrowser holds one page of each kind to axe-core on a small phone, in the languages that [TestAccessibleInABrowser]
// does not walk through: the letters are others, and some run from right to left.
func TestEveryLanguageInABrowser(t *testing.T) {
	browser := browsertest.Open(t)
	s := newSite(t)
	kept := map[string]string{} // pages that only a form leads to, by address
	server := s.serveKept(t, kept)
	texts, err := locales.Load()
	require.NoError(t, err)
	for _, l := range texts.Languages() {
		if l.Tag == "fr" || l.Tag == "en" {
			continue
		}
		t.Run(l.Tag, func(t *testing.T) {
			keep := func(v *visitor, name string) { kept["/"+l.Tag+"/gardee/"+name] = v.page.body }
			v := s.visitor(t)
			parent := loneParent()
			v.answerAll(l.Tag, func(page *shown) url.Values {
				if page.key == "revenus.demandeur" || page.key == "personne.demandeur" {
					keep(v, page.key)
				}
				return parent.answer(t, page)
			})
			keep(v, "verifier")
			v.press("resultats", nil)
			keep(v, "resultats")
			v.press("feuille", nil)
			keep(v, "feuille")
			b := &tabOf{browser.Tab(t, l.Tag+"-360", widths[0])}
			for _, path := range []string{"", "aides/prime_activite", "gardee/personne.demandeur", "gardee/revenus.demandeur", "gardee/verifier", "gardee/resultats", "gardee/feuille"} {
				b.Open(server.URL + "/" + l.Tag + "/" + path)
				require.Equal(t, l.Dir, ask[string](b, "getComputedStyle(document.documentElement).direction"))
				b.Check("page-" + strings.ReplaceAll(path, "/", "-"))
			}
			require.Equal(t, 1, b.printed(), "the sheet of a usual household is one A4")
		})
	}
}

// tabOf is one tab of the browser, in which people answer the questionnaire.
type tabOf struct{ *browsertest.Tab }

// ask evaluates an expression in the page.
func ask[T any](b *tabOf, expression string) T {
	b.T.Helper()
	return browsertest.Ask[T](b.Tab, expression)
}

// walk answers the questionnaire as p, and checks every page up to the results.
func (b *tabOf) walk(address, name string, p person) {
	b.T.Helper()
	b.Open(address)
	for i := range maxPages {
		b.Check(fmt.Sprintf("%s-%02d", name, i))
		if i == 1 {
			b.press("suite") // nothing chosen: the summary of mistakes
			b.Check(name + "-mistake")
			require.Equal(b.T, "mistakes", ask[string](b, `document.activeElement.className`), "the summary of mistakes is where the page opens")
		}
		key := ask[string](b, `document.querySelector('input[name=page]')?.value ?? ''`)
		if key == "" {
			break
		}
		choices := ask[map[string][]string](b, `(() => { const all = {}; for (const e of document.querySelectorAll('form input:is([type=radio],[type=checkbox])')) (all[e.name] ??= []).push(e.value); return all })()`)
		b.fill(p.answer(b.T, &shown{key: key, choices: url.Values(choices)}))
		b.press("suite")
	}
	b.press("resultats")
	b.Check(name + "-results")
	if path := os.Getenv("GUICHET_PICTURE"); path != "" && b.Name+" "+name == "fr-1280 lone-parent" {
		b.print(path)
	}
	b.press("feuille")
	b.Check(name + "-sheet")
}

// print keeps the top of the page as one sheet of PDF, from which « make picture » draws the picture of the README.
func (b *tabOf) print(path string) {
	const inch = 96
	background, none := true, 0.0
	pdf, err := chromedp.Run(b.Ctx, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		if _, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "screen"}); err != nil {
			return nil, err
		}
		r, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{
			PrintBackground: &background, PaperWidth: 1280.0 / inch, PaperHeight: 1190.0 / inch, PageRanges: "1",
			MarginTop: &none, MarginBottom: &none, MarginLeft: &none, MarginRight: &none,
		})
		return r.Data, err
	})
	require.NoError(b.T, err)
	require.NoError(b.T, os.WriteFile(path, pdf, 0o600))
}

// printed counts the pages of paper that the page prints on.
func (b *tabOf) printed() int {
	b.T.Helper()
	asked := true
	pdf, err := chromedp.Run(b.Ctx, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		r, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &asked})
		return r.Data, err
	})
	require.NoError(b.T, err)
	return len(onePage.FindAll(pdf, -1))
}

var onePage = regexp.MustCompile(`/Type\s*/Page\b`)

// fill gives the answers to the form of the page.
func (b *tabOf) fill(answers url.Values) {
	b.T.Helper()
	text, err := json.Marshal(answers)
	require.NoError(b.T, err)
	ask[bool](b, `(() => { const all = `+string(text)+`; for (const e of document.querySelectorAll('form :is(input,select)')) {
		const said = all[e.name]; if (!said || e.type === 'hidden') continue;
		if (e.type === 'radio' || e.type === 'checkbox') e.checked = said.includes(e.value); else e.value = said[0];
	} return true })()`)
}

// press presses a button and waits for the page that follows.
func (b *tabOf) press(button string) {
	b.T.Helper()
	b.Leave(chromedp.Click(`main button[value=` + button + `]`))
}

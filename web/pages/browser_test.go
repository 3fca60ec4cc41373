package pages_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"guichet/locales"
)

// The widths at which pages are looked at: a small phone and a desk.
var widths = []int64{360, 1280}

// TestAccessibleInABrowser holds the pages to axe-core in a real Chromium, in each language and width: no violation, and
// nothing to scroll sideways. GUICHET_AXE is the path of axe.min.js; GUICHET_SHOTS, if set, a folder for pictures.
func TestAccessibleInABrowser(t *testing.T) {
	axe := browserOrSkip(t)
	s := newSite(t)
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)
	ctx := browser(t)
	for _, lang := range []string{"fr", "en"} {
		for _, width := range widths {
			t.Run(fmt.Sprintf("%s %d", lang, width), func(t *testing.T) {
				tab, done := chromedp.NewContext(ctx)
				defer done()
				b := &tabOf{t: t, ctx: tab, axe: axe, name: fmt.Sprintf("%s-%d", lang, width)}
				device := []chromedp.EmulateViewportOption{}
				if width < 600 {
					device = append(device, chromedp.EmulateMobile)
				}
				_, err := chromedp.Run(tab, chromedp.EmulateViewport(width, 900, device...))
				require.NoError(t, err)
				for _, path := range publicPaths {
					b.open(server.URL + "/" + lang + "/" + path)
					b.check("page-" + strings.NewReplacer("/", "-", "?", "-").Replace(path))
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
	axe := browserOrSkip(t)
	s := newSite(t)
	kept := map[string]string{} // pages that only a form leads to, by address
	server := s.serveKept(t, kept)
	ctx := browser(t)
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
			tab, done := chromedp.NewContext(ctx)
			defer done()
			b := &tabOf{t: t, ctx: tab, axe: axe, name: l.Tag + "-360"}
			_, err := chromedp.Run(tab, chromedp.EmulateViewport(widths[0], 900, chromedp.EmulateMobile))
			require.NoError(t, err)
			for _, path := range []string{"", "aides/prime_activite", "gardee/personne.demandeur", "gardee/revenus.demandeur", "gardee/verifier", "gardee/resultats", "gardee/feuille"} {
				b.open(server.URL + "/" + l.Tag + "/" + path)
				require.Equal(t, l.Dir, ask[string](b, "getComputedStyle(document.documentElement).direction"))
				b.check("page-" + strings.ReplaceAll(path, "/", "-"))
			}
			require.Equal(t, 1, b.printed(), "the sheet of a usual household is one A4")
		})
	}
}

// browserOrSkip gives axe-core, or skips with one line that says how to have what is missing; under CI it fails.
func browserOrSkip(t *testing.T) string {
	t.Helper()
	missing := ""
	if chromium() == "" {
		missing = "no chromium: install it (apt-get install chromium)"
	}
	path := os.Getenv("GUICHET_AXE")
	text, err := os.ReadFile(path)
	if err != nil {
		missing = "no axe-core: npm install axe-core, and set GUICHET_AXE to its axe.min.js"
	}
	switch {
	case missing == "":
		return string(text)
	case os.Getenv("CI") == "true":
		require.Fail(t, missing)
	default:
		t.Skip(missing)
	}
	return ""
}

func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func browser(t *testing.T) context.Context {
	flags := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(chromium()), chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	if os.Geteuid() == 0 {
		flags = append(flags, chromedp.NoSandbox)
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(stop)
	ctx, stopTimer := context.WithTimeout(ctx, 15*time.Minute)
	t.Cleanup(stopTimer)
	ctx, stopBrowser := chromedp.NewContext(ctx)
	t.Cleanup(stopBrowser)
	return ctx
}

// tabOf is one tab of the browser.
type tabOf struct {
	t    *testing.T
	ctx  context.Context
	axe  string
	name string
}

func (b *tabOf) open(address string) {
	b.t.Helper()
	_, err := chromedp.Run(b.ctx, chromedp.Navigate(address))
	require.NoError(b.t, err)
}

// ask evaluates an expression in the page.
func ask[T any](b *tabOf, expression string) T {
	b.t.Helper()
	answer, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(b.t, err)
	return answer
}

// walk answers the questionnaire as p, and checks every page up to the results.
func (b *tabOf) walk(address, name string, p person) {
	b.t.Helper()
	b.open(address)
	for i := range maxPages {
		b.check(fmt.Sprintf("%s-%02d", name, i))
		if i == 1 {
			b.press("suite") // nothing chosen: the summary of mistakes
			b.check(name + "-mistake")
			require.Equal(b.t, "mistakes", ask[string](b, `document.activeElement.className`), "the summary of mistakes is where the page opens")
		}
		key := ask[string](b, `document.querySelector('input[name=page]')?.value ?? ''`)
		if key == "" {
			break
		}
		choices := ask[map[string][]string](b, `(() => { const all = {}; for (const e of document.querySelectorAll('form input:is([type=radio],[type=checkbox])')) (all[e.name] ??= []).push(e.value); return all })()`)
		b.fill(p.answer(b.t, &shown{key: key, choices: url.Values(choices)}))
		b.press("suite")
	}
	b.press("resultats")
	b.check(name + "-results")
	if path := os.Getenv("GUICHET_PICTURE"); path != "" && b.name+" "+name == "fr-1280 lone-parent" {
		b.print(path)
	}
	b.press("feuille")
	b.check(name + "-sheet")
}

// print keeps the top of the page as one sheet of PDF, from which « make picture » draws the picture of the README.
func (b *tabOf) print(path string) {
	const inch = 96
	background, none := true, 0.0
	pdf, err := chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		if _, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "screen"}); err != nil {
			return nil, err
		}
		r, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{
			PrintBackground: &background, PaperWidth: 1280.0 / inch, PaperHeight: 860.0 / inch, PageRanges: "1",
			MarginTop: &none, MarginBottom: &none, MarginLeft: &none, MarginRight: &none,
		})
		return r.Data, err
	})
	require.NoError(b.t, err)
	require.NoError(b.t, os.WriteFile(path, pdf, 0o600))
}

// printed counts the pages of paper that the page prints on.
func (b *tabOf) printed() int {
	b.t.Helper()
	asked := true
	pdf, err := chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		r, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &asked})
		return r.Data, err
	})
	require.NoError(b.t, err)
	return len(onePage.FindAll(pdf, -1))
}

var onePage = regexp.MustCompile(`/Type\s*/Page\b`)

// fill gives the answers to the form of the page.
func (b *tabOf) fill(answers url.Values) {
	b.t.Helper()
	text, err := json.Marshal(answers)
	require.NoError(b.t, err)
	ask[bool](b, `(() => { const all = `+string(text)+`; for (const e of document.querySelectorAll('form :is(input,select)')) {
		const said = all[e.name]; if (!said || e.type === 'hidden') continue;
		if (e.type === 'radio' || e.type === 'checkbox') e.checked = said.includes(e.value); else e.value = said[0];
	} return true })()`)
}

// press presses a button and waits for the page that follows.
func (b *tabOf) press(button string) {
	b.t.Helper()
	_, err := chromedp.RunResponse(b.ctx, chromedp.Click(`main button[value=`+button+`]`))
	require.NoError(b.t, err)
}

// check holds the page to axe-core and to its width.
func (b *tabOf) check(name string) {
	b.t.Helper()
	b.picture(name)
	b.fits(name)
	violations := ask[[]string](b, b.axe+`; axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + v.help + '\n' + n.html.slice(0, 300) + '\n' + n.failureSummary)))`)
	require.Empty(b.t, violations, "%s %s", b.name, name)
}

// picture keeps a picture of the page when they are asked for.
func (b *tabOf) picture(name string) {
	folder := os.Getenv("GUICHET_SHOTS")
	if folder == "" {
		return
	}
	image, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(90))
	require.NoError(b.t, err)
	require.NoError(b.t, os.WriteFile(filepath.Join(folder, b.name+"-"+name+".jpg"), image, 0o644))
}

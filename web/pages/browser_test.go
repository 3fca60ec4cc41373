package pages_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"guichet/locales"
	"guichet/web/browsertest"
	"guichet/web/webtest"
)

// The widths at which pages are looked at: a small phone and a desk.
var widths = []int64{360, 1280}

// closeLanguages are looked at on a desk too: one from left to right, one from right to left.
var closeLanguages = []string{"fr", "ar"}

// TestAccessibleInABrowser holds every kind of public page, in every language, to axe-core in a real Chromium on a small phone, and in
// [closeLanguages] on a desk too: no violation, and nothing to scroll sideways. Colours are the same in all languages, so their contrast is
// held in those. The pages come over HTTP to a plain visitor and are shown one after another in as many tabs as there are processors, where
// axe-core is already read and warm: a navigation each would take most of the time.
func TestAccessibleInABrowser(t *testing.T) {
	browser := browsertest.Open(t)
	s := modelSite(t)
	kinds := s.kinds(t)
	server := s.serveKept(t, map[string]string{})
	texts := webtest.Texts(t)
	t.Run("a wrong page is seen", func(t *testing.T) {
		b := &tabOf{browser.Tab(t, "wrong", widths[0])}
		b.Open(server.URL + blankPage)
		page := kinds[0].in(s.visitor(t), locales.Source).body
		b.Show(page)
		require.Empty(t, b.Violations())
		b.Show(strings.Replace(page, "</main>", `<p lang="xx" style="color:#aaa;background:#fff">gris</p></main>`, 1))
		found := strings.Join(b.Violations(), "\n")
		require.Contains(t, found, "valid-lang")
		require.Contains(t, found, "color-contrast")
	})
	tabs := make(chan *tabOf, runtime.GOMAXPROCS(0))
	for range cap(tabs) {
		b := &tabOf{browser.Tab(t, "languages", widths[0])}
		b.Open(server.URL + blankPage)
		tabs <- b
	}
	for _, l := range texts.Languages() {
		t.Run(l.Tag, func(t *testing.T) {
			t.Parallel()
			pages := map[string]string{}
			b := <-tabs
			defer func() { tabs <- b }()
			b.T = t
			closely := slices.Contains(closeLanguages, l.Tag)
			b.Colourless = !closely
			for _, width := range widths {
				if width != widths[0] && !closely {
					continue
				}
				b.Resize(width)
				b.Name = fmt.Sprintf("%s-%d", l.Tag, width)
				for _, k := range kinds {
					if k.twin && l.Tag != locales.Source {
						continue
					}
					if pages[k.name] == "" {
						pages[k.name] = k.in(s.visitor(t), l.Tag).body
					}
					b.Show(pages[k.name])
					b.Check(k.name)
					if k.name == "results-parent" && width == widths[1] && l.Tag == locales.Source && os.Getenv("GUICHET_PICTURE") != "" {
						b.print(os.Getenv("GUICHET_PICTURE"))
					}
					if k.name == "sheet-parent" {
						require.Equal(t, l.Dir, ask[string](b, "getComputedStyle(document.documentElement).direction"))
						require.Equal(t, 1, b.Printed(), "the sheet of a usual household is one A4")
					}
				}
			}
		})
	}
}

// TestMistakesAreWhereThePageOpens: one who sends a form with mistakes is taken to their summary.
func TestMistakesAreWhereThePageOpens(t *testing.T) {
	browser := browsertest.Open(t)
	server := httptest.NewServer(newSite(t).handler)
	t.Cleanup(server.Close)
	b := &tabOf{browser.Tab(t, "mistakes", widths[0])}
	b.Open(server.URL + "/fr/simulation")
	b.press("suite") // nothing chosen
	b.Until(`document.activeElement.className === "mistakes"`)
}

// tabOf is one tab of the browser, in which people answer the questionnaire.
type tabOf struct{ *browsertest.Tab }

// ask evaluates an expression in the page.
func ask[T any](b browsertest.Page, expression string) T { return browsertest.Ask[T](b, expression) }

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
		if err != nil {
			return nil, err
		}
		_, err = cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}) // paper is paper again
		return r.Data, err
	})
	require.NoError(b.T, err)
	require.NoError(b.T, os.WriteFile(path, pdf, 0o600))
}

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

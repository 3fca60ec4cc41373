// Package browsertest lets tests open pages in a real Chromium and holds them to what every page owes: no violation that axe-core sees,
// and nothing to scroll sideways.
//
// GUICHET_AXE is the path of axe.min.js. GUICHET_SHOTS, if set, is a folder for a picture of every page that is held.
package browsertest

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// Main runs the tests of a package that opens browsers, and ends the Chromium that they share: what TestMain of such a package does.
func Main(m *testing.M) {
	mainCalled = true
	code := m.Run()
	end()
	os.Exit(code)
}

var (
	mainCalled bool
	end        = func() {} // of the Chromium, if one was started
)

// started gives the one Chromium of a package: to start it takes as long as to hold a dozen pages.
var started = sync.OnceValues(func() (context.Context, error) {
	flags := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(chromium()), chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		// the driver's own, and the pages under the address bar, which nobody sees: they take longer than most of ours
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,WebUIOmniboxPopup,WebUIOmniboxAimPopup"))
	if os.Geteuid() == 0 {
		flags = append(flags, chromedp.NoSandbox)
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	ctx, stopBrowser := chromedp.NewContext(ctx)
	end = func() { stopBrowser(); stop() }
	_, err := chromedp.Run(ctx, chromedp.Evaluate[int]("1"))
	return ctx, err
})

// A Browser is what a test has of the Chromium of its package: cookies and storage of its own, which no other test sees.
type Browser struct {
	t   *testing.T
	ctx context.Context
	axe string
}

// Open gives a test a browser, which ends with it. Where Chromium or axe-core is missing it skips with one line that says how to have it;
// under CI it fails. A short run has no browser.
func Open(t *testing.T) *Browser {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser")
	}
	missing := ""
	if chromium() == "" {
		missing = "no chromium: install it (apt-get install chromium)"
	}
	axe, err := os.ReadFile(os.Getenv("GUICHET_AXE"))
	if err != nil {
		missing = "no axe-core: npm ci --prefix .ci, and set GUICHET_AXE to its axe.min.js ('make e2e' does both)"
	}
	switch {
	case missing == "":
	case os.Getenv("CI") == "true":
		require.Fail(t, missing)
	default:
		t.Skip("skipped: the pages in a real browser; " + missing)
	}
	require.True(t, mainCalled, "TestMain of a package that opens browsers calls browsertest.Main")
	ctx, err := started()
	require.NoError(t, err)
	ctx, stop := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	_, err = chromedp.Run(ctx, chromedp.Evaluate[int]("1")) // it is there from here on, for all its tabs
	require.NoError(t, err)
	ctx, stopTimer := context.WithTimeout(ctx, 15*time.Minute)
	t.Cleanup(stopTimer)
	return &Browser{t: t, ctx: ctx, axe: string(axe)}
}

func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// A Tab is one tab of a browser.
type Tab struct {
	T    *testing.T
	Ctx  context.Context // for what this package does not do
	Name string          // before the names of its pages, in complaints and pictures

	// Colourless leaves out the contrast of colours, more than half of what axe-core takes: for a page that is held in the same colours
	// with other words.
	Colourless bool

	axe string
}

// Tab opens a tab of a width, in CSS pixels: a phone's when it is narrow. It closes with t.
func (b *Browser) Tab(t *testing.T, name string, width int64) *Tab {
	t.Helper()
	ctx, done := chromedp.NewContext(b.ctx)
	t.Cleanup(done)
	tab := &Tab{T: t, Ctx: ctx, Name: name, axe: b.axe}
	tab.Resize(width)
	return tab
}

// Resize makes the window as wide as that.
func (b *Tab) Resize(width int64) {
	b.T.Helper()
	device := []chromedp.EmulateViewportOption{}
	if width < 600 {
		device = append(device, chromedp.EmulateMobile)
	}
	b.Run(chromedp.EmulateViewport(width, 900, device...))
}

// Run takes steps one after another.
func (b *Tab) Run(steps ...chromedp.Action[chromedp.Void]) {
	b.T.Helper()
	for _, step := range steps {
		_, err := chromedp.Run(b.Ctx, step)
		require.NoError(b.T, err)
	}
}

// Leave takes a step that leads to another page, and waits for it.
func (b *Tab) Leave(step chromedp.Action[chromedp.Void]) {
	b.T.Helper()
	_, err := chromedp.RunResponse(b.Ctx, step)
	require.NoError(b.T, err)
}

// Open goes to an address.
func (b *Tab) Open(address string) {
	b.T.Helper()
	b.Run(chromedp.Navigate(address))
}

// A Page is a Tab, or what embeds one.
type Page interface{ tab() *Tab }

func (b *Tab) tab() *Tab { return b }

// Ask evaluates an expression in the page.
func Ask[T any](p Page, expression string) T {
	b := p.tab()
	b.T.Helper()
	answer, err := chromedp.Run(b.Ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(b.T, err)
	return answer
}

// Until waits for an expression to be true: for what a page does when it has come, autofocus for one, which no event tells of. While the
// page is left for another the expression is not true yet.
func (b *Tab) Until(expression string) {
	b.T.Helper()
	if !b.within(patience, expression) {
		b.Picture("failed")
		require.Fail(b.T, "it never came to be", "%s; the focus is on %s", expression, b.Focus())
	}
}

// Never holds the page to an expression that does not become true for a time.
func (b *Tab) Never(expression string, long time.Duration) {
	b.T.Helper()
	if b.within(long, expression) {
		b.Picture("failed")
		require.Fail(b.T, "it came to be", expression)
	}
}

// within tells whether an expression becomes true.
func (b *Tab) within(long time.Duration, expression string) bool {
	ctx, stop := context.WithTimeout(b.Ctx, long)
	defer stop()
	for ctx.Err() == nil {
		if is, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && is {
			return true
		}
		select {
		case <-ctx.Done():
		case <-time.After(20 * time.Millisecond):
		}
	}
	return false
}

// patience is how long what must come may take on a busy machine.
const patience = 20 * time.Second

// Focus names the element that has the focus: by its id, else its name, else its tag.
func (b *Tab) Focus() string {
	b.T.Helper()
	return Ask[string](b, `(e => e.id || e.name || e.tagName)(document.activeElement)`)
}

// Show puts a page into the tab that came over HTTP another way, in place of the one that is there and under its address. It is parsed as
// one from the network is, and loads what it names; axe-core stays, which a navigation would throw away.
func (b *Tab) Show(html string) {
	b.T.Helper()
	text, err := json.Marshal(html)
	require.NoError(b.T, err)
	Ask[bool](b, `new Promise(done => { document.open(); addEventListener('load', () => done(true)); document.write(`+string(text)+`); document.close() })`)
}

// Check holds the page to its width and to axe-core, and keeps a picture of it when they are asked for.
func (b *Tab) Check(name string) {
	b.T.Helper()
	b.Picture(name)
	b.Fits(name)
	require.Empty(b.T, b.Violations(), "%s %s", b.Name, name)
}

// Violations lists what axe-core finds wrong with the page. It keeps no text of the elements that it looks at, but says it of those that
// are wrong.
func (b *Tab) Violations() []string {
	b.T.Helper()
	if !Ask[bool](b, `'axe' in window`) {
		Ask[bool](b, b.axe+`; axe.configure({noHtml: true}); true`)
	}
	return Ask[[]string](b, `axe.run(document, {reporter: 'no-passes', elementRef: true, iframes: false, rules: {'color-contrast': {enabled: `+strconv.FormatBool(!b.Colourless)+`}}}).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + v.help + '\n' + n.element.outerHTML.slice(0, 300) + '\n' + n.failureSummary)))`)
}

// Fits holds the page to the width of its window.
func (b *Tab) Fits(name string) {
	b.T.Helper()
	tooWide := Ask[string](b, `document.documentElement.scrollWidth <= document.documentElement.clientWidth ? '' :
		[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 || e.getBoundingClientRect().left < -1).slice(0, 3).map(e => e.outerHTML.slice(0, 200)).join('\n') || '?'`)
	require.Empty(b.T, tooWide, "%s %s is wider than its window", b.Name, name)
}

// Printed counts the pages of paper that the page prints on.
func (b *Tab) Printed() int {
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

// Picture keeps a picture of the page when they are asked for.
func (b *Tab) Picture(name string) {
	b.T.Helper()
	folder := os.Getenv("GUICHET_SHOTS")
	if folder == "" {
		return
	}
	image, err := chromedp.Run(b.Ctx, chromedp.FullScreenshot(100)) // of that quality it is a PNG
	require.NoError(b.T, err)
	require.NoError(b.T, os.WriteFile(filepath.Join(folder, b.Name+"-"+name+".png"), image, 0o600))
}

package desk_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"guichet/web/browsertest"
	"guichet/web/desk"
)

// A deskTab is a tab of a real browser in which an agent is signed in.
type deskTab struct {
	*browsertest.Tab
	site *counterSite
	home string
}

// counterInABrowser opens the counter.
func counterInABrowser(t *testing.T, width int64) *deskTab {
	t.Helper()
	tab := browsertest.Open(t).Tab(t, fmt.Sprintf("comptoir-%d", width), width)
	s := newCounterSite(t)
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)
	b := &deskTab{Tab: tab, site: s, home: server.URL}
	b.Run(func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		secure := true
		_, err := cdp.Call(ctx, target, network.SetCookie, network.SetCookieParams{Name: desk.Cookie, Value: s.token("poste1"), URL: server.URL, Path: "/", Secure: &secure})
		return chromedp.Void{}, err
	})
	b.Open(server.URL + "/accueil/comptoir")
	return b
}

// keys types on the keyboard, whatever has the focus.
func (b *deskTab) keys(all ...string) {
	b.T.Helper()
	for _, k := range all {
		b.Run(chromedp.KeyEvent(k))
	}
}

// settled waits for the page to be what its form says.
func (b *deskTab) settled() { b.T.Helper(); b.Until(`!document.querySelector("#resultats.busy")`) }

// fill types a household without a keyboard: each field has its value and says that it changed.
func (b *deskTab) fill(pairs ...string) {
	b.T.Helper()
	for i := 0; i < len(pairs); i += 2 {
		b.Until(fmt.Sprintf(`!!document.getElementsByName(%q)[0]`, pairs[i]))
		eval[bool](b, fmt.Sprintf(`(() => { for (const e of document.getElementsByName(%q)) {
			if (e.type === "radio") { if (e.value === %q) e.click() } else { e.value = %q; e.dispatchEvent(new Event("change", {bubbles: true})) }
		} return true })()`, pairs[i], pairs[i+1], pairs[i+1]))
		b.settled()
	}
}

// The counter with its script, by the keyboard alone: each answer changes the results, and the focus is never lost.
func TestTheCounterByTheKeyboard(t *testing.T) {
	b := counterInABrowser(t, 1280)
	eval[bool](b, `(document.getElementById("c-demandeur-naissance").focus(), true)`)
	b.keys("25041988", kb.Tab)
	b.settled()
	b.Until(`document.activeElement.name === "demandeur.naissance.nsp"`)
	require.NotContains(t, eval[string](b, `document.getElementById("r-c-demandeur-naissance").className`), "miss")
	b.keys(kb.Tab, "e", kb.Tab) // the list of activities, by its letter
	b.keys("n", kb.Tab)         // no couple
	b.settled()
	require.Equal(t, "non", eval[string](b, `document.getElementsByName("couple")[0].value`))
	require.Equal(t, "salarie", eval[string](b, `document.getElementsByName("demandeur.activite")[0].value`))
	require.Equal(t, "enfants", eval[string](b, `document.activeElement.name || document.activeElement.id`), "the row that came before it did not take the focus")
	b.keys("2", kb.Enter)
	b.Until(`!!document.getElementById("c-enfants-1-naissance")`)
	require.Equal(t, "c-enfants", b.Focus(), "Enter keeps the place")
	b.keys(kb.Tab, kb.Tab, "03052012", kb.Tab)
	b.settled()
	require.Equal(t, "03052012", eval[string](b, `document.getElementById("c-enfants-0-naissance").value`), "what was typed is not touched")
	b.fill("enfants[1].naissance", "09/11/2023", "demandeur.nationalite", "francaise", "logement.statut", "locataire_hlm", "logement.loyer", "452,62", "demandeur.revenus.salaire", "1449,62", "demandeur.revenus", "aucun", "commune", "93200")
	require.Contains(t, eval[string](b, `document.getElementById("totaux").textContent`), "€")
	require.Equal(t, "Saint-Denis (93)", eval[string](b, `document.getElementById("c-commune").value`))

	// The next question by its keys: 2 is no; the next one has the focus, and none comes back.
	asked := map[string]bool{}
	for range 4 {
		button := eval[string](b, `(document.getElementById("q-2") || document.getElementById("q-3")).id`)
		before := eval[string](b, fmt.Sprintf(`document.getElementById(%q).value`, button))
		eval[bool](b, fmt.Sprintf(`(document.getElementById(%q).focus(), true)`, button))
		require.False(t, asked[before], "%s is asked again", before)
		asked[before] = true
		b.keys(kb.Enter)
		b.Until(fmt.Sprintf(`document.getElementById(%q)?.value !== %q`, button, before))
		b.settled()
		_, row, _ := strings.Cut(before, ":")
		row, value := row[:strings.LastIndex(row, ":")], row[strings.LastIndex(row, ":")+1:]
		require.Equal(t, value, eval[string](b, fmt.Sprintf(`new FormData(document.getElementById("comptoir")).get(%q) || (new FormData(document.getElementById("comptoir")).get(%q) && "nsp")`, row, row+".nsp")), "the row shows what the button said")
		require.Equal(t, "prochaine", eval[string](b, `document.activeElement.closest("section").id`))
	}
	b.fill("enfants[0].garde_alternee", "non", "enfants[1].garde_alternee", "non")
	require.Contains(t, eval[string](b, `document.getElementById("a-af-foyer").textContent`), "À demander")
	b.keys(kb.Tab)

	// Why an aid is so, in one stroke, and it stays open while answers go on.
	eval[bool](b, `(document.getElementById("y-a-af-foyer").focus(), true)`)
	b.keys(kb.Enter)
	b.Until(`document.getElementById("d-a-af-foyer").open`)
	b.fill("epargne", "0")
	require.True(t, eval[bool](b, `document.getElementById("d-a-af-foyer").open`))
	require.Equal(t, "y-a-af-foyer", b.Focus(), "the results are new, and the focus is where it was")

	// A mistake stands beside its row and loses nothing.
	b.fill("logement.loyer", "beaucoup")
	b.Until(`!!document.getElementById("e-c-logement-loyer")`)
	require.Equal(t, "beaucoup", eval[string](b, `document.getElementsByName("logement.loyer")[0].value`))
	require.Equal(t, "true", eval[string](b, `document.getElementById("c-logement-loyer").getAttribute("aria-invalid")`))
	b.Check("mistake")
	b.fill("logement.loyer", "452,62")
	b.Until(`!document.getElementById("e-c-logement-loyer")`)

	// A child who goes takes their answers along; the other moves up with theirs.
	b.Run(chromedp.Click(`button[value="enfant:0"]`))
	b.Until(`!document.getElementById("c-enfants-1-naissance")`)
	b.settled()
	require.Equal(t, "09/11/2023", eval[string](b, `document.getElementById("c-enfants-0-naissance").value`))

	// The next visitor finds nothing, and Back brings nothing back.
	b.Run(chromedp.Click(`button[value=suivant]`))
	b.Until(`document.querySelector("h1")?.textContent === "Visiteur 2"`)
	require.Empty(t, eval[string](b, `document.getElementById("c-demandeur-naissance").value`))

	// The eight answers of someone alone, without a mouse, in forty strokes.
	b.Run(chromedp.Click(`button[value=express]`))
	b.Until(`!document.getElementById("s-recoit")`)
	eval[bool](b, `(document.getElementById("c-demandeur-naissance").focus(), true)`)
	strokes := 0
	for _, row := range [][]string{
		{"25041988", kb.Tab, kb.Tab}, {"n", kb.Tab}, {"0", kb.Tab, kb.Tab}, {kb.Tab}, // to the button that adds a child, and over it
		{" ", kb.Tab}, {kb.ArrowDown, kb.Tab}, {"900", kb.Tab, kb.Tab}, {kb.Tab, kb.Tab}, {kb.Tab, kb.Tab}, {kb.Tab}, {" ", kb.Tab}, {"9000", kb.Tab, kb.Tab}, {" "},
	} {
		for _, k := range row {
			b.keys(k)
			strokes += len([]rune(k))
		}
		b.settled()
	}
	require.LessOrEqual(t, strokes, 40)
	require.Equal(t, "", eval[string](b, `[...document.querySelectorAll("#lignes .miss")].map(e => e.id).join(" ")`), "every row has its answer")

	b.Run(chromedp.NavigateBack())
	b.Never(`(document.documentElement.innerHTML + [...document.querySelectorAll("input")].map(e => e.value).join(" ")).includes("1449,62")`, time.Second)
}

// TestTheCounterIsAccessible holds the page to axe-core and to its width, empty and full, with visitors of three scripts.
func TestTheCounterIsAccessible(t *testing.T) {
	for _, width := range []int64{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			b := counterInABrowser(t, width)
			b.Check("empty")
			b.fill("langue", "ar", "demandeur.naissance", "25/04/1988", "demandeur.activite", "salarie", "couple", "marie", "conjoint.naissance", "01/02/1990", "enfants", "2",
				"enfants[0].naissance", "03/05/2012", "enfants[1].naissance", "09/11/2023", "demandeur.nationalite", "hors_ue", "demandeur.titre_sejour", "carte_resident", "conjoint.nationalite", "ue", "commune", "Saint-Denis")
			b.Check("ar")
			b.fill("commune.choix", "93066", "logement.statut", "locataire_hlm", "logement.loyer", "452,62", "demandeur.revenus.salaire", "900", "demandeur.revenus", "aucun", "conjoint.revenus", "aucun",
				"epargne", "0", "foyer_fiscal.rfr", "9000", "prestations_percues.af", "oui", "langue", "ta")
			eval[bool](b, `(() => { for (const d of document.querySelectorAll("#resultats details")) d.open = true; return true })()`)
			require.Equal(t, "ta", eval[string](b, `document.getElementById("brouillon").lang`), "what is said of the translation is said in its language")
			b.Check("ta")
			b.fill("langue", "uk")
			b.Run(chromedp.Click(`button[value=express]`))
			b.Until(`!document.getElementById("s-recoit")`)
			b.Check("uk")
		})
	}
}

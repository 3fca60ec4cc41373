package desk_test

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/web/browsertest"
	"guichet/web/desk/desktest"
)

// A storyTab is the tab of an agent, day after day.
type storyTab struct {
	*tab
	counter *deskTab
	site    *desktest.Site
	home    string
}

// on lets days go by since the story began, and signs an agent in.
func (b *storyTab) on(days int, role people.Role) {
	b.T.Helper()
	b.site.Clock.At = peopletest.NewClock().At.AddDate(0, 0, days)
	b.Open(b.home + "/accueil/connexion")
	if eval[string](b, "location.pathname") != "/accueil/connexion" { // the session of that day is still open
		b.press(`form[action="/accueil/deconnexion"] button`)
	}
	b.keys(string(role) + kb.Tab + peopletest.Password + kb.Enter)
}

// choose sets the lists of a form, by pairs of a name and a value.
func (b *storyTab) choose(pairs ...string) {
	b.T.Helper()
	for i := 0; i < len(pairs); i += 2 {
		require.True(b.T, eval[bool](b, fmt.Sprintf(`(e => { e.value = %q; return e.value === %q })(document.querySelector('main select[name=%q]'))`, pairs[i+1], pairs[i+1], pairs[i])), pairs[i])
	}
}

// write types into a field, in the place of what stands there.
func (b *storyTab) write(selector, text string) {
	b.T.Helper()
	eval[bool](b, fmt.Sprintf(`(e => { e.focus(); e.select(); return true })(document.querySelector(%q))`, selector))
	b.Run(chromedp.KeyEvent(text))
}

func (b *storyTab) text(selector string) string {
	b.T.Helper()
	return eval[string](b, fmt.Sprintf(`(document.querySelector(%q)?.innerText ?? "").replace(/[\u00a0\u202f]/g, " ")`, selector))
}

// TestOneStory is told by a real browser: a Tamil-speaking visitor at the counter, the notice in Tamil, a case; what is missing, what is
// asked for, who is reminded; the right opened three months later; and the indicators count it.
func TestOneStory(t *testing.T) {
	s := ofTheLaw(t)
	receive(t, s, peopletest.Here, 14, takeup.MonthOf(2026, time.October), takeup.MonthOf(2027, time.January), "aide_logement") // the others of that month: one alone is not shown
	server := httptest.NewServer(s.Handler)
	t.Cleanup(server.Close)
	opened := browsertest.Open(t).Tab(t, "histoire", 1280)
	b := &storyTab{tab: &tab{opened}, counter: &deskTab{Tab: opened, home: server.URL}, site: s, home: server.URL}

	// 15 October, the counter. The agent types and the visitor reads along.
	b.on(0, people.SocialWorker)
	require.Equal(t, "Visiteur 1", b.text("h1"))
	c := b.counter
	c.fill("langue", "ta")
	eval[bool](c, `(document.getElementById("c-demandeur-naissance").focus(), true)`)
	c.keys("25041988", kb.Tab, kb.Tab, "e", kb.Tab, "n", kb.Tab)
	c.settled()
	c.keys("2", kb.Enter)
	c.Until(`!!document.getElementById("c-enfants-1-naissance")`)
	c.keys(kb.Tab, kb.Tab, "03052012", kb.Tab)
	c.settled()
	c.fill("enfants[1].naissance", "09/11/2023", "enfants[0].garde_alternee", "non", "enfants[1].garde_alternee", "non", "demandeur.nationalite", "francaise", "commune", "93200",
		"logement.statut", "locataire_hlm", "logement.loyer", "452,62", "demandeur.revenus.salaire", "1449,62", "demandeur.revenus", "aucun", "isole_depuis", "2018", "epargne", "0", "foyer_fiscal.rfr", "15700",
		"enfants[0].revenus", "aucun", "enfants[1].revenus", "aucun", "prestations_percues.af", "oui", "prestations_percues", "aucun")
	for range 8 { // the questions that are left, by the keyboard
		if !eval[bool](c, `!!document.getElementById("q-3")`) {
			break
		}
		button := eval[string](c, `(e => (e.focus(), e.id))(document.getElementById("q-2") || document.getElementById("q-3"))`)
		before := eval[string](c, fmt.Sprintf(`document.getElementById(%q).value`, button))
		c.keys(kb.Enter)
		c.Until(fmt.Sprintf(`document.getElementById(%q)?.value !== %q`, button, before))
		c.settled()
	}
	require.Contains(t, b.text("#prochaine"), "Plus aucune question")
	require.Contains(t, b.text("#a-aide_logement-foyer"), "À demander")
	require.Contains(t, b.text("#a-af-foyer"), "Reçue")
	require.Contains(t, b.text("#r-c-couple"), "இல்லை", "the visitor reads the answer in their language")
	b.Check("1-comptoir")

	// The notice, in both languages, and the visitor's choice.
	b.press(`button[form="suivi"]`)
	require.Equal(t, "Ouvrir un dossier de suivi", b.text("h1"))
	require.Contains(t, b.text("main"), "Refuser ne change rien aux aides")
	require.Equal(t, 10, eval[int](b, `document.querySelectorAll('.notice .pair > [lang=ta]').length`), "each part of it")
	eval[bool](b, `(() => { for (const e of document.querySelectorAll('main select[name^="constat."]')) e.value = ""; return true })()`)
	const right = "aide_logement.foyer"
	b.choose("constat."+right, "probable", "type."+right, "NCO", "motif."+right, "langue")
	require.Equal(t, "ta", eval[string](b, `document.querySelector('[name=langue_besoin]').value`))
	b.Run(chromedp.Click(`[name=interprete]`))
	b.write(`[name=telephone]`, "06 12 34 56 78")
	b.Check("2-notice")
	require.Equal(t, 1, b.Printed(), "on one page, to take away")
	b.press(`button[value=oui]`)
	require.Contains(t, b.text("main"), "Donnez ce code à la personne")
	b.Picture("3-carte")
	code, err := takeup.ReadCode(regexp.MustCompile(`[0-9A-Z]{3}-[0-9A-Z]{4}`).FindString(b.text("main")))
	require.NoError(t, err)
	at := b.home + "/accueil/dossiers/" + string(code)

	// Who asks, where, and the documents that are missing.
	b.Open(at + "/droits/1/action_prevue")
	b.choose("mode", "accompagne", "organisme", "caf")
	b.Run(chromedp.Click(`[name=pieces]`))
	b.Check("4-demarche")
	b.press(`#action button`)
	b.Picture("5-dossier")

	// A week later the claim is due; at fifteen days the person is to be reminded, and does not answer.
	list := b.home + "/accueil/a-faire"
	b.on(7, people.SocialWorker)
	b.Open(list)
	require.Contains(t, b.text("section[aria-labelledby=jour]"), "Déposer. Il manque")
	b.on(15, people.SocialWorker)
	b.Open(list)
	require.Contains(t, b.text("section[aria-labelledby=retard]"), "8 jours")
	require.Contains(t, b.text("section[aria-labelledby=jour]"), "Relance 1 : joindre la personne")
	b.press(`section[aria-labelledby=jour] button[name=joint][value=non]`)
	require.Contains(t, b.text("#note"), string(code))
	require.Contains(t, b.text("section[aria-labelledby=jour]"), "1 essai sans réponse")
	b.Check("6-a-faire")

	// They come back with the documents: noted, and asked for, from the list.
	b.on(18, people.SocialWorker)
	b.Open(list)
	b.press(`section[aria-labelledby=retard] a[href*="/pieces_recues"]`)
	b.Run(chromedp.Click(`[name=pieces]`))
	b.press(`#action button`)
	b.write(`section[aria-labelledby=retard] [name=preuve]`, "4471")
	b.press(`section[aria-labelledby=retard] form[action$="/depot"] button`)
	require.NotContains(t, b.text("main table"), string(code))

	// Thirty days after, the CAF is asked; at three months it pays.
	b.on(18+30, people.SocialWorker)
	b.Open(list)
	require.Contains(t, b.text("section[aria-labelledby=jour]"), "Relance 1 : l’organisme")
	b.press(`section[aria-labelledby=jour] button[name=joint][value=oui]`)
	b.on(92, people.SocialWorker)
	b.Open(at + "/droits/1/ouverture")
	b.write(`[name=centimes]`, "291,40")
	eval[bool](b, `(document.querySelector('[name=depuis]').value = "2026-12-01", true)`)
	b.press(`#action button`)
	require.Contains(t, b.text(".rights"), "291,40 € par mois depuis le 01/12/2026")
	b.Check("7-ouvert")

	// The figures count it, among the others.
	b.on(92, people.Manager)
	b.Open(b.home + "/accueil/indicateurs?annee=2026")
	require.Regexp(t, `(?s)Personnes reçues\s+15\s`, b.text(".kpi"))
	require.Regexp(t, `(?s)Droits ouverts\s+0\s+repérés : 15`, b.text(".kpi"))
	b.Check("8-indicateurs-2026")
	b.Open(b.home + "/accueil/indicateurs")
	figures := b.text(".kpi")
	require.Regexp(t, `(?s)Droits ouverts\s+15\s+repérés : 0`, figures)
	require.Regexp(t, `(?s)Ouvert, par mois\s+5 891 €`, figures, "fourteen times 400, and 291")
	b.Check("8-indicateurs")
	b.Resize(360)
	b.Check("8-indicateurs-360")
	b.Resize(1280)
	_, rights := lines(t, s)
	mine := rights[len(rights)-1]
	for _, r := range rights {
		if r.Reason == takeup.LanguageBarrier {
			mine = r
		}
	}
	require.Equal(t, takeup.Cents(291_00), mine.Declared.Cents)
	require.Equal(t, takeup.NotKnown, mine.Type)
	require.Equal(t, takeup.Language("ta"), mine.Language)
	require.Equal(t, []int{18, 74, 92}, []int{*mine.DaysToFile, *mine.DaysAnswer, *mine.DaysToOpen})
	require.NotContains(t, s.Log(), "06 12 34")

	// In April the year can be published, once; the report counts what was opened in it.
	b.on(170, people.Manager)
	b.Open(b.home + "/accueil/indicateurs")
	b.press(`button[name=annee][value="2026"]`)
	require.Contains(t, b.text("h1"), "Rapport d’activité 2026")
	require.Regexp(t, `(?s)Personnes reçues\s+15\s`, b.text(".kpi"))
	b.Check("9-rapport")
}

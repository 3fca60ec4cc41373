package desk_test

import (
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"guichet/web/desk"
	"guichet/web/seal"
	"guichet/web/telling"
)

func (p *counterTab) visitor() string {
	return words(p.all(func(n *html.Node) bool { return n.Data == "h1" })[0])
}

// Two visitors at once, in two tabs of one agent: each form goes on with its own household, and « Visiteur suivant » ends only its own.
func TestTwoVisitorsAreNeverMixed(t *testing.T) {
	s := newCounterSite(t)
	b := s.browser("poste1")
	one, two := b.tab(), b.tab()
	require.Equal(t, "Visiteur 1", one.visitor())
	require.Equal(t, "Visiteur 2", two.visitor())
	one.press("maj", "demandeur.naissance", "25/04/1988", "langue", "ar")
	two.press("maj", "demandeur.naissance", "14/07/1951", "langue", "uk")
	one.press("maj", "logement.loyer", "452,62")
	require.Equal(t, "25/04/1988", attribute(one.id("c-demandeur-naissance"), "value"))
	require.Equal(t, "14/07/1951", attribute(two.id("c-demandeur-naissance"), "value"))
	require.Equal(t, "Visiteur 1", one.visitor())
	require.NotContains(t, two.readable(), "452")

	// The first one leaves. Their form comes back, by Back and « send again » or from a tab that was left open: it is refused.
	left := one.form()
	one.press("suivant")
	require.Equal(t, "Visiteur 3", one.visitor())
	for _, action := range []string{"maj", "suivant", "enfant", "express", "repondre:couple:nsp", ""} {
		left.Set("vers", action)
		again := (&counterTab{counterBrowser: b}).post("/accueil/comptoir", left)
		require.Equal(t, http.StatusGone, again.status, action)
		require.NotContains(t, again.readable(), "1988")
	}
	require.Equal(t, http.StatusGone, (&counterTab{counterBrowser: b}).post("/accueil/comptoir/feuille", left).status, "nor is their sheet printed")

	// The second one is still there.
	two.press("maj", "logement.loyer", "300")
	require.Equal(t, http.StatusOK, two.status)
	require.Equal(t, "Visiteur 2", two.visitor())
	require.Equal(t, "14/07/1951", attribute(two.id("c-demandeur-naissance"), "value"))

	// Another agent's session takes none of these forms, and numbers its own visitors.
	other := s.browser("poste2")
	require.Equal(t, "Visiteur 1", other.tab().visitor())
	require.Equal(t, http.StatusGone, (&counterTab{counterBrowser: other}).post("/accueil/comptoir", two.form()).status)

	// Nothing of it may be kept by a browser, and no address says anything.
	for _, h := range b.headers {
		require.Equal(t, "no-store", h.Get("Cache-Control"))
	}
	require.Equal(t, "/accueil/comptoir", two.address)

	// A form is good for four hours.
	s.now = s.now.Add(4*time.Hour + time.Minute)
	_ = s.token("poste1")
	delete(s.tokens, "poste1")
	fresh := s.browser("poste1")
	require.Equal(t, http.StatusGone, (&counterTab{counterBrowser: fresh}).post("/accueil/comptoir", two.form()).status)
}

// What cannot be read is told beside its row and at the head of the page, and nothing that was typed is lost.
func TestBadInputAtTheCounter(t *testing.T) {
	s := newCounterSite(t)
	p := s.browser("poste1").tab()
	p.press("maj", "demandeur.naissance", "31/02/1988", "logement.loyer", "beaucoup", "commune", "Saint-Denis", "enfants", "2", "demandeur.revenus.salaire", "1 200", "prestations_percues.rsa.montant", "x")
	require.Equal(t, http.StatusUnprocessableEntity, p.status)
	for id, typed := range map[string]string{"c-demandeur-naissance": "31/02/1988", "c-logement-loyer": "beaucoup", "c-commune": "Saint-Denis", "c-prestations_percues-rsa-m": "x"} {
		require.Equal(t, typed, attribute(p.id(id), "value"), id)
		require.Equal(t, "true", attribute(p.id(id), "aria-invalid"), id)
	}
	links := 0
	for n := range p.id("avis").Descendants() {
		if n.Data == "a" {
			links++
			require.NotNil(t, p.id(strings.TrimPrefix(attribute(n, "href"), "#")), "the summary leads to a field that is there")
		}
	}
	require.Equal(t, 4, links)
	require.Equal(t, "1200", attribute(p.id("c-demandeur-revenus-salaire"), "value"))
	require.NotNil(t, p.id("c-enfants-1-naissance"), "what was right is taken")

	p.press("enfant:0", "enfants[1].naissance", "demain")
	require.Equal(t, "demain", attribute(p.id("c-enfants-0-naissance"), "value"), "what was typed for a child moves up with the child")
	p.press("maj", "demandeur.naissance", "25/04/1988", "logement.loyer", "452,62", "commune.choix", "93066", "enfants[0].naissance", "03/05/2012", "prestations_percues.rsa.montant", "12,50")
	require.Equal(t, http.StatusOK, p.status, words(p.id("avis")))
	require.Equal(t, "Saint-Denis (93)", attribute(p.id("c-commune"), "value"))

	for _, form := range []url.Values{{}, {"etat": {"x"}}, {"etat": {strings.Repeat("A", 200)}, "vers": {"suivant"}}} {
		require.Equal(t, http.StatusGone, (&counterTab{counterBrowser: p.counterBrowser}).post("/accueil/comptoir", form).status)
	}
}

// What a visitor or an agent types stays text.
func TestNothingTypedAtTheCounterRuns(t *testing.T) {
	s := newCounterSite(t)
	p := s.browser("poste1").tab()
	for _, evil := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, "\x00<b>", `{{.L}}`} {
		in := p.form()
		for name := range in {
			if name != "etat" {
				in.Set(name, evil)
			}
		}
		got := (&counterTab{counterBrowser: p.counterBrowser}).post("/accueil/comptoir", in)
		require.Contains(t, []int{http.StatusOK, http.StatusUnprocessableEntity}, got.status)
		require.Empty(t, got.all(func(n *html.Node) bool {
			return n.Data == "script" && !(n.FirstChild == nil && strings.HasPrefix(attribute(n, "src"), "/static/"))
		}), "the house's own, and no other")
		require.Empty(t, got.all(func(n *html.Node) bool {
			return n.Data == "img" || has(n, "onerror") || has(n, "onmouseover") || has(n, "style")
		}))
	}
	policy := p.headers[0].Get("Content-Security-Policy")
	require.Contains(t, policy, "script-src 'self'")
	require.NotContains(t, policy, "unsafe")
	require.Empty(t, p.all(func(n *html.Node) bool { return n.Data == "script" })[0].FirstChild, "no inline script")
}

// The sheet of a resident, scanned: the same household in the same language, in place of everything that was on the page.
func TestASheetScannedAtTheCounter(t *testing.T) {
	s := newCounterSite(t)
	b := s.browser("poste1")
	p := b.tab().loneParent()
	sheet := (&counterTab{counterBrowser: b, doc: p.doc}).press("feuille")
	code := codeOf(t, s, p)
	require.Equal(t, http.StatusOK, sheet.status)

	fresh := b.tab()
	fresh.press("maj", "code", strings.ToLower(code[:40])+"\r\n "+code[40:], "langue", "uk")
	require.Equal(t, http.StatusOK, fresh.status)
	require.Contains(t, words(fresh.id("avis")), "La feuille est ouverte.")
	require.Equal(t, "25/04/1988", attribute(fresh.id("c-demandeur-naissance"), "value"))
	require.Equal(t, "452,62", attribute(fresh.id("c-logement-loyer"), "value"))
	require.Equal(t, "ta", fresh.form().Get("langue"), "the language is that of the sheet")

	typed := b.tab()
	typed.press("maj", "epargne", "5000", "couple", "marie")
	typed.press("maj", "code", code)
	require.Contains(t, words(typed.id("avis")), "Elle remplace")
	require.Equal(t, "non", typed.form().Get("couple"))
	require.Empty(t, attribute(typed.id("c-epargne"), "value"), "nothing of the other household stays")

	wrong := b.tab()
	wrong.press("maj", "epargne", "5000", "code", code[:len(code)-9]+"AAAAAAAAA")
	require.Contains(t, words(wrong.id("avis")), "n’est pas lisible")
	require.Equal(t, "5000", attribute(wrong.id("c-epargne"), "value"), "a code that fails loses nothing")
}

// codeOf gives the code of the sheet for the household of a page, as its square holds it.
func codeOf(t *testing.T, s *counterSite, p *counterTab) string {
	t.Helper()
	h, err := s.desk.Handovers().Open(s.session("poste1"), url.Values{desk.HandoverField: {attribute(p.id("foyer"), "value")}, desk.HandoverLanguage: {"ta"}})
	require.NoError(t, err)
	code, err := s.public.SheetCode(h.Household, h.Unsaid, h.Language)
	require.NoError(t, err)
	return code
}

// The household goes on to a follow-up sealed, for this session and this purpose alone.
func TestTheHandoverToAFollowUp(t *testing.T) {
	s := newCounterSite(t)
	p := s.browser("poste1").tab().loneParent()
	form := p.id("suivi")
	require.Equal(t, desk.HandoverAddress, attribute(form, "action"))
	sent := url.Values{}
	for _, n := range p.all(func(n *html.Node) bool { return n.Data == "input" && attribute(n, "form") == "suivi" }) {
		sent.Set(attribute(n, "name"), attribute(n, "value"))
	}
	require.Len(t, sent, 2)
	h, err := s.desk.Handovers().Open(s.session("poste1"), sent)
	require.NoError(t, err)
	require.Equal(t, "ta", h.Language)
	require.Equal(t, "93066", h.Household.Commune)
	require.True(t, h.At.Equal(s.now))

	_, err = s.desk.Handovers().Open(s.session("poste2"), sent)
	require.ErrorIs(t, err, seal.ErrForged, "another agent's session opens nothing")
	_, err = s.desk.Handovers().Open(s.session("poste1"), url.Values{desk.HandoverField: {p.form().Get("etat")}})
	require.ErrorIs(t, err, seal.ErrForged, "what is sealed for the page is not a handover")
	session := s.session("poste1")
	s.now = s.now.Add(desk.HandoverLife + time.Minute)
	_, err = s.desk.Handovers().Open(session, sent)
	require.ErrorIs(t, err, seal.ErrExpired)
}

// Nothing of a household reaches the log, a header, an address or the database, in anything that the counter does.
func TestTheCounterKeepsNothing(t *testing.T) {
	s := newCounterSite(t)
	b := s.browser("poste1")
	p := b.tab()
	canaries := []string{"17385,43", "17385.43", "17/05/1963", "1963-05-17", "Zqcanari", "13579,24", "13579.24"}
	p.press("maj", "demandeur.naissance", "17/05/1963", "demandeur.revenus.salaire", "17385,43", "commune", "Zqcanari", "logement.loyer", "13579,24")
	require.Equal(t, http.StatusUnprocessableEntity, p.status)
	p.press("maj", "commune", "93200")
	sheet := (&counterTab{counterBrowser: b, doc: p.doc}).press("feuille")
	require.Equal(t, http.StatusOK, sheet.status)
	before := p.form()
	p.press("suivant")
	(&counterTab{counterBrowser: b}).post("/accueil/comptoir", before)
	kept := s.log.String()
	for _, h := range b.headers {
		for name, values := range h {
			kept += name + strings.Join(values, "\n")
		}
	}
	for _, cookie := range b.cookies {
		kept += cookie
	}
	for _, end := range []string{"", "-wal"} {
		text, err := os.ReadFile(strings.TrimPrefix(s.address, "sqlite:") + end)
		if err == nil {
			kept += string(text)
		}
	}
	require.Contains(t, kept, "poste1", "the database is among what is searched")
	for _, canary := range canaries {
		require.NotContains(t, kept, canary)
	}
}

// The quick screen shows the rows of its eight answers and no others, and says when they are all there.
func TestTheQuickScreen(t *testing.T) {
	s := newCounterSite(t)
	p := s.browser("poste1").tab()
	p.press("express")
	require.Nil(t, p.id("c-epargne"))
	require.NotNil(t, p.id("c-foyer_fiscal-rfr"))
	rows := len(p.all(func(n *html.Node) bool { return has(n, "data-forme") }))
	require.Less(t, rows, 25)
	p.press("maj", "demandeur.naissance", "25/04/1988", "couple", "non", "enfants", "0", "demandeur.nationalite", "francaise", "logement.statut", "locataire_hlm",
		"demandeur.revenus.salaire", "600", "demandeur.revenus", "aucun", "foyer_fiscal.rfr", "7000", "demandeur.handicap.taux", "0")
	require.Contains(t, words(p.id("prochaine")), "Les huit réponses sont là")
	p.press("complet")
	require.NotNil(t, p.id("c-epargne"))
	require.Equal(t, "600", attribute(p.id("c-demandeur-revenus-salaire"), "value"), "all answers are still there")
	require.NotContains(t, words(p.id("prochaine")), "Les huit réponses")
}

// Behind a lock the visitor waits, with what was typed; the password brings both back, and the form still belongs to the session.
func TestTheCounterBehindALock(t *testing.T) {
	s := newCounterSite(t)
	b := s.browser("poste1")
	p := b.tab()
	p.press("maj", "demandeur.naissance", "25/04/1988")
	in := p.form()
	in.Set("logement.loyer", "452,62")
	in.Set("verrou", "fermer")
	locked := (&counterTab{counterBrowser: b}).post("/accueil/comptoir", in)
	require.NotContains(t, locked.readable(), "1988")
	require.NotContains(t, locked.readable(), "452")
	back := locked.form()
	back.Set("verrou_mot_de_passe", counterPassword)
	locked.post("/accueil/comptoir", back)
	require.Equal(t, http.StatusOK, locked.status)
	require.Equal(t, "Visiteur 1", locked.visitor())
	require.Equal(t, "25/04/1988", attribute(locked.id("c-demandeur-naissance"), "value"))
	require.Equal(t, "452,62", attribute(locked.id("c-logement-loyer"), "value"))
	locked.press("maj", "epargne", "0")
	require.Equal(t, http.StatusOK, locked.status)
}

// After the last day for which the rules are written, the counter says so, and not that a form makes no sense.
func TestTheCounterWhenTheRulesHaveEnded(t *testing.T) {
	s := newCounterSite(t)
	e, err := shippedRules()
	require.NoError(t, err)
	_, end := e.Set().Formalised()
	s.now = telling.Day(end).Add(20 * time.Hour)
	tab := s.browser("poste1").tab()
	require.Equal(t, http.StatusOK, tab.status, "the last day")
	s.now = s.now.Add(5 * time.Hour)
	delete(s.tokens, "poste1") // the session of yesterday evening is locked
	tab = s.browser("poste1").tab()
	require.Equal(t, http.StatusServiceUnavailable, tab.status)
	require.Contains(t, tab.body, "plus à jour")
	require.Contains(t, tab.body, strconv.Itoa(telling.Day(end).Year()))
	require.Contains(t, s.log.String(), `"until":"`+end.String()+`"`)
}

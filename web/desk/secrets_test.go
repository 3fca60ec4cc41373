package desk_test

import (
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/web/desk/desktest"
)

// What an agent types of a person, each traceable. Amounts and days are written in more than one way on their way.
var personal = []string{
	"Zqnom", "06 98 76 54 32", "zqcourriel@example.org", "Zqmot", "Zqnote", "ZQ-4471", "4291,41", "429141", "4291.41", "17/05/1963", "1963-05-17", socialSecurity,
}

// followUp does all that a follow-up is made of with [personal] things, well and badly, and gives every answer.
func followUp(t *testing.T, s *desktest.Site) (answers map[string]*httptest.ResponseRecorder) {
	t.Helper()
	answers = map[string]*httptest.ResponseRecorder{}
	b := s.SignedIn(t, people.SocialWorker)
	send := func(name string, status int, address string, in url.Values) *httptest.ResponseRecorder {
		w := b.Post(address, in)
		require.Equal(t, status, w.Code, "%s: %s", name, w.Body)
		answers[name] = w
		return w
	}
	counter := formOf(t, b.Get("/accueil/comptoir").Body.String())
	counter.Set("demandeur.naissance", "17/05/1963")
	counter.Set("vers", "maj")
	w := send("the counter", http.StatusOK, "/accueil/comptoir", counter)
	sealed := regexp.MustCompile(`form="suivi" name="foyer" value="([^"]+)"`).FindStringSubmatch(w.Body.String())
	w = send("the notice", http.StatusOK, "/accueil/dossiers", url.Values{"foyer": {sealed[1]}, "langue": {"ta"}})
	opening := formOf(t, w.Body.String())
	for name := range opening {
		if strings.HasPrefix(name, "constat.") {
			opening.Set(name, "")
		}
	}
	for name, value := range map[string]string{"nom": personal[0], "telephone": personal[1], "courriel": personal[2], "libre": personal[3], "choix": "oui"} {
		opening.Set(name, value)
	}
	bad := maps.Clone(opening)
	bad.Set("libre", socialSecurity)
	send("a number in the opening", http.StatusUnprocessableEntity, "/accueil/dossiers/ouverture", bad)
	w = send("the opening", http.StatusSeeOther, "/accueil/dossiers/ouverture", opening)
	send("another visit", http.StatusUnprocessableEntity, "/accueil/dossiers/ouverture", url.Values{
		"foyer": {sealed[1]}, "langue": {"ta"}, "id": {strings.Repeat("B", 26)}, "choix": {"visite"}, "code": {personal[0]}, "canal": {"accueil"}, "langue_besoin": {"ta"},
	})

	counter = formOf(t, b.Get("/accueil/comptoir").Body.String())
	counter.Set("commune", "93200")
	counter.Set("vers", "suivant")
	send("the next visitor", http.StatusSeeOther, "/accueil/comptoir", counter)
	at := "/accueil/dossiers/" + strings.Split(w.Header().Get("Location"), "/")[3]
	note := func(name, path string, with map[string]string, status int) {
		in := formOf(t, b.Get(at+path).Body.String())
		for field, value := range with {
			in.Set(field, value)
		}
		send(name, status, at+path, in)
	}
	note("a note", "/noter/note", map[string]string{"texte": personal[4]}, http.StatusSeeOther)
	note("a number in a note", "/noter/note", map[string]string{"texte": socialSecurity}, http.StatusUnprocessableEntity)
	note("contact details", "/personne", map[string]string{"nom": personal[0], "telephone": personal[1], "courriel": personal[2], "libre": personal[3]}, http.StatusSeeOther)
	note("wrong contact details", "/personne", map[string]string{"nom": personal[0], "telephone": personal[3]}, http.StatusUnprocessableEntity)

	at = "/accueil/dossiers/" + string(caseWithARight(t, s))
	note("a claim", "/droits/1/depot", map[string]string{"preuve": personal[5], "le": "2026-10-14"}, http.StatusSeeOther)
	note("a wrong amount", "/droits/1/ouverture", map[string]string{"centimes": personal[0], "depuis": "2026-10-14"}, http.StatusUnprocessableEntity)
	note("an opening", "/droits/1/ouverture", map[string]string{"centimes": personal[6], "depuis": "2026-10-14"}, http.StatusSeeOther)
	for _, typed := range []string{personal[0], socialSecurity} {
		send("a search of "+typed, http.StatusUnprocessableEntity, "/accueil/dossiers/recherche", url.Values{"code": {typed}})
	}
	b = s.SignedIn(t, people.Protection)
	send("a wrong export", http.StatusUnprocessableEntity, "/accueil/personnes/export", url.Values{"code": {personal[0]}})
	send("an export", http.StatusOK, "/accueil/personnes/export", url.Values{"code": {strings.Split(at, "/")[3]}})
	send("an erasure", http.StatusOK, "/accueil/personnes/effacement", url.Values{"code": {strings.Split(at, "/")[3]}, "accord": {"oui"}})
	return answers
}

// caseWithARight gives the case of [aCase], beside those that there are.
func caseWithARight(t *testing.T, s *desktest.Site) takeup.Code {
	t.Helper()
	all, err := s.Keep.Cases.Cases(t.Context(), peopletest.Here, func(c *takeup.Case) bool { return len(c.Rights) > 0 })
	require.NoError(t, err)
	if len(all) > 0 {
		return all[0].Code
	}
	code, err := takeup.ReadCode("K7B-4PXD")
	require.NoError(t, err)
	me := s.Agents[peopletest.Here][people.SocialWorker].ID
	opened := takeup.CaseOpened{Reception: takeup.Reception{Channel: takeup.WalkIn, Language: "ta"}, Notice: takeup.Notice{Version: "essai", Language: "ta"}, Followed: true, Referent: me}
	found := takeup.Diagnosed{RightID: takeup.RightID{Aid: s.Aids[0], For: takeup.Household}, Finding: takeup.Likely, Type: takeup.NotKnown, Reason: takeup.Information}
	_, err = s.Keep.Cases.Append(t.Context(), peopletest.Here, code, 0,
		takeup.Event{ID: "ouverture-essai", At: s.Clock.Now(), By: me, Fact: opened}, takeup.Event{ID: "constat-essai", At: s.Clock.Now(), By: me, Fact: found})
	require.NoError(t, err)
	return code
}

// TestProperty22TheFollowUpKeepsSecrets: what is typed of a person never reaches the log, nor an answer that refuses a number.
func TestProperty22TheFollowUpKeepsSecrets(t *testing.T) {
	s := desktest.New(t)
	for name, w := range followUp(t, s) {
		require.NotContains(t, w.Body.String(), socialSecurity, name)
	}
	b := s.SignedIn(t, people.SocialWorker)
	for _, address := range []string{"/accueil/nulle-part", "/accueil/dossiers/M3T-9QTC", "/accueil/acces", "/accueil/indicateurs/rapports/1999"} {
		w := b.Get(address + "?" + url.Values{"nom": {personal[0]}, personal[0]: {personal[4]}}.Encode())
		require.Equal(t, http.StatusNotFound, w.Code, address)
		require.NotContains(t, w.Body.String(), personal[0], "an error page repeats what was asked")
	}
	text := s.Log()
	require.Contains(t, text, "/accueil/dossiers/{code}/noter/{action}")
	for _, word := range personal {
		require.NotContains(t, text, word)
	}
}

// TestProperty23TheDesksAddresses: no answer sends anything of a person on in an address, a cookie or another header, none is kept by a
// browser, and no page asks with an address for what a person types: its forms are posted, but for filters chosen from lists.
func TestProperty23TheDesksAddresses(t *testing.T) {
	s := desktest.New(t)
	for name, w := range followUp(t, s) {
		require.Equal(t, "no-store", w.Header().Get("Cache-Control"), name)
		require.Equal(t, "no-referrer", w.Header().Get("Referrer-Policy"), name)
		for header, values := range w.Header() {
			text, err := url.QueryUnescape(strings.Join(values, "\n"))
			require.True(t, err == nil || errors.As(err, new(url.EscapeError)))
			for _, word := range personal {
				require.NotContains(t, text+strings.Join(values, "\n"), word, "%s: %s", name, header)
			}
		}
		require.NotContains(t, w.Header().Get("Location"), "?", name)
	}
	seen := 0
	for _, role := range people.Roles() {
		b := s.Browser()
		entry := b.Post("/accueil/connexion", url.Values{"identifiant": {string(role)}, "mot_de_passe": {peopletest.Password}})
		require.Equal(t, "/accueil", entry.Header().Get("Location"), "and no token")
		token := b.Cookies["__Host-guichet"].Value
		crawl(t, b, func(address string, w *httptest.ResponseRecorder) {
			require.NotContains(t, address, token)
			page := w.Body.String()
			require.NotContains(t, page, token, address)
			for _, form := range regexp.MustCompile(`(?s)<form([^>]*)>(.*?)</form>`).FindAllStringSubmatch(page, -1) {
				if strings.Contains(form[1], `method="post"`) {
					continue
				}
				seen++
				for _, field := range regexp.MustCompile(`<input[^>]*>`).FindAllString(form[2], -1) {
					assert.Regexp(t, `pattern="|type="(hidden|checkbox|radio|month|date)"`, field, "%s: what is typed here goes into an address", address)
				}
				assert.NotContains(t, form[2], "<textarea", address)
			}
		}, "/accueil/dossiers/"+string(aCase(t, s, peopletest.Here)))
	}
	require.Positive(t, seen, "the worklist has filters")
}

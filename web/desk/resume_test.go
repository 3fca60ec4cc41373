package desk_test

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/web/desk/desktest"
)

var waitingForm = regexp.MustCompile(`name="attend" value="([^"]+)"`)

// cameBack signs in on the page that a form found instead of its own, and gives what the sign-in answers.
func cameBack(t *testing.T, b *desktest.Browser, w *httptest.ResponseRecorder, login, password string) *httptest.ResponseRecorder {
	t.Helper()
	waiting := waitingForm.FindStringSubmatch(w.Body.String())
	require.NotNil(t, waiting, w.Body)
	return b.Post("/accueil/connexion", url.Values{"identifiant": {login}, "mot_de_passe": {password}, "attend": {html.UnescapeString(waiting[1])}})
}

// takeUp presses the button that gives the form back.
func takeUp(t *testing.T, b *desktest.Browser, w *httptest.ResponseRecorder, address string) *httptest.ResponseRecorder {
	t.Helper()
	require.Equal(t, http.StatusOK, w.Code, w.Body)
	require.Contains(t, w.Body.String(), "Votre saisie vous attend")
	require.Contains(t, w.Body.String(), `action="`+address+`"`)
	return b.Post(address, url.Values{"attend": {html.UnescapeString(waitingForm.FindStringSubmatch(w.Body.String())[1])}})
}

// TestAFormOutlivesItsSession: what was typed while the session ended is shown to nobody, waits for its agent through wrong passwords, and
// does then what it would have done, once.
func TestAFormOutlivesItsSession(t *testing.T) {
	s := desktest.New(t)
	code := aCase(t, s, peopletest.Here)
	b := s.SignedIn(t, people.SocialWorker)
	address := "/accueil/dossiers/" + string(code) + "/noter/note"
	in := formOf(t, b.Get(address).Body.String())
	in.Set("texte", "Zqnote à garder.")
	s.Clock.Pass(people.IdleEnd)
	s.SignedIn(t, people.Reception) // which has the store forget what ended long ago
	w := b.Post(address, in)
	require.Equal(t, http.StatusOK, w.Code)
	require.Contains(t, w.Body.String(), "Votre session est finie")
	require.NotContains(t, w.Body.String(), "Zqnote")
	require.NotContains(t, w.Body.String(), string(code))

	other := cameBack(t, s.Browser(), w, string(people.Manager), peopletest.Password)
	require.Equal(t, http.StatusSeeOther, other.Code, "it waits for its own agent")
	w = cameBack(t, b, w, string(people.SocialWorker), "pas celui-là du tout")
	require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	w = cameBack(t, b, w, string(people.SocialWorker), peopletest.Password)
	for range 2 { // it is sent twice
		require.Equal(t, http.StatusSeeOther, takeUp(t, b, w, address).Code)
	}
	events := caseOf(t, s, code).Events()
	require.Len(t, events, 3)
	require.Equal(t, takeup.Noted{Text: "Zqnote à garder."}, events[2].Fact)
	require.NotContains(t, s.Log(), "Zqnote")

	stranger := s.SignedIn(t, people.Manager)
	sealed := html.UnescapeString(waitingForm.FindStringSubmatch(w.Body.String())[1])
	for _, elsewhere := range []string{address, "/accueil/comptoir", "/accueil/dossiers"} {
		for agent, browser := range map[string]*desktest.Browser{"another": stranger, "its own": b} {
			if agent == "another" || elsewhere != address {
				require.Equal(t, http.StatusSeeOther, browser.Post(elsewhere, url.Values{"attend": {sealed}}).Code, "%s at %s", agent, elsewhere)
			}
		}
	}
	require.Len(t, caseOf(t, s, code).Events(), 3)
}

// TestAVisitorOutlivesTheSession, with what was typed, behind the lock that had fallen meanwhile too; those who had left have left.
func TestAVisitorOutlivesTheSession(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.Reception)
	left := formOf(t, b.Get("/accueil/comptoir").Body.String())
	left.Set("vers", "suivant")
	require.Equal(t, http.StatusSeeOther, b.Post("/accueil/comptoir", left).Code)
	left.Set("vers", "maj")
	in := formOf(t, b.Get("/accueil/comptoir").Body.String())
	in.Set("demandeur.naissance", "25/04/1988")
	in.Set("verrou", "fermer")
	w := b.Post("/accueil/comptoir", in)
	require.Contains(t, w.Body.String(), "Poste verrouillé")
	locked := formOf(t, w.Body.String())
	locked.Set("verrou_mot_de_passe", peopletest.Password)
	s.Clock.Pass(people.IdleEnd)
	w = b.Post("/accueil/comptoir", locked)
	require.Contains(t, w.Body.String(), "Votre session est finie")
	require.NotContains(t, w.Body.String(), "1988")
	w = takeUp(t, b, cameBack(t, b, w, string(people.Reception), peopletest.Password), "/accueil/comptoir")
	require.Equal(t, http.StatusOK, w.Code)
	require.Contains(t, w.Body.String(), "Visiteur 2")
	require.Contains(t, w.Body.String(), `value="25/04/1988"`)
	on := formOf(t, w.Body.String())
	on.Set("vers", "maj")
	w = b.Post("/accueil/comptoir", on)
	require.Equal(t, http.StatusOK, w.Code)
	require.Contains(t, w.Body.String(), "Visiteur 2")
	require.Equal(t, http.StatusGone, b.Post("/accueil/comptoir", left).Code)
	s.Clock.Pass(people.IdleEnd)
	gone := cameBack(t, b, b.Post("/accueil/comptoir", left), string(people.Reception), peopletest.Password)
	require.Equal(t, http.StatusOK, b.Get("/accueil/comptoir").Code, "another visitor, in another tab")
	require.Equal(t, http.StatusGone, takeUp(t, b, gone, "/accueil/comptoir").Code)

	// and from the counter to the notice
	on = formOf(t, b.Get("/accueil/comptoir").Body.String())
	on.Set("vers", "maj")
	on.Set("demandeur.naissance", "25/04/1988")
	w = b.Post("/accueil/comptoir", on)
	sealed := regexp.MustCompile(`form="suivi" name="foyer" value="([^"]+)"`).FindStringSubmatch(w.Body.String())
	opening := formOf(t, b.Post("/accueil/dossiers", url.Values{"foyer": {sealed[1]}, "langue": {"ta"}}).Body.String())
	for name := range opening {
		if strings.HasPrefix(name, "constat.") {
			opening.Set(name, "")
		}
	}
	opening.Set("nom", "Zqnom")
	opening.Set("telephone", "pas un numéro")
	opening.Set("choix", "oui")
	s.Clock.Pass(people.IdleEnd)
	w = b.Post("/accueil/dossiers/ouverture", opening)
	w = takeUp(t, b, cameBack(t, b, w, string(people.Reception), peopletest.Password), "/accueil/dossiers/ouverture")
	require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	require.Contains(t, w.Body.String(), `value="Zqnom"`)
	again := formOf(t, w.Body.String())
	for name, values := range opening {
		if name != "foyer" {
			again[name] = values
		}
	}
	again.Set("telephone", "06 12 34 56 78")
	require.Equal(t, http.StatusSeeOther, b.Post("/accueil/dossiers/ouverture", again).Code)
}

// TestNothingWaitsForNobody: a form without a session that was, of a disabled agent, or after a sign-out, is led to the sign-in.
func TestNothingWaitsForNobody(t *testing.T) {
	s := desktest.New(t)
	send := func(b *desktest.Browser) *httptest.ResponseRecorder {
		return b.Post("/accueil/comptoir", url.Values{"etat": {"x"}})
	}
	nobody := s.Browser()
	require.Equal(t, "/accueil/connexion", send(nobody).Header().Get("Location"))
	out := s.SignedIn(t, people.Reception)
	cookie := out.Cookies["__Host-guichet"]
	out.Post("/accueil/deconnexion", nil)
	out.Cookies["__Host-guichet"] = cookie
	require.Equal(t, "/accueil/connexion", send(out).Header().Get("Location"))
	disabled := s.SignedIn(t, people.SocialWorker)
	s.Clock.Pass(people.IdleEnd)
	require.NoError(t, s.Keep.People.SetDisabled(t.Context(), "", s.Agents[peopletest.Here][people.SocialWorker], true))
	require.Equal(t, "/accueil/connexion", send(disabled).Header().Get("Location"))
	old := s.SignedIn(t, people.Reception)
	s.Clock.Pass(people.SessionLife + 25*60*60*1e9)
	s.SignedIn(t, people.Manager)
	require.Equal(t, "/accueil/connexion", send(old).Header().Get("Location"), "a day after its end it is forgotten")
}

package desk_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/takeup"
	"guichet/takeup/indicators"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/takeup/recomputation"
	"guichet/takeup/vault"
	"guichet/web/desk/desktest"
)

// handover takes a visitor through the counter and gives the page of the notice that the agent comes to.
func handover(t *testing.T, b *desktest.Browser, language string) (page string, in url.Values) {
	t.Helper()
	counter := formOf(t, b.Get("/accueil/comptoir").Body.String())
	counter.Set("vers", "maj")
	counter.Set("langue", language)
	counter.Set("demandeur.naissance", "25/04/1988")
	w := b.Post("/accueil/comptoir", counter)
	require.Equal(t, http.StatusOK, w.Code)
	sealed := regexp.MustCompile(`form="suivi" name="foyer" value="([^"]+)"`).FindStringSubmatch(w.Body.String())
	require.NotNil(t, sealed)
	w = b.Post("/accueil/dossiers", url.Values{"foyer": {sealed[1]}, "langue": {language}})
	require.Equal(t, http.StatusOK, w.Code, w.Body)
	return w.Body.String(), formOf(t, w.Body.String())
}

// lines counts what the indicators read.
func lines(t *testing.T, s *desktest.Site) (persons int, rights []*indicators.Right) {
	t.Helper()
	for l, err := range s.Keep.Cases.Lines(t.Context(), peopletest.Here) {
		require.NoError(t, err)
		if l.Person != nil {
			persons++
		} else {
			rights = append(rights, l.Right)
		}
	}
	return persons, rights
}

// TestAnOpeningSentTwiceOpensOneCase, with the notice that was read, its version and its language; how to reach the person is sealed.
func TestAnOpeningSentTwiceOpensOneCase(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.SocialWorker)
	_, in := handover(t, b, "ta")
	require.Equal(t, "ta", in.Get("langue_besoin"))
	for name := range in {
		if strings.HasPrefix(name, "constat.") {
			in.Set(name, "")
		}
	}
	in.Set("telephone", "06 12 34 56 78")
	in.Set("choix", "oui")
	w := b.Post("/accueil/dossiers/ouverture", in)
	require.Equal(t, http.StatusSeeOther, w.Code, w.Body)
	require.Equal(t, w.Header().Get("Location"), b.Post("/accueil/dossiers/ouverture", in).Header().Get("Location"))
	code, err := takeup.ReadCode(strings.Split(w.Header().Get("Location"), "/")[3])
	require.NoError(t, err)
	c := caseOf(t, s, code)
	require.Len(t, c.Events(), 1)
	require.Equal(t, takeup.Language("ta"), c.Notice.Language)
	require.Regexp(t, `^[0-9a-f]{16}$`, c.Notice.Version)
	contact, err := s.Keep.Vault.Contact(t.Context(), peopletest.Here, code)
	require.NoError(t, err)
	require.Equal(t, "06 12 34 56 78", contact.Phone)
	require.NotContains(t, s.Log(), "06 12 34")
}

// TestWhoComesBackHasOneCase: a second visit, with other answers, goes into the case that there is; what is under way there stands.
func TestWhoComesBackHasOneCase(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.SocialWorker)
	code := aCase(t, s, peopletest.Here)
	me := s.Agents[peopletest.Here][people.SocialWorker].ID
	filed := takeup.Filed{RightID: takeup.RightID{Aid: s.Aids[0], For: takeup.Household}, On: takeup.DayOf(s.Clock.Now()), Proof: "4471"}
	_, err := s.Keep.Cases.Append(t.Context(), peopletest.Here, code, 2, takeup.Event{ID: "depot", At: s.Clock.Now(), By: me, Fact: filed})
	require.NoError(t, err)

	require.NoError(t, s.Keep.Vault.PutContact(t.Context(), peopletest.Here, code, vault.Contact{Name: "Canari", Phone: "06 99 88 77 66"}, s.Clock.Now()))

	page, in := handover(t, b, "ta")
	require.Contains(t, page, "La personne a déjà un dossier")
	in.Set("telephone", "06 12 34 56 78")
	in.Set("choix", "visite")
	in.Set("constat."+s.Aids[0]+".foyer", "percu")
	in.Set("constat."+s.Aids[1]+".demandeur", "probable")
	in.Set("type."+s.Aids[1]+".demandeur", "NDE")
	for typed, status := range map[string]int{"": 422, "K7B-4PXD": 422, string(aCase(t, s, peopletest.Elsewhere)): 422, socialSecurity: 422} {
		in.Set("code", typed)
		w := b.Post("/accueil/dossiers/ouverture", in)
		require.Equal(t, status, w.Code, typed)
		require.Contains(t, w.Body.String(), "Aucun dossier n’a ce code")
		require.NotContains(t, w.Body.String(), socialSecurity)
	}
	in.Set("code", strings.ToLower(string(code)))
	for range 2 { // the form comes twice
		w := b.Post("/accueil/dossiers/ouverture", in)
		require.Equal(t, http.StatusSeeOther, w.Code, w.Body)
		require.Equal(t, "/accueil/dossiers/"+string(code), w.Header().Get("Location"))
	}
	c := caseOf(t, s, code)
	require.Len(t, c.Events(), 6, "the visit, and the two rights that are not under way")
	require.Equal(t, 2, c.Visits)
	require.Equal(t, takeup.StageFiled, c.Right(filed.RightID).Stage, "what is under way is not diagnosed again")
	require.Equal(t, takeup.NotAsked, c.Right(takeup.RightID{Aid: s.Aids[1], For: takeup.Applicant}).Type)
	kept, err := s.Keep.Vault.Answers(t.Context(), peopletest.Here, code)
	require.NoError(t, err)
	require.Contains(t, string(kept), "1988-04-25")
	contact, err := s.Keep.Vault.Contact(t.Context(), peopletest.Here, code)
	require.NoError(t, err)
	require.Equal(t, vault.Contact{Name: "Canari", Phone: "06 12 34 56 78"}, contact, "another number, the same name")
	persons, _ := lines(t, s)
	require.Equal(t, 1, persons, "one person was received")
}

// TestARefusalIsHeard: nothing is kept but that someone was received, and once however often the form is sent.
func TestARefusalIsHeard(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.Reception)
	_, in := handover(t, b, "ar")
	in.Set("telephone", "06 99 88 77 66")
	in.Set("choix", "non")
	for range 2 {
		w := b.Post("/accueil/dossiers/ouverture", in)
		require.Equal(t, http.StatusOK, w.Code)
		require.Contains(t, w.Body.String(), "Rien n’est gardé")
	}
	persons, rights := lines(t, s)
	require.Equal(t, 1, persons)
	require.Empty(t, rights)
	all, err := s.Keep.Cases.Cases(t.Context(), peopletest.Here, nil)
	require.NoError(t, err)
	require.Empty(t, all)
	var sealed int
	require.NoError(t, s.DB.QueryRow(t.Context(), "SELECT count(*) FROM vault").Scan(&sealed))
	require.Zero(t, sealed)
}

// TestALikelyRightWantsItsType, and nothing of the form is lost when it is not said; a household of another session opens nothing.
func TestALikelyRightWantsItsType(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.Reception)
	page, in := handover(t, b, "fr")
	find := regexp.MustCompile(`name="constat\.([a-z_0-9.]+)"`).FindStringSubmatch(page)
	require.NotNil(t, find)
	in.Set("constat."+find[1], "probable")
	in.Set("type."+find[1], "")
	in.Set("nom", "Canari")
	in.Set("choix", "oui")
	w := b.Post("/accueil/dossiers/ouverture", in)
	require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	require.Contains(t, w.Body.String(), "Il manque cette réponse")
	require.Contains(t, w.Body.String(), `value="Canari"`)
	in.Set("libre", socialSecurity)
	w = b.Post("/accueil/dossiers/ouverture", in)
	require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	require.NotContains(t, w.Body.String(), socialSecurity)
	require.Equal(t, http.StatusBadRequest, s.SignedIn(t, people.SocialWorker).Post("/accueil/dossiers/ouverture", in).Code)
}

// TestARuleThatChangesIsNoticed: a right that the answers did not give before is noted without the person asking, once.
func TestARuleThatChangesIsNoticed(t *testing.T) {
	s := desktest.New(t)
	code := aCase(t, s, peopletest.Here)
	household, err := profile.Decode([]byte(`{"version":1}`))
	if err != nil {
		household = &profile.Profile{}
	}
	before := &engine.Simulation{Rules: "autrefois"}
	for _, aid := range s.Aids {
		before.Aids = append(before.Aids, engine.Aid{Aid: aid, Amount: engine.Amount{For: "foyer", Period: "mois"}, Status: engine.NotEligible})
	}
	putHeld(t, s, code, recomputation.Hold(household, before))
	rules := fixed{now: &engine.Simulation{Rules: "maintenant", Date: profile.DateOfTime(s.Clock.At), Aids: []engine.Aid{
		{Aid: s.Aids[1], Status: engine.Eligible, TakeUp: engine.NotReceived, Version: profile.DateOfTime(s.Clock.At), Amount: engine.Amount{For: "foyer", Period: "mois", Decided: true, Net: 120}},
	}}}
	for turn, want := range []recomputation.Report{{Seen: 1, Changed: 1, Noted: 1}, {Seen: 1}} {
		got, err := recomputation.Run(t.Context(), s.Keep.Cases, s.Keep.Vault, rules, "maintenant", []takeup.CCAS{peopletest.Here, peopletest.Elsewhere}, s.Clock.At)
		require.NoError(t, err)
		require.Equal(t, want, got, "turn %d", turn)
	}
	require.Len(t, caseOf(t, s, code).Current(), 2)
	require.True(t, caseOf(t, s, code).Current()[1].Noticed)
	page := s.SignedIn(t, people.SocialWorker).Get("/accueil/a-faire?agent=").Body.String()
	require.Contains(t, page, "Vérifier ce droit")
}

// fixed is an engine that gives one answer.
type fixed struct{ now *engine.Simulation }

func (f fixed) Simulate(*profile.Profile) (*engine.Simulation, error) { return f.now, nil }

func putHeld(t *testing.T, s *desktest.Site, code takeup.Code, h recomputation.Held) {
	t.Helper()
	text, err := json.Marshal(h)
	require.NoError(t, err)
	require.NoError(t, s.Keep.Vault.PutAnswers(t.Context(), peopletest.Here, code, text, s.Clock.Now()))
}

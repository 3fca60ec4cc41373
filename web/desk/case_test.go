package desk_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/takeup"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/takeup/recomputation"
	"guichet/takeup/store"
	"guichet/takeup/vault"
	"guichet/web/desk/desktest"
)

// aCase gives the case of the tests in a CCAS, with a right that is likely; it is opened when it is not there yet.
func aCase(t testing.TB, s *desktest.Site, ccas takeup.CCAS) takeup.Code {
	t.Helper()
	all, err := s.Keep.Cases.Cases(t.Context(), ccas, (*takeup.Case).IsOpen)
	require.NoError(t, err)
	if len(all) > 0 {
		return all[0].Code
	}
	code, err := takeup.NewCode(rand.Reader)
	require.NoError(t, err)
	me := s.Agents[ccas][people.SocialWorker].ID
	facts := []takeup.Fact{
		takeup.CaseOpened{Reception: takeup.Reception{Channel: takeup.WalkIn, Language: "ta", Interpreter: true}, Notice: takeup.Notice{Version: "essai", Language: "ta"}, Followed: true, Simulated: true, Referent: me},
		takeup.Diagnosed{
			RightID: takeup.RightID{Aid: firstAid(t, s), For: takeup.Household}, Finding: takeup.Likely, Type: takeup.NotKnown, Reason: takeup.Information,
			Estimate: &takeup.Estimate{Min: 296_28, Max: 296_28, Per: takeup.PerMonth, Version: "2026-01-01", Rules: "essai"},
		},
	}
	var events []takeup.Event
	for _, f := range facts {
		events = append(events, takeup.Event{ID: rand.Text(), At: s.Clock.Now(), By: me, Fact: f})
	}
	_, err = s.Keep.Cases.Append(t.Context(), ccas, code, 0, events...)
	require.NoError(t, err)
	return code
}

// ofTheLaw gives a site with the rules that are shipped.
func ofTheLaw(t testing.TB) *desktest.Site {
	t.Helper()
	e, err := shippedRules()
	require.NoError(t, err)
	return desktest.Of(t, e)
}

func firstAid(t testing.TB, s *desktest.Site) string {
	t.Helper()
	return s.Aids[0]
}

// note fills in the form of an action as a browser without a script does, and sends it.
func note(t testing.TB, b *desktest.Browser, address string, pairs ...string) *answer {
	t.Helper()
	w := b.Get(address)
	require.Equal(t, http.StatusOK, w.Code, address)
	in := formOf(t, w.Body.String())
	for i := 0; i < len(pairs); i += 2 {
		require.Contains(t, w.Body.String(), `name="`+pairs[i]+`"`, address)
		in.Set(pairs[i], pairs[i+1])
	}
	sent := b.Post(address, in)
	return &answer{sent.Code, sent.Body.String(), sent.Header().Get("Location"), in}
}

type answer struct {
	code           int
	body, location string
	in             url.Values
}

var (
	hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)
	dateField   = regexp.MustCompile(`<input type="date" id="[^"]+" name="([^"]+)" value="([^"]*)"`)
	listField   = regexp.MustCompile(`(?s)<select id="[^"]*" name="([^"]+)"[^>]*>(.*?)</select>`)
	listChosen  = regexp.MustCompile(`<option value="([^"]*)" selected>`)
	listFirst   = regexp.MustCompile(`<option value="([^"]*)"`)
)

// formOf gives what the form of a page sends untouched.
func formOf(t testing.TB, page string) url.Values {
	t.Helper()
	in := url.Values{}
	_, page, _ = strings.Cut(page, `<main`)
	for _, m := range append(hiddenField.FindAllStringSubmatch(page, -1), dateField.FindAllStringSubmatch(page, -1)...) {
		in.Set(m[1], html.UnescapeString(m[2]))
	}
	for _, m := range listField.FindAllStringSubmatch(page, -1) {
		if first := listFirst.FindStringSubmatch(m[2]); first != nil {
			in.Set(m[1], first[1])
		}
		if c := listChosen.FindStringSubmatch(m[2]); c != nil {
			in.Set(m[1], c[1])
		}
	}
	return in
}

func caseOf(t testing.TB, s *desktest.Site, code takeup.Code) *takeup.Case {
	t.Helper()
	c, err := s.Keep.Cases.Case(t.Context(), peopletest.Here, code)
	require.NoError(t, err)
	return c
}

// TestTheLifeOfACase: filed, refused, contested, won, opened, renewed, and ended, by the forms alone.
func TestTheLifeOfACase(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.SocialWorker)
	code := aCase(t, s, peopletest.Here)
	at := "/accueil/dossiers/" + string(code)
	page := b.Get(at).Body.String()
	require.Contains(t, page, string(code))
	require.Contains(t, page, "Tamoul, interprète")
	require.Contains(t, page, at+"/droits/1/depot")
	require.NotContains(t, page, at+"/droits/1/recours\"", "what cannot follow is not offered")

	steps := []struct {
		action string
		in     []string
		stage  takeup.Stage
		days   int
	}{
		{"action_prevue", []string{"mode", "accompagne"}, takeup.StagePlanned, 0},
		{"depot", []string{"preuve", "n 4471"}, takeup.StageFiled, 1},
		{"refus", []string{"motif", "ressources"}, takeup.StageRefused, 30},
		{"recours", []string{"voie", "amiable"}, takeup.StageAppealed, 10},
		{"recours_issue", []string{"favorable", "oui"}, takeup.StageFiled, 40},
		{"ouverture", []string{"centimes", "1 291,40", "periode", "mois"}, takeup.StageOpened, 5},
		{"renouvellement", nil, takeup.StageOpened, 30},
		{"fin_de_droit", []string{"motif", "situation"}, takeup.StageLapsed, 60},
	}
	for _, step := range steps {
		s.Clock.Pass(time.Duration(step.days) * 24 * time.Hour)
		b.SignIn(t, string(people.SocialWorker))
		a := note(t, b, at+"/droits/1/"+step.action, step.in...)
		require.Equal(t, http.StatusSeeOther, a.code, "%s: %s", step.action, a.body)
		require.Equal(t, at, a.location)
		require.Equal(t, step.stage, caseOf(t, s, code).Current()[0].Stage, step.action)
		require.Equal(t, http.StatusOK, b.Get(at).Code)
	}
	require.Contains(t, b.Get(at).Body.String(), "291,40")
	a := note(t, b, at+"/noter/cloture", "motif", "termine")
	require.Equal(t, http.StatusSeeOther, a.code, a.body)
	require.Contains(t, b.Get(at).Body.String(), "Dossier clos le")
	a = note(t, b, at+"/noter/reouverture", "accord", "oui")
	require.Equal(t, http.StatusSeeOther, a.code, a.body)
	require.True(t, caseOf(t, s, code).IsOpen())
}

// TestEveryActionHasAForm: each action of the page opens, whatever the case has come to, and none is a dead end.
func TestEveryActionHasAForm(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.SocialWorker)
	at := "/accueil/dossiers/" + string(aCase(t, s, peopletest.Here))
	links := regexp.MustCompile(at+`/(?:noter|droits/1)/[a-z_]+`).FindAllString(b.Get(at).Body.String(), -1)
	require.Greater(t, len(links), 12)
	for _, link := range links {
		w := b.Get(link)
		assert.Equal(t, http.StatusOK, w.Code, link)
		assert.Contains(t, w.Body.String(), `name="apres"`, link)
	}
	assert.Equal(t, http.StatusNotFound, b.Get(at+"/noter/inconnu").Code)
	assert.Equal(t, http.StatusNotFound, b.Get(at+"/droits/9/depot").Code)
	assert.Equal(t, http.StatusNotFound, b.Get(at+"/droits/1/attribution").Code)
}

// TestProperty18OneEventForADoubleSubmit, and a case that moved meanwhile keeps the form.
func TestProperty18OneEventForADoubleSubmit(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.SocialWorker)
	code := aCase(t, s, peopletest.Here)
	at := "/accueil/dossiers/" + string(code)
	address := at + "/droits/1/depot"
	first := formOf(t, b.Get(address).Body.String())
	other := formOf(t, b.Get(at+"/noter/note").Body.String())
	require.Equal(t, http.StatusSeeOther, b.Post(address, first).Code)
	require.Equal(t, http.StatusSeeOther, b.Post(address, first).Code, "the same form again is the same thing")
	require.Len(t, caseOf(t, s, code).Events(), 3)

	other.Set("texte", "Rappeler mardi.")
	w := b.Post(at+"/noter/note", other)
	require.Equal(t, http.StatusConflict, w.Code)
	require.Contains(t, w.Body.String(), "Le dossier a changé")
	require.Contains(t, w.Body.String(), "Rappeler mardi.", "nothing that was typed is lost")
	require.Len(t, caseOf(t, s, code).Events(), 3)
	again := formOf(t, w.Body.String())
	again.Set("texte", "Rappeler mardi.")
	require.Equal(t, http.StatusSeeOther, b.Post(at+"/noter/note", again).Code)
	require.Len(t, caseOf(t, s, code).Events(), 4)
}

const socialSecurity = "2 85 05 93 066 042 17"

// TestASocialSecurityNumberIsRefusedWhereverTyped: nothing is kept, the rest of the form is there still, the number is not.
func TestASocialSecurityNumberIsRefusedWhereverTyped(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.SocialWorker)
	code := aCase(t, s, peopletest.Here)
	at := "/accueil/dossiers/" + string(code)
	for _, tt := range []struct{ address, field, other, value string }{
		{at + "/noter/note", "texte", "", ""},
		{at + "/droits/1/depot", "preuve", "le", "2026-10-14"},
		{at + "/droits/1/depot", "le", "preuve", "4471"},
		{at + "/droits/1/ouverture", "centimes", "depuis", "2026-10-01"},
		{at + "/personne", "nom", "telephone", "06 12 34 56 78"},
		{at + "/personne", "libre", "courriel", "a@example.org"},
	} {
		in := formOf(t, b.Get(tt.address).Body.String())
		in.Set(tt.field, socialSecurity)
		if tt.other != "" {
			in.Set(tt.other, tt.value)
		}
		w := b.Post(tt.address, in)
		require.Equal(t, http.StatusUnprocessableEntity, w.Code, tt.address)
		require.Contains(t, w.Body.String(), "Un numéro de 13 chiffres ou plus", tt.address)
		require.NotContains(t, w.Body.String(), socialSecurity, tt.address)
		require.Contains(t, w.Body.String(), tt.value, tt.address)
	}
	require.Len(t, caseOf(t, s, code).Events(), 2)

	counter := formOf(t, b.Get("/accueil/comptoir").Body.String())
	counter.Set("vers", "maj")
	for _, field := range []string{"demandeur.naissance", "logement.loyer", "commune", "enfants", "demandeur.revenus.salaire", "epargne", "prestations_percues.rsa.montant"} {
		counter.Set(field, socialSecurity)
	}
	w := b.Post("/accueil/comptoir", counter)
	require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	require.Contains(t, w.Body.String(), "Un numéro de 13 chiffres ou plus")
	require.NotContains(t, w.Body.String(), socialSecurity)

	admin := s.SignedIn(t, people.Administrator)
	for address, in := range map[string]url.Values{
		"/accueil/administration/agents": {"identifiant": {"poste9"}, "nom": {socialSecurity}, "fonction": {"agent"}},
		"/accueil/administration/cles":   {"nom": {socialSecurity}, "par_minute": {"60"}, "portee": {"simulations"}},
	} {
		w := admin.Post(address, in)
		require.Equal(t, http.StatusUnprocessableEntity, w.Code, address)
		require.NotContains(t, w.Body.String(), socialSecurity)
		require.NotContains(t, admin.Get(address).Body.String(), socialSecurity)
	}
	require.NotContains(t, s.Log(), socialSecurity)
}

// TestEveryReadingOfACaseIsLogged, and reading changes nothing else.
func TestEveryReadingOfACaseIsLogged(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.Reception)
	code := aCase(t, s, peopletest.Here)
	at := "/accueil/dossiers/" + string(code)
	addresses := []string{at, at + "/carte", at + "/mandat", at + "/personne", at + "/noter/note", at + "/droits/1/depot"}
	before := caseOf(t, s, code).Events()
	for _, address := range addresses {
		require.Equal(t, http.StatusOK, b.Get(address).Code, address)
	}
	all, err := s.Keep.People.Accesses(t.Context(), peopletest.Here, people.AccessFilter{Case: code}, 100)
	require.NoError(t, err)
	require.Len(t, all, len(addresses))
	require.Equal(t, before, caseOf(t, s, code).Events())
	for _, address := range []string{"/accueil/dossiers", "/accueil/dossiers?liste=tous", "/accueil/a-faire"} {
		require.Equal(t, http.StatusOK, b.Get(address).Code, address)
	}
	require.Equal(t, at, b.Post("/accueil/dossiers/recherche", url.Values{"code": {strings.ToLower(strings.ReplaceAll(string(code), "-", " "))}}).Header().Get("Location"))
	for _, typed := range []string{"", "Canari Jaune", "K7B-4PXD", string(aCase(t, s, peopletest.Elsewhere)), socialSecurity} {
		w := b.Post("/accueil/dossiers/recherche", url.Values{"code": {typed}})
		require.Equal(t, http.StatusUnprocessableEntity, w.Code, typed)
		require.Contains(t, w.Body.String(), "Aucun dossier n’a ce code")
		require.NotContains(t, w.Body.String(), socialSecurity)
	}
}

// TestAnotherCentreTakesACaseOver under another code, and what is sealed goes along.
func TestAnotherCentreTakesACaseOver(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.SocialWorker)
	code := aCase(t, s, peopletest.Here)
	require.NoError(t, s.Keep.Vault.PutContact(t.Context(), peopletest.Here, code, vault.Contact{Phone: "06 12 34 56 78"}, s.Clock.Now()))
	a := note(t, b, "/accueil/dossiers/"+string(code)+"/noter/transfert", "vers", string(peopletest.Elsewhere), "accord", "oui")
	require.Equal(t, http.StatusOK, a.code, a.body)
	there, err := s.Keep.Cases.Cases(t.Context(), peopletest.Elsewhere, nil)
	require.NoError(t, err)
	require.Len(t, there, 1)
	require.Contains(t, a.body, string(there[0].Code))
	require.False(t, caseOf(t, s, code).IsOpen())
	c, err := s.Keep.Vault.Contact(t.Context(), peopletest.Elsewhere, there[0].Code)
	require.NoError(t, err)
	require.Equal(t, "06 12 34 56 78", c.Phone)
	require.Equal(t, http.StatusNotFound, b.Get("/accueil/dossiers/"+string(there[0].Code)).Code)
}

// TestWhatALateThingLooksLike: in the worklist, in the tab, on the case.
func TestWhatALateThingLooksLike(t *testing.T) {
	s := desktest.New(t)
	code := aCase(t, s, peopletest.Here)
	b := s.SignedIn(t, people.SocialWorker)
	require.NotContains(t, b.Get("/accueil/a-faire").Body.String(), "chip late\">1")
	s.Clock.Pass(12 * 24 * time.Hour)
	b.SignIn(t, string(people.SocialWorker))
	list := b.Get("/accueil/a-faire").Body.String()
	require.Contains(t, list, string(code))
	require.Contains(t, list, "Déposer la demande")
	require.Contains(t, list, `<span class="chip late">1<span class="vh">`)
	require.Contains(t, b.Get("/accueil/dossiers/"+string(code)).Body.String(), "En retard depuis le")
	require.NotContains(t, s.SignedIn(t, people.Reception).Get("/accueil/a-faire").Body.String(), string(code), "somebody else's, unless asked for")
	require.Contains(t, s.SignedIn(t, people.Reception).Get("/accueil/a-faire?agent=").Body.String(), string(code))
}

// TestTheOfficerGivesAndErases what is kept of someone, in this CCAS only.
func TestTheOfficerGivesAndErases(t *testing.T) {
	s := desktest.New(t)
	code, stranger := aCase(t, s, peopletest.Here), aCase(t, s, peopletest.Elsewhere)
	require.NoError(t, s.Keep.Vault.PutContact(t.Context(), peopletest.Here, code, vault.Contact{Name: "Canari Jaune"}, s.Clock.Now()))
	b := s.SignedIn(t, people.Protection)
	w := b.Post("/accueil/personnes/export", url.Values{"code": {string(code)}})
	require.Equal(t, http.StatusOK, w.Code)
	require.Contains(t, w.Header().Get("Content-Disposition"), "attachment")
	var out map[string]any
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out))
	require.Contains(t, w.Body.String(), "Canari Jaune")
	for _, what := range []string{"export", "effacement"} {
		require.Equal(t, http.StatusUnprocessableEntity, b.Post("/accueil/personnes/"+what, url.Values{"code": {string(stranger)}, "accord": {"oui"}}).Code)
	}
	require.Equal(t, http.StatusUnprocessableEntity, b.Post("/accueil/personnes/effacement", url.Values{"code": {string(code)}}).Code, "it wants a word")
	require.Equal(t, http.StatusOK, b.Post("/accueil/personnes/effacement", url.Values{"code": {string(code)}, "accord": {"oui"}}).Code)
	_, err := s.Keep.Cases.Case(t.Context(), peopletest.Here, code)
	require.ErrorIs(t, err, store.ErrNotFound)
}

// TestNothingOfAPersonIsInTheClear: not in the log, and not in the files of the database.
func TestNothingOfAPersonIsInTheClear(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.SocialWorker)
	code := aCase(t, s, peopletest.Here)
	at := "/accueil/dossiers/" + string(code)
	a := note(t, b, at+"/personne", "nom", "Canari Jaune", "telephone", "06 99 88 77 66", "courriel", "canari@example.org", "libre", "par la chorale")
	require.Equal(t, http.StatusSeeOther, a.code, a.body)
	page := b.Get(at + "/personne").Body.String()
	require.Contains(t, page, "Canari Jaune")
	require.NotContains(t, b.Get(at).Body.String(), "Canari")
	for _, canary := range []string{"Canari", "06 99 88", "canari@", "chorale"} {
		require.NotContains(t, s.Log(), canary)
	}
	for _, file := range s.Files(t) {
		text, err := os.ReadFile(filepath.Clean(file))
		require.NoError(t, err)
		for _, canary := range []string{"Canari", "06 99 88", "canari@", "chorale"} {
			require.False(t, bytes.Contains(text, []byte(canary)), "%s in %s", canary, filepath.Base(file))
		}
	}
	require.Equal(t, http.StatusSeeOther, b.Post(at+"/personne/effacement", url.Values{"quoi": {"coordonnees"}}).Code)
	require.NotContains(t, b.Get(at+"/personne").Body.String(), "Canari")
}

// TestTheAnswersOfAHouseholdAreToldInWords, person by person, and not as they are kept.
func TestTheAnswersOfAHouseholdAreToldInWords(t *testing.T) {
	s := ofTheLaw(t)
	code := aCase(t, s, peopletest.Here)
	p, err := profile.Decode([]byte(`{"commune": "93066", "couple": "marie", "demandeur": {"naissance": "1988-04-25", "activite": "salarie", "nationalite": "hors_ue", "titre_sejour": "carte_resident", "revenus": {"salaire": 1449.62}},
		"conjoint": {"naissance": "1990-02-01", "handicap": {"taux": 80}, "enceinte": false}, "enfants": [{"naissance": "2012-05-03", "garde_alternee": true, "scolarite": "college"}],
		"logement": {"statut": "accedant", "pret_signe_le": "2015-03-01", "pret": "conventionne", "pret_pour": "ancien", "loyer": 640.5}, "foyer_fiscal": {"rfr": 15700}, "epargne": 0, "prestations_percues": {"af": 152.24}}`))
	require.NoError(t, err)
	putHeld(t, s, code, recomputation.Hold(p, &engine.Simulation{}))
	page := s.SignedIn(t, people.SocialWorker).Get("/accueil/dossiers/" + string(code) + "/personne").Body.String()
	_, page, _ = strings.Cut(page, "Voir les réponses")
	var told []string
	for _, m := range regexp.MustCompile(`<h3>([^<]*)</h3>|<dt>([^<]*)</dt><dd>([^<]*)</dd>`).FindAllStringSubmatch(page, -1) {
		line := m[1]
		if line == "" {
			line = m[2] + " : " + m[3]
		}
		told = append(told, strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(html.UnescapeString(line)))
	}
	require.Equal(t, []string{
		"Foyer", "Couple : Oui, mariage", "Enfants à charge : 1", "Commune : Saint-Denis (93)", "Logement : Je suis propriétaire et je rembourse un prêt", "Prêt signé en : 03/2015",
		"Ce que le prêt a payé : Un logement déjà construit", "Le genre de prêt : Un prêt conventionné", "Mensualité du prêt : 640,50 €", "Revenu fiscal de référence : 15 700 € par an", "Épargne : 0 €",
		"Demandeur", "Votre naissance : 25/04/1988", "Votre activité : Emploi salarié", "Nationalité : Un autre pays", "Votre séjour : Carte de résident", "Salaire : 1 449,62 €", "Autre revenu : Rien d’autre",
		"Conjoint", "Naissance de votre conjoint : 01/02/1990", "Handicap reconnu : Oui, 80 % ou plus", "Grossesse : Non",
		"Enfant 1", "Date de naissance : 03/05/2012", "Garde alternée : Oui", "En quelle classe est cet enfant ? : Collège",
		"Reçoit aujourd’hui", "AF : 152,24 € par mois", "Aides déjà reçues : Rien d’autre",
	}, told)
}

// TestAnAppointmentIsNotedWhereThePersonWasSent, and nobody is sent without agreement.
func TestAnAppointmentIsNotedWhereThePersonWasSent(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.SocialWorker)
	code := aCase(t, s, peopletest.Here)
	address := "/accueil/dossiers/" + string(code) + "/droits/1/orientation"
	require.Equal(t, http.StatusUnprocessableEntity, note(t, b, address, "partenaire", "mdph").code)
	require.Equal(t, http.StatusSeeOther, note(t, b, address, "partenaire", "mdph", "accord", "oui").code)
	require.Equal(t, http.StatusSeeOther, note(t, b, address, "accord", "oui", "rendez_vous", "2026-11-05").code)
	c := caseOf(t, s, code)
	require.Len(t, c.Sent, 1)
	require.Equal(t, takeup.Partner("mdph"), c.Sent[0].Partner)
	require.Equal(t, "2026-11-05", c.Sent[0].Appointment.String())
}

// TestANoticeThatChangedIsReadAgain: the case says so until it is, and then holds the version that was read.
func TestANoticeThatChangedIsReadAgain(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.SocialWorker)
	code := aCase(t, s, peopletest.Here) // of another version
	at := "/accueil/dossiers/" + string(code)
	require.Contains(t, b.Get(at).Body.String(), "La notice a changé")
	require.Contains(t, b.Get(at+"/noter/information").Body.String(), `lang="ta"`)
	a := note(t, b, at+"/noter/information")
	require.Equal(t, http.StatusUnprocessableEntity, a.code, "not without agreement")
	a = note(t, b, at+"/noter/information", "accord", "oui")
	require.Equal(t, http.StatusSeeOther, a.code, a.body)
	require.NotContains(t, b.Get(at).Body.String(), "La notice a changé")
	require.Regexp(t, `^[0-9a-f]{16}$`, caseOf(t, s, code).Notice.Version)
}

// TestALockNotesNothing: a form that was left by locking comes back to be gone on with, and nothing of it is kept before.
func TestALockNotesNothing(t *testing.T) {
	s := desktest.New(t)
	b := s.SignedIn(t, people.SocialWorker)
	code := aCase(t, s, peopletest.Here)
	address := "/accueil/dossiers/" + string(code) + "/droits/1/depot"
	in := formOf(t, b.Get(address).Body.String())
	in.Set("preuve", "4471")
	in.Set("verrou", "fermer")
	w := b.Post(address, in)
	require.Contains(t, w.Body.String(), "Poste verrouillé")
	waiting := regexp.MustCompile(`name="attend" value="([^"]+)"`).FindStringSubmatch(w.Body.String())
	require.NotNil(t, waiting)
	w = b.Post(address, url.Values{"verrou_mot_de_passe": {peopletest.Password}, "attend": {waiting[1]}})
	require.Equal(t, http.StatusOK, w.Code)
	require.Contains(t, w.Body.String(), `value="4471"`)
	require.Len(t, caseOf(t, s, code).Events(), 2)
}

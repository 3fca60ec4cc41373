package pages_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestJourneys(t *testing.T) {
	for name, who := range people {
		for _, lang := range []string{"fr", "en"} {
			t.Run(name+" in "+lang, func(t *testing.T) {
				v := newSite(t).visitor(t)
				keys := v.answerAs(lang, who())
				t.Log(len(keys), "pages:", keys)
				slices.Sort(keys)
				require.Equal(t, slices.Compact(slices.Clone(keys)), keys, "no question is asked twice")
				require.LessOrEqual(t, len(keys), 25)
				require.Equal(t, lang, v.page.lang)
				v.press("resultats", nil)
				require.Equal(t, 200, v.page.status)
				require.Contains(t, v.page.text, "€")
				require.Empty(t, unnamed.FindAllString(v.page.text, -1), "messages are missing")
			})
		}
	}
}

// unnamed finds keys of messages that stand in a page for want of words.
var unnamed = regexp.MustCompile(`(?m)^(condition|etape|aide|document|organisme|question|fait|erreur)\.[a-z_.]+$`)

func TestLoneParentIsTold(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	v.press("resultats", nil)
	for _, words := range []string{"Allocation de soutien familial", "Prime d’activité", "Aide personnelle au logement", "Vous recevez déjà", "Pas de droit en octobre 2026"} {
		require.Contains(t, v.page.text, words)
	}
	require.Regexp(t, `\d,\d\d\x{a0}€`, v.page.text, "amounts as the French write them")
}

func TestDwellingsAreAskedWhatTheirsNeeds(t *testing.T) {
	v := newSite(t).visitor(t)
	require.Contains(t, v.answerAs("fr", student()), "regime")
	require.Contains(t, v.page.text, "Une chambre du Crous")
	v.press("resultats", nil)
	require.Contains(t, v.page.text, "ALS, allocation de logement sociale")

	v = newSite(t).visitor(t)
	asked := v.answerAs("fr", buyer())
	require.Contains(t, asked, "pret")
	require.Contains(t, asked, "pret_nature")
	require.Contains(t, v.page.text, "mars 2016")
	require.Contains(t, v.page.text, "Un logement déjà construit, Un prêt conventionné")
	v.press("resultats", nil)
	require.Contains(t, v.page.text, "APL, aide personnalisée au logement")
}

func TestCheckedAnswersAreThoseGiven(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	for _, words := range []string{"25 avril 1988", "Non", "2 enfants", "Enfant 1\u00a0: 3 mai 2012", "Saint-Denis", "Je loue un logement social", "452,62\u00a0€ par mois", "1\u202f449,62\u00a0€ par mois"} {
		require.Contains(t, v.page.text, words)
	}
	v.answerAs("en", youngCouple())
	for _, words := range []string{"Yes, without marriage or pacs", "€1,100.50", "€720 a month", "No children"} {
		require.Contains(t, v.page.text, words)
	}
}

// What is read again stands away from its question, and says what it is by itself.
func TestCheckedAnswersStandByThemselves(t *testing.T) {
	v := newSite(t).visitor(t)
	p := loneParent()
	p["enfants"] = with(one("enfants", "oui"), day("enfant1", "20", "1", "2016"), day("enfant2", "8", "7", "2022"), one("garde", "aucun"))
	p["enfants_scolarite"] = url.Values{"personne.enfants[0]": {"elementaire"}, "personne.enfants[1]": {"maternelle"}}
	p["revenus.demandeur"] = one("revenu", "aucun")
	v.answerAs("fr", p)
	require.Regexp(t, `Nationalité\s+Française\s`, v.page.text)
	require.Regexp(t, `Grossesse\x{a0}: Non\s`, v.page.text)
	require.Regexp(t, `Handicap reconnu\x{a0}: Non, personne\s`, v.page.text)
}

// Who lives alone says what their permit is beside their nationality; who leaves that empty is asked on its own page.
func TestPermitIsAskedBesideTheNationality(t *testing.T) {
	p := pensioner()
	p["nationalite"] = with(one("reponse", "hors_ue"), one("titre", "carte_resident"), one("sejour.mois", "3"), one("sejour.annee", "1998"))
	v := newSite(t).visitor(t)
	require.NotContains(t, v.answerAs("fr", p), "sejour.demandeur")
	require.Regexp(t, `Carte de résident\s+mars 1998`, v.page.text)
	v.press("modifier:nationalite", nil)
	require.Equal(t, "1998", v.page.fields.Get("sejour.annee"), "shown again as it was said")

	v = newSite(t).visitor(t)
	v.answerAll("fr", func(page *shown) url.Values {
		if page.key == "nationalite" {
			mistaken := *v
			mistaken.press("suite", with(one("reponse", "hors_ue"), one("titre", "carte_resident")))
			require.Len(t, mistaken.page.errors, 1, "a month is missing")
		}
		return pensioner().answer(t, page)
	})
	require.Regexp(t, `Carte de résident\s+mars 1998`, v.page.text)
}

// A child too young to work is not asked what it does; one who is old enough is.
func TestYoungChildrenAreNotAskedWhatTheyDo(t *testing.T) {
	for born, asked := range map[string]bool{"2017": false, "2011": true} {
		t.Run(born, func(t *testing.T) {
			p := youngCouple()
			p["personne.demandeur"] = with(day("date", "6", "6", "1981"), one("activite", "salarie"))
			p["enfants"] = with(one("enfants", "oui"), day("enfant1", "2", "2", born), day("enfant2", "15", "8", "2021"), one("garde", "aucun"))
			p["revenus.demandeur"], p["revenus.conjoint"] = wage("1500"), with(one("revenu", "chomage"), one("chomage.net", "950"))
			v := newSite(t).visitor(t)
			require.Equal(t, asked, slices.Contains(v.answerAs("fr", p), "enfants_activite"))
			require.Equal(t, asked, strings.Contains(v.page.text, "Activité des enfants"))
		})
	}
}

func TestDontKnowEverywhere(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		t.Run(lang, func(t *testing.T) {
			v := newSite(t).visitor(t)
			v.answerAll(lang, func(page *shown) url.Values {
				said := dunno(page)
				require.NotEmpty(t, said, "no way to say that one does not know on %s", page.key)
				return said
			})
			v.press("resultats", nil)
			require.Equal(t, 200, v.page.status)
			require.NotContains(t, v.page.text, "0,00")
		})
	}
	t.Run("each answer of a person in turn", func(t *testing.T) {
		v := newSite(t).visitor(t)
		parent := loneParent()
		keys := v.answerAs("fr", parent)
		for _, skip := range keys {
			v.answerAll("fr", func(page *shown) url.Values {
				if page.key == skip {
					return dunno(page)
				}
				return parent.answer(t, page)
			})
			require.Contains(t, v.page.text, "Je ne sais pas", "saying so on %s is not read again", skip)
			v.press("resultats", nil)
			require.Equal(t, 200, v.page.status, skip)
		}
	})
}

func TestNothingIsChosenBeforehand(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAll("fr", func(page *shown) url.Values {
		for name := range page.choices {
			if !strings.Contains(name, "personne.") { // lists that only those see who said that it concerns someone
				require.Empty(t, page.fields[name], "%s on %s", name, page.key)
			}
		}
		return loneParent().answer(t, page)
	})
}

// Who has a permit that the list lacks, a temporary protection, is told neither no nor yes: family benefits stay to be settled.
func TestAPermitThatTheListLacks(t *testing.T) {
	v := newSite(t).visitor(t)
	p := loneParent()
	p["nationalite"] = with(one("reponse", "quelquun"), one("personne.demandeur", "hors_ue"), one("personne.enfants[0]", "francaise"), one("personne.enfants[1]", "francaise"))
	p["sejour.demandeur"] = with(one("titre", "nsp"), one("sejour.mois", "4"), one("sejour.annee", "2022"))
	asked := false
	v.answerAll("fr", func(page *shown) url.Values {
		if page.key == "sejour.demandeur" {
			asked = true
			require.Contains(t, page.text, "un autre titre (protection temporaire, autorisation provisoire de séjour)")
		}
		return p.answer(t, page)
	})
	require.True(t, asked)
	v.press("resultats", nil)
	require.Regexp(t, `À préciser\s+Allocation de soutien familial`, v.page.text)
	require.NotRegexp(t, `Pas de droit ce mois-ci\s+Allocation de soutien familial`, v.page.text)
}

func TestResultsMayComeEarly(t *testing.T) {
	v := newSite(t).visitor(t)
	v.get("/fr/simulation")
	for range 5 {
		v.continueWith(loneParent().answer(t, v.page))
	}
	v.press("verifier", nil)
	require.Equal(t, "Relisez vos réponses", v.page.heading)
	require.Regexp(t, `Il reste \d+ questions utiles`, v.page.text)
	check := v.page
	v.press("resultats", nil)
	require.Contains(t, v.page.text, "À préciser")
	v.press("continuer", nil)
	require.NotEmpty(t, v.page.key, "the questions go on from the results")
	v.page = check
	v.press("continuer", nil)
	require.NotEmpty(t, v.page.key)
}

// Property 23: no answer stands in an address, a header or a log, and results are not kept.
func TestProperty23NoAnswerLeavesTheForm(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	parent := loneParent()
	parent["loyer"] = one("loyer", "987,65")
	parent["revenus.demandeur"] = wage("1 234,56")
	v.answerAs("fr", parent)
	v.press("resultats", nil)
	v.press("reprendre", nil)
	for _, canary := range []string{"987", "1234", "1 234", "1988", "93066", "locataire_hlm", "salaire"} {
		for i, h := range v.answers {
			for name, values := range h {
				require.NotContains(t, strings.Join(values, " "), canary, "header %s of %s", name, v.visited[i])
			}
			require.NotContains(t, v.visited[i], canary)
		}
		require.NotContains(t, s.log.String(), canary)
		for _, link := range v.page.links {
			require.NotContains(t, link, canary)
		}
	}
	for i, h := range v.answers {
		require.Empty(t, h.Values("Set-Cookie"))
		require.Empty(t, h.Get("Location"))
		require.NotContains(t, v.visited[i], "?")
	}
	require.Equal(t, "no-store", v.answers[len(v.answers)-1].Get("Cache-Control"), "results")
	require.Equal(t, "private, no-cache", v.answers[2].Get("Cache-Control"), "questions")
}

func TestHomeNegotiatesTheLanguage(t *testing.T) {
	s := newSite(t)
	for header, want := range map[string]string{
		"": "/fr/", "en-GB,en;q=0.9": "/en/", "fr-CA": "/fr/", "de,en;q=0.5": "/en/", "ja": "/fr/", "*": "/fr/", ";;;": "/fr/", strings.Repeat("en,", 5000): "/en/",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Language", header)
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		require.Equal(t, http.StatusSeeOther, w.Code)
		require.Equal(t, want, w.Header().Get("Location"), header[:min(len(header), 20)])
		require.Equal(t, "Accept-Language", w.Header().Get("Vary"))
	}
}

func TestRoutes(t *testing.T) {
	s := newSite(t)
	for _, tt := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/fr", 308},
		{"GET", "/fr/", 200},
		{"GET", "/en/aides", 200},
		{"GET", "/fr/simulation", 200},
		{"GET", "/de/", 404},
		{"GET", "/fr/simulation/", 404},
		{"PUT", "/fr/simulation", 405},
		{"POST", "/fr/", 405},
		{"GET", "/fr/aides/af", 200},
		{"GET", "/fr/aides/x/y", 404},
	} {
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, httptest.NewRequest(tt.method, tt.path, nil))
		require.Equal(t, tt.want, w.Code, "%s %s", tt.method, tt.path)
	}
}

// Two visitors at once never see each other's words or answers.
func TestVisitorsDoNotMix(t *testing.T) {
	s := newSite(t)
	_ = s.visitor(t).get("/fr/") // what is made once is made
	for _, lang := range []string{"fr", "en"} {
		for _, rent := range []string{"611", "722"} {
			t.Run(lang+rent, func(t *testing.T) {
				t.Parallel()
				p := loneParent()
				p["loyer"] = one("loyer", rent)
				v := s.visitor(t)
				for range 3 {
					v.answerAs(lang, p)
					require.Equal(t, lang, v.page.lang)
					require.Contains(t, v.page.text, rent)
					require.Equal(t, lang == "en", strings.Contains(v.page.text, "Check your answers"))
					v.press("resultats", nil)
					require.Equal(t, lang == "en", strings.Contains(v.page.text, "This is an estimate"))
				}
			})
		}
	}
}

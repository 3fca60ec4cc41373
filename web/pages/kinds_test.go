package pages_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// family is asked what few are: two adults from outside the Union, one with a récépissé, the other with a disability, in a home for
// workers, with a wage that changes and a child who earns one.
func family() person {
	return person{
		"personne.demandeur":  with(day("date", "25", "4", "1980"), one("activite", "salarie")),
		"personne.conjoint":   with(day("date", "14", "7", "1982"), one("activite", "inactif")),
		"couple":              one("couple", "marie"),
		"enfants":             with(one("enfants", "oui"), day("enfant1", "3", "5", "2009"), day("enfant2", "9", "11", "2016"), one("garde", "aucun")),
		"commune":             with(one("recherche", "Saint-Denis"), one("cherche", "Saint-Denis"), one("commune", "93066")),
		"logement":            one("logement", "foyer"),
		"regime":              one("regime", "conventionne"),
		"loyer":               with(one("loyer", "480"), one("charges", "0")),
		"revenus.demandeur":   with(one("revenu", "salaire"), one("salaire.varie", "oui")),
		"montants.demandeur":  youngCouple()["montants.demandeur"],
		"revenus.conjoint":    one("revenu", "aucun"),
		"enfants_revenus":     with(one("reponse", "quelquun"), one("personne.enfants[0]", "salaire"), one("personne.enfants[1]", "aucun")),
		"montants.enfants[0]": with(one("salaire.mode", "meme"), one("salaire.net", "300")),
		"nationalite": with(one("reponse", "quelquun"), one("personne.demandeur", "hors_ue"), one("personne.conjoint", "hors_ue"),
			one("personne.enfants[0]", "hors_ue"), one("personne.enfants[1]", "hors_ue")),
		"sejour.demandeur": with(one("titre", "recepisse"), one("sejour.mois", "3"), one("sejour.annee", "2015")),
		"sejour.conjoint":  with(one("titre", "carte_sejour"), one("sejour.mois", "3"), one("sejour.annee", "2019")),
		"sante": with(one("handicap.reponse", "quelquun"), one("handicap.personne.demandeur", "0"), one("handicap.personne.conjoint", "50"),
			one("handicap.personne.enfants[0]", "0"), one("handicap.personne.enfants[1]", "0"), one("inapte.reponse", "aucun"), one("enceinte.reponse", "aucun")),
		"patrimoine":  with(one("rfr", "9 000"), one("epargne", "0")),
		"prestations": one("aide", "aucun"),
	}
}

// european is a pensioner from the Union, who is asked since when and not by which title.
func european() person {
	p := pensioner()
	p["nationalite"], p["sejour.demandeur"] = one("reponse", "ue"), with(one("sejour.mois", "3"), one("sejour.annee", "1998"))
	return p
}

// A kind is one kind of public page: how any language comes to it.
type kind struct {
	name string
	get  string     // the address below the language
	form url.Values // or what is sent to the questionnaire
	fail int        // or the status of an error
	twin bool       // another kind holds all that it holds, and more: it is looked at in French
}

// kinds lists every kind of public page of a site: those that need no answer, each question that the people here are asked, each with the
// summary of its mistakes, the answers, results of several households, their sheet, and errors. The answers are given once, in French:
// sealed, they are good in every language.
func (s *site) kinds(t *testing.T) []kind {
	t.Helper()
	var all []kind
	for _, path := range append(slices.Clone(publicPaths), "aides/modele_commission") {
		all = append(all, kind{name: "page-" + strings.NewReplacer("/", "-", "?", "-").Replace(path), get: path})
	}
	add := func(name string, form url.Values) { all = append(all, kind{name: name, form: form}) }
	seen := map[string]bool{}
	for _, h := range []struct {
		name string
		who  person
		ends []string // what the household is shown at the end
	}{
		{"parent", loneParent(), []string{"resultats", "feuille"}},
		{"family", family(), []string{"verifier", "resultats", "feuille", "modifier:loyer"}},
		{"villager", villager(), []string{"resultats"}},
		{"european", european(), []string{"resultats"}},
		{"buyer", buyer(), nil},
	} {
		v := s.visitor(t)
		v.answerAll("fr", func(page *shown) url.Values {
			sealed := page.fields.Get("reponses")
			topic, _, _ := strings.Cut(page.key, ".")
			if topic == "sejour" && len(page.choices["titre"]) == 0 {
				topic = "sejour-ue"
			}
			if !seen[topic] {
				seen[topic] = true
				all = append(all, kind{name: "question-" + topic, form: with(one("reponses", sealed), one("vers", "reprendre")), twin: true})
				add("question-"+topic+"-mistaken", with(one("reponses", sealed), one("vers", "suite"), one("page", page.key)))
			}
			if topic == "commune" && h.name == "family" {
				add("question-commune-found", with(one("reponses", sealed), one("vers", "suite"), one("page", page.key), one("recherche", "Saint-Denis")))
				add("results-early", with(one("reponses", sealed), one("vers", "resultats")))
			}
			return h.who.answer(t, page)
		})
		for _, button := range h.ends {
			what := map[string]string{"verifier": "check", "resultats": "results", "feuille": "sheet", "modifier:loyer": "change"}[button]
			add(what+"-"+h.name, with(one("reponses", v.page.fields.Get("reponses")), one("vers", button)))
		}
	}
	add("restart", with(one("reponses", "illisible"), one("vers", "suite")))
	return append(all, kind{name: "error-500", fail: http.StatusInternalServerError})
}

// in gives a page of a kind in a language.
func (k kind) in(v *visitor, lang string) *shown {
	switch {
	case k.form != nil:
		return v.post("/"+lang+"/simulation", k.form)
	case k.fail != 0:
		w := httptest.NewRecorder()
		v.site.pages.Error(w, httptest.NewRequest(http.MethodPost, "/"+lang+"/simulation", nil), k.fail, "k7f3")
		return read(v.t, w)
	default:
		return v.get("/" + lang + "/" + k.get)
	}
}

// TestKindsAreWhatTheySay holds that the pages that stand for all are those meant: every topic of the questionnaire, mistakes where there
// should be some, no error where there should be none, in the language asked for.
func TestKindsAreWhatTheySay(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	s := modelSite(t)
	kinds := s.kinds(t)
	var topics []string
	for _, k := range kinds {
		page := k.in(s.visitor(t), "ro")
		require.Equal(t, "ro", page.lang, k.name)
		topic, isQuestion := strings.CutPrefix(k.name, "question-")
		topic, isMistaken := strings.CutSuffix(topic, "-mistaken")
		require.Equal(t, isMistaken, len(page.errors) > 0, k.name)
		if isQuestion {
			require.True(t, strings.HasPrefix(page.key, strings.TrimSuffix(strings.TrimSuffix(topic, "-found"), "-ue")), "%s shows %s", k.name, page.key)
			topics = append(topics, topic)
		}
		switch {
		case k.name == "page-nulle-part":
			require.Equal(t, http.StatusNotFound, page.status)
		case k.name == "restart":
			require.Equal(t, http.StatusBadRequest, page.status)
		case k.fail != 0:
			require.Equal(t, k.fail, page.status)
		default:
			require.Equal(t, http.StatusOK, page.status, k.name)
		}
		if strings.HasPrefix(k.name, "results-") {
			require.Contains(t, page.text, "€", k.name)
		}
	}
	slices.Sort(topics)
	require.Equal(t, []string{
		"charges_fixes", "commune", "commune-found", "couple", "enfants", "enfants_revenus", "enfants_scolarite", "isole_depuis", "logement", "loyer",
		"montants", "nationalite", "patrimoine", "personne", "prestations", "pret", "pret_nature", "quotient_familial", "regime",
		"residence_commune_depuis", "revenus", "rsdae", "sante", "sejour", "sejour-ue", "sejour_justifie",
	}, slices.Compact(topics), "questions of the same shape as these may stand for others")
}

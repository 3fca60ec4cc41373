package pages_test

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A person answers the questions they are asked. Answers are found by the key of the question.
type person map[string]url.Values

func day(name, d, m, y string) url.Values {
	return url.Values{name + ".jour": {d}, name + ".mois": {m}, name + ".annee": {y}}
}

func with(all ...url.Values) url.Values {
	out := url.Values{}
	for _, values := range all {
		maps.Copy(out, values)
	}
	return out
}

func one(name string, values ...string) url.Values { return url.Values{name: values} }

func wage(net string) url.Values {
	return with(one("revenu", "salaire"), one("salaire.net", net))
}

// loneParent rents social housing with two children and a wage.
func loneParent() person {
	return person{
		"personne.demandeur": with(day("date", "25", "4", "1988"), one("activite", "salarie")),
		"couple":             one("couple", "non"),
		"enfants":            with(one("enfants", "oui"), day("enfant1", "3", "5", "2012"), day("enfant2", "9", "11", "2023"), one("garde", "aucun")),
		"commune":            with(one("recherche", "Saint-Denis"), one("cherche", "Saint-Denis"), one("commune", "93066")),
		"logement":           one("logement", "locataire_hlm"),
		"loyer":              one("loyer", "452,62"),
		"revenus.demandeur":  wage("1 449,62"),
		"isole_depuis":       one("depuis", "longtemps"),
		"enfants_scolarite":  {"personne.enfants[0]": {"college"}, "personne.enfants[1]": {"maternelle"}},
		"patrimoine":         with(one("rfr", "15 700"), one("epargne", "0")),
		"prestations":        one("aide", "af", "paje_base"),
	}
}

// youngCouple lives in a rented flat, one with a wage that changes, one out of work, without children.
func youngCouple() person {
	return person{
		"personne.demandeur": with(day("date", "2", "2", "1999"), one("activite", "salarie")),
		"personne.conjoint":  with(day("date", "14", "7", "2000"), one("activite", "demandeur_emploi")),
		"couple":             one("couple", "concubinage"),
		"enfants":            one("enfants", "aucun"),
		"commune":            with(one("recherche", "69003"), one("cherche", "69003"), one("commune", "69383")),
		"logement":           one("logement", "locataire_vide"),
		"loyer":              one("loyer", "610"),
		"revenus.demandeur":  with(one("revenu", "salaire"), one("salaire.varie", "oui")),
		"montants.demandeur": {
			"salaire.mode": {"varie"}, "salaire.2026-09": {"900"}, "salaire.2026-08": {"1 100,50"}, "salaire.2026-07": {"0"}, "salaire.2026-06": {"850"},
		},
		"revenus.conjoint": with(one("revenu", "chomage"), one("chomage.net", "720")),
		"patrimoine":       with(one("rfr", "9 400"), one("epargne", "300")),
		"prestations":      one("aide", "aucun"),
	}
}

// pensioner is alone, foreign, with a small pension.
func pensioner() person {
	return person{
		"personne.demandeur": with(day("date", "1", "1", "1956"), one("activite", "retraite")),
		"couple":             one("couple", "non"),
		"enfants":            one("enfants", "aucun"),
		"commune":            with(one("recherche", "13001"), one("cherche", "13001"), one("commune", "13201")),
		"logement":           one("logement", "locataire_meuble"),
		"loyer":              one("loyer", "390"),
		"revenus.demandeur":  with(one("revenu", "retraite"), one("retraite.net", "412")),
		"nationalite":        one("reponse", "hors_ue"),
		"sejour.demandeur":   {"titre": {"carte_resident"}, "sejour.mois": {"3"}, "sejour.annee": {"1998"}},
		"patrimoine":         with(one("rfr", "4 100"), one("epargne", "0")),
		"prestations":        one("aide", "nsp"),
	}
}

// student has a scholarship and a room of the Crous.
func student() person {
	return person{
		"personne.demandeur": with(day("date", "5", "9", "2005"), one("activite", "etudiant")),
		"couple":             one("couple", "non"),
		"enfants":            one("enfants", "aucun"),
		"commune":            with(one("recherche", "69003"), one("cherche", "69003"), one("commune", "69383")),
		"logement":           one("logement", "residence_etudiante"),
		"regime":             one("regime", "chambre"),
		"loyer":              with(one("loyer", "260"), one("charges", "0")),
		"revenus.demandeur":  with(one("revenu", "bourse"), one("bourse.net", "350")),
		"patrimoine":         with(one("rfr.nsp", "oui"), one("epargne", "0")),
		"prestations":        one("aide", "aucun"),
	}
}

// buyer repays an old loan.
func buyer() person {
	p := loneParent()
	p["logement"], p["loyer"] = one("logement", "accedant"), with(one("loyer", "600"), one("charges", "0"))
	p["pret"] = url.Values{"pret.mois": {"3"}, "pret.annee": {"2016"}}
	p["pret_nature"] = with(one("pret_pour", "ancien"), one("pret", "conventionne"))
	return p
}

// answer gives what the person says to the question shown. Where they were given no answer they say that it concerns
// nobody, in the way that the page offers.
func (p person) answer(t testing.TB, page *shown) url.Values {
	t.Helper()
	if a, ok := p[page.key]; ok {
		return a
	}
	out := url.Values{}
	for name, values := range page.choices {
		for _, no := range []string{"aucun", "non", "francaise", "0", "inactif"} {
			if slices.Contains(values, no) {
				out.Set(name, no)
				break
			}
		}
	}
	require.NotEmpty(t, out, "no answer to %s: %s", page.key, page.heading)
	return out
}

// dunno gives "I don't know" to everything that the page asks.
func dunno(page *shown) url.Values {
	out := url.Values{}
	for name := range page.choices {
		switch {
		case slices.Contains(page.choices[name], "nsp"):
			out.Set(name, "nsp")
		case strings.HasSuffix(name, ".nsp"):
			out.Set(name, "oui")
		}
	}
	return out
}

// maxPages is more than any questionnaire may be long.
const maxPages = 45

// answerAll goes through the questionnaire up to the page where answers are checked, and gives the keys of the pages.
func (v *visitor) answerAll(lang string, answer func(*shown) url.Values) []string {
	v.t.Helper()
	var keys []string
	v.get("/" + lang + "/simulation")
	for v.page.key != "" {
		require.Equal(v.t, 200, v.page.status)
		keys = append(keys, v.page.key)
		require.Less(v.t, len(keys), maxPages, "the questionnaire does not end: %v", keys)
		v.continueWith(answer(v.page))
		require.Empty(v.t, v.page.errors, "refused on page %s: %s", keys[len(keys)-1], v.page.heading)
	}
	return keys
}

func (v *visitor) answerAs(lang string, p person) []string {
	v.t.Helper()
	return v.answerAll(lang, func(page *shown) url.Values { return p.answer(v.t, page) })
}

var people = map[string]func() person{"lone parent": loneParent, "young couple": youngCouple, "pensioner": pensioner, "student": student, "buyer": buyer}

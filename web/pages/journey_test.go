package pages_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

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

func TestBackShowsWhatWasAnswered(t *testing.T) {
	v := newSite(t).visitor(t)
	parent := loneParent()
	var asked []string
	v.get("/fr/simulation")
	for range 8 {
		asked = append(asked, v.page.key)
		v.continueWith(parent.answer(t, v.page))
	}
	for _, key := range slices.Backward(asked) {
		v.press("retour", nil)
		require.Equal(t, key, v.page.key)
		for name, want := range parent.answer(t, v.page) {
			got := v.page.fields[name]
			if name == "cherche" || name == "recherche" {
				continue // a commune is shown by its name
			}
			require.Equal(t, want, []string{strings.ReplaceAll(strings.Join(got, ","), "\u202f", " ")}, "%s on %s", name, v.page.key)
		}
	}
	require.NotContains(t, v.page.buttons, pressable{"retour", ""}, "the first page leads back to the home page")
	require.Contains(t, v.page.links, "/fr/")
}

// The browser's own Back button shows an older page with its older answers: going on from there must work.
func TestBrowsersOwnBack(t *testing.T) {
	v := newSite(t).visitor(t)
	first := v.get("/fr/simulation")
	v.continueWith(loneParent().answer(t, v.page))
	v.page = first
	v.continueWith(dunno(first))
	require.Equal(t, 200, v.page.status)
	require.Empty(t, v.page.errors)
	require.NotEqual(t, first.key, v.page.key)
}

func TestModify(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	require.Contains(t, v.page.text, "452,62")
	v.press("modifier:loyer", nil)
	require.Equal(t, "loyer", v.page.key)
	require.Equal(t, "452,62", v.page.fields.Get("loyer"))
	require.Contains(t, v.page.text, "Vous modifiez une réponse")
	v.continueWith(one("loyer", "500"))
	require.Equal(t, "Relisez vos réponses", v.page.heading)
	require.Contains(t, v.page.text, "500\u00a0€ par mois")
	require.NotContains(t, v.page.text, "452,62")
	require.Contains(t, v.page.text, "25 avril 1988", "the other answers stay")
}

func TestModifyAsksWhatTheChangeOpens(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	v.press("modifier:couple", nil)
	v.continueWith(one("couple", "marie"))
	var opened []string
	for v.page.key != "" {
		opened = append(opened, v.page.key)
		require.Less(t, len(opened), 15)
		v.continueWith(youngCouple().answer(t, v.page))
		require.Empty(t, v.page.errors)
	}
	require.Contains(t, opened, "revenus.conjoint")
	require.Equal(t, "Relisez vos réponses", v.page.heading)
	require.Contains(t, v.page.text, "Oui, mariage")
	require.NotContains(t, v.page.text, "Sans conjoint depuis")

	v.press("modifier:couple", nil)
	v.continueWith(one("couple", "non"))
	for v.page.key != "" {
		v.continueWith(loneParent().answer(t, v.page))
	}
	require.NotContains(t, v.page.text, "conjoint :", "what was said of the spouse is gone")
	require.NotContains(t, v.page.text, "720")
}

func TestBackOutOfAChangeKeepsTheAnswer(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	v.press("modifier:loyer", nil)
	v.press("retour", nil)
	require.Equal(t, "Relisez vos réponses", v.page.heading)
	require.Contains(t, v.page.text, "452,62")
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

func TestMissingAnswerCanBeGivenFromTheResults(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAll("fr", func(page *shown) url.Values {
		if page.key == "loyer" {
			return dunno(page)
		}
		return loneParent().answer(t, page)
	})
	v.press("resultats", nil)
	require.Contains(t, v.page.text, "À préciser")
	require.Contains(t, v.page.buttons, pressable{"modifier:loyer", ""})
	before := v.page.text
	v.press("modifier:loyer", nil)
	require.Equal(t, "loyer", v.page.key)
	v.continueWith(one("loyer", "452,62"))
	require.Equal(t, "Vos aides, au 15 octobre 2026", v.page.heading, "back to the results")
	require.NotEqual(t, before, v.page.text)
}

func TestChangeOfLanguageKeepsAnswers(t *testing.T) {
	v := newSite(t).visitor(t)
	v.get("/fr/simulation")
	for v.page.key != "loyer" {
		v.continueWith(loneParent().answer(t, v.page))
	}
	v.turnTo("en", one("loyer", "777"))
	require.Equal(t, "en", v.page.lang)
	require.Equal(t, "loyer", v.page.key)
	require.Equal(t, "777", v.page.fields.Get("loyer"), "what was typed and not sent yet stays")
	require.Contains(t, v.page.text, "Combien payez\u2011vous de loyer par mois", "the question in French, for who helps")
	require.Empty(t, v.page.errors)
	v.continueWith(nil)
	for v.page.key != "" {
		v.continueWith(loneParent().answer(t, v.page))
		require.Empty(t, v.page.errors)
	}
	require.Equal(t, "Check your answers", v.page.heading)
	require.Contains(t, v.page.text, "€777 a month")
	v.turnTo("fr", nil)
	require.Equal(t, "Relisez vos réponses", v.page.heading)
	v.press("resultats", nil)
	v.turnTo("en", nil)
	require.Equal(t, "Your benefits, on 15 October 2026", v.page.heading)
	require.Equal(t, "en", v.page.lang)
	v.press("feuille", nil)
	v.turnTo("ar", nil)
	require.Equal(t, "ar", v.page.lang)
	require.Contains(t, v.page.text, "Montrez cette feuille au guichet", "the sheet is still there, in French and the new language")
	v.press("resultats", nil)
	v.press("verifier", nil)
	v.press("retour", nil)
	require.Contains(t, v.page.heading, "15", "the results are before the answers, not the sheet that was left")
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

func TestRefusedAnswers(t *testing.T) {
	type refusal struct {
		key  string
		in   url.Values
		want string
	}
	tests := map[string]refusal{
		"no choice":             {"couple", nil, "Choisissez une réponse"},
		"unknown choice":        {"couple", one("couple", "trouple"), "Choisissez une réponse"},
		"no date":               {"personne.demandeur", salaried(nil), "Donnez le jour"},
		"a date and don't know": {"personne.demandeur", salaried(with(day("date", "1", "2", "1980"), one("date.nsp", "oui"))), "Gardez l’un des deux"},
		"half a date":           {"personne.demandeur", salaried(day("date", "", "2", "1980")), "Donnez le jour"},
		"30 February":           {"personne.demandeur", salaried(day("date", "30", "2", "1980")), "n’existe pas"},
		"month in letters":      {"personne.demandeur", salaried(day("date", "3", "mars", "1980")), "n’existe pas"},
		"two-digit year":        {"personne.demandeur", salaried(day("date", "3", "3", "80")), "quatre chiffres"},
		"tomorrow":              {"personne.demandeur", salaried(day("date", "16", "10", "2026")), "avenir"},
		"150 years ago":         {"personne.demandeur", salaried(day("date", "16", "10", "1876")), "trop ancienne"},
		"a child claims":        {"personne.demandeur", salaried(day("date", "16", "10", "2020")), "14 ans"},
		"children, no birth":    {"enfants", with(one("enfants", "oui"), one("garde", "aucun")), "Donnez la date de naissance"},
		"a child of 40":         {"enfants", with(one("enfants", "oui"), day("enfant1", "3", "5", "1986"), day("enfant2", "9", "11", "2023"), one("garde", "aucun")), "30 ans"},
		"custody of whom":       {"enfants", with(one("enfants", "oui"), day("enfant1", "3", "5", "2012"), day("enfant2", "9", "11", "2023"), one("garde", "oui")), "personnes concernées"},
		"custody not said":      {"enfants", with(one("enfants", "oui"), day("enfant1", "3", "5", "2012"), one("garde")), "Choisissez une réponse"},
		"no commune":            {"commune", nil, "code postal"},
		"no such commune":       {"commune", one("recherche", "Zzyzx"), "ne trouvons pas"},
		"overseas":              {"commune", with(one("recherche", "97400"), one("cherche", "97400"), one("commune", "97411")), "outre-mer"},
		"letters for money":     {"loyer", one("loyer", "beaucoup"), "en chiffres"},
		"no money":              {"loyer", nil, "Donnez un montant"},
		"too much money":        {"loyer", one("loyer", "20001"), "trop grand"},
		"nothing and a wage":    {"revenus.demandeur", one("revenu", "aucun", "salaire"), "ne va pas avec une autre réponse"},
		"no income ticked":      {"revenus.demandeur", nil, "Cochez au moins une réponse"},
		"a wage in letters":     {"revenus.demandeur", wage("assez"), "en chiffres"},
		"an income of ours":     {"revenus.demandeur", one("revenu", "loterie"), "Cochez au moins une réponse"},
		"a month is missing":    {"montants.demandeur", url.Values{"salaire.mode": {"varie"}, "salaire.2026-09": {"900"}}, "quatre mois"},
		"no aid ticked":         {"prestations", nil, "Cochez au moins une réponse"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			who := loneParent()
			if tt.key == "montants.demandeur" {
				who = youngCouple() // whose wage changes
			}
			v := newSite(t).visitor(t)
			v.get("/fr/simulation")
			for v.page.key != tt.key {
				require.NotEmpty(t, v.page.key, "%s is not asked", tt.key)
				v.continueWith(who.answer(t, v.page))
			}
			in := with(tt.in)
			for name := range v.page.choices {
				if strings.HasSuffix(name, ".nsp") && in[name] == nil {
					in.Set(name, "")
				}
			}
			for name := range v.page.fields {
				if _, set := in[name]; !set && (strings.HasPrefix(name, "date.") || name == "loyer" || name == "recherche") {
					in.Set(name, "")
				}
			}
			v.continueWith(in)
			require.Equal(t, tt.key, v.page.key)
			require.Len(t, v.page.errors, 1)
			require.Contains(t, v.page.errors[0], tt.want)
			require.True(t, strings.HasPrefix(v.page.title, "Erreur"), v.page.title)
			require.Equal(t, 2, strings.Count(v.page.text, v.page.errors[0]), "the same words beside the field and in the summary")
			for _, link := range v.page.links {
				if id, here := strings.CutPrefix(link, "#c-"); here {
					require.Contains(t, v.page.ids, "c-"+id, "the summary leads to the field")
				}
			}
			// What was typed is still there, and the right answer is then taken.
			v.continueWith(with(one("date.nsp", ""), who.answer(t, v.page)))
			require.Empty(t, v.page.errors)
		})
	}
}

// salaried adds to a birth the answer that stands beside it.
func salaried(born url.Values) url.Values { return with(born, one("activite", "salarie")) }

func TestTamperedAnswersStartAgain(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	v.get("/fr/simulation")
	ours := v.page.fields.Get("reponses")
	stranger := newSiteWithKey(t, 2).visitor(t)
	stranger.get("/fr/simulation")
	other := map[bool]string{true: "B", false: "A"}[ours[20] == 'A'] // whatever stood there, it is another letter
	tests := map[string]string{
		"none": "", "changed": ours[:20] + other + ours[21:], "cut": ours[:len(ours)-3], "foreign": stranger.page.fields.Get("reponses"), "noise": "<script>",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			page := v.post("/fr/simulation", url.Values{"reponses": {text}, "vers": {"suite"}, "page": {"couple"}, "couple": {"non"}})
			require.Equal(t, http.StatusBadRequest, page.status)
			require.Equal(t, "Il faut recommencer", page.heading)
			require.Contains(t, page.links, "/fr/simulation")
			require.NotContains(t, page.body, "<script>")
		})
	}
	t.Run("too old", func(t *testing.T) {
		s.now = today.Add(24*time.Hour + time.Minute)
		page := v.post("/en/simulation", url.Values{"reponses": {ours}, "vers": {"suite"}})
		require.Equal(t, http.StatusBadRequest, page.status)
		require.Contains(t, page.text, "24 hours")
		s.now = today.Add(23 * time.Hour)
		page = v.post("/en/simulation", url.Values{"reponses": {ours}, "vers": {"reprendre"}})
		require.Equal(t, 200, page.status)
	})
}

func TestOversizedForm(t *testing.T) {
	v := newSite(t).visitor(t)
	page := v.post("/fr/simulation", one("reponses", strings.Repeat("A", 65<<10)))
	require.Equal(t, http.StatusRequestEntityTooLarge, page.status)
	require.Equal(t, "Envoi trop lourd", page.heading)
}

func TestNonsenseButtonsAreHarmless(t *testing.T) {
	v := newSite(t).visitor(t)
	v.get("/fr/simulation")
	sealed := v.page.fields.Get("reponses")
	for _, button := range []string{"", "modifier:", "modifier:enfants[7].naissance", "modifier:montants.demandeur", "modifier:../..", "retour", "continuer", "reprendre", "verifier", "resultats", "<b>"} {
		page := v.post("/fr/simulation", url.Values{"reponses": {sealed}, "vers": {button}})
		require.Equal(t, 200, page.status, button)
	}
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

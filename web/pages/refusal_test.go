package pages_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

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

package pages_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// resultsOf goes through the questionnaire to the results.
func resultsOf(t *testing.T, lang string, who person) string {
	v := newSite(t).visitor(t)
	v.answerAs(lang, who)
	v.press("resultats", nil)
	require.Equal(t, 200, v.page.status)
	return v.page.body
}

// The cards, the slip and the sheet name what is to be claimed in one order: what is large and lost each month before what can wait.
func TestTheMostUsefulFirst(t *testing.T) {
	order := []string{"Allocation de soutien familial", "Aide personnelle au logement", "Prime d’activité", "Allocation de rentrée scolaire", "Chèque énergie"}
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	v.press("resultats", nil)
	cards := v.page.body[strings.Index(v.page.body, `id="s1"`):strings.Index(v.page.body, `id="s3"`)]
	slip := v.page.body[strings.Index(v.page.body, `class="ticket"`):strings.Index(v.page.body, `id="s1"`)]
	v.press("feuille", nil)
	_, sheet, found := strings.Cut(v.page.text, "5 aides")
	require.True(t, found)
	for place, text := range map[string]string{"the cards": cards, "the slip": slip, "the sheet": sheet} {
		last := -1
		for _, name := range order {
			at := strings.Index(text, name)
			require.Greater(t, at, last, "%s: %s", place, name)
			last = at
		}
	}
	require.Contains(t, cards, "Chaque mois compte")
}

// What is received counts as it was said, and what it lacks stands apart: nobody reads that they receive what we find.
func TestWhatIsReceivedIsNotWhatIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		got  url.Values
		says []string
		not  []string
	}{
		"as found": {
			with(one("aide", "af"), one("montant.af", "152,25")),
			[]string{"Vous en recevez déjà 152,25\u00a0€.", "Rien à faire. Notre estimation\u00a0: 152,25\u00a0€ par mois 152,25\u00a0€ par mois"},
			[]string{"à faire vérifier"},
		},
		"less than is found": {
			with(one("aide", "af"), one("montant.af", "100")),
			[]string{"Vous en recevez déjà 100\u00a0€.", "Peut-être 52,25\u00a0€ de plus par mois, à faire vérifier\u00a0: Allocations familiales 52,25\u00a0€"},
			nil,
		},
		"more than is found": {
			with(one("aide", "af", "aide_logement"), one("montant.af", "152"), one("montant.aide_logement", "512,40")),
			[]string{
				"par mois, pour votre foyer. Vous recevez déjà 664,40\u00a0€ par mois. Pour ces mêmes aides, notre estimation est de 395,53\u00a0€.",
				"Vous recevez 512,40\u00a0€ par mois. Notre estimation est de 243,28\u00a0€. Un revenu récent peut l’expliquer. Si votre situation a changé, dites-le à l’organisme. 512,40\u00a0€ par mois",
			},
			[]string{"Vous en recevez déjà", "à faire vérifier"},
		},
		"one of which we find nothing": {
			with(one("aide", "af", "cf"), one("montant.af", "152,25"), one("montant.cf", "196")),
			[]string{"Vous recevez déjà 348,25\u00a0€ par mois. Pour ces mêmes aides, notre estimation est de 152,25\u00a0€.", "À vérifier Avec vos réponses, nous ne la trouvons pas. Nos questions ne voient pas tout.", "196\u00a0€ par mois"},
			[]string{"Vous en recevez déjà"},
		},
		"a little more, rounded": {
			with(one("aide", "af"), one("montant.af", "153")),
			[]string{"Vous en recevez déjà 152,25\u00a0€."},
			[]string{"notre estimation est"},
		},
		"no amount said": {one("aide", "af"), []string{"Vous en recevez déjà 152,25\u00a0€."}, []string{"à faire vérifier"}},
	} {
		t.Run(name, func(t *testing.T) {
			who := loneParent()
			who["prestations"] = c.got
			v := newSite(t).visitor(t)
			v.answerAs("fr", who)
			text := strings.Join(strings.FieldsFunc(v.press("resultats", nil).text, func(r rune) bool { return r == ' ' || r == '\n' }), " ")
			for _, words := range c.says {
				require.Contains(t, text, words)
			}
			for _, words := range c.not {
				require.NotContains(t, text, words)
			}
		})
	}
}

func TestWhomToAskIsNamedForTheCommune(t *testing.T) {
	fr := resultsOf(t, "fr", loneParent())
	require.Contains(t, fr, "Pour votre commune\u00a0: CAF de la Seine-Saint-Denis.")
	require.Contains(t, resultsOf(t, "ar", loneParent()), `<span lang="fr" dir="ltr">CAF de la Seine-Saint-Denis</span>`, "in French in any language, as its letters have it")
	require.Contains(t, fr, "Vous avez 2 mois pour écrire à\u00a0: la commission de recours amiable")
	require.Contains(t, fr, "Pour la garder, déclarez vos revenus tous les 3 mois.")
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	v.press("resultats", nil)
	v.press("feuille", nil)
	require.Contains(t, v.page.text, "Demandez-la à\u00a0: CAF de la Seine-Saint-Denis ou la MSA")
}

// Boxes to tick are for the reader alone: none has a name, so that none is ever sent.
func TestBoxesToTickAreNeverSent(t *testing.T) {
	body := resultsOf(t, "fr", loneParent())
	require.Greater(t, strings.Count(body, `<input type="checkbox">`), 5)
	require.Equal(t, strings.Count(body, `type="checkbox"`), strings.Count(body, `<input type="checkbox">`))
}

// The picture of a wage that moves is there when the incomes are known and a wage can be imagined, with the household's own place in it.
func TestAnotherWage(t *testing.T) {
	const title = "Et si le salaire change"
	body := resultsOf(t, "fr", loneParent())
	require.Contains(t, body, title)
	require.Contains(t, body, `<circle class="here"`)
	require.Contains(t, body, "Avec 1\u202f449,62\u00a0€ de salaire\u00a0: 1\u202f200,32\u00a0€ d’aides, 2\u202f649,94\u00a0€ en tout.")
	_, picture, found := strings.Cut(body, `id="s7"`)
	require.True(t, found)
	picture, _, _ = strings.Cut(picture, "</section>")
	require.Less(t, len(picture), 6<<10, "the picture is light")

	require.NotContains(t, resultsOf(t, "fr", pensioner()), title, "a pension is not a wage")
	unknown := loneParent()
	delete(unknown, "revenus.demandeur")
	v := newSite(t).visitor(t)
	v.answerAll("fr", func(page *shown) url.Values {
		if page.key == "revenus.demandeur" {
			return dunno(page)
		}
		return unknown.answer(t, page)
	})
	v.press("resultats", nil)
	require.NotContains(t, v.page.body, title)
}

// Of an aid that is received, the page says what it takes to keep it.
func TestARightIsKept(t *testing.T) {
	who := loneParent()
	who["prestations"] = one("aide", "af", "paje_base", "prime_activite")
	body := resultsOf(t, "fr", who)
	_, got, found := strings.Cut(body, `id="s3"`)
	require.True(t, found)
	got, _, _ = strings.Cut(got, "</section>")
	require.Equal(t, 1, strings.Count(got, "Pour la garder"), "the prime d'activité, not the allocations familiales")
	require.Equal(t, 2, strings.Count(got, "Rien à faire."), "of the others: what is to be kept is something to do")
}

// How much is received is asked by the month, of what pays by the month.
func TestAmountsReceivedAreAskedByTheMonth(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAll("fr", func(page *shown) url.Values {
		if page.key == "prestations" {
			for aid, asked := range map[string]bool{"rsa": true, "aide_logement": true, "ars": false, "cheque_energie": false, "prime_noel": false, "css": false} {
				require.Contains(t, page.choices["aide"], aid)
				require.Equal(t, asked, page.fields.Has("montant."+aid), aid)
			}
		}
		return loneParent().answer(t, page)
	})
}

// A French household is not told to bring a residence title, nor one without a lease its lease; on the sheet neither.
func TestOnlyPapersThatOneHas(t *testing.T) {
	homeless := pensioner()
	homeless["logement"], homeless["revenus.demandeur"] = one("logement", "sans_domicile"), one("revenu", "aucun")
	homeless["personne.demandeur"] = with(day("date", "1", "1", "1990"), one("activite", "inactif"))
	homeless["isole_depuis"] = one("depuis", "longtemps")
	for name, c := range map[string]struct {
		who          person
		title, lease bool
	}{
		"French tenant":     {loneParent(), false, true},
		"foreign, homeless": {homeless, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			v := newSite(t).visitor(t)
			v.answerAs("fr", c.who)
			for _, page := range []string{"resultats", "feuille"} {
				v.press(page, nil)
				require.Contains(t, v.page.text, "RIB à votre nom")
				require.Equal(t, c.title, strings.Contains(v.page.text, "Titre de séjour, si"), page)
				require.Equal(t, c.lease, strings.Contains(v.page.text, "Bail ou dernière quittance"), page)
			}
		})
	}
}

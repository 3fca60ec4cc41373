package pages_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

// The younger child of the lone parent is three in November.
func TestTheMonthsAhead(t *testing.T) {
	v := newSite(t).visitor(t)
	v.answerAs("fr", loneParent())
	v.press("resultats", nil)
	require.Contains(t, v.page.text, "Ce qui changera d’ici un an")
	require.Regexp(t, `(?s)novembre 2026\s.*Enfant 2\x{a0}: 3.ans.*jeune enfant\x{a0}: le droit s’arrête, après [0-9,]+\x{a0}€ par mois`, v.page.text)

	// The mean of a quarter follows that birthday by thirds, months later, and still says what it comes from.
	s := newSite(t)
	s.now = today.AddDate(0, 1, 12)
	v = s.visitor(t)
	lessPaid := loneParent()
	lessPaid["revenus.demandeur"] = wage("1100")
	v.answerAs("fr", lessPaid)
	v.press("resultats", nil)
	for _, month := range []string{"janvier", "février", "mars"} {
		require.Regexp(t, month+` 2027\s+Enfant 2\x{a0}: 3.ans\s+Prime d’activité\x{a0}: [0-9,]+\x{a0}€ par mois, au lieu de`, v.page.text)
	}

	// What a separation opened ends a year and a half after it, in the month of a birthday that has no part in it.
	apart := loneParent()
	apart["personne.demandeur"] = with(day("date", "2", "3", "1990"), one("activite", "inactif"))
	apart["enfants"] = with(one("enfants", "oui"), day("enfant1", "20", "1", "2016"), day("enfant2", "8", "7", "2022"), one("garde", "aucun"))
	apart["enfants_scolarite"] = url.Values{"personne.enfants[0]": {"elementaire"}, "personne.enfants[1]": {"maternelle"}}
	apart["isole_depuis"] = with(one("depuis", "date"), one("isole.mois", "9"), one("isole.annee", "2025"))
	apart["revenus.demandeur"] = one("revenu", "aucun")
	v = newSite(t).visitor(t)
	v.answerAs("fr", apart)
	v.press("resultats", nil)
	require.Regexp(t, `(?s)mars 2027\s+Sans conjoint depuis\x{a0}: septembre 2025\s+Revenu de solidarité active\x{a0}: [0-9,]+\x{a0}€ par mois, au lieu de`, v.page.text)
	require.NotContains(t, v.page.text, "37 ans")

	v = newSite(t).visitor(t)
	v.answerAs("fr", pensioner())
	v.press("resultats", nil)
	require.Regexp(t, `d’ici un an\s+Rien, si votre situation`, v.page.text)

	v = newSite(t).visitor(t)
	v.answerAll("fr", dunno)
	v.press("resultats", nil)
	require.NotContains(t, v.page.text, "d’ici un an", "of whom nothing is known nothing is foretold")
}

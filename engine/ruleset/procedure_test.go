package ruleset_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/ruleset"
	"guichet/rules"
)

const secours = "commune/00000/secours/aide.yaml"

// followed is what an author adds to aide.yaml on what comes after a claim.
const followed = `verifie_le: 2026-11-22
sans_demande: D1
silence: {mois: 4, vaut: acceptation, reference: D1}
recours: {mois: 2, aupres: mdph, reference: [D1]}
renouvellement: {mois: 12, mois_maximum: 60, demarche: demande, au_plus_tot: 4, au_plus_tard: 2, reference: D1}
references: {D1: {titre: "Délibération 1", url: "https://exemple.fr/1"}}
`

func with(text string) []string {
	return []string{secours, "organisme: [ccas]\n", "organisme: [ccas]\n" + text}
}

func TestProcedure(t *testing.T) {
	set, err := ruleset.Load(files(with(followed)...))
	require.NoError(t, err)
	aid, _ := set.Aid("secours")
	cited := []ruleset.Reference{{Title: "Délibération 1", URL: "https://exemple.fr/1"}}
	require.Equal(t, "2026-11-22", aid.CheckedOn.String())
	require.Equal(t, cited, aid.Unasked)
	require.Equal(t, &ruleset.Silence{Months: 4, Accepts: true, References: cited}, aid.Silence)
	require.Equal(t, &ruleset.Appeal{Months: 2, Before: "mdph", References: cited}, aid.Appeal)
	require.Equal(t, &ruleset.Renewal{Months: 12, AtMost: 60, Step: "demande", Opens: 4, Closes: 2, References: cited}, aid.Renewal)

	set, err = ruleset.Load(files())
	require.NoError(t, err)
	aid, _ = set.Aid("secours")
	require.Zero(t, aid.Procedure, "what no text says is absent")
}

func TestProcedureRefused(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"no day of check":            {"verifie_le: 2026-11-22\n", "", "« verifie_le: AAAA-MM-JJ » manque"},
		"silence that means nothing": {"vaut: acceptation", "vaut: peut-etre", "« vaut: » est acceptation ou rejet"},
		"an appeal to nobody":        {"aupres: mdph", "aupres: mairie", "« aupres: » est commission_recours_amiable"},
		"an appeal without its law":  {"aupres: mdph, reference: [D1]", "aupres: mdph", "« reference: » manque"},
		"an appeal without time":     {"mois: 2, aupres", "mois: 0, aupres", "« mois: » est au moins 1"},
		"a law never defined":        {"aupres: mdph, reference: [D1]", "aupres: mdph, reference: [D2]", "« D2 » n'est pas définie"},
		"a renewal of nothing":       {"mois: 12, mois_maximum: 60, demarche", "mois: 0, demarche", "un droit sans terme"},
		"a longest that is shorter":  {"mois_maximum: 60", "mois_maximum: 6", "« mois_maximum: » dépasse"},
		"a renewal without a step":   {"demarche: demande, ", "", "« demarche: » est aucune, declaration ou demande"},
		"a window that is inverted":  {"au_plus_tard: 2", "au_plus_tard: 6", "« au_plus_tard: » vient après"},
		"a window beyond the right":  {"au_plus_tot: 4", "au_plus_tot: 40", "de 1 à 12"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, followed, c.from)
			_, err := ruleset.Load(files(with(strings.Replace(followed, c.from, c.to, 1))...))
			require.ErrorContains(t, err, c.want)
			require.ErrorContains(t, err, secours)
		})
	}
}

// TestEveryNationalAidSaysItsProcedure: the follow-up of a case counts on the time to appeal and the renewal of each of them, and on what
// silence means for each that must be asked for.
func TestEveryNationalAidSaysItsProcedure(t *testing.T) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	told := 0
	for _, a := range set.Aids() {
		if a.Where.Local() {
			continue
		}
		told++
		require.NotNil(t, a.Appeal, a.ID)
		require.NotNil(t, a.Renewal, a.ID)
		require.True(t, a.Silence != nil || len(a.Unasked) > 0, a.ID)
		require.NotZero(t, a.CheckedOn, a.ID)
	}
	require.Equal(t, 15, told)
}

package ruleset_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/ruleset"
)

// TestFaultsOfLocalAids: what an author of local aids may do wrong is told where it stands, in words that say what to do.
func TestFaultsOfLocalAids(t *testing.T) {
	const (
		in   = "commune/00000/secours/"
		aide = in + "aide.yaml"
		v    = in + "2024-01-01.yaml"
		txt  = in + "textes.yaml"
	)
	moved := func(folder string) []string { // a second aid, in that folder
		id := folder[strings.LastIndexByte(folder, '/')+1:]
		return []string{
			folder + "/aide.yaml", "", strings.Replace(small[aide], "aide: secours", "aide: "+id, 1),
			folder + "/2024-01-01.yaml", "", small[v], folder + "/textes.yaml", "", small[txt],
		}
	}
	for name, c := range map[string]struct {
		change []string
		want   []string
	}{
		"a postal code":               {moved("commune/93200/aide"), []string{"commune/93200/aide:", "« 93200 » n'est le code d'aucune commune", "93200 est un code postal", "93066 (Saint-Denis)"}},
		"a code of nothing":           {moved("commune/9306/aide"), []string{"« 9306 » n'est le code d'aucune commune", "5 caractères"}},
		"an arrondissement":           {moved("commune/75119/aide"), []string{"arrondissement", "75056"}},
		"a former commune":            {moved("commune/01059/aide"), []string{"ancienne commune"}},
		"overseas":                    {moved("commune/97411/aide"), []string{"outre-mer"}},
		"no département":              {moved("departement/930/aide"), []string{"n'est le code d'aucun département"}},
		"the name of another aid":     {moved("commune/93066/secours"), []string{"commune/93066/secours:", "« secours » est déjà le nom d'une aide (commune/00000/secours)"}},
		"the name of an answer":       {moved("commune/93066/couple"), []string{"« couple » a déjà un sens"}},
		"the name of a group":         {append(moved("commune/93066/arrondis"), "commune/93066/arrondis/baremes.yaml", "", "verifie_le: 2026-11-22\nbaremes: {}\n"), []string{"« arrondis » a déjà un sens"}},
		"a group in its own barèmes":  {[]string{in + "baremes.yaml", "", "groupe: secours\n"}, []string{in + "baremes.yaml:1:", "« groupe » n'a pas de sens ici"}},
		"no end of the deliberation":  {[]string{v, "valable_jusqu_au: 2027-12-31\n", ""}, []string{v, "« valable_jusqu_au: AAAA-MM-JJ » manque"}},
		"an end before the beginning": {[]string{v, "2027-12-31", "2023-12-31"}, []string{v + ":1:", "avant le jour de la version, 2024-01-01"}},
		"a version within a month":    {[]string{in + "2025-07-15.yaml", "", "valable_jusqu_au: 2027-12-31\n"}, []string{in + "2025-07-15.yaml", "premier jour d'un mois"}},
		"a span beside the versions":  {[]string{aide, "plafond: 1000", "plafond: 1000\nformalise: {depuis: 2024-01-01, jusqu_au: 2027-12-31}"}, []string{aide, "n'a pas « formalise: »"}},
		"a decision of nobody":        {[]string{aide, "plafond: 1000", "plafond: 1000\ndecision: maire"}, []string{aide + ":6:", "« decision: commission »"}},
		"an unknown barème":           {[]string{v, "bareme.secours.seuil\n      - logement", "bareme.secours.seuils\n      - logement"}, []string{v + ":7:", "seuils", "vouliez-vous dire seuil"}},
		"a value that begins late":    {[]string{"baremes/secours.yaml", "2020-01-01", "2024-02-01"}, []string{v + ":5:", "bareme.secours.seuil n'a pas de valeur en 2024-01"}},
		"a value that ends early":     {[]string{"baremes/secours.yaml", "{valeur: 510, reference: D1}", "{valeur: ~, reference: D1}"}, []string{"bareme.secours.seuil n'a pas de valeur en 2027-12"}},
		"a condition without words":   {[]string{txt, "  condition: {bas_revenu: Votre loyer est bas}\n", ""}, []string{txt, "« condition: bas_revenu » manque"}},
		"no sentence about the aid":   {[]string{txt, "  aide: {resume: Aide en cas d'urgence.}\n", ""}, []string{txt, "« aide: resume » manque"}},
		"no texts at all":             {[]string{txt, small[txt], "en: {aide: {resume: Aid.}}\n"}, []string{txt, "« aide: resume » manque", "« etape: reste » manque"}},
		"words of nothing":            {[]string{txt, "bas_revenu:", "bas_revenus:"}, []string{txt + ":3:15:", "« bas_revenus » ne nomme rien que cette aide montre", "vouliez-vous dire « bas_revenu »"}},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, c.change, c.want)
		})
	}
}

// TestLocalAids: they follow those that ensemble.yaml names, bound the set's days in nothing, and end with their deliberation.
func TestLocalAids(t *testing.T) {
	set, err := ruleset.Load(files(
		"ensemble.yaml", "[secours]", "[]", "national/autre/aide.yaml", "",
		"aide: autre\nnom: A\npour: foyer\nperiode: mois\nformalise: {depuis: 2020-01-01, jusqu_au: 2029-12-31}\nplafond: 1\n",
		"national/autre/2020-01-01.yaml", "", "references: {D1: {titre: T, url: \"https://exemple.fr/1\"}}\nmontant: {formule: \"1\", arrondi: euro, reference: D1}\n",
		"ensemble.yaml", "[]", "[autre]",
	))
	require.NoError(t, err)
	require.Equal(t, "autre", set.Aids()[0].ID)
	a := set.Aids()[1]
	require.Equal(t, ruleset.Locality{Commune: "00000"}, a.Where)
	require.Equal(t, "Emergency aid", set.Words()["en"]["aide.secours.nom"])
	require.Equal(t, "Ce qui reste", set.Words()["fr"]["etape.secours.reste"])
	from, until := set.Formalised()
	require.Equal(t, [2]fact.Day{fact.DayOf(2020, 1, 1), fact.DayOf(2029, 12, 31)}, [2]fact.Day{from, until})
	require.False(t, a.Expired(fact.DayOf(2027, 12, 31)))
	require.True(t, a.Expired(fact.DayOf(2028, 1, 1)))
}

package ruleset_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/ruleset"
)

// A small, whole rule set of an invented aid.
var small = map[string]string{
	"ensemble.yaml": "aides: [secours]\n",
	"baremes/secours.yaml": `groupe: secours
verifie_le: 2026-11-22
references:
  D1: {titre: "Délibération 1", url: "https://exemple.fr/1"}
baremes:
  seuil:
    description: Seuil
    unite: EUR/mois
    lecture: texte
    valeurs:
      2020-01-01: {valeur: 500, reference: D1}
      2026-07-01: {valeur: 510, reference: D1}
`,
	"baremes/arrondis.yaml": `groupe: arrondis
verifie_le: 2026-11-22
references:
  D1: {titre: "Délibération 1", url: "https://exemple.fr/1"}
baremes:
  euro:
    description: À l'euro
    unite: EUR
    lecture: texte
    par: arrondi
    valeurs:
      2020-01-01: {valeur: {pas: 1, mode: inferieur}, reference: D1}
`,
	"commun/menage/2024-01-01.yaml": `calculs:
  nb_enfants:
    formule: count(enfants, true)
`,
	"commune/00000/secours/aide.yaml": `aide: secours
nom: Secours d'urgence
pour: foyer
periode: unique
plafond: 1000
organisme: [ccas]
`,
	"commune/00000/secours/textes.yaml": `fr:
  aide: {resume: Aide en cas d'urgence.}
  condition: {bas_revenu: Votre loyer est bas}
  etape: {reste: Ce qui reste}
en:
  aide: {nom: Emergency aid}
`,
	"commune/00000/secours/2024-01-01.yaml": `valable_jusqu_au: 2027-12-31
references:
  D1: {titre: "Délibération 1", url: "https://exemple.fr/1"}
etapes:
  reste:
    formule: >-
      max(0, bareme.secours.seuil
      - logement.loyer)
    unite: EUR/mois
    reference: D1
conditions:
  bas_revenu:
    condition: logement.loyer < bareme.secours.seuil
    reference: D1
montant:
  formule: reste * (1 + nb_enfants)
  arrondi: euro
  reference: D1
`,
}

func files(changes ...string) fstest.MapFS {
	fs := fstest.MapFS{}
	for name, text := range small {
		fs[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for i := 0; i+2 < len(changes); i += 3 {
		name, from, to := changes[i], changes[i+1], changes[i+2]
		text := ""
		if f := fs[name]; f != nil {
			text = string(f.Data)
		}
		if from != "" && !strings.Contains(text, from) {
			panic("no such text: " + from)
		}
		if from == "" {
			text += to
		} else {
			text = strings.Replace(text, from, to, 1)
		}
		fs[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fs
}

func TestLoadSmall(t *testing.T) {
	set, err := ruleset.Load(files())
	require.NoError(t, err)
	require.Len(t, set.Aids(), 1)
	require.True(t, strings.HasPrefix(set.Hash(), "sha256:"))
	b, ok := set.Bareme("bareme.secours.seuil")
	require.True(t, ok)
	require.Equal(t, 500.0, b.Table.At(fact.MonthOf(2026, 6)))
	require.Equal(t, 510.0, b.Table.At(fact.MonthOf(2026, 7)))
	require.Equal(t, "Délibération 1", b.Values[0].Reference[0].Title)
}

// TestCells: a table by enumeration says « jamais » where no figure is enough, and cites what each of its values rests on.
func TestCells(t *testing.T) {
	const baremes = "baremes/secours.yaml"
	cells := func(non, marie string) fstest.MapFS {
		return files(baremes, `D1: {titre: "Délibération 1", url: "https://exemple.fr/1"}`, `D1: {titre: "Délibération 1", url: "https://exemple.fr/1"}
  D2: {titre: "Délibération 2", url: "https://exemple.fr/2"}`, baremes, "", `  delai:
    description: Délai
    unite: mois
    lecture: texte
    par: couple
    valeurs:
      2020-01-01: {valeur: {non: `+non+`, marie: `+marie+`, pacse: 1, concubinage: 2}, reference: D1}
`)
	}
	set, err := ruleset.Load(cells("{valeur: jamais, reference: D2}", "jamais"))
	require.NoError(t, err)
	b, ok := set.Bareme("bareme.secours.delai")
	require.True(t, ok)
	v := b.Values[0]
	require.Equal(t, map[string]any{"non": "jamais", "marie": "jamais", "pacse": 1.0, "concubinage": 2.0}, ruleset.Plain(b.Table, v.Value))
	title := func(refs []ruleset.Reference) string { require.Len(t, refs, 1); return refs[0].Title }
	require.Equal(t, "Délibération 2", title(v.Cells[0]))
	require.Equal(t, "Délibération 1", title(v.Cells[2]), "what says nothing of its own rests on what the table does")
	require.Len(t, v.Reference, 2)
	for _, bad := range []string{"{valeur: 1, reference: D3}", "{reference: D2}", "{valeur: parfois, reference: D2}", "{valeur: 1, texte: D2}", "parfois"} {
		_, err := ruleset.Load(cells(bad, "1"))
		require.Error(t, err, bad)
	}
}

// TestVersions: a later file states what changes, the rest carries on; a condition may end.
func TestVersions(t *testing.T) {
	set, err := ruleset.Load(files("commune/00000/secours/textes.yaml", "Votre loyer est bas}", "Votre loyer est bas, sans_enfant: Sans enfant}",
		"commune/00000/secours/2025-07-01.yaml", "", `valable_jusqu_au: 2027-12-31
conditions:
  bas_revenu: ~
  sans_enfant:
    condition: nb_enfants == 0
    reference: D1
`))
	require.NoError(t, err)
	a, _ := set.Aid("secours")
	require.Len(t, a.Versions, 2)
	require.Equal(t, fact.DayOf(2024, 1, 1), a.VersionAt(fact.DayOf(2025, 6, 30)).From)
	require.Equal(t, fact.DayOf(2025, 7, 1), a.VersionAt(fact.DayOf(2025, 7, 1)).From)
	_, _, before := a.Conditions[0].InForce(fact.MonthOf(2025, 6))
	_, _, after := a.Conditions[0].InForce(fact.MonthOf(2025, 7))
	require.True(t, before)
	require.False(t, after)
	_, _, before = a.Conditions[1].InForce(fact.MonthOf(2025, 6))
	_, _, after = a.Conditions[1].InForce(fact.MonthOf(2025, 7))
	require.False(t, before, "une condition qu'une version apporte n'existe pas avant elle")
	require.True(t, after)
}

// TestShare: an aid that pays nothing has a right and what the household pays for it, which a step of that name is not.
func TestShare(t *testing.T) {
	const v = "commune/00000/secours/2024-01-01.yaml"
	set, err := ruleset.Load(files(v, "montant:", "participation:"))
	require.NoError(t, err)
	a, _ := set.Aid("secours")
	require.Equal(t, a.Eligible, a.Gross)
	require.Equal(t, a.Eligible, a.Net)
	require.Equal(t, "secours.participation", a.Priced().QualifiedName())
	require.Equal(t, "arrondis.euro", a.AmountAt(fact.MonthOf(2026, 6)).Rounding)

	set, err = ruleset.Load(files(v, "reste", "participation", v, "reste", "participation", "commune/00000/secours/textes.yaml", "reste:", "participation:"))
	require.NoError(t, err)
	a, _ = set.Aid("secours")
	require.Nil(t, a.Share)
	require.Equal(t, a.Gross, a.Priced())
}

// TestConcerned: a condition or a step may concern some households only, and a function has none.
func TestConcerned(t *testing.T) {
	set, err := ruleset.Load(files("commune/00000/secours/2024-01-01.yaml", "    condition: logement.loyer < bareme.secours.seuil\n    reference: D1\n", `    condition: logement.loyer < bareme.secours.seuil
    reference: D1
    si: nb_enfants > 0
`))
	require.NoError(t, err)
	a, _ := set.Aid("secours")
	require.NotNil(t, a.Conditions[0].Shown)
	require.Nil(t, a.Steps[0].Shown)

	_, err = ruleset.Load(files("commun/menage/2024-01-01.yaml", "    formule: count(enfants, true)\n", "    formule: count(enfants, true)\n    si: en_couple\n"))
	require.ErrorContains(t, err, "« si » n'a pas de sens ici")
}

// TestSubjects: a version may be cut into files, one for each subject.
func TestSubjects(t *testing.T) {
	const in = "commune/00000/secours/"
	set, err := ruleset.Load(files(in+"2024-01-01.loyer.yaml", "", `valable_jusqu_au: 2027-12-31
references: {D8: {titre: T, url: "https://exemple.fr/8"}}
calculs:
  loyer_retenu: {formule: "min(logement.loyer, bareme.secours.seuil)", unite: EUR/mois, reference: [D1, D8]}
`))
	require.NoError(t, err)
	a, _ := set.Aid("secours")
	require.Len(t, a.Versions, 1)
	require.NotNil(t, set.Universe().Quantities["secours.loyer_retenu"])
}

// TestHash: the hash tells two sets apart by any byte.
func TestHash(t *testing.T) {
	a, err := ruleset.Load(files())
	require.NoError(t, err)
	b, err := ruleset.Load(files("baremes/secours.yaml", "valeur: 510", "valeur: 511"))
	require.NoError(t, err)
	require.NotEqual(t, a.Hash(), b.Hash())
}

// TestFaults: each fault is found where it stands, and said with a remedy.
func TestFaults(t *testing.T) {
	const (
		bareme = "baremes/secours.yaml"
		aide   = "commune/00000/secours/aide.yaml"
		v      = "commune/00000/secours/2024-01-01.yaml"
	)
	for name, c := range map[string]struct {
		change []string
		want   []string // each must be in the error
	}{
		"an unknown key":                 {[]string{bareme, "unite:", "unité:"}, []string{bareme + ":8:5:", "« unité » n'a pas de sens ici", "vouliez-vous dire « unite »"}},
		"a date that does not exist":     {[]string{bareme, "2026-07-01", "2026-02-30"}, []string{bareme + ":12:7:", "date AAAA-MM-JJ"}},
		"dates out of order":             {[]string{bareme, "2026-07-01", "2019-07-01"}, []string{"ordre croissant"}},
		"a value that is no number":      {[]string{bareme, "valeur: 510", "valeur: beaucoup"}, []string{bareme + ":12:", "un nombre est attendu"}},
		"a value without its decree":     {[]string{bareme, "{valeur: 510, reference: D1}", "{valeur: 510}"}, []string{"n'a pas de référence"}},
		"a reference never defined":      {[]string{bareme, "{valeur: 510, reference: D1}", "{valeur: 510, reference: D2}"}, []string{"« D2 » n'est pas définie"}},
		"a reference in the clear":       {[]string{bareme, "https://exemple.fr/1", "http://exemple.fr/1"}, []string{"adresse https"}},
		"no day of check":                {[]string{bareme, "verifie_le: 2026-11-22\n", ""}, []string{"« verifie_le: » manque"}},
		"not YAML":                       {[]string{bareme, "groupe: secours", "groupe: [secours"}, []string{bareme, "crochets"}},
		"an unknown name in a formula":   {[]string{v, "- logement.loyer)", "- logement.loyers)"}, []string{v + ":8:18:", "vouliez-vous dire loyer", "- logement.loyers)"}},
		"a literal in a formula":         {[]string{v, "reste * (1", "reste * (3"}, []string{v + ":16:21:", "s'écrit dans un barème"}},
		"a condition that is a number":   {[]string{v, "logement.loyer < bareme.secours.seuil", "logement.loyer"}, []string{v + ":13:", "condition est attendue"}},
		"a step without its law":         {[]string{v, "    unite: EUR/mois\n    reference: D1", "    unite: EUR/mois"}, []string{v + ":5:3:", "« reference: » manque"}},
		"a step without its unit":        {[]string{v, "    unite: EUR/mois\n", ""}, []string{"« unite: » manque"}},
		"an amount without rounding":     {[]string{v, "  arrondi: euro\n", ""}, []string{"« montant: » demande"}},
		"an unknown rounding":            {[]string{v, "arrondi: euro", "arrondi: dollar"}, []string{v + ":17:12: ", "dollar"}},
		"an amount and a share":          {[]string{v, "", "participation:\n  formule: reste\n  arrondi: euro\n  reference: D1\n"}, []string{v + ":20:", "pas les deux"}},
		"a share without rounding":       {[]string{v, "montant:\n  formule: reste * (1 + nb_enfants)\n  arrondi: euro\n", "participation:\n  formule: reste\n"}, []string{"« participation: » demande"}},
		"neither amount nor share":       {[]string{v, "montant:\n  formule: reste * (1 + nb_enfants)\n  arrondi: euro\n  reference: D1\n", ""}, []string{"« participation: » pour une aide qui ne verse rien"}},
		"a bracket without its start":    {[]string{bareme, "    valeurs:\n      2020-01-01: {valeur: 500, reference: D1}\n      2026-07-01: {valeur: 510, reference: D1}", "    par: tranche\n    valeurs:\n      2020-01-01: {valeur: [{taux: 0.5}], reference: D1}"}, []string{bareme + ":12:", "un nombre est attendu"}},
		"a window without its end":       {[]string{bareme, "    valeurs:\n      2020-01-01: {valeur: 500, reference: D1}\n      2026-07-01: {valeur: 510, reference: D1}", "    par: fenetre\n    valeurs:\n      2020-01-01: {valeur: {de: 3}, reference: D1}"}, []string{bareme + ":12:"}},
		"a rounding without a step":      {[]string{"baremes/arrondis.yaml", "{pas: 1, mode: inferieur}", "{mode: inferieur}"}, []string{"baremes/arrondis.yaml:", "un nombre est attendu"}},
		"a name that hides a shared one": {[]string{v, "  reste:", "  nb_enfants:"}, []string{"cache celui d'une quantité partagée"}},
		"a name that means something":    {[]string{v, "  bas_revenu:", "  couple:"}, []string{"a déjà un sens"}},
		"a name with an accent":          {[]string{v, "  reste:", "  resté:"}, []string{"n'est pas un nom"}},
		"a key written twice":            {[]string{v, "conditions:\n", "conditions:\n  bas_revenu:\n    condition: true\n    reference: D1\n"}, []string{v}},
		"a circle":                       {[]string{v, "- logement.loyer)", "- montant)"}, []string{"cercle : ", "secours.montant", "secours.reste"}},
		"the wrong name of the aid":      {[]string{aide, "aide: secours", "aide: secour"}, []string{"s'appelle comme son dossier"}},
		"an aid for nobody":              {[]string{aide, "pour: foyer", "pour: tous"}, []string{"foyer ou adulte"}},
		"an order of what is not there":  {[]string{"ensemble.yaml", "[secours]", "[secours, rsa]"}, []string{"« rsa » n'est pas une aide"}},
		"a national aid not in the order": {[]string{
			"national/autre/aide.yaml", "", "aide: autre\nnom: A\npour: foyer\nperiode: mois\nformalise: {depuis: 2024-01-01, jusqu_au: 2027-12-31}\nplafond: 1\n",
			"national/autre/2024-01-01.yaml", "", "references: {D1: {titre: T, url: \"https://exemple.fr/1\"}}\nmontant: {formule: \"1\", arrondi: euro, reference: D1}\n",
		}, []string{"ensemble.yaml", "« autre » n'y est pas nommée"}},
		"a national aid without a span": {[]string{
			"national/autre/aide.yaml", "", "aide: autre\nnom: A\npour: foyer\nperiode: mois\nplafond: 1\n",
		}, []string{"« formalise:"}},
		"a file in the wrong place":      {[]string{"national/x.yaml", "", "a: 1\n"}, []string{"n'est pas à sa place"}},
		"a subject without its version":  {[]string{"commune/00000/secours/2025-01-01.loyer.yaml", "", "calculs: {}\n"}, []string{"2025-01-01.loyer.yaml", "2025-01-01.yaml manque"}},
		"a subject that is no name":      {[]string{"commune/00000/secours/2024-01-01.Loyer.yaml", "", "calculs: {}\n"}, []string{"« Loyer » n'est pas un sujet"}},
		"a file of no kind":              {[]string{"commune/00000/secours/notes.yaml", "", "a: 1\n"}, []string{"notes.yaml", "n'a pas de sens"}},
		"a yearly step that is none":     {[]string{v, "    unite: EUR/mois\n", "    unite: EUR/mois\n    pas: mois\n"}, []string{"pas: an"}},
		"a function that cites nothing":  {[]string{v, "etapes:\n", "fonctions:\n  double: {parametres: [x], formule: 2 * x, reference: D9}\netapes:\n"}, []string{v + ":5:56:", "« D9 » n'est pas définie"}},
		"a calendar of no barème":        {[]string{"revalorisations.yaml", "", "verifie_le: 2026-11-22\nreferences: {D1: {titre: T, url: \"https://exemple.fr/1\"}}\nrevalorisations:\n  x: {jour: 04-01, baremes: [bareme.x], lecture: texte, reference: D1}\n"}, []string{"revalorisations.yaml:4:3:", "n'est pas un barème"}},
		"an equivalent without a reason": {[]string{"commune/00000/secours/equivalents.yaml", "", "- {formule: reste, de: \"0\", en: \"1\"}\n"}, []string{"equivalents.yaml:1:", "« raison: »"}},
		"an amount paid that is none":    {[]string{"commune/00000/secours/exemples.yaml", "", "- {nom: A, profil: {}, attendu: {statut: eligible, net: beaucoup}}\n"}, []string{"exemples.yaml:1:", "un nombre est attendu"}},
		"two faults at once": {
			[]string{v, "reste * (1", "reste * (3", bareme, "lecture: texte", "lecture: vue"},
			[]string{"« lecture: »"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ruleset.Load(files(c.change...))
			var faults ruleset.Errors
			require.ErrorAs(t, err, &faults)
			for _, w := range c.want {
				require.Contains(t, err.Error(), w)
			}
		})
	}
}

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
			_, err := ruleset.Load(files(c.change...))
			var faults ruleset.Errors
			require.ErrorAs(t, err, &faults)
			for _, w := range c.want {
				require.Contains(t, err.Error(), w)
			}
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

// TestAllFaultsAtOnce: an author sees every fault of every file in one go.
func TestAllFaultsAtOnce(t *testing.T) {
	const v = "commune/00000/secours/2024-01-01.yaml"
	_, err := ruleset.Load(files(v, "- logement.loyer)", "- logement.loyers)", v, "reste * (1", "reste * (3", v, "loyer < bareme", "loyer < barem"))
	var faults ruleset.Errors
	require.ErrorAs(t, err, &faults)
	require.Len(t, faults, 3)
	require.Less(t, faults[0].Line, faults[1].Line)
}

// TestProperty10Loader: a file made to be slow is refused at once.
func TestProperty10Loader(t *testing.T) {
	for name, text := range map[string]string{
		"a megabyte":           strings.Repeat("a: 1\n", 200_000),
		"10 000 deep, flow":    strings.Repeat("[", 10_000),
		"10 000 deep, block":   strings.Repeat("- ", 10_000) + "1",
		"10 000 deep, by line": deepBlock(10_000),
	} {
		t.Run(name, func(t *testing.T) {
			quickest := time.Hour // of several tries: what it costs, not what else the machine does
			for range 5 {
				began := time.Now()
				_, err := ruleset.Load(files("baremes/x.yaml", "", text))
				quickest = min(quickest, time.Since(began))
				require.Error(t, err)
			}
			require.Less(t, quickest, 50*time.Millisecond)
		})
	}
}

func deepBlock(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", min(i, 200)) + "a:\n")
	}
	return b.String()
}

// FuzzLoad: no rule file makes the loader panic; what it refuses it refuses as faults of the rules.
func FuzzLoad(f *testing.F) {
	for name, text := range small {
		f.Add(name, text)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		if _, ok := small[name]; !ok {
			name = "commune/00000/secours/2024-01-01.yaml"
		}
		fs := files()
		fs[name] = &fstest.MapFile{Data: []byte(text)}
		if _, err := ruleset.Load(fs); err != nil {
			var faults ruleset.Errors
			require.ErrorAs(t, err, &faults)
		}
	})
}

package ruleset_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/engine/ruleset"
)

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
			refused(t, c.change, c.want)
		})
	}
}

// refused holds changed rules to be refused with a fault that says each of what is wanted.
func refused(t *testing.T, change, want []string) {
	t.Helper()
	_, err := ruleset.Load(files(change...))
	var faults ruleset.Errors
	require.ErrorAs(t, err, &faults)
	for _, w := range want {
		require.Contains(t, err.Error(), w)
	}
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
			quickest := time.Hour // of many tries: what it costs, not what else the machine does
			for tries := 0; tries < 100 && quickest >= 50*time.Millisecond; tries++ {
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

package ruleset_test

import (
	"strings"
	"testing"
	"testing/fstest"

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

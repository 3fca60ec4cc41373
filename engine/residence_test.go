package engine_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/engine/workbench"
	"guichet/rules"
)

// stays are the columns of the matrix: what commun/sejour names, and the aids that read it.
var stays = []struct {
	name   string // personne.sejour_<name>, and bareme.sejour.<name>
	header string
	aids   []string
}{
	{"rsa", "RSA", []string{"rsa"}},
	{"prime_activite", "Prime d'activité", []string{"prime_activite"}},
	{"prestations_familiales", "Prestations familiales ; RSA et prime d'un parent isolé majoré", []string{"af", "cf", "asf", "paje_base", "ars"}},
	{"aide_logement", "Aide au logement", []string{"aide_logement"}},
	{"aah", "AAH", []string{"aah"}},
	{"minimum_vieillesse", "ASPA, ASI", []string{"aspa", "asi"}},
	{"css", "Complémentaire santé solidaire", []string{"css"}},
}

const never = -1 // no stay is long enough

// matrix is the law read again, apart from the rules: the months that each title asks for and the article that says so, in
// the order of fact.Permits.
var matrix = map[string][8]struct {
	months  int
	article string
}{
	"rsa": {
		{0, "CASF, art. L262-4, 2°, a"},
		{60, "CASF, art. L262-4, 2°"},
		{0, "CASF, art. L262-4, 2°, a"},
		{0, "CASF, art. L262-4, 2°, a"},
		{0, "CASF, art. L262-4, 2°, a"},
		{60, "CASF, art. L262-4, 2°"},
		{never, "CASF, art. L262-4, 2°"},
		{never, "CASF, art. L262-4, 2°"},
	},
	"prime_activite": {
		{0, "CSS, art. L842-2, 2°, b"},
		{60, "CSS, art. L842-2, 2°"},
		{0, "CSS, art. L842-2, 2°, b"},
		{0, "CSS, art. L842-2, 2°, b"},
		{0, "CSS, art. L842-2, 2°, b"},
		{60, "CSS, art. L842-2, 2°"},
		{never, "CSS, art. L842-2, 2°"},
		{never, "CSS, art. L842-2, 2°"},
	},
	"prestations_familiales": {
		{0, "CSS, art. D512-1, 1°"},
		{0, "CSS, art. D512-1, 2° à 3°"},
		{0, "CSS, art. D512-1, 1° et 5°"},
		{0, "CSS, art. D512-1, 2° et 10°"},
		{0, "CSS, art. D512-1, 2° à 3°"},
		{0, "CSS, art. D512-1, 4°"},
		{never, "CSS, art. D512-1"},
		{never, "CSS, art. L512-2, 2e alinéa"},
	},
	"aide_logement": {
		{0, "CCH, art. L822-2, I, 2°"},
		{0, "CCH, art. L822-2, I, 2°"},
		{0, "CCH, art. L822-2, I, 2°"},
		{0, "CCH, art. L822-2, I, 2°"},
		{0, "CCH, art. L822-2, I, 2°"},
		{0, "CCH, art. L822-2, I, 2°"},
		{never, "CCH, art. L822-2, I, 2°"},
		{never, "CCH, art. L822-2, I, 2°"},
	},
	"aah": {
		{0, "CSS, art. D821-8"},
		{0, "CSS, art. D821-8"},
		{0, "CSS, art. D821-8"},
		{0, "CSS, art. D821-8"},
		{0, "CSS, art. D821-8"},
		{0, "CSS, art. L821-1, 2e alinéa"},
		{never, "CSS, art. D821-8"},
		{never, "CSS, art. L821-1, 2e alinéa"},
	},
	"minimum_vieillesse": {
		{120, "CSS, art. L816-1, 1°"},
		{120, "CSS, art. L816-1, 1°"},
		{0, "CSS, art. L816-1, 2°"},
		{0, "CSS, art. L816-1, 2°"},
		{0, "CSS, art. L816-1, 2°"},
		{120, "CSS, art. L816-1, 1°"},
		{never, "CSS, art. L816-1"},
		{never, "CSS, art. L816-1"},
	},
	"css": {
		{3, "CSS, art. D160-2, I"},
		{3, "CSS, art. D160-2, I"},
		{0, "CSS, art. D160-2, II, 1°"},
		{0, "CSS, art. D160-2, II, 1°"},
		{3, "CSS, art. D160-2, I"},
		{3, "CSS, art. R111-3, I"},
		{3, "CSS, art. R111-3, I"},
		{never, "CSS, art. R111-3, I"},
	},
}

// receipts are the columns in which a receipt is worth its title only when it renews one, or says that protection is granted.
var receipts = []string{"prestations_familiales", "aide_logement", "aah"}

// proofs are the columns in which an office may find proven a residence older than the title.
var proofs = []string{"css"}

// titles is an engine of the shipped law with two more aids, whose conditions are the columns of the matrix: of each adult, and of
// those of a household who come from outside the Union.
func titles(t testing.TB) *engine.Engine {
	t.Helper()
	order, err := fs.ReadFile(law(), "ensemble.yaml")
	require.NoError(t, err)
	version := "references: {essai: {titre: essai, url: \"https://exemple.fr\"}}\nmontant: {formule: \"1\", arrondi: centime, reference: essai}\nconditions:\n"
	couple := version
	for _, s := range stays {
		version += "  titre_" + s.name + ": {condition: personne.sejour_" + s.name + ", reference: essai}\n"
		couple += "  titre_" + s.name + ": {condition: 'any(parents, .nationalite == \"hors_ue\" and .sejour_" + s.name + ")', reference: essai}\n"
	}
	identity := "organisme: [ccas]\nformalise: {depuis: 2024-01-01, jusqu_au: 2027-11-30}\nperiode: mois\nplafond: 1\n"
	return load(t, rules.Overlay(law(), fstest.MapFS{
		"ensemble.yaml":                         {Data: append(order, "  - essai\n  - essai_couple\n"...)},
		"national/essai/aide.yaml":              {Data: []byte("aide: essai\nnom: Essai\npour: adulte\n" + identity)},
		"national/essai/2024-01-01.yaml":        {Data: []byte(version)},
		"national/essai_couple/aide.yaml":       {Data: []byte("aide: essai_couple\nnom: Essai\npour: foyer\n" + identity)},
		"national/essai_couple/2024-01-01.yaml": {Data: []byte(couple)},
	}))
}

// today is the day at which the matrix is read: the first of a month, so that a stay counts in full months.
var today = profile.DateOf(2026, 6, 1)

// since gives the day on which a stay of so many full months began.
func since(months int) profile.Date {
	m := fact.Day(today).Month() - fact.Month(months)
	return profile.DateOf(m.Year(), m.Calendar(), 1)
}

// foreigner is a claimant whose stay is proven, without work.
func foreigner(permit string, from profile.Date) profile.Person {
	return profile.Person{
		Birth: profile.DateOf(1980, 1, 1), Nationality: "hors_ue", Permit: permit, StayFrom: from, Activity: "inactif", StayProven: profile.Some(true),
	}
}

// opens says what the matrix answers in one column: oui, non or inconnu.
func opens(t testing.TB, e *engine.Engine, column string, who profile.Person) string {
	t.Helper()
	s, err := e.Simulate(&profile.Profile{Date: today, Couple: "non", Claimant: who})
	require.NoError(t, err)
	return conditionOf(workbench.Best(s, "essai"), "titre_"+column)
}

func conditionOf(a engine.Aid, id string) string {
	for _, c := range a.Conditions {
		if c.ID == id {
			return c.Result
		}
	}
	return ""
}

// TestResidenceMatrix holds every cell of the matrix against the law read apart: the day that opens the right, the one
// before it, and the article.
func TestResidenceMatrix(t *testing.T) {
	e := titles(t)
	for _, s := range stays {
		b, ok := e.Set().Bareme("bareme.sejour." + s.name)
		require.True(t, ok, s.name)
		value, ok := b.ValueAt(fact.Day(today).Month())
		require.True(t, ok, s.name)
		for i, permit := range fact.Permits {
			want := matrix[s.name][i]
			t.Run(s.name+"/"+permit, func(t *testing.T) {
				require.Equal(t, want.article, value.Cells[i][0].Title)
				if want.months == never {
					require.Equal(t, "non", opens(t, e, s.name, foreigner(permit, since(12*40))))
					return
				}
				require.Equal(t, "oui", opens(t, e, s.name, foreigner(permit, since(want.months))))
				short := foreigner(permit, since(want.months)+1) // a day less
				if early := slices.Contains(proofs, s.name); early && want.months > 0 {
					require.Equal(t, "oui", opens(t, e, s.name, short))
					short.StayProven = profile.Opt[bool]{}
					require.Equal(t, "inconnu", opens(t, e, s.name, short))
					short.StayProven = profile.Some(false)
				}
				if want.months > 0 {
					require.Equal(t, "non", opens(t, e, s.name, short))
				}
				unproven := foreigner(permit, since(want.months))
				unproven.StayProven = profile.Opt[bool]{}
				expected := "oui"
				if permit == "recepisse" && slices.Contains(receipts, s.name) {
					expected = "inconnu"
				}
				require.Equal(t, expected, opens(t, e, s.name, unproven), "nothing said of what an office appraises")
				if unproven.StayProven = profile.Some(false); expected == "inconnu" {
					require.Equal(t, "non", opens(t, e, s.name, unproven), "a receipt of a first request")
				}
			})
		}
	}
}

// TestEuropeans: who works has the right at once; who does not waits three months for the minima, and nothing but the office's
// own appraisal makes it a yes or a no.
func TestEuropeans(t *testing.T) {
	e := titles(t)
	yes, no, unsaid := profile.Some(true), profile.Some(false), profile.Opt[bool]{}
	for _, c := range []struct {
		name     string
		activity string
		months   int
		proven   profile.Opt[bool]
		want     string // in the order of stays
	}{
		{"employed since yesterday", "salarie", 0, unsaid, "oui oui oui oui oui oui oui"},
		{"independent since yesterday", "independant", 0, unsaid, "oui oui oui oui oui oui oui"},
		{"apprentice since yesterday", "apprenti", 0, unsaid, "oui oui oui oui oui oui oui"},
		{"without work for years", "inactif", 300, unsaid, "inconnu oui inconnu inconnu inconnu inconnu inconnu"},
		{"without work, just come", "inactif", 2, unsaid, "non oui inconnu inconnu non non non"},
		{"seeking work", "demandeur_emploi", 12, unsaid, "inconnu oui inconnu inconnu inconnu inconnu inconnu"},
		{"studying", "etudiant", 12, unsaid, "inconnu oui inconnu inconnu inconnu inconnu inconnu"},
		{"recognised after three months", "retraite", 3, yes, "oui oui oui oui oui oui oui"},
		{"recognised before", "retraite", 2, yes, "non oui oui oui non non non"},
		{"came to look for work only", "demandeur_emploi", 12, no, "non oui non non non non non"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, s := range stays {
				got = append(got, opens(t, e, s.name, profile.Person{
					Birth: profile.DateOf(1955, 1, 1), Nationality: "ue", StayFrom: since(c.months), Activity: c.activity, StayProven: c.proven,
				}))
			}
			require.Equal(t, c.want, strings.Join(got, " "))
		})
	}
}

// TestSpousesOfEuropeans: the spouse, from elsewhere, of a European who may stay is treated as a European would be (directive 2004/38,
// art. 24), with the card or once an office has recognised it; nothing is refused as long as that is not said.
func TestSpousesOfEuropeans(t *testing.T) {
	e := titles(t)
	yes, no, unsaid := profile.Some(true), profile.Some(false), profile.Opt[bool]{}
	for _, c := range []struct {
		name, couple, other, activity, permit string
		months                                int
		otherProven, proven                   profile.Opt[bool]
		want                                  string // rsa, prime_activite, aah, minimum_vieillesse, css
	}{
		{"a new card beside work", "marie", "ue", "salarie", "carte_sejour", 0, unsaid, unsaid, "oui oui oui oui oui"},
		{"no card yet beside work", "marie", "ue", "salarie", "aucun", 0, unsaid, unsaid, "inconnu inconnu inconnu inconnu inconnu"},
		{"no card yet, recognised", "marie", "ue", "salarie", "aucun", 0, unsaid, yes, "oui oui oui oui oui"},
		{"no card and none asked for", "marie", "ue", "salarie", "aucun", 0, unsaid, no, "non non non non non"},
		{"title not said", "marie", "ue", "salarie", "", 0, unsaid, unsaid, "inconnu inconnu inconnu inconnu inconnu"},
		{"a receipt beside work", "marie", "ue", "salarie", "recepisse", 0, unsaid, unsaid, "inconnu inconnu inconnu inconnu inconnu"},
		{"beside a European who may stay, three months", "marie", "ue", "inactif", "carte_sejour", 3, yes, unsaid, "oui oui oui oui oui"},
		{"beside a European who may stay, two months", "marie", "ue", "inactif", "carte_sejour", 2, yes, no, "non oui oui non non"},
		{"beside a European of whom nothing is said", "marie", "ue", "inactif", "carte_sejour", 12, unsaid, unsaid, "inconnu inconnu oui inconnu oui"},
		{"beside a European who may not stay", "marie", "ue", "inactif", "carte_sejour", 12, no, unsaid, "non non oui non oui"},
		{"beside a French worker", "marie", "francaise", "salarie", "carte_sejour", 12, unsaid, unsaid, "non non oui non oui"},
		{"a registered partner", "pacse", "ue", "salarie", "carte_sejour", 12, unsaid, unsaid, "non non oui non oui"},
	} {
		t.Run(c.name, func(t *testing.T) {
			who := profile.Person{
				Birth: profile.DateOf(1950, 1, 1), Nationality: "hors_ue", Permit: c.permit, StayFrom: since(c.months), Activity: "inactif", StayProven: c.proven,
			}
			spouse := profile.Person{
				Birth: profile.DateOf(1950, 1, 1), Nationality: c.other, StayFrom: since(120), Activity: c.activity, StayProven: c.otherProven,
			}
			if c.other == "francaise" {
				spouse.StayFrom = 0
			}
			s, err := e.Simulate(&profile.Profile{Date: today, Couple: c.couple, Claimant: who, Spouse: &spouse})
			require.NoError(t, err)
			var got []string
			for _, column := range []string{"rsa", "prime_activite", "aah", "minimum_vieillesse", "css"} {
				got = append(got, conditionOf(workbench.Best(s, "essai_couple"), "titre_"+column))
			}
			require.Equal(t, c.want, strings.Join(got, " "))
		})
	}
}

// TestWorkOpensHealthCoverAtOnce: L160-1 asks no stay of who works, and a title all the same.
func TestWorkOpensHealthCoverAtOnce(t *testing.T) {
	e := titles(t)
	for i, permit := range fact.Permits {
		who := foreigner(permit, today)
		who.Activity = "salarie"
		want := "oui"
		if matrix["css"][i].months == never {
			want = "non"
		}
		require.Equal(t, want, opens(t, e, "css", who), permit)
	}
}

// TestEachAidReadsTheMatrix: what an aid says of a single person's stay is what its column says.
func TestEachAidReadsTheMatrix(t *testing.T) {
	e := titles(t)
	for _, s := range stays {
		for _, aid := range s.aids {
			if a, ok := e.Set().Aid(aid); !ok || !slices.ContainsFunc(a.Conditions, func(i *ruleset.Item) bool { return i.ID == "sejour" }) {
				require.Equal(t, "css", aid, "every other aid of the matrix has its condition")
				continue
			}
			rapid.Check(t, func(t *rapid.T) {
				who := foreigner(rapid.SampledFrom(append(fact.Permits, "")).Draw(t, "permit"), since(rapid.IntRange(0, 180).Draw(t, "months")))
				who.Birth = profile.DateOf(rapid.IntRange(1940, 1958).Draw(t, "born"), 1, 1) // old enough for whatever asks an age
				if who.Nationality = rapid.SampledFrom(fact.Nationalities).Draw(t, "nationality"); who.Nationality != "hors_ue" {
					who.Permit = ""
				}
				who.Pregnant = profile.Some(false) // a mother to be, alone, does not wait for the RSA
				who.StayProven = rapid.SampledFrom([]profile.Opt[bool]{{}, profile.Some(true)}).Draw(t, "proven")
				answer, err := e.Simulate(&profile.Profile{Date: today, Couple: "non", Claimant: who, Children: profile.Some([]profile.Person{})})
				require.NoError(t, err)
				require.Equal(t, conditionOf(workbench.Best(answer, "essai"), "titre_"+s.name), conditionOf(workbench.Best(answer, aid), "sejour"))
			})
		}
	}
}

// TestUnknownTitleIsNeverANo: a foreigner who does not say the title has no aid refused that a French national of the same
// household would not be.
func TestUnknownTitleIsNeverANo(t *testing.T) {
	e := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		p := forget(t, drawn(t))
		p.Claimant.Permit, p.Claimant.StayProven, p.Complete = "", profile.Opt[bool]{}, false
		french, foreign := *p, *p
		french.Claimant.Nationality, foreign.Claimant.Nationality = "francaise", "hors_ue"
		is, may := simulated(t, e, &french), simulated(t, e, &foreign)
		for _, a := range e.Set().Aids() {
			if a.PerAdult {
				continue // an adult without a right has no answer of their own
			}
			if got := workbench.Best(may, a.ID); got.Status == engine.NotEligible {
				require.Equal(t, engine.NotEligible, workbench.Best(is, a.ID).Status, a.ID)
			}
		}
		for _, a := range may.Aids {
			if a.Amount.For == "demandeur" {
				require.NotEqual(t, "non", conditionOf(a, "sejour"), a.Aid)
			}
		}
	})
}

func simulated(t *rapid.T, e *engine.Engine, p *profile.Profile) *engine.Simulation {
	s, err := e.Simulate(p)
	require.NoError(t, err)
	return s
}

// TestResidenceGuide keeps docs/sejour.md what the rules say.
func TestResidenceGuide(t *testing.T) {
	const file = "../docs/sejour.md"
	got := residenceGuide(t, titles(t))
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "go test ./engine -run ResidenceGuide -update writes it")
}

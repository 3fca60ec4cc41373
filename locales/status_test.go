package locales

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestTranslationsAreVouchedFor holds that each text has a standing that speaks of what the text says today.
func TestTranslationsAreVouchedFor(t *testing.T) {
	b := bundle(t)
	for _, l := range b.Languages() {
		s, err := b.Survey(l.Tag)
		require.NoError(t, err)
		require.Empty(t, s.Missing, "%s lacks texts", l.Tag)
		require.Empty(t, s.Foreign, "%s has texts that the source has not", l.Tag)
		require.Empty(t, s.Unsigned, "changed in %s since they were signed: guichet texts sign -lang %s -by NAME", l.Tag, l.Tag)
		if len(s.Stale) > 0 {
			t.Logf("%s: %d texts are out of date and shown in French: guichet texts list -lang %s", l.Tag, len(s.Stale), l.Tag)
		}
	}
}

// TestGlossariesAreKeptTo: what is listed is for a translator to look at, but a language that has left its glossary behind has more of it.
func TestGlossariesAreKeptTo(t *testing.T) {
	b := bundle(t)
	for _, l := range b.Languages() {
		departures, err := b.Departures(l.Tag)
		require.NoError(t, err)
		require.Less(t, len(departures), 40, "%s: %v", l.Tag, departures)
	}
}

func TestDepartures(t *testing.T) {
	const french = "a.b: Votre loyer\na.c: Vos loyers, et l'avis d'impôt\na.d: Le foyer\na.e: Rien\na.f: La demande\na.g: Sans charges"
	const glossary = "loyer: rent\navis d'impôt: tax notice (avis d'impôt)\nimpôt: levy\nfoyer: household; family\nfoyer (logement): hostel\ndemande: claim\ncharges: costs"
	departures := func(english string) []Departure {
		files := small(french, english, "")
		files["glossary/en.yaml"] = &fstest.MapFile{Data: []byte(glossary)}
		out, err := open(t, files).Departures("en")
		require.NoError(t, err)
		return out
	}
	require.Empty(t, departures("a.b: Your rent\na.c: Rents and tax notices\na.d: The families\na.e: Nothing\na.f: Ask\na.g: No cost"))
	require.Empty(t, departures("a.b: Le loyer\na.c: Rented, avis d'impôt\na.d: A hostel"), "French beside, or nothing at all")
	require.Equal(t, []Departure{{"a.b", "loyer", "rent"}, {"a.c", "avis d'impôt", "tax notice (avis d'impôt)"}, {"a.d", "foyer", "household; family"}, {"a.g", "charges", "costs"}},
		departures("a.b: Your lease\na.c: Rents and a levy\na.d: The house\na.e: Rent\na.f: Ask\na.g: No fees"))
	none, err := open(t, small(french, "a.b: Your lease", "")).Departures("en")
	require.NoError(t, err)
	require.Empty(t, none, "without a glossary there is nothing to keep to")
	files := small(french, "a.b: Your lease", "")
	files["glossary/en.yaml"] = &fstest.MapFile{Data: []byte("a: [1")}
	_, err = open(t, files).Departures("en")
	require.ErrorContains(t, err, "reading glossary/en.yaml")
}

// acronyms are names that letters from the funds write so.
var acronyms = regexp.MustCompile(`\b(RSA|CAF|Caf|AAH|ASI|ASPA|Aspa|APL|ALF|ALS|MDPH|MSA|CPAM|CCAS|ASF|Paje|PAS|PAP|CRDS|HLM|Crous|RSDAE|Ofii|RIB|CNIL|CDI|CDD|Carsat|Cnav|ASP)\b`)

// TestAcronymsStay: every translation has the acronyms of the French, by which a letter is recognised.
func TestAcronymsStay(t *testing.T) {
	b := bundle(t)
	for _, l := range b.Languages() {
		for key, m := range b.mustRead(l.Tag).messages {
			if ofTheLaw(key) {
				continue
			}
			for _, acronym := range acronyms.FindAllString(b.source[key].Other, -1) {
				for _, form := range forms(m) {
					require.Contains(t, strings.ToUpper(form), strings.ToUpper(acronym), "%s: %s", l.Tag, key)
				}
			}
		}
	}
}

// small is a project of two languages.
func small(french, english, status string) fstest.MapFS {
	return fstest.MapFS{"fr.yaml": {Data: []byte(french)}, "en.yaml": {Data: []byte(english)}, "status/en.tsv": {Data: []byte(status)}}
}

func open(t *testing.T, files fstest.MapFS) *Bundle {
	b, err := LoadDir(files)
	require.NoError(t, err)
	return b
}

func say(t *testing.T, b *Bundle, key string) string {
	p, ok := b.Printer("en")
	require.True(t, ok)
	return p.Marked().T(key)
}

// The life of a translation: made, signed, left behind by its source, vouched for again.
func TestATranslationHoldsAsLongAsItsSource(t *testing.T) {
	files := small("a.b: un\na.c: deux", "a.b: one\na.c: two", "")
	b := open(t, files)
	s, err := b.Survey("en")
	require.NoError(t, err)
	require.Equal(t, []string{"a.b", "a.c"}, s.Unsigned)
	require.Equal(t, "\ue000un\ue001", say(t, b, "a.b"), "nobody vouches for it: it is shown in French, marked")

	status, n, err := b.Sign("en", Signature{Standing: Draft, By: "A"})
	require.NoError(t, err)
	require.Equal(t, 2, n)
	signed := string(status.Append(nil))
	b = open(t, small("a.b: un\na.c: deux", "a.b: one\na.c: two", signed))
	require.Equal(t, "one", say(t, b, "a.b"))
	p, _ := b.Printer("en")
	require.True(t, p.Draft())

	b = open(t, small("a.b: un seul\na.c: deux", "a.b: one\na.c: two", signed))
	s, err = b.Survey("en")
	require.NoError(t, err)
	require.Equal(t, []string{"a.b"}, s.Stale)
	require.Equal(t, 1, s.Standing[Draft])
	require.Equal(t, "\ue000un seul\ue001", say(t, b, "a.b"))
	require.Equal(t, "two", say(t, b, "a.c"))

	_, n, err = b.Sign("en", Signature{Standing: Reviewed, By: "B"})
	require.NoError(t, err)
	require.Zero(t, n, "a text that has not changed is vouched for by its name only")
	status, n, err = b.Sign("en", Signature{Standing: Reviewed, By: "B", Keys: []string{"a."}})
	require.NoError(t, err)
	require.Equal(t, 2, n)
	b = open(t, small("a.b: un seul\na.c: deux", "a.b: one\na.c: two", string(status.Append(nil))))
	require.Equal(t, "one", say(t, b, "a.b"))
	p, _ = b.Printer("en")
	require.False(t, p.Draft())
}

func TestSignaturesThatSayNothing(t *testing.T) {
	b := open(t, small("a.b: un", "a.b: one", ""))
	for says, try := range map[string]struct {
		lang string
		by   Signature
	}{
		"no language that is translated into": {"fr", Signature{Standing: Draft, By: "A"}},
		"xx is no language":                   {"xx", Signature{Standing: Draft, By: "A"}},
		`the standing "good"`:                 {"en", Signature{Standing: "good", By: "A"}},
		"says by whom":                        {"en", Signature{Standing: Draft, By: " "}},
		"in one line":                         {"en", Signature{Standing: Draft, By: "A\tB"}},
		"en has no text a.z":                  {"en", Signature{Standing: Draft, By: "A", Keys: []string{"a.b", "a.z"}}},
	} {
		_, _, err := b.Sign(try.lang, try.by)
		require.ErrorContains(t, err, says)
	}
}

// What is written is read back as it was.
func TestStatusRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[a-z][a-z0-9_.]{0,20}`)
		record := rapid.Custom(func(t *rapid.T) Record {
			return Record{rapid.SampledFrom(standings).Draw(t, "standing"), cell.Draw(t, "source"), cell.Draw(t, "text"), cell.Draw(t, "by")}
		})
		s := Status(rapid.MapOf(cell, record).Draw(t, "status"))
		read, err := parseStatus("x", s.Append(nil))
		if err != nil {
			t.Fatal(err)
		}
		require.Equal(t, s, read)
	})
}

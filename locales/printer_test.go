package locales

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
)

func printer(t testing.TB, tag string) Printer {
	p, ok := bundle(t).Printer(tag)
	require.True(t, ok)
	return p
}

func TestNumbers(t *testing.T) {
	fr, en := printer(t, "fr"), printer(t, "en")
	day := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	for want, got := range map[string]string{
		"1\u202f253,29\u00a0€":             fr.Money(1253.29),
		"€1,253.29":                        en.Money(1253.29),
		"0\u00a0€":                         fr.Money(0),
		"400\u00a0€":                       fr.Money(400),
		"0,50\u00a0€":                      fr.Money(0.5),
		"\u22121\u202f000\u00a0€":          fr.Money(-1000),
		"\u2212€1,000.10":                  en.Money(-1000.1),
		"1\u202f000\u202f000":              fr.Number(1e6),
		"1er octobre 2026":                 fr.Date(day),
		"1 October 2026":                   en.Date(day),
		"octobre 2026":                     fr.Month(day),
		"16\u202f300\u00a0€ par an":        fr.Unit(16300, "EUR/an"),
		"€55 a month":                      en.Unit(55, "EUR/mois"),
		"0 an":                             fr.Unit(0, "ans"),
		"1 an":                             fr.Unit(1, "ans"),
		"38 ans":                           fr.Unit(38, "ans"),
		"0 years":                          en.Unit(0, "ans"),
		"1 year":                           en.Unit(1, "ans"),
		"1,5 part":                         fr.Unit(1.5, "parts"),
		"2,5 parts":                        fr.Unit(2.5, "parts"),
		"0,0267":                           fr.Unit(0.0267, "part"),
		"0,29101":                          fr.Unit(0.29101, "part"),
		"80\u202f%":                        fr.Unit(80, "pourcent"),
		"80%":                              en.Unit(80, "%"),
		"25 avril 1988":                    fr.Unit(float64(fact.DayOf(1988, 4, 25)), "date"),
		"12\u00a0lunes":                    fr.Unit(12, "lunes"),
		"le loyer":                         fr.Fact("logement.loyer"),
		"les revenus (votre conjoint)":     fr.Fact("conjoint.revenus"),
		"revenu\u00a0: salaire (enfant 2)": fr.Fact("enfants[1].revenus.salaire"),
		"les aides déjà reçues":            fr.Fact("prestations_percues.rsa"),
		"nulle.part":                       fr.Fact("nulle.part"),
		"a, b et c":                        fr.List([]string{"a", "b", "c"}),
		"a or b":                           en.Either([]string{"a", "b"}),
		"Il manque 1 réponse.":             fr.N("verifier.manque", 1),
		"Il manque 2 réponses.":            fr.N("verifier.manque", 2),
		"2 answers are missing.":           en.N("verifier.manque", 2),
		"une.clef.inconnue":                fr.T("une.clef.inconnue"),
	} {
		require.Equal(t, want, got)
	}
}

// TestEachLanguageWritesAsItsReadersDo: amounts, percents, days, months and lists, as the Unicode data (CLDR 48) have them with European
// digits. Where Russian and Ukrainian shorten the word for year, it is whole here: it ends sentences.
func TestEachLanguageWritesAsItsReadersDo(t *testing.T) {
	day := time.Date(2026, 10, 15, 0, 0, 0, 0, time.UTC)
	isolated := func(text string) string { return string(IsolateBegin) + text + string(IsolateEnd) }
	for tag, want := range map[string][5]string{
		"fr":          {"1\u202f234\u202f567,50\u00a0€", "80\u202f%", "15 octobre 2026", "octobre 2026", "A, B et C"},
		"fr-x-simple": {"1\u202f234\u202f567,50\u00a0€", "80\u202f%", "15 octobre 2026", "octobre 2026", "A, B et C"},
		"ar":          {isolated("1.234.567,50\u00a0€"), "80%", "15 أكتوبر 2026", "أكتوبر 2026", "A، B وC"},
		"en":          {"€1,234,567.50", "80%", "15 October 2026", "October 2026", "A, B and C"},
		"pt":          {"1\u00a0234\u00a0567,50\u00a0€", "80%", "15 de outubro de 2026", "outubro de 2026", "A, B e C"},
		"ta":          {"€12,34,567.50", "80%", "15 ஒக்டோபர், 2026", "ஒக்டோபர் 2026", "A, B மற்றும் C"},
		"bn":          {"12,34,567.50€", "80%", "15 অক্টোবর, 2026", "অক্টোবর 2026", "A, B এবং C"},
		"tr":          {"€1.234.567,50", "%80", "15 Ekim 2026", "Ekim 2026", "A, B ve C"},
		"zh-Hans":     {"€1,234,567.50", "80%", "2026年10月15日", "2026年10月", "A、B和C"},
		"ro":          {"1.234.567,50\u00a0€", "80\u00a0%", "15 octombrie 2026", "octombrie 2026", "A, B și C"},
		"es":          {"1.234.567,50\u00a0€", "80\u00a0%", "15 de octubre de 2026", "octubre de 2026", "A, B y C"},
		"ur":          {isolated("€1,234,567.50"), "80%", "15 اکتوبر، 2026", "اکتوبر 2026", "A، B اور C"},
		"ht":          {"1\u202f234\u202f567,50\u00a0€", "80\u00a0%", "15 oktòb 2026", "oktòb 2026", "A, B ak C"},
		"uk":          {"1\u00a0234\u00a0567,50\u00a0€", "80%", "15 жовтня 2026 року", "жовтень 2026 року", "A, B і C"},
		"ru":          {"1\u00a0234\u00a0567,50\u00a0€", "80\u00a0%", "15 октября 2026 года", "октябрь 2026 года", "A, B и C"},
		"fa-AF":       {isolated("€1,234,567.50"), "80 فیصد", "15 اکتوبر 2026", "اکتوبر 2026", "A، B و C"},
	} {
		p := printer(t, tag)
		require.Equal(t, want, [5]string{p.Money(1234567.5), p.Percent(0.8), p.Date(day), p.Month(day), p.List([]string{"A", "B", "C"})}, tag)
	}
	require.Equal(t, "\u2212€1.000,10", printer(t, "tr").Money(-1000.1))
	require.Equal(t, "işsizlik, ırmak, RSA", strings.Join([]string{printer(t, "tr").Lower("İşsizlik"), printer(t, "tr").Lower("Irmak"), printer(t, "tr").Lower("RSA")}, ", "))
	require.Equal(t, "\ue000indemnité\ue001", printer(t, "tr").Lower("\ue000Indemnité\ue001"), "French has its own letters in a Turkish page")
}

// Arabic tells six numbers apart: none, one, two, a few, eleven to ninety-nine, and hundreds.
func TestArabicCounts(t *testing.T) {
	p := printer(t, "ar")
	for n, want := range map[int]string{
		0: "0 طفل", 1: "طفل واحد (1)", 2: "طفلان (2)", 3: "3 أطفال", 10: "10 أطفال", 11: "11 طفلا", 99: "99 طفلا", 100: "100 طفل", 103: "103 أطفال", 111: "111 طفلا",
	} {
		require.Equal(t, want, p.N("enfants.nombre", n))
	}
}

// A message cannot run anything: placeholders are filled as text, and the templates of the pages escape the result.
func TestArgumentsAreNotTemplates(t *testing.T) {
	require.Equal(t, "Erreur\u00a0: {{.Secret}} <b>", strings.TrimSuffix(printer(t, "fr").T("site.titre_erreur", "Page", "{{.Secret}} <b>"), " · Guichet"))
}

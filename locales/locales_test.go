package locales

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"guichet/engine/fact"
	"guichet/engine/ruleset"
	"guichet/rules"
)

func bundle(t testing.TB) *Bundle {
	b, err := Load()
	require.NoError(t, err)
	return b
}

func forms(m *i18n.Message) map[plural.Form]string {
	all := map[plural.Form]string{plural.Zero: m.Zero, plural.One: m.One, plural.Two: m.Two, plural.Few: m.Few, plural.Many: m.Many, plural.Other: m.Other}
	maps.DeleteFunc(all, func(_ plural.Form, text string) bool { return text == "" })
	return all
}

// TestValuesOfTheLawAreTranslated: a language has words of its own for every value of the law or for none, and the source has
// none.
func TestValuesOfTheLawAreTranslated(t *testing.T) {
	b := bundle(t)
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	for _, l := range b.Languages() {
		var have []string
		for key := range b.mustRead(l.Tag).messages {
			if ofTheLaw(key) {
				have = append(have, key)
			}
		}
		switch l.Tag {
		case Source:
			require.Empty(t, have)
		default:
			if len(have) > 0 {
				require.Subset(t, have, set.Baremes(), l.Tag)
				gone := slices.DeleteFunc(have, func(name string) bool { return slices.Contains(set.Baremes(), name) })
				if len(gone) > 0 {
					t.Logf("%s: words of values that no rule file has: %v", l.Tag, gone)
				}
			}
		}
	}
	require.Equal(t, "monthly base", strings.ToLower(printer(t, "en").Translated("bareme.pf.bmaf", "")[:12]))
	require.Equal(t, "\ue000D’ici\ue001", printer(t, "en").Marked().Translated("bareme.d_ailleurs", "D'ici"))
}

func TestEveryLanguageHasEveryMessage(t *testing.T) {
	b := bundle(t)
	has := func(messages map[string]*i18n.Message, key string) bool { // a map of thousands is no matter for Contains
		_, ok := messages[key]
		return ok
	}
	for _, l := range b.Languages() {
		messages := b.mustRead(l.Tag).messages
		for key := range b.source {
			require.True(t, has(messages, key), "%s lacks %s", l.Tag, key)
		}
		for key, m := range messages {
			if ofTheLaw(key) {
				continue
			}
			require.True(t, has(b.source, key), "%s has %s, which the source has not", l.Tag, key)
			require.NotEmpty(t, forms(m), "%s: %s is empty", l.Tag, key)
		}
	}
}

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

func placeholders(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestPlaceholdersAreTheSameInEveryLanguage(t *testing.T) {
	b := bundle(t)
	for _, l := range b.Languages() {
		for key, m := range b.mustRead(l.Tag).messages {
			if ofTheLaw(key) {
				require.Empty(t, placeholders(m.Other), "%s: %s", l.Tag, key)
				continue
			}
			want := placeholders(b.source[key].Other)
			for form, text := range forms(m) {
				require.Equal(t, want, placeholders(text), "%s: %s, form %v", l.Tag, key, form)
				require.Equal(t, len(placeholder.FindAllString(text, -1)), strings.Count(text, "{{"), "%s: %s holds more than placeholders", l.Tag, key)
			}
		}
	}
}

// TestPluralFormsAreWhole asks of every message that counts each form that its language tells apart for whole numbers.
func TestPluralFormsAreWhole(t *testing.T) {
	b := bundle(t)
	for _, l := range b.Languages() {
		tag := language.Make(l.Tag)
		needed := map[plural.Form]bool{}
		for n := range 1_000 {
			needed[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)] = true
		}
		for key, m := range b.mustRead(l.Tag).messages {
			if ofTheLaw(key) {
				continue
			}
			counts := len(forms(b.source[key])) > 1
			if len(needed) > 1 { // in Chinese one form is all there are
				require.Equal(t, counts, len(forms(m)) > 1, "%s: %s counts in one language only", l.Tag, key)
			}
			for form := range needed {
				if counts {
					require.Contains(t, forms(m), form, "%s: %s", l.Tag, key)
				}
			}
		}
	}
}

func TestMessagesHoldNoMarkup(t *testing.T) {
	b := bundle(t)
	for _, l := range b.Languages() {
		for key, m := range b.mustRead(l.Tag).messages {
			for _, text := range forms(m) {
				require.NotRegexp(t, `[<>&]|javascript:`, text, "%s: %s", l.Tag, key)
			}
		}
	}
}

// desk is where the agents' pages are.
var desk = filepath.Join("..", "web", "desk")

// usedKeys finds the keys that templates and Go code under some folders name in full, and the beginnings of those they put together.
func usedKeys(t *testing.T, templates string, code ...string) (whole, beginnings map[string]string) {
	whole, beginnings = map[string]string{}, map[string]string{}
	inTemplate := regexp.MustCompile(`\.L\.[TN] "([^"]+)"|\$L\.[TN] "([^"]+)"`)
	walk := func(root, extension string, each func(path string, text []byte)) {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() && path == desk && root != desk {
				return fs.SkipDir // it has words of its own
			}
			if err != nil || d.IsDir() || filepath.Ext(path) != extension || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			each(path, text)
			return err
		})
		require.NoError(t, err)
	}
	walk(templates, ".html", func(path string, text []byte) {
		for _, m := range inTemplate.FindAllSubmatch(text, -1) {
			whole[string(m[1])+string(m[2])] = path
		}
	})
	for _, root := range code {
		walk(root, ".go", func(path string, text []byte) {
			file, err := parser.ParseFile(token.NewFileSet(), path, text, 0)
			require.NoError(t, err)
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) == 0 {
					return true
				}
				selector, ok := call.Fun.(*ast.SelectorExpr)
				if !ok || !slices.Contains([]string{"T", "N", "Has", "mistaken", "optional", "radio", "money", "say"}, selector.Sel.Name) {
					return true
				}
				for _, arg := range call.Args {
					switch arg := arg.(type) {
					case *ast.BasicLit:
						if key, err := strconv.Unquote(arg.Value); err == nil && keyShape.MatchString(key) {
							whole[key] = path
						}
					case *ast.BinaryExpr:
						if first, ok := leftmost(arg).(*ast.BasicLit); ok {
							if key, err := strconv.Unquote(first.Value); err == nil && strings.Contains(key, ".") {
								beginnings[key] = path
							}
						}
					}
				}
				return true
			})
		})
	}
	return whole, beginnings
}

var keyShape = regexp.MustCompile(`^[a-z_]+\.[a-z0-9_.]*[a-z0-9_]$`)

func leftmost(e ast.Expr) ast.Expr {
	if b, ok := e.(*ast.BinaryExpr); ok {
		return leftmost(b.X)
	}
	return e
}

func TestEveryKeyUsedHasAMessage(t *testing.T) {
	b := bundle(t)
	whole, beginnings := usedKeys(t, "../web/templates", "../web", "../cmd", ".")
	require.Greater(t, len(whole), 150, "keys are found")
	isBeginning := func(key string) bool {
		return slices.ContainsFunc(slices.Collect(maps.Keys(b.source)), func(k string) bool { return strings.HasPrefix(k, key) })
	}
	for key, path := range whole {
		// a field of a form ("revenu", "date.annee") may look like a key
		if !b.Has(key) && !slices.Contains([]string{"date.annee", "garde.qui"}, key) {
			require.Failf(t, "unknown key", "%s in %s", key, path)
		}
	}
	for key, path := range beginnings {
		if key == "montant." || key == "hors_champ." {
			continue // a field of a form; messages that only some rule sets have
		}
		require.True(t, isBeginning(key), "no message begins with %s, in %s", key, path)
	}
}

// TestValuesOfTheProfileHaveWords covers the keys that are put together from the profile and the answer.
func TestValuesOfTheProfileHaveWords(t *testing.T) {
	b := bundle(t)
	groups := map[string][]string{
		"couple.": fact.Couples, "logement.": fact.Statuses, "nationalite.": fact.Nationalities, "titre_sejour.": fact.Permits,
		"activite.": fact.Activities, "scolarite.": fact.Schools, "revenus.": fact.Incomes, "zone_apl.": fact.Zones, "territoire.": fact.Territories,
		"rfr_selon.":           fact.TaxSources,
		"statut.":              {"eligible", "non_eligible", "a_preciser"},
		"recours.":             {"percu", "non_percu", "percu_partiel", "percu_a_verifier", "sans_objet", "inconnu"},
		"periode.":             {"mois", "an", "unique"},
		"pour.":                {"foyer", "demandeur", "conjoint", "enfant"},
		"resultats.condition.": {"oui", "non", "inconnu"},
		"resultats.etat.":      {"oui", "non"},
	}
	for _, facts := range [][]fact.Fact{fact.HouseholdFacts, fact.PersonFacts} {
		for _, f := range facts {
			if !fact.Derived(f.Name) {
				groups["fait."] = append(groups["fait."], f.Name)
			}
		}
	}
	groups["fait."] = append(groups["fait."], "commune", "enfants", "conjoint", "prestations_percues", "revenus")
	for prefix, values := range groups {
		for _, v := range values {
			require.True(t, b.Has(prefix+v), prefix+v)
		}
	}
}

// TestRulesHaveWords asks for the words of everything that the shipped rules show.
func TestRulesHaveWords(t *testing.T) {
	b := bundle(t)
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	words := printer(t, Source)
	var missing []string
	need := func(key string) {
		if !b.Has(key) {
			missing = append(missing, key)
		}
	}
	for _, aid := range set.Aids() {
		need("aide." + aid.ID + ".resume")
		for _, i := range aid.Conditions {
			need("condition." + aid.ID + "." + i.ID)
		}
		for _, i := range aid.Steps {
			need("etape." + aid.ID + "." + i.ID)
			for month := fact.MonthOf(2024, 1); month < fact.MonthOf(2027, 1); month++ {
				if unit, _, ok := i.InForce(month); ok {
					require.NotContains(t, words.Unit(2, unit), "EUR", "unit %s of %s", unit, i.ID)
				}
			}
		}
		for _, i := range aid.OutOfScope {
			need("hors_champ." + aid.ID + "." + i.ID)
		}
		for _, p := range aid.Precisions {
			for _, v := range p.Values {
				need("precision." + aid.ID + "." + p.Field + "." + v)
			}
		}
		for _, id := range aid.Documents {
			need("document." + id)
		}
		for _, id := range aid.Payers {
			need("organisme." + id)
		}
	}
	require.Empty(t, missing)
}

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

func TestMatch(t *testing.T) {
	b := bundle(t)
	for header, want := range map[string]string{"": "fr", "en-US": "en", "fr-BE,en": "fr", "zh-CN": "zh-Hans", "prs": "fa-AF", "ar-MA;q=0.9,fr;q=0.8": "ar", "pt-BR": "pt", "%%%": "fr", "de;q=0.9,en;q=0.8": "en"} {
		require.Equal(t, want, b.Match(header), header)
	}
}

func TestBadFilesAreNamed(t *testing.T) {
	_, err := LoadDir(fstest.MapFS{"fr.yaml": {Data: []byte("a: [1, 2")}})
	require.ErrorContains(t, err, "reading the messages of fr")
	_, err = LoadDir(fstest.MapFS{})
	require.ErrorContains(t, err, "reading the messages of fr")
	for name, files := range map[string]struct{ english, status, says string }{
		"messages":                  {"a: [1, 2", "", "reading the messages of en"},
		"a status of four cells":    {"a.b: c", "a.b\tdraft\t0\t0\n", "status/en.tsv:1: a text has five cells"},
		"a standing unheard of":     {"a.b: c", "a.b\tdraft\t0\t0\tA\na.c\tgood\t0\t0\tA\n", `status/en.tsv:2: the standing "good"`},
		"a text with two standings": {"a.b: c", "a.b\tdraft\t0\t0\tA\na.b\tdraft\t0\t0\tA\n", "status/en.tsv:2: a.b is there twice"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := LoadDir(fstest.MapFS{
				"fr.yaml": {Data: []byte("a.b: c")}, "en.yaml": {Data: []byte(files.english)}, "status/en.tsv": {Data: []byte(files.status)},
			})
			require.NoError(t, err, "the languages are read when they are asked for")
			_, err = b.Survey("en")
			require.ErrorContains(t, err, files.says)
		})
	}
}

// A message cannot run anything: placeholders are filled as text, and the templates of the pages escape the result.
func TestArgumentsAreNotTemplates(t *testing.T) {
	require.Equal(t, "Erreur\u00a0: {{.Secret}} <b>", strings.TrimSuffix(printer(t, "fr").T("site.titre_erreur", "Page", "{{.Secret}} <b>"), " · Guichet"))
}

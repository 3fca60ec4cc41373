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

	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/ruleset"
	"guichet/rules"
)

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

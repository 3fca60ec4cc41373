package telling_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/ruleset"
	"guichet/engine/trace"
	"guichet/locales"
	"guichet/rules"
	"guichet/web/telling"
	"guichet/web/webtest"
)

func shipped(t testing.TB) (*ruleset.Set, *locales.Bundle) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	texts := webtest.Texts(t)
	return set, texts
}

// days gives the days from which a formula or a value of the law is another: on all others a rule reads as on one of them.
func days(set *ruleset.Set, a *ruleset.Aid) []fact.Day {
	out := []fact.Day{a.From, a.Until}
	for _, v := range a.Versions {
		out = append(out, v.From)
	}
	for _, name := range set.Baremes() {
		b, _ := set.Bareme(name)
		for _, v := range b.Values {
			out = append(out, v.From)
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(d fact.Day) bool { return d < a.From || d > a.Until })
}

// TestEverythingToldHasWords asks, of everything that the rule of any shipped aid names on any day, for words in each language:
// no identifier is ever shown to a reader. What fails is the keys to write in the locales.
func TestEverythingToldHasWords(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	set, texts := shipped(t)
	missing := map[string]bool{}
	need := func(key string, or ...string) {
		if !slices.ContainsFunc(append(or, key), func(k string) bool { return len(texts.Lacking(k)) == 0 }) {
			missing[key] = true
		}
	}
	named := func(qualified string) {
		aid, name, dotted := strings.Cut(qualified, ".")
		if !dotted {
			aid, name = "", qualified
		}
		need("regle.grandeur."+qualified, telling.Keys(aid, name)...)
	}
	for _, a := range set.Aids() {
		for _, on := range days(set, a) {
			rule := trace.Of(set, a, on, nil)
			for _, lines := range [][]trace.Line{rule.OutOfScope, rule.Conditions, rule.Steps, rule.Workings, {rule.Amount.Line}} {
				for _, l := range lines {
					for _, name := range l.Reads {
						named(name)
					}
					l.Term.Each(func(part formula.Term) {
						switch part.Kind {
						case formula.Word:
							need(telling.ChoiceKey(part.Name))
						case formula.Given:
							for _, l := range texts.Languages() {
								words, _ := texts.Printer(l.Tag)
								said := telling.Speaker{Words: words, Set: set, Aid: a.ID}.Say(part)
								require.NotRegexp(t, `[a-z]_[a-z]|\w\.\w`, said, "%s in %s", part.Name, l.Tag)
							}
						}
					})
				}
			}
			for _, b := range rule.Baremes {
				if slices.Contains(texts.Lacking(b.Name), "en") { // the other translations show the law's own words, in French
					missing[b.Name] = true
				}
				require.NotEmpty(t, b.Description, b.Name)
			}
		}
	}
	require.Empty(t, missing, "keys that some language has no message for")
}

// TestEveryQuantityHasALabel: rules diff names any of them, not only those that a rule reads.
func TestEveryQuantityHasALabel(t *testing.T) {
	set, texts := shipped(t)
	for _, l := range texts.Languages() {
		words, _ := texts.Printer(l.Tag)
		var bare []string
		for _, q := range set.Universe().Quantities {
			if label := (telling.Speaker{Words: words, Set: set}).Label(q.Namespace, q.Name); label == telling.Plain(q.Name) {
				bare = append(bare, q.QualifiedName())
			}
		}
		require.Empty(t, bare, l.Tag)
	}
}

// TestNoIdentifierIsTold looks at the words themselves.
func TestNoIdentifierIsTold(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	set, texts := shipped(t)
	for _, l := range texts.Languages() {
		words, _ := texts.Printer(l.Tag)
		for _, a := range set.Aids() {
			on := days(set, a)
			if l.Tag != locales.Source {
				on = on[len(on)-1:]
			}
			for _, on := range on {
				rule := telling.RuleOf(trace.Of(set, a, on, nil), set, words)
				for _, s := range rule.Sections {
					for _, line := range s.Lines {
						for _, text := range []string{line.Label, line.Words} {
							require.NotRegexp(t, `[a-z]_[a-z]|[a-z]\.[a-z]|%!|<no value>`, text, "%s on %s in %s", a.ID, on, l.Tag)
						}
					}
				}
				for _, b := range rule.Baremes {
					require.NotRegexp(t, `[a-z]_[a-z]|[a-z]\.[a-z]`, b.Description+b.Value, "%s on %s in %s", a.ID, on, l.Tag)
				}
			}
		}
	}
}

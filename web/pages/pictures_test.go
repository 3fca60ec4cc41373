package pages

import (
	"bytes"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/web/templates"
)

// Every symbol that a page asks for is drawn.
func TestPicturesAreDrawn(t *testing.T) {
	all := slices.Concat(slices.Collect(maps.Values(pictures)), slices.Collect(maps.Values(topics)), slices.Collect(maps.Values(statusPictures)), []string{"alert"})
	for _, p := range purposes {
		all = append(all, p.picture)
	}
	parsed, err := templates.Parse()
	require.NoError(t, err)
	icons, err := templates.Files().Open("icons.html")
	require.NoError(t, err)
	var symbols bytes.Buffer
	_, err = symbols.ReadFrom(icons)
	require.NoError(t, err)
	for _, name := range all {
		var b strings.Builder
		require.NoError(t, parsed[templates.Question].ExecuteTemplate(&b, "picture", name))
		require.Regexp(t, `<svg [^>]*aria-hidden="true"><(path|circle|rect|use) .*/></svg>`, b.String(), name)
		for _, use := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(b.String(), -1) {
			require.Contains(t, symbols.String(), `id="`+use[1]+`"`, name)
		}
	}
}

// Every national aid has a place in the catalogue of its own, and each only one.
func TestAidsHaveAPurpose(t *testing.T) {
	p := over(t)
	last := purposes[len(purposes)-1].name
	var ids []string
	for _, aid := range p.engine.Set().Aids() {
		ids = append(ids, aid.ID)
		require.NotEqual(t, last, purposeOf(aid.ID).name, aid.ID)
	}
	var named []string
	for _, g := range purposes {
		named = append(named, g.aids...)
	}
	require.ElementsMatch(t, ids, named)
}

// everyQuestion gives the pages that a household of two adults and a child could be asked, in each state that asks for another page.
func everyQuestion() []*answers {
	var all []*answers
	for _, status := range append([]string{""}, fact.Statuses...) {
		adult := profile.Person{Nationality: foreign, DisabilityRate: profile.Some(60.0), Incomes: profile.Some([]profile.Income{{Kind: "salaire"}})}
		child := adult
		all = append(all, &answers{Profile: &profile.Profile{
			Couple: "marie", Claimant: adult, Spouse: &adult, Children: profile.Some([]profile.Person{child}), Housing: profile.Housing{Status: status},
		}})
	}
	return append(all, &answers{Profile: &profile.Profile{}})
}

// TestEveryQuestionSaysWhy: each page gives its reason in a sentence or two, its symbol, and a way not to answer beside each answer it asks for.
func TestEveryQuestionSaysWhy(t *testing.T) {
	p := over(t)
	for _, lang := range []string{"fr", "en"} {
		words, _ := p.texts.Printer(lang)
		rather := map[string]string{"fr": "préf", "en": "rather not"}[lang]
		v := &visit{p: p, L: words, at: p.clock()}
		seen := map[string]bool{}
		for _, a := range everyQuestion() {
			c, err := v.asking(a)
			require.NoError(t, err)
			for _, q := range a.questions() {
				form := q.ask(c, url.Values{})
				at := lang + " " + q.key()
				if len(form.Fields) == 0 {
					continue // of persons whom it does not concern
				}
				seen[q.key()] = true
				require.NotEmpty(t, form.Heading, at)
				require.NotEmpty(t, topicOf(q.key()), at)
				require.Regexp(t, `^\p{L}.{15,240}[.]$`, form.Why, at)
				require.LessOrEqual(t, strings.Count(form.Why, ". "), 1, at)
				require.True(t, declines(form.Fields, rather), "%s: every answer may be left: %+v", at, form.Fields)
			}
		}
		require.Greater(t, len(seen), 25, "%v", seen)
	}
}

// declines says whether some answer of the fields is that one would rather not say.
func declines(fields []field, rather string) bool {
	return slices.ContainsFunc(fields, func(f field) bool {
		return strings.Contains(f.Hint, rather) || slices.ContainsFunc(f.Options, func(o option) bool {
			return strings.Contains(o.Label+o.Hint, rather) || declines(o.More, rather)
		})
	})
}

package main

import (
	"bytes"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/engine/trace"
	"guichet/locales"
	"guichet/rules"
	"guichet/web/telling"
	"guichet/web/webtest"
)

// golden holds got against a file of testdata, which -update writes anew.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile("testdata/"+file, got, 0o644))
	}
	want, err := os.ReadFile("testdata/" + file)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

// sheet is the style of a page, which has tests of its own.
var sheet = regexp.MustCompile(`(?s)<style>.*?</style>`)

func unstyled(page []byte) []byte { return sheet.ReplaceAll(page, []byte("<style></style>")) }

func TestTheRuleOfAnInventedAid(t *testing.T) {
	e := webtest.Engine(t)
	aid, ok := e.Set().Aid("aide_essai")
	require.True(t, ok)
	household, err := profile.Decode([]byte(`{"id": "h", "date": "2026-06-15", "complet": true, "commune": "59350",
		"demandeur": {"naissance": "1990-01-01", "revenus": {"salaire": 420.5}}, "logement": {"statut": "locataire_vide", "loyer": 450}}`))
	require.NoError(t, err)
	simulation, err := e.Simulate(household)
	require.NoError(t, err)
	for _, format := range []string{"text", "html", "json"} {
		t.Run(format, func(t *testing.T) {
			told := trace.Of(e.Set(), aid, fact.DayOf(2026, 6, 15), trace.Answers(simulation, aid.ID))
			told.Rules = "sha256:…" // the shipped roundings are in it
			o := explainOptions{rulesFlags: rulesFlags{format: format}, lang: locales.Source}
			got, err := writtenRule(o, e.Set(), told)
			require.NoError(t, err)
			again, err := writtenRule(o, e.Set(), told)
			require.NoError(t, err)
			require.Equal(t, got, again)
			golden(t, "explain."+format, unstyled(got))
		})
	}
}

// TestEveryShippedRuleIsTold asks for words for every operation, function and barème that the shipped rules use.
func TestEveryShippedRuleIsTold(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	texts, err := locales.Load()
	require.NoError(t, err)
	from, until := set.Formalised()
	for _, l := range texts.Languages() {
		words, _ := texts.Printer(l.Tag)
		for _, aid := range set.Aids() {
			on := []fact.Day{fact.DayOf(2026, 9, 1)}
			if l.Tag == locales.Source {
				on = append(on, from, until)
			}
			for _, on := range on {
				view := telling.RuleOf(trace.Of(set, aid, on, nil), set, words)
				page, err := rulePage(view)
				require.NoError(t, err)
				for format, text := range map[string]string{"text": ruleText(view), "html": string(unstyled(page))} {
					require.NotRegexp(t, `regle\.|<no value>|%!|ZgotmplZ`, text, "%s on %s in %s, %s", aid.ID, on, l.Tag, format)
				}
			}
		}
	}
}

func TestThePageOfARuleStandsByItself(t *testing.T) {
	e := webtest.Engine(t)
	aid, _ := e.Set().Aid("prime_essai")
	words, err := printer(e.Set(), locales.Source)
	require.NoError(t, err)
	page, err := rulePage(telling.RuleOf(trace.Of(e.Set(), aid, fact.DayOf(2026, 6, 15), nil), e.Set(), words))
	require.NoError(t, err)
	require.True(t, bytes.Contains(page, []byte("--honey:")), "the colours of the public pages are in it")
	require.NotRegexp(t, `<script|<link|<img|@import|url\(`, string(page))
}

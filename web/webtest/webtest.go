// Package webtest gives the tests of the HTTP side a small rule set of two invented aids, so that they do not hang on what
// the law says this year.
package webtest

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/ruleset"
	"guichet/locales"
	"guichet/rules"
)

//go:embed rules
var invented embed.FS

// Now is the moment at which the tests live.
var Now = time.Date(2026, 6, 15, 9, 30, 0, 0, time.UTC)

// Clock gives [Now].
func Clock() time.Time { return Now }

// Engine answers for aide_essai, a right of the household (600 EUR less its wages, from 25 years on), and prime_essai, a right
// of each adult (100 EUR from a disability of 50 % on). Each three of changes are a file, a text in it and the one that takes
// its place.
func Engine(tb testing.TB, changes ...string) *engine.Engine {
	tb.Helper()
	if len(changes) > 0 {
		return read(tb, changes)
	}
	unchanged.Do(func() { unchanged.engine = read(tb, nil) })
	require.NotNil(tb, unchanged.engine, "the invented rules could not be read")
	return unchanged.engine
}

// unchanged is the engine of most tests, made once.
var unchanged struct {
	sync.Once
	engine *engine.Engine
}

func read(tb testing.TB, changes []string) *engine.Engine {
	tb.Helper()
	all := files(tb)
	for c := range slices.Chunk(changes, 3) {
		require.Contains(tb, string(all[c[0]].Data), c[1])
		all[c[0]] = &fstest.MapFile{Data: []byte(strings.Replace(string(all[c[0]].Data), c[1], c[2], 1))}
	}
	set, err := ruleset.Load(all)
	require.NoError(tb, err)
	e, err := engine.New(set)
	require.NoError(tb, err)
	return e
}

// Texts are the words of the program, read once for all tests of a package.
func Texts(tb testing.TB) *locales.Bundle {
	tb.Helper()
	texts, err := shippedTexts()
	require.NoError(tb, err)
	return texts
}

var shippedTexts = sync.OnceValues(locales.Load)

// files are the invented aids, with the roundings and the conversions of incomes of the shipped rules.
func files(tb testing.TB) fstest.MapFS {
	tb.Helper()
	out := fstest.MapFS{}
	inventedRules, err := fs.Sub(invented, "rules")
	require.NoError(tb, err)
	require.NoError(tb, fs.WalkDir(inventedRules, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(inventedRules, path)
		out[path] = &fstest.MapFile{Data: text}
		return err
	}))
	for _, path := range []string{"baremes/arrondis.yaml", "baremes/revenus.yaml"} {
		text, err := fs.ReadFile(rules.FS, path)
		require.NoError(tb, err)
		out[path] = &fstest.MapFile{Data: text}
	}
	return out
}

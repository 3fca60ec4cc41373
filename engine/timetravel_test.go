package engine_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/rules"
)

var update = flag.Bool("update", false, "write the golden answers anew")

// golden gives the households whose answers are recorded, by name.
func golden(t *testing.T) map[string]*profile.Profile {
	t.Helper()
	files, err := filepath.Glob("../testdata/households/*.json")
	require.NoError(t, err)
	out := map[string]*profile.Profile{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		require.NoError(t, err)
		p, err := profile.Decode(src)
		require.NoError(t, err)
		out[strings.TrimSuffix(filepath.Base(file), ".json")] = p
	}
	return out
}

// answered gives an answer without the hash of the rules, which changes with every word of theirs; the answer must not.
func answered(t *testing.T, e *engine.Engine, p *profile.Profile) string {
	t.Helper()
	s, err := e.Simulate(p)
	require.NoError(t, err)
	s.Rules = ""
	var out bytes.Buffer
	require.NoError(t, json.Indent(&out, s.AppendJSON(nil), "", " "))
	return out.String() + "\n"
}

// TestProperty05TimeTravel replays past households at their date: what was answered then is answered now. A change of the
// rules that changes one of these answers is a change of the past, to be justified in the commit that updates it.
func TestProperty05TimeTravel(t *testing.T) {
	e := shipped(t)
	for name, p := range golden(t) {
		t.Run(name, func(t *testing.T) {
			got, file := answered(t, e, p), filepath.Join("../testdata/answers", name+".json")
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
		})
	}
}

// TestProperty05EveryYearIsReplayed: a household is recorded for each year that the rules answer for.
func TestProperty05EveryYearIsReplayed(t *testing.T) {
	var years []string
	for _, p := range golden(t) {
		years = append(years, p.Date.String()[:4])
	}
	from, until := shipped(t).Set().Formalised()
	for year := from.Month().Year(); year <= until.Month().Year(); year++ {
		require.Contains(t, years, fmt.Sprint(year))
	}
}

// TestProperty05AVersionLeavesThePast adds, on a day, a version to every aid (a condition that never holds) and a value to
// every simple barème (a tenth more than the one before): no answer dated before that day changes by a byte, and those after it do.
func TestProperty05AVersionLeavesThePast(t *testing.T) {
	before := shipped(t)
	for _, day := range []string{"2024-08-01", "2025-08-01", "2026-08-01", "2027-06-01"} {
		t.Run(day, func(t *testing.T) {
			added := added(t, before.Set(), day)
			set, err := ruleset.Load(rules.Overlay(rules.FS, added))
			require.NoError(t, err)
			require.NotEqual(t, before.Set().Hash(), set.Hash())
			after, err := engine.New(set)
			require.NoError(t, err)
			past := 0
			for name, p := range golden(t) {
				if p.Date.String() < day {
					past++
					require.Equal(t, answered(t, before, p), answered(t, after, p), name)
				}
				later := *p
				if later.Date, err = profile.ParseDate(day); err != nil || later.Check(later.Date) != nil {
					continue // it had not happened yet
				}
				require.NotEqual(t, answered(t, before, &later), answered(t, after, &later), "%s on %s", name, day)
			}
			require.NotZero(t, past)
		})
	}
}

// simple is a value of a simple barème, on a line of its own; dated is any value.
var (
	simple = regexp.MustCompile(`^( +)(\d{4}-\d\d-\d\d): \{valeur: ([0-9.]+), (reference: [^}]+)\}`)
	dated  = regexp.MustCompile(`^ +(\d{4}-\d\d-\d\d):`)
)

// added gives the files that a day brings to a rule set.
func added(t *testing.T, set *ruleset.Set, day string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	for _, a := range set.Aids() {
		path := "national/" + a.ID + "/" + day + ".yaml"
		_, err := fs.Stat(rules.FS, path)
		require.ErrorIs(t, err, fs.ErrNotExist, "the day must be free: choose another")
		out[path] = &fstest.MapFile{Data: []byte(`references: {D1: {titre: "Texte d'essai", url: "https://www.service-public.fr/essai"}}
conditions:
  condition_d_essai:
    condition: "false"
    reference: D1
`)}
	}
	files, err := fs.Glob(rules.FS, "baremes/*.yaml")
	require.NoError(t, err)
	changed := 0
	for _, path := range files {
		text, err := fs.ReadFile(rules.FS, path)
		require.NoError(t, err)
		lines := strings.Split(string(text), "\n")
		for i := 0; i < len(lines); i++ {
			m := simple.FindStringSubmatch(lines[i])
			if m == nil || m[2] >= day {
				continue
			}
			if next := dated.FindStringSubmatch(lines[i+1]); next != nil && next[1] <= day {
				continue
			}
			value, err := strconv.ParseFloat(m[3], 64)
			require.NoError(t, err)
			lines = slices.Insert(lines, i+1, fmt.Sprintf("%s%s: {valeur: %.4f, %s}", m[1], day, 1.1*value, m[4]))
			i++
			changed++
		}
		out[path] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
	}
	require.Greater(t, changed, 50)
	return out
}

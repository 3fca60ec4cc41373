package conformity_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/web/conformity"
)

// TestTheTableIsTheStandards holds the table to the standard: its thirteen themes have this many criteria.
func TestTheTableIsTheStandards(t *testing.T) {
	all, err := conformity.Criteria()
	require.NoError(t, err)
	var want, got []string
	for theme, count := range []int{9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12} {
		for number := range count {
			want = append(want, conformity.Criterion{Theme: theme + 1, Number: number + 1}.String())
		}
	}
	for _, c := range all {
		got = append(got, c.String())
	}
	assert.Equal(t, want, got)
	assert.Len(t, conformity.Themes, 13)
}

// TestNothingIsDeclaredThatNoTestHolds looks for every test that the table names.
func TestNothingIsDeclaredThatNoTestHolds(t *testing.T) {
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`)
	var tests []string
	require.NoError(t, fs.WalkDir(os.DirFS(".."), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile("../" + path)
		for _, m := range declared.FindAllStringSubmatch(string(text), -1) {
			tests = append(tests, m[1])
		}
		return err
	}))
	all, err := conformity.Criteria()
	require.NoError(t, err)
	for _, c := range all {
		switch c.State {
		case conformity.Tested, conformity.Partly:
			assert.True(t, slices.Contains(tests, c.Why), "%s: there is no test %q", c, c.Why)
		case conformity.Irrelevant:
			assert.NotEmpty(t, c.Why, "%s: why is it about nothing here?", c)
		case conformity.Untested:
			assert.Empty(t, c.Why, "%s", c)
		default:
			assert.Failf(t, "no such state", "%s: %q", c, c.State)
		}
	}
}

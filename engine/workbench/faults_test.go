package workbench_test

import (
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/workbench"
	"guichet/rules"
)

var update = flag.Bool("update", false, "write the golden files anew")

// english are words that no message for a rule author holds: what a parser says of itself is put into theirs.
var english = regexp.MustCompile(`(?i)\b(the|not|is|found|could|must|unexpected|invalid|expected|mapping|already|defined|character|string|error|warning)\b`)

var quoted = regexp.MustCompile(`«[^»]*»`)

// TestDeliberateFaults lays each archive of testdata/faults, files with a fault of one kind, over the shipped rules: the check
// finds it, with the file, the line, a caret and a message in an officer's words. What it tells is the archive's last part.
func TestDeliberateFaults(t *testing.T) {
	archives, err := filepath.Glob("testdata/faults/*.txtar")
	require.NoError(t, err)
	require.Greater(t, len(archives), 30)
	for _, name := range archives {
		t.Run(strings.TrimSuffix(path.Base(filepath.ToSlash(name)), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			files, want := fstest.MapFS{}, -1
			for i, f := range archive.Files {
				if f.Name == "dit" {
					want = i
					continue
				}
				files[f.Name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(f.Data), "<TAB>", "\t"))}
			}
			require.GreaterOrEqual(t, want, 0)
			got := told(t, rules.Overlay(rules.FS, files))
			if *update {
				archive.Files[want].Data = []byte(got)
				require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o600))
			}
			require.Equal(t, string(archive.Files[want].Data), got)
		})
	}
}

// told is what the check tells, and asks of each finding what an author needs.
func told(t *testing.T, law fs.FS) string {
	t.Helper()
	_, findings, err := workbench.Check(law, fact.DayOf(2026, 11, 26), fact.DayOf(2026, 11, 26))
	require.NoError(t, err)
	require.NotEmpty(t, findings, "the fault passes")
	var b strings.Builder
	for _, f := range findings {
		_, err := fs.Stat(law, f.File)
		require.NoError(t, err)
		require.NotRegexp(t, english, quoted.ReplaceAllString(f.Message, "")) // what to write in a formula is quoted
		require.Positive(t, f.Line, f.Message)
		require.Contains(t, f.Excerpt, "^", f.Message)
		b.WriteString(f.String() + "\n")
	}
	return b.String()
}

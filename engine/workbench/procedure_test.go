package workbench_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"guichet/engine/workbench"
	"guichet/rules"
)

// TestProcedureIsChecked: what follows a claim is held to the same as the values of the law, an official text and a recent reading.
func TestProcedureIsChecked(t *testing.T) {
	const file = "national/af/aide.yaml"
	changed := fstest.MapFS{}
	require.NoError(t, fs.WalkDir(rules.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(rules.FS, path)
		changed[path] = &fstest.MapFile{Data: text}
		return err
	}))
	text := string(changed[file].Data)
	text = strings.Replace(text, "verifie_le: 2026-11-26", "verifie_le: 2025-01-10", 1)
	text = strings.Replace(text, "recours: {mois: 2, aupres: commission_recours_amiable, reference: [L142-4, R142-1]}", "recours: {mois: 2, aupres: commission_recours_amiable, reference: blog}", 1)
	text = strings.Replace(text, "references:\n", "references:\n  blog: {titre: Un blog, url: \"https://exemple.fr/\"}\n", 1)
	changed[file] = &fstest.MapFile{Data: []byte(text)}

	today := checkedOn(inspect(t).Set)
	_, findings, err := workbench.Check(changed, today, today)
	require.NoError(t, err)
	var said []string
	for _, f := range findings {
		if f.File == file {
			require.NotZero(t, f.Line)
			said = append(said, string(f.Severity)+" ["+string(f.Kind)+"] "+f.Message)
		}
	}
	require.Contains(t, strings.Join(said, "\n"), "warning [provenance] af, « recours » : ne cite ni Légifrance ni Service-Public")
	require.Contains(t, strings.Join(said, "\n"), "error [age] rien n'a été relu depuis le 2025-01-10, soit 22 mois")
}

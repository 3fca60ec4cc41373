package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A shell's redirections hide the names of the files, and the input must be safe all the same.
func TestRedirectionsNeverWriteIntoTheInput(t *testing.T) {
	const household = `{"id":"a","date":"2026-06-15"}` + "\n"
	name := filepath.Join(t.TempDir(), "in.ndjson")
	require.NoError(t, os.WriteFile(name, []byte(household), 0o600))
	open := func(flag int) *os.File {
		f, err := os.OpenFile(name, flag, 0)
		require.NoError(t, err)
		t.Cleanup(func() { f.Close() })
		return f
	}
	for redirection, prepare := range map[string]func(p *seen) []string{
		"guichet screen < F >> F": func(p *seen) []string {
			p.stdin, p.stdout = open(os.O_RDONLY), open(os.O_WRONLY|os.O_APPEND)
			return []string{"screen"}
		},
		"guichet screen -in F >> F": func(p *seen) []string {
			p.stdout = open(os.O_WRONLY | os.O_APPEND)
			return []string{"screen", "-in", name}
		},
		"guichet screen -out F -force < F": func(p *seen) []string {
			p.stdin = open(os.O_RDONLY)
			return []string{"screen", "-out", name, "-force"}
		},
	} {
		t.Run(redirection, func(t *testing.T) {
			p := newProgram("")
			require.Equal(t, usage, p.run(context.Background(), prepare(p)))
			require.Contains(t, p.err.String(), "is the input itself")
			left, err := os.ReadFile(name)
			require.NoError(t, err)
			require.Equal(t, household, string(left))
		})
	}
}

package main

import (
	"encoding/base64"
	"encoding/hex"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/web/seal"
)

func TestSealingKey(t *testing.T) {
	key := make([]byte, 32)
	for i := range key {
		key[i] = byte(251 * i) // gives the characters in which the forms of base64 differ
	}
	file := filepath.Join(t.TempDir(), "key")
	require.NoError(t, os.WriteFile(file, []byte(base64.StdEncoding.EncodeToString(key)+"\n"), 0o600))
	for name, c := range map[string]struct {
		env    map[string]string
		refuse string
	}{
		"base64":             {env: map[string]string{"GUICHET_KEY": base64.StdEncoding.EncodeToString(key)}},
		"base64 for URLs":    {env: map[string]string{"GUICHET_KEY": base64.RawURLEncoding.EncodeToString(key)}},
		"hexadecimal":        {env: map[string]string{"GUICHET_KEY": hex.EncodeToString(key)}},
		"a file with an end": {env: map[string]string{"GUICHET_KEY_FILE": file}},
		"both":               {env: map[string]string{"GUICHET_KEY": "x", "GUICHET_KEY_FILE": file}, refuse: "keep one"},
		"too short":          {env: map[string]string{"GUICHET_KEY": hex.EncodeToString(key[:31])}, refuse: "GUICHET_KEY: want at least 32 bytes"},
		"no key at all":      {env: map[string]string{"GUICHET_KEY": "correct horse, battery staple"}, refuse: "GUICHET_KEY: want"},
		"a file not there":   {env: map[string]string{"GUICHET_KEY_FILE": file + "s"}, refuse: "GUICHET_KEY_FILE"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProgram("")
			p.getenv = func(name string) string { return c.env[name] }
			got, err := p.sealingKey(slog.New(slog.NewTextHandler(io.Discard, nil)))
			if c.refuse != "" {
				require.ErrorContains(t, err, c.refuse)
				require.NotContains(t, err.Error(), c.env["GUICHET_KEY"]+"x", "a secret is never repeated")
				return
			}
			require.NoError(t, err)
			require.Equal(t, key, got)
		})
	}
}

func TestWithoutAKeyOneIsMadeAndSaid(t *testing.T) {
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, nil))
	p := newProgram("")
	one, err := p.sealingKey(logger)
	require.NoError(t, err)
	two, err := p.sealingKey(logger)
	require.NoError(t, err)
	require.Len(t, one, seal.MinKey)
	require.NotEqual(t, one, two)
	require.Contains(t, log.String(), "no sealing key is set")
}

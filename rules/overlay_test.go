package rules_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"guichet/rules"
)

func TestOverlay(t *testing.T) {
	base := fstest.MapFS{"ensemble.yaml": {Data: []byte("base")}, "baremes/rsa.yaml": {Data: []byte("rsa")}}
	over := fstest.MapFS{
		"ensemble.yaml": {Data: []byte("over")}, "baremes/af.yaml": {Data: []byte("af")},
		".git/x.yaml": {}, "baremes/.af.yaml.swp.yaml": {}, // hidden: no rules
	}
	laid := rules.Overlay(base, over)
	for name, want := range map[string]string{"ensemble.yaml": "over", "baremes/rsa.yaml": "rsa", "baremes/af.yaml": "af"} {
		text, err := fs.ReadFile(laid, name)
		require.NoError(t, err)
		require.Equal(t, want, string(text), name)
	}
	var seen []string
	require.NoError(t, fs.WalkDir(laid, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			seen = append(seen, p)
		}
		return err
	}))
	require.Equal(t, []string{"baremes/af.yaml", "baremes/rsa.yaml", "ensemble.yaml"}, seen)
	_, err := fs.ReadFile(laid, "baremes/cf.yaml")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = fs.ReadDir(laid, "nowhere")
	require.ErrorIs(t, err, fs.ErrNotExist)
}

package main

import (
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// licences are those that what we ship may be under, by words that only their texts have: all may be shipped with a work under the EUPL.
var licences = map[string]*regexp.Regexp{
	"MIT":        regexp.MustCompile(`Permission is hereby granted, free of charge, to any person obtaining a copy`),
	"BSD":        regexp.MustCompile(`Redistribution and use in source and binary forms, with or without modification, are permitted`),
	"Apache-2.0": regexp.MustCompile(`Apache License Version 2\.0, January 2004`),
}

// TestProperty30Licences: every module that any of the released binaries holds has a licence, and one of those.
func TestProperty30Licences(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../Makefile")
	require.NoError(t, err)
	platforms := regexp.MustCompile(`(?m)^PLATFORMS \?= (.*)$`).FindStringSubmatch(string(text))
	require.NotNil(t, platforms)
	modules := map[string]string{}
	for platform := range strings.FieldsSeq(platforms[1]) {
		maps.Copy(modules, held(t, platform))
	}
	require.Greater(t, len(modules), 20)
	for path, dir := range modules {
		require.NotEmpty(t, licenceOf(t, dir), "%s: what it is under has to be known before it is shipped", path)
	}
}

// held tells of each module that the binary of a platform holds where its files are.
func held(t *testing.T, platform string) map[string]string {
	t.Helper()
	system, machine, _ := strings.Cut(platform, "/")
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}", ".")
	list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+machine)
	out, err := list.Output()
	require.NoError(t, err)
	modules := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if path, dir, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			modules[path] = dir
		}
	}
	return modules
}

// licenceOf names the licence of a module; "" when it has none of those that are known.
func licenceOf(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "LICEN[CS]E*"))
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		words := strings.Join(strings.Fields(string(text)), " ")
		for name, only := range licences {
			if only.MatchString(words) {
				return name
			}
		}
	}
	return ""
}

// TestProperty30ReproducibleBuild: the same source gives the same bytes, wherever it lies, whether it is under version control or not; the
// licences that go with them are those of all that they hold.
func TestProperty30ReproducibleBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	t.Parallel()
	if _, err := exec.LookPath("make"); err != nil && os.Getenv("CI") != "true" {
		t.Skip("skipped: a build that is made twice; it needs make")
	}
	var sums []string
	for _, place := range []string{"here", "else where/deeper"} {
		dir := filepath.Join(t.TempDir(), place)
		require.NoError(t, os.MkdirAll(dir, 0o700))
		for _, part := range []string{"cmd", "docs", "engine", "locales", "rules", "takeup", "web"} {
			require.NoError(t, os.CopyFS(filepath.Join(dir, part), sources{os.DirFS("../../" + part)}))
		}
		for _, file := range []string{"go.mod", "go.sum", "Makefile", "LICENCE"} {
			text, err := os.ReadFile("../../" + file)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(dir, file), text, 0o600))
		}
		release := exec.CommandContext(t.Context(), "make", "-C", dir, "release", "VERSION=v0", "PLATFORMS=linux/amd64")
		said, err := release.CombinedOutput()
		require.NoError(t, err, "%s", said)
		sum, err := os.ReadFile(filepath.Join(dir, "dist", "SHA256SUMS"))
		require.NoError(t, err)
		sums = append(sums, string(sum))
		licences, err := os.ReadFile(filepath.Join(dir, "dist", "THIRD-PARTY-LICENCES.txt"))
		require.NoError(t, err)
		require.Regexp(t, `^== Go\n\nCopyright`, string(licences))
		for path := range held(t, "linux/amd64") {
			require.Contains(t, string(licences), "\n== "+path+" v")
		}
	}
	require.Regexp(t, `^[0-9a-f]{64}  guichet-v0-linux-amd64\n$`, sums[0])
	require.Equal(t, sums[0], sums[1])
}

// sources are files without those of tests.
type sources struct{ fs.FS }

func (s sources) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(s.FS, name)
	return slices.DeleteFunc(all, func(e fs.DirEntry) bool { return e.Name() == "testdata" || strings.HasSuffix(e.Name(), "_test.go") }), err
}

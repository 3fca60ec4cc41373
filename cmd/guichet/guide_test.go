package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// TestAuthorsGuide does what the author's guide says, block by block: it types the commands and looks for
// what the guide shows of their answers, writes the files and makes the changes that the guide names. So that time alone breaks
// nothing, what is due is judged on the day on which the shipped rules were last checked.
func TestAuthorsGuide(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of the built program, which the race detector does not see")
	}
	text, err := os.ReadFile("../../docs/auteur.md")
	require.NoError(t, err)
	script, err := scriptOf(string(text))
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "guide.txtar"), []byte(script), 0o600))
	testscript.Run(t, testscript.Params{
		Dir: dir, Setup: withProgram, RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"change": change},
	})
}

// fileLine is the line before a block that says whose it is.
var fileLine = regexp.MustCompile("^`([^`]+)`.* :$")

// scriptOf turns the guide into a script.
func scriptOf(guide string) (string, error) {
	var steps, archive strings.Builder
	lines := strings.Split(guide, "\n")
	name := ""
	for i := 0; i < len(lines); i++ {
		if m := fileLine.FindStringSubmatch(lines[i]); m != nil {
			name = m[1]
			continue
		}
		kind, ok := strings.CutPrefix(lines[i], "```")
		if !ok {
			continue
		}
		first := i + 1
		for i++; i < len(lines) && lines[i] != "```"; i++ {
		}
		block := lines[first:i]
		if kind == "console" {
			commandsOf(&steps, block)
			continue
		}
		if name == "" {
			return "", fmt.Errorf("line %d: no file is named before this block", first)
		}
		held := fmt.Sprintf("block-%d", first)
		fmt.Fprintf(&archive, "-- %s --\n%s\n", held, strings.Join(block, "\n"))
		if kind == "diff" {
			fmt.Fprintf(&steps, "change %s %s\n", name, held)
		} else {
			fmt.Fprintf(&steps, "! exists %s\nmkdir %s\ncp %s %s\n", name, path.Dir(name), held, name)
		}
		name = ""
	}
	return steps.String() + archive.String(), nil
}

// commandsOf writes the commands of a block and what the guide shows of each answer: every line must be in it.
func commandsOf(out *strings.Builder, block []string) {
	for _, line := range block {
		command, ok := strings.CutPrefix(line, "$ ")
		switch {
		case !ok:
			pattern := strings.NewReplacer(" ", `[\s\x{a0}\x{202f}]`, "'", "['’]").Replace(regexp.QuoteMeta(line)) // as print has them
			fmt.Fprintf(out, "stdout '%s'\n", strings.ReplaceAll(pattern, "'", "''"))
		case strings.HasPrefix(command, "guichet rules check "):
			fmt.Fprintf(out, "exec %s -date 2026-11-26\n", strings.ReplaceAll(command, `"`, "'"))
		default:
			fmt.Fprintf(out, "exec %s\n", strings.ReplaceAll(command, `"`, "'"))
		}
	}
}

// change makes the change of a block in a file: the lines of the block that begin with a space or - stand there, once, and
// those that begin with a space or + come in their place.
func change(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: change FILE BLOCK")
	}
	var before, after []string
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		switch line[0] {
		case '-':
			before = append(before, line[1:])
		case '+':
			after = append(after, line[1:])
		default:
			before, after = append(before, line[1:]), append(after, line[1:])
		}
	}
	text, old := "\n"+ts.ReadFile(args[0]), "\n"+strings.Join(before, "")
	if n := strings.Count(text, old); n != 1 {
		ts.Fatalf("%s: what should change stands there %d times:%s", args[0], n, old)
	}
	text = strings.Replace(text, old, "\n"+strings.Join(after, ""), 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text[1:]), 0o600))
}

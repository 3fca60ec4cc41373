package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The guide is read in the first hour; its details are looked up.
const (
	operatorsGuide   = "../../docs/operator.md"
	operatorsDetails = "../../docs/operator-detail.md"
)

// TestOperatorsGuide types the commands of the operator's guide into a shell, in order, and looks for what the guide shows of their answers.
func TestOperatorsGuide(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of the built program, which the race detector does not see")
	}
	t.Parallel()
	for _, tool := range []string{"sh", "openssl", "curl"} {
		if _, err := exec.LookPath(tool); err != nil && os.Getenv("CI") != "true" {
			t.Skip("skipped: the operator's guide; it needs " + tool)
		}
	}
	text, err := os.ReadFile(operatorsGuide)
	require.NoError(t, err)
	sh := newShell(t)
	typed := 0
	for _, block := range regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		for step := range strings.SplitSeq(strings.TrimPrefix(block[1], "$ "), "\n$ ") {
			command, shown, _ := strings.Cut(strings.TrimRight(step, "\n"), "\n")
			said := sh.run(strings.ReplaceAll(command, "127.0.0.1:8080", sh.address))
			typed++
			for line := range strings.Lines(shown) {
				pattern := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimRight(line, "\n")), "…", ".*")
				require.Regexp(t, "(?m)^"+pattern, said, command)
			}
		}
	}
	require.Greater(t, typed, 15)
}

// A shell runs what is typed into it, one command after another.
type shell struct {
	t       *testing.T
	in      *bufio.Writer
	out     *bufio.Scanner
	address string // a free one
}

func newShell(t *testing.T) *shell {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &shell{t: t, address: l.Addr().String()}
	require.NoError(t, l.Close())
	dir, err := built()
	require.NoError(t, err)
	home := t.TempDir()
	ctx, stop := context.WithCancel(context.Background()) // the test's own ends before it cleans up
	sh := exec.CommandContext(ctx, "sh", "-m")            // jobs are groups of their own, which end together
	sh.Dir, sh.Env = home, []string{"PATH=" + dir + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + home}
	in, err := sh.StdinPipe()
	require.NoError(t, err)
	out, err := sh.StdoutPipe()
	require.NoError(t, err)
	s.in, s.out = bufio.NewWriter(in), bufio.NewScanner(out)
	require.NoError(t, sh.Start())
	t.Cleanup(func() {
		fmt.Fprint(in, "kill $! 2>/dev/null; wait; exit\n")
		in.Close()
		timer := time.AfterFunc(10*time.Second, stop)
		_ = sh.Wait()
		timer.Stop()
		stop()
	})
	return s
}

// run gives what a command says, which has to go well. What goes on behind it is there when it answers.
func (s *shell) run(command string) string {
	s.t.Helper()
	behind := strings.HasSuffix(command, "&")
	if behind {
		command = strings.TrimSuffix(command, "&") + ">/dev/null 2>&1 &"
	}
	fmt.Fprintf(s.in, "%s\necho \"== $?\"\n", command)
	require.NoError(s.t, s.in.Flush())
	var said strings.Builder
	for s.out.Scan() {
		if status, end := strings.CutPrefix(s.out.Text(), "== "); end {
			require.Equal(s.t, "0", status, "%s\n%s", command, &said)
			if behind {
				require.Eventually(s.t, func() bool {
					c, err := net.Dial("tcp", s.address)
					if err == nil {
						c.Close()
					}
					return err == nil
				}, 20*time.Second, 20*time.Millisecond)
			}
			return said.String()
		}
		said.WriteString(s.out.Text() + "\n")
	}
	require.Fail(s.t, "the shell ended", "%s\n%s", command, &said)
	return ""
}

var variable = regexp.MustCompile(`GUICHET_[A-Z_]*[A-Z]`)

// TestOperatorsGuideNamesEverything: every variable that a command reads, every command but those of authors, and nothing that there is not.
func TestOperatorsGuideNamesEverything(t *testing.T) {
	guide := readGuide(t, operatorsGuide) + readGuide(t, operatorsDetails)
	help := map[string]string{} // of each command with its parts
	for _, c := range commands() {
		if c.parts == nil {
			help[c.name] = helpOf(t, c.name)
		}
		for _, part := range c.parts {
			help[c.name] += helpOf(t, c.name, part.name)
		}
		if c.parts != nil {
			help[c.name] += helpOf(t, c.name)
		}
		if c.name != "texts" { // the translators' one
			assert.Regexp(t, "`"+c.name+"`|guichet "+c.name+`\b`, guide)
		}
	}
	var all strings.Builder
	for _, text := range help {
		all.WriteString(text)
	}
	var told []string
	for _, name := range variable.FindAllString(all.String(), -1) {
		if !slices.Contains(told, name) {
			told = append(told, name)
			assert.Contains(t, guide, name)
		}
	}
	for _, name := range variable.FindAllString(guide, -1) {
		assert.Contains(t, told, strings.TrimSuffix(name, "_FILE"), "no command says that it reads it")
	}
	rows := regexp.MustCompile("(?m)^\\| (`[a-z`, ]+`) \\| (`-[^|]*(?:\\\\\\|[^|]*)*) \\|").FindAllStringSubmatch(guide, -1)
	require.Greater(t, len(rows), 8)
	for _, row := range rows {
		for _, command := range regexp.MustCompile("`([a-z]+)`").FindAllStringSubmatch(row[1], -1) {
			for _, option := range regexp.MustCompile("`(-[a-z-]+)").FindAllStringSubmatch(row[2], -1) {
				assert.Regexp(t, `(?m)^  `+option[1]+`\b`, help[command[1]], "guichet %s has no %s", command[1], option[1])
			}
		}
	}
}

func readGuide(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// TestOperatorsGuideIsShort enough to be read to its end, and its links and those of its details lead to what is there.
func TestOperatorsGuideIsShort(t *testing.T) {
	require.Less(t, len(strings.Fields(readGuide(t, operatorsGuide))), 1100, "the rest belongs into the details")
	anchor := func(heading string) string {
		return strings.ReplaceAll(regexp.MustCompile(`[^a-z -]`).ReplaceAllString(strings.ToLower(heading), ""), " ", "-")
	}
	headings := map[string][]string{}
	for _, path := range []string{operatorsGuide, operatorsDetails} {
		for _, heading := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(readGuide(t, path), -1) {
			headings[path] = append(headings[path], anchor(heading[1]))
		}
	}
	for _, path := range []string{operatorsGuide, operatorsDetails} {
		for _, link := range regexp.MustCompile(`\]\(([^)#]*)#?([^)]*)\)`).FindAllStringSubmatch(readGuide(t, path), -1) {
			target := path
			if link[1] != "" {
				target = "../../docs/" + link[1]
				require.FileExists(t, target)
			}
			if link[2] != "" {
				assert.Contains(t, headings[target], link[2], link[0])
			}
		}
	}
}

func helpOf(t *testing.T, words ...string) string {
	t.Helper()
	p := newProgram("")
	require.Equal(t, done, p.run(t.Context(), append(words, "-h")), words)
	return p.out.String()
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"guichet/rules"
)

func TestMain(m *testing.M) {
	testscript.Main(&cleaned{m}, map[string]func(){"guichet": main})
}

// cleaned runs the tests, then takes away what they built.
type cleaned struct{ tests *testing.M }

func (c *cleaned) Run() int {
	defer func() { _ = os.RemoveAll(builtIn) }()
	return c.tests.Run()
}

// built gives the folder of the program, built once as people build it. Scripts run that one: what runs for a moment, alone, has nothing
// for the race detector to see, which would take five times as long over each reading of the rules. Servers are started from the test's own.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "guichet")
	if err != nil {
		return "", err
	}
	builtIn = dir
	if out, err := exec.Command("go", "build", "-o", dir+string(filepath.Separator), ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return dir, nil
})

var builtIn string // taken away when the tests are done

// withProgram puts the built program before everything else that a script can run.
func withProgram(env *testscript.Env) error {
	dir, err := built()
	if err != nil {
		return err
	}
	env.Setenv("PATH", dir+string(filepath.ListSeparator)+env.Getenv("PATH"))
	return nil
}

// The scripts in testdata/script run the program as a user does. They know these commands beside testscript's own:
//
//	exits CODE PROGRAM ARG…   runs it, which must end with that very code
//	households N FILE         writes the first N reference households, one a line, over and over as needed
//	lines N FILE              holds when the file has N lines
//	link OLD NEW              makes a hard link
//	tear FILE N               cuts the last N bytes off
//	append FILE LINE          adds a line
//	case DB CODE DAY          opens a case on a day in CCAS montclair, with contact details, sealed by $GUICHET_VAULT_KEY
//	long FILE                 writes a household of more than 64 KiB, and a good one
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of the built program, which the race detector does not see")
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		Setup:               withProgram,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":      exits,
			"households": writeHouseholds,
			"case":       writeCase,
			"lines":      countLines,
			"link": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(os.Link(ts.MkAbs(args[0]), ts.MkAbs(args[1])))
			},
			"append": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(ts.ReadFile(args[0])+args[1]+"\n"), 0o600))
			},
			"long": func(ts *testscript.TestScript, _ bool, args []string) {
				text := `{"id":"long","commune":"` + strings.Repeat("9", 100_000) + `"}` + "\n" + ts.ReadFile("good.ndjson")
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
			},
			"tear": func(ts *testscript.TestScript, _ bool, args []string) {
				text := ts.ReadFile(args[0])
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text[:len(text)-number(ts, args[1])]), 0o600))
			},
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG…")
	}
	code := 0
	err := ts.Exec(args[1], args[2:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if want := number(ts, args[0]); code != want {
		ts.Fatalf("it exits with %d, not with %d", code, want)
	}
}

func writeHouseholds(ts *testscript.TestScript, _ bool, args []string) {
	households, err := referenceHouseholds()
	ts.Check(err)
	var b bytes.Buffer
	for i := range number(ts, args[0]) {
		b.Write(households[i%len(households)])
		b.WriteByte('\n')
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o600))
}

func countLines(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile(args[1])
	n := strings.Count(text, "\n")
	if want := number(ts, args[0]); (n == want) == neg {
		ts.Fatalf("%s has %d lines", args[1], n)
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		ts.Fatalf("the last line of %s has no end", args[1])
	}
}

func number(ts *testscript.TestScript, text string) int {
	n, err := strconv.Atoi(text)
	ts.Check(err)
	return n
}

// referenceHouseholds gives the profiles of the reference cases.
func referenceHouseholds() ([][]byte, error) {
	text, err := os.ReadFile("../../testdata/oracle/cases.ndjson")
	if err != nil {
		return nil, err
	}
	var households [][]byte
	for l := range bytes.Lines(text) {
		var c struct {
			Profile json.RawMessage `json:"profil"`
		}
		if err := json.Unmarshal(l, &c); err != nil {
			return nil, err
		}
		households = append(households, c.Profile)
	}
	return households, nil
}

// A seen program keeps what it writes.
type seen struct {
	program
	out, err bytes.Buffer
}

// newProgram makes a program on a fixed day, without environment, whose input is text.
func newProgram(text string) *seen {
	s := &seen{}
	s.program = program{
		stdin: strings.NewReader(text), stdout: &s.out, stderr: &s.err,
		getenv:   func(string) string { return "" },
		now:      func() time.Time { return time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC) },
		terminal: func(io.Writer) bool { return false },
		law:      rules.FS,
	}
	return s
}

func TestInvalidRulesAreToldByEveryCommand(t *testing.T) {
	output := t.TempDir() + "/out.ndjson"
	for _, args := range [][]string{
		{"version"},
		{"simulate", "-"},
		{"screen", "-out", output},
		{"serve", "-addr", "127.0.0.1:0", "-db", "sqlite:" + t.TempDir() + "/guichet.db"},
		{"rules", "explain", "rsa"},
		{"rules", "diff", "shipped", "shipped"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			p := newProgram("{}")
			p.law = fstest.MapFS{"ensemble.yaml": {Data: []byte("aides: [inconnue]\n")}}
			require.Equal(t, invalid, p.run(context.Background(), args))
			require.Contains(t, p.err.String(), "les règles ne peuvent pas servir")
			require.NoFileExists(t, output, "nothing is touched before the rules are known to be good")
		})
	}
}

func TestExitCodes(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		code int
	}{
		"nothing wrong":     {nil, done},
		"a bad request":     {inputError{errors.New("no")}, usage},
		"wrapped":           {fmt.Errorf("after 3: %w", inputError{errors.New("no")}), usage},
		"stopped":           {fmt.Errorf("after 3: %w", context.Canceled), interrupted},
		"a disk that fails": {&os.PathError{Op: "write", Path: "x", Err: errors.New("full")}, storage},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.code, exitCode(c.err)) })
	}
}

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"guichet/engine"
	"guichet/engine/screening"
)

var screenCommand = command{
	name:  "screen",
	takes: "[-in FILE] [-out FILE] [-rules DIR] [-jobs N] [-resume | -force] [-format ndjson|csv] [-brief]",
	does:  "compute many households, one answer a line, in the order of the input",
	explains: `
The input is NDJSON, one household profile a line, or CSV with one household a line under a
header of profile paths (a file whose name ends in .csv). Blank lines are passed over; a line
is at most 64 KiB. A household that is refused gives {"id":…,"erreur":{…}} and the run goes on;
the exit code is then 1. An interrupted run keeps its finished lines, ends with 130, and is
taken up with -resume. An output that exists is left alone unless -resume or -force is given.
Both files hold household data: the output is readable by its owner only.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var o screenOptions
		f.StringVar(&o.in, "in", "-", "`FILE` of households; - is the standard input")
		f.StringVar(&o.out, "out", "-", "`FILE` of answers; - is the standard output")
		f.StringVar(&o.format, "format", "", "`FORMAT` of the input, ndjson or csv, where the file's name does not say")
		declareRules(f, &o.rules)
		f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "`N` households computed at once")
		f.BoolVar(&o.resume, "resume", false, "go on where the output ends")
		f.BoolVar(&o.force, "force", false, "start anew, whatever the output holds")
		f.BoolVar(&o.brief, "brief", false, "leave out what explains an answer: conditions, steps, facts used")
		f.env("jobs", "GUICHET_JOBS")
		return func(ctx context.Context, operands []string) int {
			if err := cmp.Or(none(operands), o.check()); err != nil {
				return p.fail("screen", err)
			}
			return p.screen(ctx, o)
		}
	},
}

type screenOptions struct {
	in, out, format string
	rules           string // the folder laid over the shipped ones
	jobs            int
	resume, force   bool
	brief           bool
}

func (o *screenOptions) check() error {
	if o.format == "" {
		o.format = "ndjson"
		if strings.EqualFold(filepath.Ext(o.in), ".csv") {
			o.format = "csv"
		}
	}
	switch {
	case o.format != "ndjson" && o.format != "csv":
		return inputError{errors.New("-format is ndjson or csv")}
	case o.jobs < 1 || o.jobs > 1024:
		return inputError{errors.New("-jobs is a number from 1 to 1024")}
	case o.resume && o.force:
		return inputError{errors.New("-resume keeps the output and -force drops it: give one of them")}
	case o.resume && o.out == "-":
		return inputError{errors.New("-resume needs -out FILE")}
	}
	return nil
}

// screen does one run and gives its exit code. The output is opened last: nothing of it changes before all else is known
// to be good.
func (p *program) screen(ctx context.Context, o screenOptions) int {
	in, size, err := p.openInput(o)
	if err != nil {
		return p.fail("screen", err)
	}
	defer in.Close()
	rules, err := p.loadRules(o.rules)
	if err != nil {
		return p.fail("screen", err)
	}
	lines := screening.NewInput(in)
	var answers screening.Rules = rules
	if o.brief {
		answers = engine.Brief{Engine: rules}
	}
	s := &screening.Screener{Rules: answers, Form: screening.NDJSON{}, Today: p.today(), Report: p.reportOnce("screen")}
	if o.format == "csv" {
		if s.Form, err = screening.ReadHeader(lines); err != nil {
			return p.fail("screen", err)
		}
	}
	out, before, err := p.openOutput(o, in)
	if err != nil {
		return p.fail("screen", err)
	}
	defer out.Close()
	if err := before.takeUp(ctx, lines, s.Form, rules.Set().Hash()); err != nil {
		return p.fail("screen", err)
	}

	if p.getenv("GOGC") == "" {
		// Each household leaves garbage and nothing else: collecting it more rarely costs some memory, once, and spares time.
		defer debug.SetGCPercent(debug.SetGCPercent(400))
	}
	progress := newProgress(p, size, lines.Read())
	tally, err := screening.Run(ctx, lines, out, o.jobs, s.Answer, progress.tell)
	progress.end()
	if err == nil {
		err = out.Close()
	}
	households, bad := before.lines+tally.Done, before.refused+tally.Refused
	switch {
	case err != nil && ctx.Err() != nil && o.out != "-":
		err = fmt.Errorf("stopped after %d households, -resume goes on from there: %w", households, err)
	case err != nil:
		err = fmt.Errorf("after %d households: %w", households, err)
	default:
		return p.concluded(households, bad)
	}
	return p.fail("screen", err)
}

// concluded tells how a whole run ended.
func (p *program) concluded(households, bad int) int {
	if bad > 0 || p.terminal(p.stderr) {
		fmt.Fprintf(p.stderr, "guichet screen: %d households, %d refused\n", households, bad)
	}
	if bad > 0 {
		return refused
	}
	return done
}

// reportOnce tells of the first household that cannot be computed; the others have their lines in the output.
func (p *program) reportOnce(command string) func(line int, kind string, at []string) {
	var once sync.Once
	return func(line int, kind string, at []string) {
		once.Do(func() {
			fmt.Fprintf(p.stderr, "guichet %s: line %d of the input cannot be computed, please report this: %s\n", command, line, kind)
			for _, f := range at {
				fmt.Fprintf(p.stderr, "  at %s\n", f)
			}
		})
	}
}

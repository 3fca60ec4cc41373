package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"runtime"

	"guichet/engine"
	"guichet/engine/difference"
	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/screening"
	"guichet/locales"
)

var rulesDiffCommand = command{
	name:  "diff",
	takes: "A B [-on FILE.ndjson] [-ids N] [-date D] [-rules DIR] [-lang LANGUAGE] [-format text|html|json]",
	does:  "tell what two rule sets, or two days, change, and for whom",
	explains: `
A and B are two days (YYYY-MM-DD), or two folders laid over the shipped rules; shipped stands for
these as they are. What changes is told: values of the law, formulas, conditions. With -on, a file
of households as guichet screen takes them, so is who gains, who loses and how much for each aid;
nothing of a household is written but, with -ids, some identifiers. Households that are refused
are counted, and the exit code is then 1.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var o diffOptions
		f.StringVar(&o.dir, "rules", "", "the folder `DIR` laid over the shipped rules, under A and B")
		f.StringVar(&o.on, "on", "", "`FILE` of households, one JSON object a line")
		f.IntVar(&o.ids, "ids", 0, "tell `N` identifiers of who gains and of who loses each aid")
		f.Func("date", "compute the households of two rule sets for the day `YYYY-MM-DD` (default each one's day, or today)", func(s string) error {
			var err error
			o.date, err = profile.ParseDate(s)
			return err
		})
		f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "`N` households computed at once")
		f.StringVar(&o.lang, "lang", locales.Source, "`LANGUAGE` of the words: fr, en, ar and the others of the pages")
		f.StringVar(&o.format, "format", "text", "`FORMAT` of what is told: text, html (a page by itself) or json (difference.v1)")
		f.env("lang", "GUICHET_LANG")
		f.env("jobs", "GUICHET_JOBS")
		return func(ctx context.Context, operands []string) int {
			err := o.check(operands)
			code := done
			if err == nil {
				code, err = p.diffRules(ctx, o)
			}
			if err != nil {
				return p.fail("rules diff", err)
			}
			return code
		}
	},
}

type diffOptions struct {
	rulesFlags
	before, after string
	on            string // "" without households
	date          profile.Date
	ids, jobs     int
	lang          string
}

func (o *diffOptions) check(operands []string) error {
	switch o.format {
	case "text", "html", "json":
	default:
		return inputError{errors.New("-format is text, html or json")}
	}
	if len(operands) != 2 {
		return inputError{errors.New("it takes two days or two folders of rules")}
	}
	o.before, o.after = operands[0], operands[1]
	a, b := dayIn(o.before), dayIn(o.after)
	for _, operand := range operands {
		if looksLikeDay.MatchString(operand) && !dayIn(operand).Known() {
			return inputError{fmt.Errorf("%s is no calendar day written YYYY-MM-DD", operand)}
		}
	}
	switch {
	case a.Known() != b.Known():
		return inputError{errors.New("it compares two days or two folders of rules, not one with the other")}
	case a.Known() && o.date.Known():
		return inputError{errors.New("-date is for two folders of rules: the two days are those compared")}
	case o.ids < 0 || o.jobs < 1 || o.jobs > 1024:
		return inputError{errors.New("-ids is a number from 0, -jobs one from 1 to 1024")}
	}
	return nil
}

// looksLikeDay matches what was meant as a day, however it is written: no folder of rules is called so.
var looksLikeDay = regexp.MustCompile(`^\d+[-/.]\d+([-/.]\d+)?$`)

// dayIn gives the day that an operand is; unknown when it is a folder.
func dayIn(operand string) profile.Date {
	d, err := profile.ParseDate(operand)
	if err != nil {
		return 0
	}
	return d
}

// shipped is the operand that stands for the shipped rules, under -rules.
const shipped = "shipped"

// contender is one side with the engine that answers by it.
type contender struct {
	difference.Side
	rules *engine.Engine
}

func (p *program) diffRules(ctx context.Context, o diffOptions) (code int, err error) {
	before, after, err := p.sides(o)
	if err != nil {
		return 0, err
	}
	report := difference.Between(before.Side, after.Side)
	if o.on != "" {
		if report.Population, err = p.populate(ctx, o, before, after); err != nil {
			return 0, err
		}
		if report.Population.Refused > 0 {
			code = refused
		}
	}
	text, err := writtenDifference(o, before, after, report)
	if err != nil {
		return 0, err
	}
	if _, err := p.stdout.Write(text); err != nil {
		return 0, fmt.Errorf("writing the difference: %w", err)
	}
	return code, nil
}

// sides loads what is compared: one set for two days.
func (p *program) sides(o diffOptions) (before, after contender, err error) {
	if day := dayIn(o.before); day.Known() {
		rules, err := p.loadRules(o.dir)
		if err != nil {
			return before, after, err
		}
		from, until := rules.Set().Formalised()
		for _, d := range []profile.Date{day, dayIn(o.after)} {
			if fact.Day(d) < from || fact.Day(d) > until {
				return before, after, inputError{fmt.Errorf("the rules are formalised from %s to %s: %s cannot be compared", from, until, d)}
			}
		}
		side := func(name string) contender {
			return contender{difference.Side{Name: name, Set: rules.Set(), On: fact.Day(dayIn(name))}, rules}
		}
		return side(o.before), side(o.after), nil
	}
	if before, err = p.side(o, o.before); err != nil {
		return before, after, err
	}
	after, err = p.side(o, o.after)
	return before, after, err
}

// side loads one folder over the shipped rules, or over those of -rules.
func (p *program) side(o diffOptions, dir string) (contender, error) {
	under := *p
	var err error
	if under.law, err = p.lawUnder(o.dir); err != nil {
		return contender{}, err
	}
	name := dir
	if dir == shipped {
		dir = ""
	}
	rules, err := under.loadRules(dir)
	if err != nil {
		return contender{}, err
	}
	return contender{difference.Side{Name: name, Set: rules.Set()}, rules}, nil
}

// populate answers every household of the file by both sides and counts what changes.
func (p *program) populate(ctx context.Context, o diffOptions, before, after contender) (*difference.Population, error) {
	in, _, err := p.openInput(screenOptions{in: o.on})
	if err != nil {
		return nil, err
	}
	defer in.Close()
	from, to := o.date, o.date
	if before.On > 0 {
		from, to = profile.Date(before.On), profile.Date(after.On)
	}
	pair := difference.NewPair(engine.Brief{Engine: before.rules}, engine.Brief{Engine: after.rules}, from, to)
	s := &screening.Screener{Rules: pair, Form: screening.NDJSON{}, Today: p.today(), Report: p.reportOnce("rules diff")}
	tally := &difference.Tally{Order: pair.Aids(), IDs: o.ids}
	if _, err := screening.Run(ctx, screening.NewInput(in), tally, o.jobs, s.Answer, nil); err != nil {
		return nil, err
	}
	return tally.Population(), nil
}

func writtenDifference(o diffOptions, before, after contender, r *difference.Report) ([]byte, error) {
	if o.format == "json" {
		return indented(r)
	}
	words, err := printer(after.Set, o.lang)
	if err != nil {
		return nil, err
	}
	view := viewDifference(r, before.Side, after.Side, words)
	if o.format == "html" {
		return differencePage(view)
	}
	return []byte(differenceText(view)), nil
}

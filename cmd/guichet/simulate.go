package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"

	"guichet/engine/profile"
	"guichet/locales"
)

var simulateCommand = command{
	name:  "simulate",
	takes: "[-date D] [-rules DIR] [-lang LANGUAGE] [-format json|text] [FILE|-]",
	does:  "compute the rights of one household",
	explains: `
FILE holds one household profile in JSON, at most 64 KiB; without it, or with -, the standard
input does. The answer goes to the standard output.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var o simulateOptions
		f.Func("date", "compute for the day `YYYY-MM-DD`, whatever the profile states (default the profile's day, or today)", func(s string) error {
			var err error
			o.date, err = profile.ParseDate(s)
			return err
		})
		declareRules(f, &o.rules)
		f.StringVar(&o.lang, "lang", locales.Source, "`LANGUAGE` of the text: fr, en, ar and the others of the pages")
		f.StringVar(&o.format, "format", "json", "`FORMAT` of the answer, json or text")
		f.env("lang", "GUICHET_LANG")
		return func(_ context.Context, operands []string) int {
			err := o.check(operands)
			if err == nil {
				err = p.simulate(o)
			}
			if err != nil {
				return p.fail("simulate", err)
			}
			return done
		}
	},
}

type simulateOptions struct {
	date         profile.Date // unknown: that of the profile
	rules        string       // the folder laid over the shipped rules
	lang, format string
	file         string // "-" is the standard input
}

func (o *simulateOptions) check(operands []string) error {
	switch {
	case len(operands) > 1:
		return inputError{errors.New("it takes one profile; guichet screen takes many")}
	case o.format != "json" && o.format != "text":
		return inputError{errors.New("-format is json or text")}
	}
	o.file = append(operands, "-")[0]
	return nil
}

func (p *program) simulate(o simulateOptions) error {
	household, err := p.readProfile(o)
	if err != nil {
		return err
	}
	rules, err := p.loadRules(o.rules)
	if err != nil {
		return err
	}
	answer, err := rules.Simulate(household)
	if err != nil {
		return err
	}
	text := append(answer.AppendJSON(nil), '\n')
	if o.format == "text" {
		words, err := printer(rules.Set(), o.lang)
		if err != nil {
			return err
		}
		text = []byte(renderAnswer(answer, rules.Set(), words))
	}
	if _, err := p.stdout.Write(text); err != nil {
		return fmt.Errorf("writing the answer: %w", err)
	}
	return nil
}

// readProfile reads the household and sets the day it is computed for.
func (p *program) readProfile(o simulateOptions) (*profile.Profile, error) {
	in := p.stdin
	if o.file != "-" {
		f, err := os.Open(o.file)
		if err != nil {
			return nil, inputError{err}
		}
		defer f.Close()
		in = f
	}
	household, err := profile.Read(in)
	if err != nil {
		return nil, err
	}
	household.Date = cmp.Or(o.date, household.Date, p.today())
	return household, nil
}

package main

import (
	"context"
	"errors"
	"fmt"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/nearest"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/engine/trace"
	"guichet/locales"
	"guichet/web/telling"
)

var rulesExplainCommand = command{
	name:  "explain",
	takes: "AIDE [-date D] [-rules DIR] [-lang LANGUAGE] [-format text|html|json] [PROFIL|-]",
	does:  "tell the rule of one aid as it stands on one day, and what it makes of a household",
	explains: `
AIDE is an aid of the rules: rsa, asf… Its conditions, its steps and its amount are told in their
order, in words, with the values of the law on that day and their texts. With PROFIL, a household
in JSON as guichet simulate takes it, each line also says what it makes of that household: what is
written then holds household data.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var o explainOptions
		f.StringVar(&o.dir, "rules", "", "the folder `DIR` laid over the shipped rules")
		f.Func("date", "tell the rule of the day `YYYY-MM-DD` (default the profile's day, or today)", func(s string) error {
			var err error
			o.date, err = profile.ParseDate(s)
			return err
		})
		f.StringVar(&o.lang, "lang", locales.Source, "`LANGUAGE` of the words: fr, en, ar and the others of the pages")
		f.StringVar(&o.format, "format", "text", "`FORMAT` of what is told: text, html (a page by itself) or json (trace.v1)")
		f.env("lang", "GUICHET_LANG")
		return func(_ context.Context, operands []string) int {
			err := o.check(operands)
			if err == nil {
				err = p.explainRule(o)
			}
			if err != nil {
				return p.fail("rules explain", err)
			}
			return done
		}
	},
}

type explainOptions struct {
	rulesFlags
	date      profile.Date // unknown: that of the profile, or today
	lang      string
	aid, file string // file is "" without a household, "-" for the standard input
}

func (o *explainOptions) check(operands []string) error {
	switch o.format {
	case "text", "html", "json":
	default:
		return inputError{errors.New("-format is text, html or json")}
	}
	switch len(operands) {
	case 2:
		o.file = operands[1]
	case 1:
	default:
		return inputError{errors.New("it takes one aid, and one profile at most")}
	}
	o.aid = operands[0]
	return nil
}

func (p *program) explainRule(o explainOptions) error {
	rules, err := p.loadRules(o.dir)
	if err != nil {
		return err
	}
	aid, err := aidOf(rules.Set(), o.aid)
	if err != nil {
		return err
	}
	household, answers, err := p.answersFor(&o, rules)
	if err != nil {
		return err
	}
	if from, until := aid.From, aid.Until; fact.Day(o.date) < from || fact.Day(o.date) > until {
		return inputError{fmt.Errorf("%s is formalised from %s to %s: no rule can be told for %s", aid.ID, from, until, o.date)}
	}
	told := trace.Of(rules.Set(), aid, fact.Day(o.date), answers)
	if household != nil {
		made, err := rules.Workings(household, told.WorkingNames())
		if err != nil {
			return err
		}
		told.Worked(made)
	}
	return p.tellRule(o, rules.Set(), told)
}

// answersFor answers for the household, if there is one, and settles the day.
func (p *program) answersFor(o *explainOptions, rules *engine.Engine) (*profile.Profile, []*engine.Aid, error) {
	if o.file == "" {
		if !o.date.Known() {
			o.date = p.today()
		}
		return nil, nil, nil
	}
	household, err := p.readProfile(simulateOptions{date: o.date, file: o.file})
	if err != nil {
		return nil, nil, err
	}
	o.date = household.Date
	simulation, err := rules.Simulate(household)
	if err != nil {
		return nil, nil, err
	}
	answers := trace.Answers(simulation, o.aid)
	if len(answers) == 0 {
		return nil, nil, inputError{fmt.Errorf("%s is not given where this household lives", o.aid)}
	}
	return household, answers, nil
}

// tellRule writes a trace in the format asked for.
func (p *program) tellRule(o explainOptions, set *ruleset.Set, t *trace.Trace) error {
	text, err := writtenRule(o, set, t)
	if err != nil {
		return err
	}
	if _, err := p.stdout.Write(text); err != nil {
		return fmt.Errorf("writing the rule: %w", err)
	}
	return nil
}

func writtenRule(o explainOptions, set *ruleset.Set, t *trace.Trace) ([]byte, error) {
	if o.format == "json" {
		return indented(t)
	}
	words, err := printer(set, o.lang)
	if err != nil {
		return nil, err
	}
	view := telling.RuleOf(t, set, words)
	if o.format == "html" {
		return rulePage(view)
	}
	return []byte(ruleText(view)), nil
}

// aidOf gives the aid called id, or an error that says which was perhaps meant.
func aidOf(set *ruleset.Set, id string) (*ruleset.Aid, error) {
	if a, ok := set.Aid(id); ok {
		return a, nil
	}
	ids := make([]string, len(set.Aids()))
	for i, a := range set.Aids() {
		ids[i] = a.ID
	}
	if near := nearest.Of(id, ids); near != "" {
		return nil, inputError{fmt.Errorf("there is no aid %q; did you mean %s?", id, near)}
	}
	return nil, inputError{fmt.Errorf("there is no aid %q; the rules have %v", id, ids)}
}

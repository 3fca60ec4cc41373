package main

import (
	"context"
	"fmt"

	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/workbench"
)

var rulesCheckCommand = command{
	name:  "check",
	takes: "[-rules DIR] [-date D] [-format text|json]",
	does:  "find what is wrong with the rules, and what has become old",
	explains: `
An error makes the rules unfit, and the exit code 3. An alarm is a value that the law should have
changed by now; a warning is something to look at. Neither changes the exit code.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var o rulesCheckOptions
		o.declare(f)
		f.Func("date", "judge as on the day `YYYY-MM-DD` (default today): what will be due then?", func(s string) error {
			var err error
			o.date, err = profile.ParseDate(s)
			return err
		})
		return func(_ context.Context, operands []string) int {
			err := o.check(operands)
			if err == nil {
				err = p.checkRules(o)
			}
			if err != nil {
				return p.fail("rules check", err)
			}
			return done
		}
	},
}

type rulesCheckOptions struct {
	rulesFlags
	date profile.Date // unknown: today
}

// checked is what the command tells in JSON.
type checked struct {
	Date     string              `json:"date"`
	Errors   int                 `json:"errors"`
	Alarms   int                 `json:"alarms"`
	Warnings int                 `json:"warnings"`
	Findings []workbench.Finding `json:"findings"`
}

func (p *program) checkRules(o rulesCheckOptions) error {
	law, err := p.lawUnder(o.dir)
	if err != nil {
		return err
	}
	if o.date == 0 {
		o.date = p.today()
	}
	source, findings, err := workbench.Check(law, fact.Day(o.date), fact.Day(p.today()))
	if err != nil {
		return inputError{err}
	}
	if source != nil {
		wordless, err := findTexts(source)
		if err != nil {
			return err
		}
		findings = workbench.Sorted(append(findings, wordless...))
	}
	out := checked{Date: fact.Day(o.date).String(), Findings: findings}
	for _, f := range findings {
		switch f.Severity {
		case workbench.Error:
			out.Errors++
		case workbench.Alarm:
			out.Alarms++
		default:
			out.Warnings++
		}
	}
	if o.format == "json" {
		err = p.tell(out)
	} else {
		err = p.tellFindings(out)
	}
	if err == nil && out.Errors > 0 {
		err = invalidError{fmt.Errorf("les règles ne peuvent pas servir : %s", counted(out.Errors, "erreur"))}
	}
	return err
}

func (p *program) tellFindings(c checked) error {
	for _, f := range c.Findings {
		if _, err := fmt.Fprintln(p.stdout, f); err != nil {
			return fmt.Errorf("writing the findings: %w", err)
		}
	}
	_, err := fmt.Fprintf(p.stdout, "%s, %s, %s au %s\n",
		counted(c.Errors, "erreur"), counted(c.Alarms, "alarme"), counted(c.Warnings, "avertissement"), c.Date)
	return err
}

// counted writes a number of things in French: 0 erreur, 1 erreur, 2 erreurs.
func counted(n int, what string) string {
	if n > 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

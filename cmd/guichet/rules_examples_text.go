package main

import (
	"fmt"
	"strings"

	"guichet/engine/ruleset"
	"guichet/engine/workbench"
)

// tellTests writes what the tests found, aid by aid.
func (p *program) tellTests(results []tested, source *ruleset.Source) error {
	var b strings.Builder
	for _, t := range results {
		if t.Coverage != nil {
			fmt.Fprintf(&b, "%s: %d of %s pass", t.Aid, t.Examples-len(t.Failures), counted(t.Examples, "example"))
			tellCoverage(&b, t.Coverage)
		} else {
			b.WriteString(t.Aid + ": tried by the examples of all aids\n")
		}
		for _, f := range t.Failures {
			tellFailure(&b, f)
		}
		for _, x := range t.Thresholds {
			tellThreshold(&b, x)
		}
		if t.Mutation != nil {
			tellMutation(&b, t.Mutation, source)
		}
	}
	if _, err := p.stdout.Write([]byte(b.String())); err != nil {
		return fmt.Errorf("writing the results: %w", err)
	}
	return nil
}

func tellCoverage(b *strings.Builder, c *workbench.Coverage) {
	if c.Whole() {
		fmt.Fprintf(b, "; %s tried both ways\n", counted(c.Conditions, "condition"))
		return
	}
	b.WriteByte('\n')
	tellNever(b, "met", c.NeverMet)
	tellNever(b, "unmet", c.NeverUnmet)
}

func tellNever(b *strings.Builder, what string, ids []string) {
	if len(ids) > 0 {
		fmt.Fprintf(b, "  never %s in an example: %s\n", what, strings.Join(ids, ", "))
	}
}

func tellFailure(b *strings.Builder, f failure) {
	fmt.Fprintf(b, "%s:%d: %s\n", f.File, f.Line, f.Example)
	for _, m := range f.Misses {
		fmt.Fprintf(b, "  %s: expected %s, got %s\n", m.What, m.Expected, m.Got)
	}
	if len(f.Steps) > 0 {
		b.WriteString("  steps:\n")
	}
	for _, s := range f.Steps {
		fmt.Fprintf(b, "    %s = %s %s\n", s.ID, s.Value, s.Unit)
	}
}

func tellThreshold(b *strings.Builder, t workbench.Threshold) {
	fmt.Fprintf(b, "  %s turns with %s, from %s:%d\n", t.Condition, t.Answer, t.File, t.Line)
	for _, p := range t.Points {
		fmt.Fprintf(b, "    %.2f: %g against %g → %s; %s, %.2f\n", p.Amount, p.Value, p.Limit, p.Result, p.Status, p.Gross)
	}
}

func tellMutation(b *strings.Builder, m *mutation, source *ruleset.Source) {
	fmt.Fprintf(b, "  mutation: %.1f %% (%d of %s noticed, %d without effect)\n",
		m.Percent, m.Killed, counted(m.Killed+m.Survived, "change"), m.Equivalent)
	for _, x := range m.Mutants {
		if x.Fate != workbench.Survived {
			continue
		}
		fmt.Fprintf(b, "%s:%d:%d: « %s » changed to « %s » is noticed by no example\n%s\n",
			x.File, x.Line, x.Column, x.Old, x.New, source.Excerpt(ruleset.Place{File: x.File, Line: x.Line, Column: x.Column}))
	}
}

package main

import (
	"fmt"
	"strings"

	"guichet/engine/ruleset"
	"guichet/engine/workbench"
)

// tellTests writes what the tests found, aid by aid, in French: it is rule authors who read it.
func (p *program) tellTests(results []tested, source *ruleset.Source) error {
	var b strings.Builder
	for _, t := range results {
		if t.Coverage != nil {
			b.WriteString(t.Aid + " : " + passed(t.Examples-len(t.Failures), t.Examples))
			tellCoverage(&b, t.Coverage)
		} else {
			b.WriteString(t.Aid + " : essayé par les exemples de toutes les aides\n")
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

func passed(n, of int) string {
	verb := "passe"
	if n > 1 {
		verb = "passent"
	}
	return fmt.Sprintf("%s sur %d %s", counted(n, "exemple"), of, verb)
}

func failed(n int) string {
	verb := "échoue"
	if n > 1 {
		verb = "échouent"
	}
	return counted(n, "exemple") + " " + verb
}

func unseen(n int) string { return counted(n, "changement") + " que rien ne voit" }

// percent writes a share as French does.
func percent(v float64) string { return strings.Replace(fmt.Sprintf("%.1f %%", v), ".", ",", 1) }

// tellCoverage names each version that the examples leave untried, and by what.
func tellCoverage(b *strings.Builder, c *workbench.Coverage) {
	if c.Whole() {
		tried := " essayée"
		if c.Conditions > 1 {
			tried = " essayées"
		}
		b.WriteString(" ; " + counted(c.Conditions, "condition") + tried + " dans les deux sens\n")
		return
	}
	b.WriteByte('\n')
	for _, v := range c.Versions {
		if v.Whole() {
			continue
		}
		dated := "aucun exemple n'y est daté"
		if v.Examples > 0 {
			dated = counted(v.Examples, "exemple")
		}
		fmt.Fprintf(b, "  version du %s : %s\n", v.Version, dated)
		tellNever(b, "jamais remplies", v.NeverMet)
		tellNever(b, "jamais manquées", v.NeverUnmet)
		tellNever(b, "étapes jamais montrées", v.NeverShown)
	}
}

func tellNever(b *strings.Builder, what string, ids []string) {
	if len(ids) > 0 {
		fmt.Fprintf(b, "    %s : %s\n", what, strings.Join(ids, ", "))
	}
}

func tellFailure(b *strings.Builder, f failure) {
	fmt.Fprintf(b, "%s:%d : %s\n", f.File, f.Line, f.Example)
	for _, m := range f.Misses {
		fmt.Fprintf(b, "  %s : attendu %s, obtenu %s\n", m.What, m.Expected, m.Got)
	}
	if len(f.Steps) > 0 {
		b.WriteString("  étapes :\n")
	}
	for _, s := range f.Steps {
		fmt.Fprintf(b, "    %s = %s %s\n", s.ID, s.Value, s.Unit)
	}
}

func tellThreshold(b *strings.Builder, t workbench.Threshold) {
	fmt.Fprintf(b, "  %s bascule avec %s, à partir de %s:%d\n", t.Condition, t.Answer, t.File, t.Line)
	for _, p := range t.Points {
		fmt.Fprintf(b, "    %.2f : %g, limite %g → %s ; %s, %.2f\n", p.Amount, p.Value, p.Limit, p.Result, p.Status, p.Gross)
	}
}

func tellMutation(b *strings.Builder, m *mutation, source *ruleset.Source) {
	fmt.Fprintf(b, "  mutation : %s (%d vus sur %s, %d sans effet)\n",
		percent(m.Percent), m.Killed, counted(m.Killed+m.Survived, "changement"), m.Equivalent)
	for _, x := range m.Mutants {
		if x.Fate != workbench.Survived {
			continue
		}
		fmt.Fprintf(b, "%s:%d:%d : « %s » changé en « %s » : aucun exemple ne le voit\n%s\n",
			x.File, x.Line, x.Column, x.Old, x.New, source.Excerpt(ruleset.Place{File: x.File, Line: x.Line, Column: x.Column}))
	}
}

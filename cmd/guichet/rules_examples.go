package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"guichet/engine"
	"guichet/engine/ruleset"
	"guichet/engine/workbench"
)

var rulesTestCommand = command{
	name:  "test",
	takes: "[-rules DIR] [-aid ID] [-thresholds] [-mutation [-least N]] [-format text|json]",
	does:  "run the examples that stand beside the rules, and say what they leave untried",
	explains: `
An example that fails is told with its file and line, what it expects, what it gets and the steps of
the answer; the exit code is 3. -thresholds moves an answer of an example until a condition turns, and
shows three answers a cent apart around its limit, for the author to judge. -mutation changes each comparison, limit and number of the formulas,
one at a time: a change that no example notices is one that an author's slip could make too. When those
of an aid, or of what all share, notice too few of its changes the exit code is 3. It takes about a minute for all aids.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var o rulesTestOptions
		o.declare(f)
		f.StringVar(&o.aid, "aid", "", "test one aid, by its `ID` (default all, and what they share)")
		f.BoolVar(&o.thresholds, "thresholds", false, "show what is answered a cent under, at and over each limit")
		f.BoolVar(&o.mutation, "mutation", false, "change the formulas and see whether the examples notice")
		f.Float64Var(&o.least, "least", workbench.LeastNoticed, "fail when an aid's examples notice less than `N` percent of the changes; 0 only lists")
		return func(ctx context.Context, operands []string) int {
			err := o.check(operands)
			if err == nil {
				err = p.testRules(ctx, o)
			}
			if err != nil {
				return p.fail("rules test", err)
			}
			return done
		}
	},
}

type rulesTestOptions struct {
	rulesFlags
	aid        string
	thresholds bool
	mutation   bool
	least      float64 // percent
}

// tested is what the command tells of one aid.
type tested struct {
	Aid        string                `json:"aid"` // commun for what all share
	Examples   int                   `json:"examples"`
	Failures   []failure             `json:"failures"`
	Coverage   *workbench.Coverage   `json:"coverage,omitempty"`
	Thresholds []workbench.Threshold `json:"thresholds,omitempty"`
	Mutation   *mutation             `json:"mutation,omitempty"`
}

// failure is one example that does not pass.
type failure struct {
	Example string           `json:"example"`
	File    string           `json:"file"`
	Line    int              `json:"line"`
	Misses  []workbench.Miss `json:"misses"`
	Steps   []shownStep      `json:"steps"`
}

type shownStep struct {
	ID    string `json:"id"`
	Value string `json:"value"`
	Unit  string `json:"unit"`
}

type mutation struct {
	workbench.Score
	Percent float64            `json:"percent"`
	Mutants []workbench.Mutant `json:"mutants"`
}

func (p *program) testRules(ctx context.Context, o rulesTestOptions) error {
	law, err := p.lawUnder(o.dir)
	if err != nil {
		return err
	}
	source, err := ruleset.Inspect(law)
	if err != nil {
		return invalidError{fmt.Errorf("les règles ne peuvent pas servir :\n%w", err)}
	}
	e, err := engine.New(source.Set)
	if err != nil {
		return invalidError{fmt.Errorf("les règles ne peuvent pas servir : %w", err)}
	}
	results, err := testAids(e, o)
	if err != nil {
		return err
	}
	if o.mutation && failures(results) == 0 {
		if results, err = mutate(ctx, law, source, results, o.aid == ""); err != nil {
			return err
		}
	}
	if o.format == "json" {
		err = p.tell(results)
	} else {
		err = p.tellTests(results, source)
	}
	if err != nil {
		return err
	}
	return o.verdict(results)
}

// testAids runs the examples of one aid, or of all.
func testAids(e *engine.Engine, o rulesTestOptions) ([]tested, error) {
	var out []tested
	for _, a := range e.Set().Aids() {
		if o.aid != "" && o.aid != a.ID {
			continue
		}
		t := testAid(e, a)
		if o.thresholds {
			t.Thresholds = workbench.Thresholds(e, a)
		}
		out = append(out, t)
	}
	if len(out) == 0 {
		return nil, inputError{fmt.Errorf("-aid %s: there is no such aid", o.aid)}
	}
	return out, nil
}

func testAid(e *engine.Engine, a *ruleset.Aid) tested {
	t := tested{Aid: a.ID, Examples: len(a.Examples), Failures: []failure{}}
	outcomes := make([]workbench.Outcome, len(a.Examples))
	for i, x := range a.Examples {
		o := workbench.RunExample(e, a.ID, x)
		outcomes[i] = o
		if len(o.Misses) == 0 {
			continue
		}
		f := failure{Example: x.Name, File: x.File, Line: x.Line, Misses: o.Misses}
		for _, s := range o.Answer.Steps {
			f.Steps = append(f.Steps, shownStep{s.ID, workbench.Show(s.Value), s.Unit})
		}
		t.Failures = append(t.Failures, f)
	}
	c := workbench.Cover(a, outcomes)
	t.Coverage = &c
	return t
}

func failures(results []tested) int {
	n := 0
	for _, t := range results {
		n += len(t.Failures)
	}
	return n
}

// mutate adds the fates of the mutants to each result, and one more result for what all aids share.
func mutate(ctx context.Context, law fs.FS, source *ruleset.Source, results []tested, shared bool) ([]tested, error) {
	if shared {
		results = append(results, tested{Aid: "commun", Failures: []failure{}})
	}
	for i := range results {
		id := results[i].Aid
		if id == "commun" {
			id = ""
		}
		mutants, err := workbench.Mutate(ctx, law, source, id, 0)
		if err != nil {
			if ctx.Err() != nil {
				return nil, err
			}
			return nil, invalidError{err}
		}
		score := workbench.ScoreOf(mutants)
		results[i].Mutation = &mutation{Score: score, Percent: score.Percent(), Mutants: mutants}
	}
	return results, nil
}

// verdict is the error that the results come to, nil when all is well.
func (o *rulesTestOptions) verdict(results []tested) error {
	if n := failures(results); n > 0 {
		return invalidError{errors.New(failed(n))}
	}
	var under []string
	for _, t := range results {
		if m := t.Mutation; m != nil && m.Percent < o.least {
			under = append(under, fmt.Sprintf("%s %s (%s)", t.Aid, percent(m.Percent), unseen(m.Survived)))
		}
	}
	if len(under) > 0 {
		return invalidError{fmt.Errorf("les exemples voient moins de %g %% des changements : %s", o.least, strings.Join(under, ", "))}
	}
	return nil
}

package workbench

import (
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"

	"guichet/engine"
	"guichet/engine/formula"
	"guichet/engine/ruleset"
)

// Mutant is one small change of one formula, and whether some example noticed it.
type Mutant struct {
	Formula string `json:"formula"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Old     string `json:"old"`
	New     string `json:"new"`
	Fate    Fate   `json:"fate"`
	By      string `json:"by,omitempty"`     // the example that noticed it
	Reason  string `json:"reason,omitempty"` // why nothing can notice it
	rank    int    // among the same changes of the same formula
}

// Fate is what became of a mutant.
type Fate string

// The fates. Refused mutants are no rule at all, equivalent ones the same rule, and untried ones are not of the sample: none
// of these counts.
const (
	Killed     Fate = "killed"
	Survived   Fate = "survived"
	Refused    Fate = "refused"
	Equivalent Fate = "equivalent"
	Untried    Fate = "untried"
)

// LeastNoticed is the share of the mutants of each aid, in percent, that its examples must notice.
const LeastNoticed = 95

// Score is how many of the mutants that count were noticed.
type Score struct {
	Killed     int `json:"killed"`
	Survived   int `json:"survived"`
	Equivalent int `json:"equivalent"`
}

// ScoreOf counts the fates of mutants.
func ScoreOf(mutants []Mutant) Score {
	var s Score
	for _, m := range mutants {
		switch m.Fate {
		case Killed:
			s.Killed++
		case Survived:
			s.Survived++
		case Equivalent:
			s.Equivalent++
		}
	}
	return s
}

// Percent gives the share that was noticed, in percent; 100 when there was nothing to notice.
func (s Score) Percent() float64 {
	if s.Killed+s.Survived == 0 {
		return 100
	}
	return 100 * float64(s.Killed) / float64(s.Killed+s.Survived)
}

// Mutate changes each comparison, limit and number of an aid's own formulas, one at a time, and runs the aid's examples on
// each changed rule set; aid is "" for the formulas that all share, on which every example is run. Of more than sample
// mutants only so many are tried, always the same, spread over the aid; 0 tries all. The rule set must be sound and its
// examples pass. A change that is listed as without effect and that an example notices all the same is an error.
func Mutate(ctx context.Context, fsys fs.FS, source *ruleset.Source, aid string, sample int) ([]Mutant, error) {
	mutants, err := mutantsOf(source, aid)
	if err != nil {
		return nil, err
	}
	if sample > 0 && sample < len(mutants) {
		for i := range mutants {
			if i*sample/len(mutants) == (i+1)*sample/len(mutants) {
				mutants[i].Fate = Untried
			}
		}
	}
	examples := examplesOf(source.Set, aid)
	var wait sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := range next {
				mutants[i].try(fsys, examples)
			}
		})
	}
	for i := range mutants {
		if ctx.Err() != nil {
			break
		}
		if mutants[i].Fate != Untried {
			next <- i
		}
	}
	close(next)
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return mutants, excuse(mutants, source.Set.Equivalents(aid))
}

// mutantsOf lists the changes of the formulas of an aid, in the order of files and lines.
func mutantsOf(source *ruleset.Source, aid string) ([]Mutant, error) {
	var out []Mutant
	ranks := map[string]int{}
	for _, t := range source.Texts {
		if t.Namespace != aid {
			continue
		}
		for _, c := range formula.Mutations(t.Text) {
			at := t.Place(c.From)
			key := t.Name + " " + c.Old + " " + c.New
			ranks[key]++
			out = append(out, Mutant{
				Formula: t.Name, File: at.File, Line: at.Line, Column: at.Column, Old: c.Old, New: c.New, rank: ranks[key],
			})
		}
	}
	if len(out) == 0 && aid != "" {
		if _, ok := source.Set.Aid(aid); !ok {
			return nil, fmt.Errorf("there is no aid %q", aid)
		}
	}
	return out, nil
}

type exampleOf struct {
	aid string
	ruleset.Example
}

// examplesOf gives the examples that may notice a change of an aid's formulas.
func examplesOf(set *ruleset.Set, aid string) []exampleOf {
	var out []exampleOf
	for _, a := range set.Aids() {
		if aid != "" && a.ID != aid {
			continue
		}
		for _, x := range a.Examples {
			out = append(out, exampleOf{a.ID, x})
		}
	}
	return out
}

// try loads the changed rule set and runs examples until one notices.
func (m *Mutant) try(fsys fs.FS, examples []exampleOf) {
	changed, err := m.change(fsys)
	if err != nil {
		m.Fate = Refused
		return
	}
	set, err := ruleset.Load(changed)
	if err != nil {
		m.Fate = Refused
		return
	}
	e, err := engine.New(set)
	if err != nil {
		m.Fate = Refused
		return
	}
	m.Fate = Survived
	for _, x := range examples {
		if len(RunExample(e, x.aid, x.Example).Misses) > 0 {
			m.Fate, m.By = Killed, x.Name
			return
		}
	}
}

// change gives the rule files with the mutant's in place of the one it changes.
func (m *Mutant) change(fsys fs.FS) (fs.FS, error) {
	text, err := fs.ReadFile(fsys, m.File)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(string(text), "\n")
	line := []rune(lines[m.Line-1])
	from, to := m.Column-1, m.Column-1+len([]rune(m.Old))
	if to > len(line) || string(line[from:to]) != m.Old {
		return nil, fmt.Errorf("%s:%d:%d: %q is not what stands there", m.File, m.Line, m.Column, m.Old)
	}
	lines[m.Line-1] = string(line[:from]) + m.New + string(line[to:])
	return changed{fsys, m.File, []byte(strings.Join(lines, "\n"))}, nil
}

// changed is rule files of which one reads otherwise. It leaves out the examples, most of the text and already read: each
// mutant is loaded anew.
type changed struct {
	fs.FS
	file string
	text []byte
}

func (c changed) ReadFile(name string) ([]byte, error) {
	if name == c.file {
		return c.text, nil
	}
	return fs.ReadFile(c.FS, name)
}

func (c changed) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(c.FS, name)
	return slices.DeleteFunc(entries, func(d fs.DirEntry) bool { return d.Name() == "exemples.yaml" }), err
}

// excuse sets apart the mutants that the author shows to change nothing.
func excuse(mutants []Mutant, list []ruleset.Equivalent) error {
	for _, e := range list {
		found := false
		for i := range mutants {
			m := &mutants[i]
			if m.Formula != e.Formula || m.Old != e.Old || m.New != e.New || m.rank != e.Rank {
				continue
			}
			if m.Fate == Killed {
				return fmt.Errorf("%s:%d: ce changement n'est pas sans effet : l'exemple « %s » le voit", e.Place.File, e.Place.Line, m.By)
			}
			found = true
			m.Fate, m.Reason = Equivalent, e.Reason
		}
		if !found {
			return fmt.Errorf("%s:%d: « %s » n'a pas ce changement (%s → %s, rang %d)", e.Place.File, e.Place.Line, e.Formula, e.Old, e.New, e.Rank)
		}
	}
	return nil
}

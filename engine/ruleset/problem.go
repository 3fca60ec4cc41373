package ruleset

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one fault of a rule file. Line and Column count from 1; 0 when the fault has no place of its own.
type Problem struct {
	File    string
	Line    int
	Column  int
	Message string
	Excerpt string // the line at fault and a caret under it
}

// At gives the place of the fault: FILE:LINE:COLUMN, or FILE.
func (p Problem) At() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.At() + ": " + p.Message)
	if p.Excerpt != "" {
		b.WriteString("\n" + p.Excerpt)
	}
	return b.String()
}

// Errors is every fault of a rule set, in the order of files and lines. It is what [Load] returns.
type Errors []Problem

func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, p := range e {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// sorted puts faults in order, each told once.
func (e Errors) sorted() Errors {
	slices.SortStableFunc(e, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(e)
}

package formula

import (
	"cmp"
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"
)

// Mutation is one small change of a formula's text, such as a slip of its author would be.
type Mutation struct {
	From     int // characters of the text before it
	Old, New string
}

// turned are the changes of a comparison: to its contrary, and of whether the limit itself is in.
var turned = map[string][]string{
	"<": {">=", "<="}, "<=": {">", "<"}, ">": {"<=", ">="}, ">=": {"<", ">"}, "==": {"!="}, "!=": {"=="}, "in": {"not in"},
}

// otherNumber is another literal of the language for each.
var otherNumber = map[int]string{0: "1", 1: "2", 2: "1", 12: "2"}

// Mutations gives each comparison turned to its contrary, each limit moved from in to out or back, and each written number
// changed for another, one at a time and in the order of the text. A text that expr cannot read has none.
func Mutations(text string) []Mutation {
	c := conf.New(nil)
	for name := range signatures {
		declare(c, name)
	}
	tree, err := parser.ParseWithConfig(text, c)
	if err != nil {
		return nil
	}
	v := &mutator{text: []rune(text)}
	ast.Walk(&tree.Node, v)
	slices.SortStableFunc(v.out, func(a, b Mutation) int { return cmp.Compare(a.From, b.From) })
	return v.out
}

type mutator struct {
	text []rune
	out  []Mutation
}

func (v *mutator) Visit(n *ast.Node) {
	at := (*n).Location().From
	switch n := (*n).(type) {
	case *ast.BinaryNode:
		if before := at - len("not "); n.Operator == "in" && before >= 0 && string(v.text[before:at]) == "not " {
			v.change(before, "not in", "in")
			return
		}
		for _, t := range turned[n.Operator] {
			v.change(at, n.Operator, t)
		}
	case *ast.IntegerNode:
		if t, ok := otherNumber[n.Value]; ok {
			v.change(at, string(v.digits(at)), t)
		}
	}
}

// change keeps a mutation whose old text does stand at its place.
func (v *mutator) change(at int, old, t string) {
	if end := at + len([]rune(old)); end <= len(v.text) && string(v.text[at:end]) == old && old != "" {
		v.out = append(v.out, Mutation{at, old, t})
	}
}

func (v *mutator) digits(at int) []rune {
	end := at
	for end < len(v.text) && v.text[end] >= '0' && v.text[end] <= '9' {
		end++
	}
	return v.text[at:end]
}

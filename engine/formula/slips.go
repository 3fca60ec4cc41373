package formula

import (
	"fmt"

	"github.com/expr-lang/expr/ast"
)

// slips finds the first thing in a text that can be read and that no author means.
type slips struct{ err *Error }

func (v *slips) Visit(n *ast.Node) {
	x, ok := (*n).(*ast.BinaryNode)
	if !ok || v.err != nil {
		return
	}
	switch x.Operator {
	case "&&":
		v.chained(x)
		v.same(x)
	case "<", "<=", ">", ">=", "==", "!=", "and", "or", "||", "-":
		v.same(x)
	case "/":
		if d, ok := x.Right.(*ast.IntegerNode); ok && d.Value == 0 {
			v.fault(x.Right, "une division par zéro")
		}
	}
	if numeral(x.Left) && numeral(x.Right) && isComparison[x.Operator] {
		v.fault(x, "cette comparaison est toujours la même : elle ne lit aucune réponse et aucun barème")
	}
}

func (v *slips) fault(n ast.Node, format string, args ...any) {
	if v.err == nil {
		v.err = &Error{From: n.Location().From, Message: fmt.Sprintf(format, args...)}
	}
}

// chained refuses a comparison of a comparison. expr reads 1 <= x <= 2 as two that share their middle, so that it would have no one
// pair of figures to show.
func (v *slips) chained(n *ast.BinaryNode) {
	left, _ := n.Left.(*ast.BinaryNode)
	right, _ := n.Right.(*ast.BinaryNode)
	if left != nil && right != nil && left.Right == right.Left { // written out, each side has a node of its own
		v.fault(right, "une comparaison n'a que deux côtés : écrivez « %s and %s »", left, right)
	}
}

// same refuses two sides that are one.
func (v *slips) same(n *ast.BinaryNode) {
	if _, written := n.Left.(*ast.BoolNode); !written && !numeral(n.Left) && n.Left.String() == n.Right.String() {
		v.fault(n, "les deux côtés de « %s » sont les mêmes", n.Operator)
	}
}

var isComparison = map[string]bool{"<": true, "<=": true, ">": true, ">=": true, "==": true, "!=": true}

func numeral(n ast.Node) bool {
	_, ok := n.(*ast.IntegerNode)
	return ok
}

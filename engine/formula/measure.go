package formula

import (
	"strings"

	"github.com/expr-lang/expr/ast"

	"guichet/engine/fact"
)

// Units tells what the names of formulas are measured in.
type Units struct {
	Quantity func(*Quantity) Unit
	Table    func(name string) Unit
	Rates    func(name string) Unit // of what a scale of marginal rates multiplies by
}

// Measure gives the unit of a formula, which is not known for a condition, and every place where it adds, compares or
// chooses between different ones. What it cannot follow it takes for unknown, and says nothing.
func (f *Formula) Measure(units Units) (Unit, []*UnitError) {
	m := &measurer{Units: units, c: &compiler{u: f.again.u, scope: f.again.scope, f: &Formula{Text: f.Text}}}
	u := m.of(f.tree)
	return u, m.errs
}

type measurer struct {
	Units
	c    *compiler // finds what names stand for
	errs []*UnitError
}

// of gives the unit of a node and looks into everything below it.
func (m *measurer) of(n ast.Node) Unit {
	switch n := n.(type) {
	case *ast.FloatNode:
		return Unit{known: true, free: true}
	case *ast.UnaryNode:
		return m.of(n.Node)
	case *ast.BinaryNode:
		return m.binary(n)
	case *ast.ConditionalNode:
		m.of(n.Cond)
		return m.alike(n, "? :", n.Exp1, n.Exp2)
	case *ast.BuiltinNode:
		return m.builtin(n)
	case *ast.CallNode:
		return m.call(n)
	case *ast.PredicateNode:
		return m.of(n.Node)
	case *ast.MemberNode:
		if _, dotted := n.Property.(*ast.StringNode); !dotted {
			return m.tableAt(n.Node)
		}
		return m.named(n)
	case *ast.IdentifierNode, *ast.ChainNode:
		return m.named(n)
	}
	return Unit{}
}

func (m *measurer) binary(n *ast.BinaryNode) Unit {
	switch n.Operator {
	case "+", "-":
		return m.alike(n, n.Operator, n.Left, n.Right)
	case "<", "<=", ">", ">=", "==", "!=":
		m.alike(n, n.Operator, n.Left, n.Right)
	case "*":
		l, r := m.of(n.Left), m.of(n.Right)
		if isTwelve(n.Left) {
			return r.twelve(1)
		}
		if isTwelve(n.Right) {
			return l.twelve(1)
		}
		return l.times(r, 1)
	case "/":
		l, r := m.of(n.Left), m.of(n.Right)
		if isTwelve(n.Right) {
			return l.twelve(-1)
		}
		return l.times(r, -1)
	default:
		m.of(n.Left)
		m.of(n.Right)
	}
	return Unit{}
}

func isTwelve(n ast.Node) bool {
	f, ok := n.(*ast.FloatNode)
	return ok && f.Value == 12
}

// alike gives the one unit of several terms. The first that differs from those before it is an error, and then nothing is
// known of the whole, so that one fault is told once.
func (m *measurer) alike(at ast.Node, operation string, terms ...ast.Node) Unit {
	var out Unit
	known, failed := true, false
	for i, t := range terms {
		u := m.of(t)
		known = known && u.known
		switch {
		case i == 0, !out.firm() && u.known:
			out = u
		case !out.Fits(u):
			m.errs = append(m.errs, &UnitError{From: at.Location().From, Operation: operation, Left: out, Right: u})
			failed = true
		}
		if failed {
			return Unit{}
		}
	}
	if !known && !out.firm() {
		return Unit{}
	}
	return out
}

func (m *measurer) builtin(n *ast.BuiltinNode) Unit {
	switch n.Name {
	case "min", "max":
		return m.alike(n, n.Name, n.Arguments...)
	case "map", "sum":
		return m.of(n.Arguments[1])
	}
	m.of(n.Arguments[1])
	if n.Name == "count" {
		return Unit{known: true}
	}
	return Unit{}
}

func (m *measurer) call(n *ast.CallNode) Unit {
	switch m.c.callee(n) {
	case "si":
		m.of(n.Arguments[0])
		return m.of(n.Arguments[1])
	case "il_y_a", "annee", "moyenne", "minimum", "arrondi":
		return m.of(n.Arguments[1])
	case "sur_annee":
		u := m.of(n.Arguments[0])
		if u.power == (Unit{}).power { // a number summed over a year has no unit of its own
			return Unit{}
		}
		return u.twelve(1)
	case "mois_depuis", "mois_civils_depuis":
		return ParseUnit("mois")
	case "rang":
		m.of(n.Arguments[1])
		table := n.Arguments[0]
		if au, ok := table.(*ast.CallNode); ok {
			table = au.Arguments[1]
		}
		if k, ok := indexed(table); ok {
			return m.tableAt(k.Node)
		}
		return m.tableAt(table)
	case "au":
		return m.tableAt(n.Arguments[1])
	case "tranches":
		return m.of(n.Arguments[1]).times(m.Rates(m.c.name(n.Arguments[0])), 1)
	case "somme", "un_mois":
		m.of(n.Arguments[1]) // a sum over a window that the law may widen is neither by the month nor by the year
	}
	return Unit{}
}

func (m *measurer) tableAt(n ast.Node) Unit {
	if name := m.c.name(n); m.c.u.Tables[name] != nil {
		return m.Table(name)
	}
	return Unit{}
}

// named gives the unit of a barème, a quantity or a fact.
func (m *measurer) named(n ast.Node) Unit {
	name := m.c.name(n)
	if m.c.u.Tables[name] != nil {
		return m.Table(name)
	}
	if i := strings.LastIndexByte(name, '.'); i > 0 && m.c.u.Tables[name[:i]] != nil {
		return m.Table(name[:i])
	}
	bare, person := name, false
	for _, who := range []string{"personne.", "demandeur.", "#."} {
		if rest, ok := strings.CutPrefix(name, who); ok {
			bare, person = rest, true
		}
	}
	if q := m.c.quantity(bare, person); q != nil {
		return m.Quantity(q)
	}
	switch {
	case bare == "age":
		return ParseUnit("ans")
	case bare == "age_mois":
		return ParseUnit("mois")
	}
	if _, _, ok := incomeName(bare); ok {
		return ParseUnit(fact.IncomeUnit)
	}
	facts := fact.HouseholdFacts
	if person {
		facts = fact.PersonFacts
	}
	for _, f := range facts {
		if f.Name == bare {
			return ParseUnit(f.Unit)
		}
	}
	return Unit{}
}

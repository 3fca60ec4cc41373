package formula

import (
	"strings"

	"github.com/expr-lang/expr/ast"
)

// Kind says what a [Term] is.
type Kind string

// The kinds of terms.
const (
	Literal   Kind = "nombre"    // Number
	Word      Kind = "texte"     // Name: a value of an enumeration, true or false
	Parameter Kind = "bareme"    // Name: of a barème; Of holds the key when one value of a table is read
	Named     Kind = "grandeur"  // Name: qualified, of a quantity of the rules
	Given     Kind = "fait"      // Name: a path of the profile, without the person
	People    Kind = "liste"     // Name: parents, enfants, personnes
	Choices   Kind = "ensemble"  // Of: the values
	Operation Kind = "operation" // Name: an operator or a function of the language; Of: what it takes
)

// Choice is the name of the operation « condition ? one : other ».
const Choice = "?:"

// A Term is a formula, or a part of it, as a tree that words can be put on: the author's own functions are written out, and
// every name is resolved.
type Term struct {
	Kind   Kind    `json:"genre"`
	Name   string  `json:"nom,omitempty"`
	Number float64 `json:"nombre,omitempty"`
	Whose  string  `json:"de,omitempty"` // demandeur, personne, or chacun for the element of a list; "" is the household's
	Of     []Term  `json:"termes,omitempty"`
}

// Term gives f as a tree.
func (f *Formula) Term() Term { return f.again.term(f.tree) }

// Each calls visit for t and all its parts, in the order of the text.
func (t Term) Each(visit func(Term)) {
	visit(t)
	for _, part := range t.Of {
		part.Each(visit)
	}
}

func (c *compiler) term(n ast.Node) Term {
	switch n := n.(type) {
	case *ast.FloatNode:
		return Term{Kind: Literal, Number: n.Value}
	case *ast.StringNode:
		return Term{Kind: Word, Name: n.Value}
	case *ast.BoolNode:
		if n.Value {
			return Term{Kind: Word, Name: "true"}
		}
		return Term{Kind: Word, Name: "false"}
	case *ast.UnaryNode:
		return c.operation(canonical(n.Operator), n.Node)
	case *ast.BinaryNode:
		return c.operation(canonical(n.Operator), n.Left, n.Right)
	case *ast.ConditionalNode:
		return c.operation(Choice, n.Cond, n.Exp1, n.Exp2)
	case *ast.BuiltinNode:
		return c.operation(n.Name, n.Arguments...)
	case *ast.CallNode:
		return c.operation(c.name(n.Callee), n.Arguments...)
	case *ast.PredicateNode:
		return c.term(n.Node)
	case *ast.ArrayNode:
		return Term{Kind: Choices, Of: c.terms(n.Nodes)}
	case *ast.ChainNode:
		return c.term(n.Node)
	}
	return c.namedTerm(n)
}

// canonical gives one name to the two spellings of an operator.
func canonical(operator string) string {
	switch operator {
	case "&&":
		return "and"
	case "||":
		return "or"
	case "!":
		return "not"
	default:
		return operator
	}
}

func (c *compiler) operation(name string, of ...ast.Node) Term {
	return Term{Kind: Operation, Name: name, Of: c.terms(of)}
}

func (c *compiler) terms(list []ast.Node) []Term {
	out := make([]Term, len(list))
	for i, n := range list {
		out[i] = c.term(n)
	}
	return out
}

// namedTerm resolves a name as [compiler.resolve] does.
func (c *compiler) namedTerm(n ast.Node) Term {
	if m, ok := n.(*ast.MemberNode); ok {
		if _, dotted := m.Property.(*ast.StringNode); !dotted {
			table := c.term(m.Node)
			table.Of = []Term{c.term(m.Property)}
			return table
		}
	}
	name := c.name(n)
	if c.u.Tables[name] != nil {
		return Term{Kind: Parameter, Name: name}
	}
	if i := strings.LastIndexByte(name, '.'); i > 0 && c.u.Tables[name[:i]] != nil {
		return Term{Kind: Parameter, Name: name[:i], Of: []Term{{Kind: Word, Name: name[i+1:]}}}
	}
	head, rest, _ := strings.Cut(name, ".")
	switch head {
	case "#":
		return c.termOf("chacun", rest)
	case "personne", "demandeur":
		return c.termOf(head, rest)
	case "parents", "enfants", "personnes":
		return Term{Kind: People, Name: head}
	}
	if q := c.quantity(name, false); q != nil {
		return Term{Kind: Named, Name: q.QualifiedName()}
	}
	return Term{Kind: Given, Name: name}
}

func (c *compiler) termOf(whose, name string) Term {
	if q := c.quantity(name, true); q != nil {
		return Term{Kind: Named, Name: q.QualifiedName(), Whose: whose}
	}
	return Term{Kind: Given, Name: name, Whose: whose}
}

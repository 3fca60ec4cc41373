package formula

import (
	"slices"

	"github.com/expr-lang/expr/ast"

	"guichet/engine/fact"
)

type (
	num func(*Context) fact.Num
	tri func(*Context) fact.Tri
)

// enm is where an enumeration is found: among the facts of a person, or of the household when whom is [nobody].
type enm struct{ whom, slot int }

const nobody = -1

func (e enm) of(k *Context) fact.Choice {
	if e.whom == nobody {
		return k.house.Choices[e.slot]
	}
	return k.house.People[k.who[e.whom]].Choices[e.slot]
}

// A Formula is one compiled text.
type Formula struct {
	Text string
	num  num // of a number
	tri  tri // of a condition

	sides  *sides // of a condition that is one comparison
	clock  clock  // of a number that grows with time alone
	reads  Reads
	deps   []dependency
	tables []tableRead
	calls  []string
	tree   ast.Node // with the author's functions inlined
	again  *compiler

	guarded bool // the text is « not (whom it concerns) or (the author's) »
}

// sides are the two ends of a comparison, kept to show a condition's figures.
type sides struct {
	left, right num
	floor       bool     // the left must be at least the right, or above it
	names       []string // of the quantities and barèmes that are a side by themselves
	choice      enm
	domain      []string
}

// dependency is another quantity that the formula reads, and the way through time to it.
type dependency struct {
	on   *Quantity
	path []step
}

// Reads tells which facts a formula reads itself: bits by position in [fact.HouseholdFacts], and for persons in
// [fact.PersonFacts] followed by [fact.Incomes].
type Reads struct {
	Household                                uint64
	Claimant, Self, Adults, Children, Anyone uint64
}

// Reads gives the facts that f reads by itself.
func (f *Formula) Reads() Reads { return f.reads }

// TablesNow lists the barèmes that f reads of the month it is asked for.
func (f *Formula) TablesNow() []*Table {
	var out []*Table
	for _, r := range f.tables {
		if len(r.path) == 0 && !slices.Contains(out, r.on) {
			out = append(out, r.on)
		}
	}
	return out
}

// Calls lists the author's own functions that f calls, itself or through another.
func (f *Formula) Calls() []string { return f.calls }

// compiler turns the checked tree of one formula into closures.
type compiler struct {
	u     *Universe
	scope *scope
	f     *Formula
	path  []step // the way through time to the node at hand
	lists []string
}

// Compile parses, checks and compiles one text for a quantity; any error is an [*Error].
func (u *Universe) Compile(q *Quantity, text string) (f *Formula, err error) {
	s := u.scope(q.Namespace, q.Person)
	tree, err := s.parse(text)
	if err != nil {
		return nil, err
	}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *Error:
			f, err = nil, r
		default:
			panic(r)
		}
	}()
	c := &compiler{u: u, scope: s, f: &Formula{Text: text}}
	c.f.again = c
	c.f.tree = c.inline(tree.Node, nil, 0)
	c.generate(q)
	return c.f, nil
}

// generate makes the closures of q's formula. A plan does it a second time once it has given the quantities their places: the
// closures then know the places of what they read, and lie in memory in the order in which they run.
func (c *compiler) generate(q *Quantity) {
	c.f.deps, c.f.tables, c.f.reads = nil, nil, Reads{}
	if q.Bool {
		c.f.tri = c.tri(c.f.tree).tri
		c.f.sides = c.comparison(c.f.said())
		return
	}
	n := c.num(c.f.tree)
	c.f.num, c.f.clock = n.num, n.clock
}

// Concerning tells that f is « not (whom it concerns) or (what is said of them) »: its figures are those of the second part.
func (f *Formula) Concerning() {
	f.guarded = true
	f.sides = f.again.comparison(f.said())
}

// said gives what f says of the households that it concerns.
func (f *Formula) said() ast.Node {
	if or, ok := f.tree.(*ast.BinaryNode); ok && f.guarded {
		return or.Right
	}
	return f.tree
}

// CheckFunction checks the body of an author's function by itself, so that a fault shows at its own place.
func (u *Universe) CheckFunction(namespace string, fn *Function) (err error) {
	s := u.scope(namespace, false)
	for _, p := range fn.Parameters {
		if _, taken := s.env[p]; taken || Reserved(p) {
			return &Error{Message: "le paramètre " + p + " cache un nom qui existe déjà"}
		}
	}
	_, err = u.inside(s, fn).parse(fn.Body)
	return err
}

// inline replaces the calls of the author's own functions by their bodies, and parameters by arguments.
func (c *compiler) inline(n ast.Node, args map[string]ast.Node, deep int) ast.Node {
	v := &inliner{c: c, args: args, deep: deep}
	ast.Walk(&n, v)
	return n
}

type inliner struct {
	c    *compiler
	args map[string]ast.Node
	deep int
}

func (v *inliner) Visit(n *ast.Node) {
	switch x := (*n).(type) {
	case *ast.IdentifierNode:
		if a, ok := v.args[x.Value]; ok {
			*n = a
		}
	case *ast.CallNode:
		id, _ := x.Callee.(*ast.IdentifierNode)
		if id == nil {
			return
		}
		fn := v.c.u.Functions[v.c.scope.namespace][id.Value]
		if fn == nil {
			return
		}
		if !slices.Contains(v.c.f.calls, fn.Name) {
			v.c.f.calls = append(v.c.f.calls, fn.Name)
		}
		if v.deep > 4 {
			fail(x, "%s s'appelle elle-même", fn.Name)
		}
		args := make(map[string]ast.Node, len(fn.Parameters))
		for i, p := range fn.Parameters {
			args[p] = x.Arguments[i]
		}
		*n = v.c.body(x, fn, args, v.deep)
	}
}

// body gives a fresh, checked tree of a function's body, every node placed where it is called.
func (c *compiler) body(call ast.Node, fn *Function, args map[string]ast.Node, deep int) ast.Node {
	tree, err := c.u.inside(c.scope, fn).parse(fn.Body)
	if err != nil {
		fail(call, "dans %s : %s", fn.Name, err)
	}
	n := tree.Node
	ast.Walk(&n, placer{call})
	return c.inline(n, args, deep+1)
}

type placer struct{ at ast.Node }

func (p placer) Visit(n *ast.Node) { (*n).SetLocation(p.at.Location()) }

// Or gives what either r or s reads.
func (r Reads) Or(s Reads) Reads {
	return Reads{
		r.Household | s.Household, r.Claimant | s.Claimant, r.Self | s.Self,
		r.Adults | s.Adults, r.Children | s.Children, r.Anyone | s.Anyone,
	}
}

package formula_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"math/bits"
	"os"
	"strings"
	"testing"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"
	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/rules"
)

// TestProperty02Oracle: on complete households the closures and expr's own machine give the same bits, for every formula
// of every shipped rule. The machine evaluates arguments eagerly and knows one month only, so what looks at other months
// is replaced in its tree by a call that runs the argument, by the machine too, in each of those months.
func TestProperty02Oracle(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	o := &oracle{t: t, set: set, k: set.Plan().NewContext(), met: map[*formula.Formula]bool{}}
	households := append(someHouseholds(t, 16), someExamples(t, set, 6)...)
	for _, q := range set.Plan().Quantities {
		for _, f := range q.Formulas() {
			o.compile(q, f)
		}
	}
	for _, h := range households {
		o.k.Begin(h)
		o.h = h
		for _, a := range set.Aids() {
			for _, p := range h.Adults {
				o.k.Number(a.Net, p)
				o.k.Number(a.Priced(), p)
				for _, items := range [][]*ruleset.Item{a.OutOfScope, a.Conditions, a.Steps} { // what is only shown, too
					for _, i := range items {
						o.shown(i, p)
					}
				}
			}
		}
		for _, q := range set.Plan().Quantities {
			persons := []int{0}
			if q.Person {
				persons = h.All
			}
			for _, p := range persons {
				for _, m := range o.k.Computed(q, p) {
					o.same(q, q.FormulaAt(m), m, p)
				}
			}
		}
	}
	require.NoError(t, o.k.Err())
	t.Logf("%d of %d formulas in %d evaluations, all equal to the bit", len(o.met), len(o.top), o.evaluations)
	require.Greater(t, len(o.met)*10, len(o.top)*9, "trop de formules jamais atteintes")
}

// shown evaluates a condition or a step where it concerns the household, as an answer does.
func (o *oracle) shown(i *ruleset.Item, person int) {
	switch {
	case i.Shown != nil && o.k.Truth(i.Shown, person).V != fact.Yes:
	case i.Quantity.Bool:
		o.k.Truth(i.Quantity, person)
	default:
		o.k.Number(i.Quantity, person)
	}
}

// someHouseholds gives one reference household in every few.
func someHouseholds(t testing.TB, every int) []*fact.Household {
	f, err := os.Open("../../testdata/oracle/cases.ndjson")
	require.NoError(t, err)
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	var out []*fact.Household
	for i := 0; in.Scan(); i++ {
		if i%every != 0 {
			continue
		}
		var c struct {
			Profile json.RawMessage `json:"profil"`
		}
		require.NoError(t, json.Unmarshal(in.Bytes(), &c))
		p, err := profile.Decode(c.Profile)
		require.NoError(t, err)
		h := &fact.Household{}
		require.NoError(t, p.Facts(h, p.Date, profile.Unconverted()))
		out = append(out, h)
	}
	return out
}

// someExamples gives the complete household of one example in every few: those that ship beside the rules reach what the reference
// households do not.
func someExamples(t testing.TB, set *ruleset.Set, every int) []*fact.Household {
	var out []*fact.Household
	n := 0
	for _, a := range set.Aids() {
		for _, x := range a.Examples {
			p, err := profile.Decode(x.Profile)
			require.NoError(t, err)
			if !p.Complete {
				continue
			}
			if n++; n%every != 0 {
				continue
			}
			h := &fact.Household{}
			require.NoError(t, p.Facts(h, p.Date, profile.Unconverted()))
			if doubtless(h) {
				out = append(out, h)
			}
		}
	}
	return out
}

// doubtless says whether a complete household leaves open none of what has no default: the machine knows no doubt.
func doubtless(h *fact.Household) bool {
	return h.Choices[fact.HousingRegime].Decided() && h.Nums[fact.LoanSigned].Decided() && h.Choices[fact.LoanKind].Decided() &&
		h.Choices[fact.LoanPurpose].Decided() && h.Flags[fact.ReceivesAAH].V != fact.Either && h.Flags[fact.ReceivesAspa].V != fact.Either
}

type oracle struct {
	t           *testing.T
	set         *ruleset.Set
	k           *formula.Context
	h           *fact.Household
	top         map[*formula.Formula]*vm.Program
	lazy        []lazyCall
	evaluations int
	met         map[*formula.Formula]bool

	// what is being run
	q      *formula.Quantity
	f      *formula.Formula
	m      fact.Month
	person int
}

// lazyCall is a call whose argument is of other months.
type lazyCall struct {
	name string
	node *ast.CallNode
	arg  *vm.Program
	q    *formula.Quantity
	f    *formula.Formula
}

var lazyNames = map[string]int{"il_y_a": 1, "annee": 1, "sur_annee": 0, "somme": 1, "moyenne": 1, "minimum": 1, "un_mois": 1}

func (o *oracle) compile(q *formula.Quantity, f *formula.Formula) {
	if o.top == nil {
		o.top = map[*formula.Formula]*vm.Program{}
	}
	o.q, o.f = q, f
	o.top[f] = o.program(f.Tree(), false)
}

// program compiles one tree for the machine; inside a lazy call a predicate's element goes by a name of its own.
func (o *oracle) program(n ast.Node, inside bool) *vm.Program {
	text := o.rewrite(n, inside).String()
	options := []expr.Option{expr.Optimize(false), expr.AllowUndefinedVariables(), expr.Patch(floats{})}
	for name, f := range o.functions() {
		options = append(options, expr.Function(name, f))
	}
	options = append(options, expr.Function("il_y_a_", o.call))
	p, err := expr.Compile(text, options...)
	require.NoError(o.t, err, "%s: %s", o.q.QualifiedName(), text)
	return p
}

type floats struct{}

func (floats) Visit(n *ast.Node) {
	if i, ok := (*n).(*ast.IntegerNode); ok {
		if i.Value >= lazyBase {
			return
		}
		*n = &ast.FloatNode{Value: float64(i.Value)}
	}
}

// lazyBase marks the integers that number lazy calls, so that they stay integers.
const lazyBase = 1_000_000

// rewrite gives the tree that the machine runs.
func (o *oracle) rewrite(n ast.Node, inside bool) ast.Node {
	r := func(x ast.Node) ast.Node { return o.rewrite(x, inside) }
	switch n := n.(type) {
	case *ast.FloatNode:
		if n.Value == math.Trunc(n.Value) {
			return &ast.IntegerNode{Value: int(n.Value)}
		}
		return n
	case *ast.PointerNode:
		if inside {
			return &ast.IdentifierNode{Value: "element_"}
		}
		return n
	case *ast.UnaryNode:
		return &ast.UnaryNode{Operator: n.Operator, Node: r(n.Node)}
	case *ast.BinaryNode:
		return &ast.BinaryNode{Operator: n.Operator, Left: r(n.Left), Right: r(n.Right)}
	case *ast.ConditionalNode:
		return &ast.ConditionalNode{Ternary: true, Cond: r(n.Cond), Exp1: r(n.Exp1), Exp2: r(n.Exp2)}
	case *ast.MemberNode:
		return &ast.MemberNode{Node: r(n.Node), Property: r(n.Property)}
	case *ast.PredicateNode:
		return &ast.PredicateNode{Node: o.rewrite(n.Node, false)}
	case *ast.ArrayNode:
		return n
	case *ast.BuiltinNode:
		out := &ast.BuiltinNode{Name: n.Name}
		for _, a := range n.Arguments {
			out.Arguments = append(out.Arguments, r(a))
		}
		return out
	case *ast.CallNode:
		name := n.Callee.(*ast.IdentifierNode).Value
		if name == "si" {
			return &ast.ConditionalNode{Ternary: true, Cond: r(n.Arguments[0]), Exp1: r(n.Arguments[1]), Exp2: &ast.IntegerNode{}}
		}
		if name == "au" { // the table goes by its name, and is read on the day
			table, index := n.Arguments[1], ast.Node(nil)
			if m, ok := table.(*ast.MemberNode); ok {
				if _, dotted := m.Property.(*ast.StringNode); !dotted {
					table, index = m.Node, m.Property
				}
			}
			var out ast.Node = &ast.CallNode{Callee: n.Callee, Arguments: []ast.Node{r(n.Arguments[0]), &ast.StringNode{Value: table.String()}}}
			if index != nil {
				out = &ast.MemberNode{Node: out, Property: r(index)}
			}
			return out
		}
		if at, ok := lazyNames[name]; ok {
			i := len(o.lazy)
			o.lazy = append(o.lazy, lazyCall{name: name, node: n, q: o.q, f: o.f})
			o.lazy[i].arg = o.program(n.Arguments[at], true)
			var element ast.Node = &ast.NilNode{}
			if speaksOfElement(n) {
				element = r(&ast.PointerNode{})
			}
			return &ast.CallNode{Callee: &ast.IdentifierNode{Value: "il_y_a_"}, Arguments: []ast.Node{&ast.IntegerNode{Value: lazyBase + i}, element}}
		}
		out := &ast.CallNode{Callee: n.Callee}
		for _, a := range n.Arguments {
			out.Arguments = append(out.Arguments, r(a))
		}
		return out
	}
	return n
}

// speaksOfElement says whether a call names the element of the predicate around it.
func speaksOfElement(n ast.Node) bool {
	found := false
	ast.Walk(&n, visitor(func(x ast.Node) {
		if _, ok := x.(*ast.PointerNode); ok {
			found = true
		}
	}))
	return found
}

type visitor func(ast.Node)

func (v visitor) Visit(n *ast.Node) { v(*n) }

// call runs the argument of a lazy call in each of its months.
func (o *oracle) call(args ...any) (any, error) {
	c := o.lazy[args[0].(int)-lazyBase]
	element := -1
	if m, ok := args[1].(map[string]any); ok {
		element = m["place_"].(int)
	}
	at := func(m fact.Month) any {
		saved := o.m
		o.m = m
		defer func() { o.m = saved }()
		env := o.env(c.q, c.f)
		if element >= 0 {
			env["element_"] = env["personnes"].([]any)[element]
		}
		v, err := vm.Run(c.arg, env)
		require.NoError(o.t, err)
		return v
	}
	m := o.m
	switch c.name {
	case "il_y_a":
		return at(m - fact.Month(written(c.node.Arguments[0]))), nil
	case "annee":
		return at(m.January(written(c.node.Arguments[0]))), nil
	case "sur_annee":
		sum := 0.0
		for i := range 12 {
			sum += number(at(m.January(0) + fact.Month(i)))
		}
		return sum, nil
	}
	w := o.window(c.node.Arguments[0], m)
	var out any
	sum, least := 0.0, math.Inf(1)
	for b := w.From; b >= w.To; b-- {
		v := at(m - fact.Month(b))
		if c.name == "un_mois" {
			out = out == true || v == true
			continue
		}
		sum += number(v)
		least = min(least, number(v))
	}
	switch c.name {
	case "somme":
		return sum, nil
	case "moyenne":
		return sum / float64(w.From-w.To+1), nil
	case "minimum":
		return least, nil
	}
	return out, nil
}

func (o *oracle) window(n ast.Node, m fact.Month) formula.Span {
	b, ok := o.set.Bareme(n.String())
	require.True(o.t, ok, n.String())
	return *b.Table.WindowAt(m)
}

func written(n ast.Node) int {
	switch n := n.(type) {
	case *ast.FloatNode:
		return int(n.Value)
	case *ast.UnaryNode:
		return -written(n.Node)
	}
	panic("not a written number")
}

func number(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case int:
		return float64(v)
	}
	panic(fmt.Sprintf("not a number: %T", v))
}

// functions are the language's own, written a second time.
func (o *oracle) functions() map[string]func(...any) (any, error) {
	return map[string]func(...any) (any, error){
		"arrondi": func(a ...any) (any, error) { return a[0].(*formula.Round).Of(number(a[1])), nil },
		"rang":    func(a ...any) (any, error) { return a[0].(*formula.Ranks).Of(int(number(a[1]))), nil },
		"tranches": func(a ...any) (any, error) {
			return formula.ScaleOf(a[0].([]formula.Bracket), number(a[1])), nil
		},
		"mois_depuis": func(a ...any) (any, error) { return float64(fact.FullMonths(a[0].(fact.Day), o.m)), nil },
		"mois_civils_depuis": func(a ...any) (any, error) {
			d := a[0].(fact.Day).Month()
			return float64(12*(o.m.Year()-d.Year()) + o.m.Calendar() - d.Calendar()), nil
		},
		"au":    func(a ...any) (any, error) { return o.onDay(a[0].(fact.Day), a[1].(string)), nil },
		"avant": func(a ...any) (any, error) { return a[0].(fact.Day) < a[1].(fact.Day), nil },
	}
}

// same holds one formula's closure against the machine.
func (o *oracle) same(q *formula.Quantity, f *formula.Formula, m fact.Month, person int) {
	o.q, o.f, o.m, o.person = q, f, m, person
	got, err := vm.Run(o.top[f], o.env(q, f))
	require.NoError(o.t, err, "%s: %s", q.QualifiedName(), f.Text)
	want := o.k.Run(f, m, person)
	o.evaluations++
	o.met[f] = true
	if b, ok := want.(bool); ok {
		require.Equal(o.t, b, got, "%s, %s", q.QualifiedName(), f.Text)
		return
	}
	if number(got) == 0 && want == 0.0 { // -0 is 0
		return
	}
	require.Equal(o.t, math.Float64bits(want.(float64)), math.Float64bits(number(got)), "%s au mois %s : %v, machine %v : %s", q.QualifiedName(), m, want, got, f.Text)
}

// env gives everything that a formula names, at the month at hand.
func (o *oracle) env(q *formula.Quantity, f *formula.Formula) map[string]any {
	env := map[string]any{}
	for _, t := range f.Tables() {
		set(env, t.Name, o.table(t))
	}
	for _, x := range fact.HouseholdFacts {
		set(env, x.Name, plain(x, o.h.Nums[:], o.h.Flags[:], o.h.Choices[:]))
	}
	people := make([]any, len(o.h.People))
	for i := range people {
		people[i] = o.personEnv(i)
	}
	for _, d := range f.On() {
		o.quantity(env, people, q, d)
	}
	pick := func(list []int) []any {
		out := []any{}
		for _, i := range list {
			out = append(out, people[i])
		}
		return out
	}
	env["parents"], env["enfants"], env["personnes"] = pick(o.h.Adults), pick(o.h.Children), pick(o.h.All)
	env["demandeur"] = people[0]
	if q.Person {
		env["personne"] = people[o.person]
	}
	return env
}

// quantity sets what a formula reads of another quantity, where its month lies within what the plan remembers.
func (o *oracle) quantity(env map[string]any, people []any, reader, q *formula.Quantity) {
	back := int(o.h.Month - o.m)
	if q.Yearly {
		back = o.h.Month.Year() - o.m.Year()
	}
	if back < 0 || back > q.Reach() {
		return // read at other months only, through a lazy call
	}
	names := []string{q.QualifiedName()}
	if q.Namespace == reader.Namespace {
		names = append(names, q.Name)
	}
	for _, name := range names {
		if !q.Person {
			set(env, name, o.k.Ask(q, o.m, 0))
			continue
		}
		for i := range people {
			set(people[i].(map[string]any), name, o.k.Ask(q, o.m, i))
		}
	}
}

func (o *oracle) personEnv(i int) map[string]any {
	p := &o.h.People[i]
	age := fact.FullMonths(fact.Day(p.Nums[fact.Birth].Lo), o.m)
	env := map[string]any{"place_": i, "age_mois": float64(age), "age": math.Floor(float64(age) / 12), "est_enfant": p.Child}
	for _, x := range fact.PersonFacts {
		set(env, x.Name, plain(x, p.Nums[:], p.Flags[:], p.Choices[:]))
	}
	for k, kind := range fact.Incomes {
		for f, face := range fact.Faces {
			set(env, "revenus."+kind+"."+face, p.Incomes[k].At(f, int(o.h.Month-o.m)).Lo)
		}
	}
	return env
}

// plain gives a known fact as the machine holds it.
func plain(f fact.Fact, nums []fact.Num, flags []fact.Tri, choices []fact.Choice) any {
	switch f.Kind {
	case fact.Enum:
		return f.Values[bits.TrailingZeros32(choices[f.Slot].Mask)]
	case fact.Flag:
		return flags[f.Slot].V == fact.Yes
	case fact.Date:
		return fact.Day(nums[f.Slot].Lo)
	default:
		return nums[f.Slot].Lo
	}
}

// onDay gives the last value that the rule files put in force no later than a day.
func (o *oracle) onDay(d fact.Day, name string) any {
	b, ok := o.set.Bareme(name)
	require.True(o.t, ok, name)
	var at formula.Value
	for _, v := range b.Values {
		if v.From <= d {
			at = v.Value
		}
	}
	switch b.Table.Shape {
	case formula.ByRank:
		return at.Ranks
	case formula.ByBoth:
		out := map[string]any{}
		for i := range at.Both {
			out[b.Table.Domain[i]] = &at.Both[i]
		}
		return out
	default:
		return at.Number
	}
}

func (o *oracle) table(t *formula.Table) any {
	switch t.Shape {
	case formula.ByEnum:
		out := map[string]any{}
		for i, v := range t.KeyedAt(o.m) {
			out[t.Domain[i]] = v
		}
		return out
	case formula.ByRank:
		return t.RanksAt(o.m)
	case formula.ByBoth:
		out := map[string]any{}
		for i := range t.BothAt(o.m) {
			out[t.Domain[i]] = &t.BothAt(o.m)[i]
		}
		return out
	case formula.Brackets:
		return t.ScaleAt(o.m)
	case formula.Rounding:
		return t.RoundAt(o.m)
	case formula.DateOf:
		return fact.Day(t.At(o.m))
	default:
		return t.At(o.m)
	}
}

func set(m map[string]any, path string, v any) {
	parts := strings.Split(path, ".")
	for _, x := range parts[:len(parts)-1] {
		n, ok := m[x].(map[string]any)
		if !ok {
			n = map[string]any{}
			m[x] = n
		}
		m = n
	}
	m[parts[len(parts)-1]] = v
}

package limit_test

import (
	"strings"
	"testing"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
	"github.com/stretchr/testify/require"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/limit"
	"guichet/engine/ruleset"
)

// step is rsa.coefficient of one household, ready to be computed in three ways from the same three quantities: majore, parts
// and parts_enfants, which are already known.
type step struct {
	law             *limit.Law
	month           fact.Month
	raised          bool
	parts, children float64

	k       *formula.Context
	closure *formula.Formula

	program *vm.Program
	env     map[string]any
}

// newStep takes the first reference household of a couple with three children.
func newStep(t testing.TB) *step {
	set := shipped(t)
	s := &step{k: set.Plan().NewContext()}
	var err error
	s.law, err = limit.NewLaw(set)
	require.NoError(t, err)
	for _, h := range households(t, set) {
		if len(h.Adults) == 2 && len(h.Children) == 3 {
			s.month = h.Month
			s.k.Begin(h.Household)
			break
		}
	}
	coefficient := quantity(t, set, "rsa.coefficient")
	text := coefficient.FormulaAt(s.month).Text
	s.raised = s.k.Truth(quantity(t, set, "rsa.majore"), 0).V == fact.Yes
	s.parts = s.k.Number(quantity(t, set, "rsa.parts"), 0).Lo
	s.children = s.k.Number(quantity(t, set, "rsa.parts_enfants"), 0).Lo

	// A comparison shows its two sides without going through the memory of any quantity.
	s.closure, err = set.Universe().Compile(&formula.Quantity{Namespace: "rsa", Name: "alone", Bool: true}, "("+text+") > 0")
	require.NoError(t, err)

	s.env = map[string]any{"majore": s.raised, "parts": s.parts, "parts_enfants": s.children}
	for _, name := range set.Baremes() {
		if b, _ := set.Bareme(name); b.Table.Shape == formula.Scalar {
			place(s.env, strings.Split(name, "."), b.Table.At(s.month))
		}
	}
	s.program, err = expr.Compile(text, expr.Env(s.env))
	require.NoError(t, err)
	return s
}

func quantity(t testing.TB, set *ruleset.Set, name string) *formula.Quantity {
	for _, q := range set.Plan().Quantities {
		if q.QualifiedName() == name {
			return q
		}
	}
	require.Fail(t, "no quantity "+name)
	return nil
}

func place(env map[string]any, path []string, v float64) {
	for ; len(path) > 1; path = path[1:] {
		inner, ok := env[path[0]].(map[string]any)
		if !ok {
			inner = map[string]any{}
			env[path[0]] = inner
		}
		env = inner
	}
	env[path[0]] = v
}

func (s *step) byHand() float64 {
	return s.law.Coefficient(s.month, s.raised, s.parts, s.children)
}

func (s *step) byClosures() float64 {
	v, _, _ := s.closure.Figures(s.k, 0)
	return v.Lo
}

func (s *step) byMachine(m *vm.VM) (float64, error) {
	v, err := m.Run(s.program, s.env)
	if err != nil {
		return 0, err
	}
	return v.(float64), nil
}

// TestStep: the three ways of computing one step agree.
func TestStep(t *testing.T) {
	s := newStep(t)
	want := s.byHand()
	require.Greater(t, want, 1.0)
	require.InDelta(t, want, s.byClosures(), 1e-12)
	got, err := s.byMachine(&vm.VM{})
	require.NoError(t, err)
	require.InDelta(t, want, got, 1e-12)
}

// BenchmarkStep computes rsa.coefficient by hand, by the engine's closures and by the machine of expr.
func BenchmarkStep(b *testing.B) {
	s := newStep(b)
	b.Run("hand", func(b *testing.B) {
		for b.Loop() {
			s.byHand()
		}
	})
	b.Run("closures", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s.byClosures()
		}
	})
	b.Run("machine", func(b *testing.B) {
		m := &vm.VM{}
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.byMachine(m); err != nil {
				b.Fatal(err)
			}
		}
	})
}

package incident

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine"
)

func TestKind(t *testing.T) {
	var none map[string]int
	recovered := func(fail func()) (cause any) {
		defer func() { cause = recover() }()
		fail()
		return nil
	}
	for _, test := range []struct {
		name  string
		cause any
		want  string
	}{
		{"a string", "canary", "string"},
		{"a number", 4711.5, "float64"},
		{"an error", errors.New("canary"), "*errors.errorString"},
		{"a wrapped error", fmt.Errorf("canary: %w", errors.New("canary")), "*fmt.wrapError"},
		{"the runtime", recovered(func() { none["canary"] = 1 }), "assignment to entry in nil map"},
		{"a rule", &engine.RuleError{Err: errors.New("division par zéro")}, "règle impossible à calculer : division par zéro"},
		{"a rule inside", fmt.Errorf("canary: %w", &engine.RuleError{Err: errors.New("x")}), "règle impossible à calculer : x"},
	} {
		t.Run(test.name, func(t *testing.T) { assert.Equal(t, test.want, Kind(test.cause)) })
	}
}

func inner(canary string) { panic(canary) }

func TestCallers(t *testing.T) {
	var lines []string
	func() {
		defer func() {
			recover()
			lines = Callers()
		}()
		inner("canary")
	}()
	require.NotEmpty(t, lines)
	assert.Contains(t, lines[0], "incident.inner:")
	assert.Contains(t, lines[1], "incident.TestCallers")
	assert.NotContains(t, strings.Join(lines, " "), "canary")
	assert.NotContains(t, strings.Join(lines, " "), "(0x")

	assert.Empty(t, Callers(), "no panic, no callers")
}

func TestCallersAreBounded(t *testing.T) {
	var deep func(n int)
	deep = func(n int) {
		if n == 0 {
			panic("deep")
		}
		deep(n - 1)
	}
	var lines []string
	func() {
		defer func() {
			recover()
			lines = Callers()
		}()
		deep(1000)
	}()
	assert.Len(t, lines, most)
}

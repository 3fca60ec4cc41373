package formula

import (
	"errors"
	"fmt"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// Error is a fault of one formula: From counts the characters before it in the text.
type Error struct {
	From    int
	Message string
}

func (e *Error) Error() string { return e.Message }

// fromExpr keeps what a complaint of expr says and where.
func fromExpr(err error) *Error {
	if fe, ok := errors.AsType[*file.Error](err); ok {
		return &Error{From: fe.From, Message: fe.Message}
	}
	return &Error{Message: err.Error()}
}

// fail stops the compilation with a fault at n; [Universe.Compile] recovers it.
func fail(n ast.Node, format string, args ...any) {
	panic(&Error{From: n.Location().From, Message: fmt.Sprintf(format, args...)})
}

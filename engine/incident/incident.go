// Package incident tells an operator of a fault of ours without what it may hold of a household: neither the value of a
// panic nor the arguments of the functions that it went through may reach a log.
package incident

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"guichet/engine"
)

// Kind says what sort of fault a recovered value or an error is. The words of the runtime and those of a rule that cannot be
// computed are told, for they hold names and indices of our own; of anything else only the type.
func Kind(cause any) string {
	err, ok := cause.(error)
	if !ok {
		return fmt.Sprintf("%T", cause)
	}
	if ours, ok := errors.AsType[*engine.RuleError](err); ok {
		return ours.Error()
	}
	if fault, ok := errors.AsType[runtime.Error](err); ok {
		return fault.Error()
	}
	return fmt.Sprintf("%T", cause)
}

// most bounds how many functions [Callers] lists.
const most = 24

// Callers lists the functions that a panic went through with their lines, innermost first. It is for the function that
// recovers; outside a panic it gives nothing.
func Callers() []string {
	var counters [2 * most]uintptr
	frames := runtime.CallersFrames(counters[:runtime.Callers(0, counters[:])])
	var lines []string
	raised := false
	for len(lines) < most {
		frame, more := frames.Next()
		raised = raised || frame.Function == "runtime.gopanic"
		if raised && !strings.HasPrefix(frame.Function, "runtime.") {
			lines = append(lines, fmt.Sprintf("%s:%d", frame.Function, frame.Line))
		}
		if !more {
			break
		}
	}
	return lines
}

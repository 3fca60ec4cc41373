// Package screening answers many households one after the other: lines in, lines out, in the same order and in
// constant memory, on several cores.
//
// A household that is refused gives a line too and never stops the others; a line that is not blank gives exactly one. So a
// run that was cut short is taken up where its output ends.
package screening

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// An Evaluator appends the answer to the household of l to out, without the end of the line; false says that the
// household was refused and that out got an error line. It is called by several goroutines at once.
type Evaluator func(out []byte, l Line) ([]byte, bool)

// A Tally counts the households of one run.
type Tally struct {
	Done    int   // answered or refused, and written
	Refused int   // of those
	Read    int64 // bytes of the input up to the last of them
}

// ErrShort says that the input has fewer households than were to be skipped.
var ErrShort = errors.New("the input has fewer households than the output")

// A ReadError is a failure of the input, as opposed to one of the output.
type ReadError struct{ Err error }

// Error says what failed, in the reader's own words.
func (e *ReadError) Error() string { return fmt.Sprintf("reading the input: %v", e.Err) }

// Unwrap gives the reader's own error.
func (e *ReadError) Unwrap() error { return e.Err }

// Run evaluates what is left of in with jobs evaluations at once, and writes one line each to out, in the order of the
// input. After every few lines progress is told how far it is; it may be nil.
//
// When ctx ends, the lines handed over so far are finished and written, and the error is that of ctx; a read that is under
// way then is left to itself, as nothing can end it. Any other error is a [ReadError], or the writer's own. What was written is in any
// case a whole number of lines, unless the writer itself failed.
func Run(ctx context.Context, in *Input, out io.Writer, jobs int, evaluate Evaluator, progress func(Tally)) (Tally, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r := newRing(jobs)
	go r.fill(ctx, in)
	for range jobs {
		go r.work(evaluate)
	}
	var tally Tally
	for {
		select {
		case c, more := <-r.order:
			if !more {
				return tally, r.err
			}
			if err := c.write(out, &tally); err != nil {
				return tally, err
			}
			r.free <- c
		case <-ctx.Done():
			return tally, r.finish(ctx, out, &tally)
		}
		if progress != nil {
			progress(tally)
		}
	}
}

// finish writes the chunks that were handed over before ctx ended.
func (r *ring) finish(ctx context.Context, out io.Writer, tally *Tally) error {
	for {
		select {
		case c, more := <-r.order:
			if !more {
				return ctx.Err()
			}
			if err := c.write(out, tally); err != nil {
				return err
			}
		default:
			return ctx.Err()
		}
	}
}

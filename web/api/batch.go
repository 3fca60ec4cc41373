package api

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"guichet/engine/profile"
	"guichet/engine/screening"
	"guichet/web/problem"
)

// The patience of a batch. A line must arrive, and the answers so far must be taken, within lineTime; a batch may last no
// longer than batchTime whatever it holds.
const (
	lineTime  = 15 * time.Second
	batchTime = 15 * time.Minute
	retryTime = "5" // seconds, when every place for a batch is taken
)

// ndjsonTypes are the names under which one JSON text a line is announced; the first is ours.
var ndjsonTypes = []string{"application/x-ndjson", "application/ndjson", "application/jsonl"}

// simulateBatch answers POST /simulations/batch: one profile a line in, one simulation a line out, in the same order. A line
// that is refused gives an error line, as guichet screen does, and the rest goes on. Memory does not grow with the stream.
//
// A batch keeps a processor busy, so only so many run at once; further ones are asked to come back.
func (a *API) simulateBatch(w http.ResponseWriter, r *http.Request) error {
	if !isLines(r.Header) {
		return refusal{kind: problem.LinesMediaType}
	}
	select {
	case a.batches <- struct{}{}:
		defer func() { <-a.batches }()
	default:
		w.Header().Set("Retry-After", retryTime)
		return refusal{kind: problem.TooMany}
	}
	ctx, cancel := context.WithTimeout(r.Context(), batchTime)
	defer cancel()
	b := newBatch(a, w, r)
	w.Header().Set("Content-Type", ndjsonTypes[0])
	w.Header().Set("Cache-Control", "no-store")
	if err := b.run(ctx); err != nil {
		// The status is out, or nobody listens: only an answer that visibly breaks off is not taken for a whole one.
		panic(http.ErrAbortHandler)
	}
	return nil
}

// isLines says whether the headers announce plain NDJSON.
func isLines(h http.Header) bool {
	if coding := h.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return false
	}
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && slices.Contains(ndjsonTypes, kind)
}

// batch is one stream being answered.
type batch struct {
	control  *http.ResponseController
	in       *screening.Input
	out      *bufio.Writer
	screener *screening.Screener
	answer   []byte
}

func newBatch(a *API, w http.ResponseWriter, r *http.Request) *batch {
	control := http.NewResponseController(w)
	// Without it, HTTP/1 reads the whole request before the first answer leaves; a recorder of tests does not know it.
	_ = control.EnableFullDuplex()
	request := w.Header().Get("X-Request-Id")
	return &batch{
		control: control, in: screening.NewInput(r.Body), out: bufio.NewWriterSize(w, 32<<10),
		screener: &screening.Screener{
			Rules: a.engine, Form: screening.NDJSON{}, Today: profile.DateOfTime(a.clock()),
			Report: func(line int, kind string, at []string) {
				a.log.Error("a line of a batch failed", "incident", request, "line", line, "kind", kind, "at", at)
			},
		},
	}
}

// run answers line after line until the stream ends. The error is that of the connection, or of ctx when it ends first.
func (b *batch) run(ctx context.Context) error {
	for {
		if ctx.Err() != nil {
			return fmt.Errorf("answering a batch: %w", ctx.Err())
		}
		if b.in.Waits() {
			if err := b.flush(); err != nil {
				return err
			}
		}
		line, err := b.in.Next()
		if errors.Is(err, io.EOF) {
			return b.flush()
		}
		if err != nil {
			return fmt.Errorf("reading a batch: %w", err)
		}
		b.answer, _ = b.screener.Answer(b.answer[:0], line)
		_, err = b.out.Write(append(b.answer, '\n'))
		clear(b.answer)
		if err != nil {
			return fmt.Errorf("answering a batch: %w", err)
		}
	}
}

// flush sends the answers so far and gives the caller time for the next line.
func (b *batch) flush() error {
	deadline := time.Now().Add(lineTime) //nolint:forbidigo // a connection's deadlines are of the wall clock
	// Where there is no connection (a recorder of tests) there is no deadline to set either.
	_ = b.control.SetWriteDeadline(deadline)
	_ = b.control.SetReadDeadline(deadline)
	if err := b.out.Flush(); err != nil {
		return fmt.Errorf("answering a batch: %w", err)
	}
	if err := b.control.Flush(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("answering a batch: %w", err)
	}
	return nil
}

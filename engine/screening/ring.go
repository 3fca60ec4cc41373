package screening

import (
	"context"
	"errors"
	"io"
)

// What a chunk holds at most. Some lines share the cost of being handed over; few enough that their answers, tens of
// kilobytes each, are still in the processor's cache when they are written.
const (
	chunkLines = 8
	chunkBytes = 4 * MaxLine
)

// A chunk is a run of lines that go through the evaluation together, with their answers.
type chunk struct {
	lines    []Line
	text     []byte // what the lines' texts are slices of
	out      []byte
	refused  int
	read     int64         // bytes of the input up to its end
	answered chan struct{} // told when out is complete
}

// A ring holds the chunks that go round: from free they are filled, stand in order and todo at once, and are free again
// once they are written. There are never more, which is what bounds the memory.
type ring struct {
	free, todo, order chan *chunk
	err               error // of the input; read once order is closed
}

func newRing(jobs int) *ring {
	n := 4 * jobs
	r := &ring{free: make(chan *chunk, n), todo: make(chan *chunk, n), order: make(chan *chunk, n)}
	for range n {
		r.free <- &chunk{text: make([]byte, 0, chunkBytes), answered: make(chan struct{}, 1)}
	}
	return r
}

// fill hands the lines of in over until its end or that of ctx.
func (r *ring) fill(ctx context.Context, in *Input) {
	defer close(r.order)
	defer close(r.todo)
	for {
		var c *chunk
		select {
		case c = <-r.free:
		case <-ctx.Done():
			return
		}
		err := c.fill(in)
		if len(c.lines) > 0 && ctx.Err() == nil {
			r.todo <- c
			r.order <- c
		}
		if errors.Is(err, io.EOF) || ctx.Err() != nil {
			return
		}
		if err != nil {
			r.err = &ReadError{err}
			return
		}
	}
}

// fill takes lines from in until the chunk is full, or the next line would have to be waited for: a slow writer at the
// other end of a pipe gets its answers as it asks.
func (c *chunk) fill(in *Input) error {
	c.lines, c.text, c.out, c.refused = c.lines[:0], c.text[:0], c.out[:0], 0
	for len(c.lines) < chunkLines && len(c.text)+MaxLine <= chunkBytes {
		if len(c.lines) > 0 && in.Waits() {
			break
		}
		l, err := in.Next()
		if err != nil {
			return err
		}
		from := len(c.text)
		c.text = append(c.text, l.Text...) // within its capacity: earlier lines stay where they are
		l.Text = c.text[from:len(c.text):len(c.text)]
		c.lines = append(c.lines, l)
		c.read = in.read
	}
	return nil
}

// work answers chunks until there are no more.
func (r *ring) work(evaluate Evaluator) {
	for c := range r.todo {
		for _, l := range c.lines {
			var ok bool
			c.out, ok = evaluate(c.out, l)
			c.out = append(c.out, '\n')
			if !ok {
				c.refused++
			}
		}
		c.answered <- struct{}{}
	}
}

// write waits for the answers, writes them and counts them.
func (c *chunk) write(out io.Writer, tally *Tally) error {
	<-c.answered
	if _, err := out.Write(c.out); err != nil {
		return err
	}
	tally.Done += len(c.lines)
	tally.Refused += c.refused
	tally.Read = c.read
	return nil
}

package main

import (
	"fmt"
	"io"
	"time"

	"guichet/engine/screening"
)

// progress is the line that a run writes over and over on a terminal.
type progress struct {
	w     io.Writer // nil when nobody is looking
	now   func() time.Time
	start time.Time
	shown time.Time
	from  int64 // bytes of the input before the first household
	size  int64 // bytes of the whole input; 0 when not known
}

// newProgress shows how far a run is on stderr, if that is a terminal.
func newProgress(p *program, size, from int64) *progress {
	g := &progress{now: p.now, start: p.now(), from: from, size: size}
	if p.terminal(p.stderr) {
		g.w = p.stderr
	}
	return g
}

// tell shows t, at most four times a second.
func (g *progress) tell(t screening.Tally) {
	if g.w == nil {
		return
	}
	now := g.now()
	if now.Sub(g.shown) < 250*time.Millisecond {
		return
	}
	g.shown = now
	spent := now.Sub(g.start)
	line := fmt.Sprintf("%d households", t.Done)
	if spent > 0 {
		line += fmt.Sprintf(", %.0f/s", float64(t.Done)/spent.Seconds())
	}
	line += fmt.Sprintf(", %d refused", t.Refused)
	if read := t.Read - g.from; g.size > 0 && read > 0 {
		left := time.Duration(float64(spent) * float64(max(0, g.size-t.Read)) / float64(read))
		line += fmt.Sprintf(", %s left", left.Round(time.Second))
	}
	fmt.Fprintf(g.w, "\r%s\x1b[K", line) // K clears what a longer line left
}

// end gives the line back.
func (g *progress) end() {
	if g.w != nil && !g.shown.IsZero() {
		fmt.Fprint(g.w, "\r\x1b[K")
	}
}

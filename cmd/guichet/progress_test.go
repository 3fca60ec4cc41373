package main

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/engine/screening"
)

func TestProgress(t *testing.T) {
	p := newProgram("")
	now := time.Unix(1000, 0)
	p.now = func() time.Time { return now }
	p.terminal = func(io.Writer) bool { return true }
	g := newProgress(&p.program, 1000, 200)
	now = now.Add(2 * time.Second)
	g.tell(screening.Tally{Done: 50, Refused: 3, Read: 400})
	require.Equal(t, "\r50 households, 25/s, 3 refused, 6s left\x1b[K", p.err.String())

	p.err.Reset()
	now = now.Add(100 * time.Millisecond)
	g.tell(screening.Tally{Done: 60, Read: 500})
	require.Empty(t, p.err.String(), "at most four times a second")
	now = now.Add(150 * time.Millisecond)
	g.tell(screening.Tally{Done: 70, Read: 1000})
	require.Contains(t, p.err.String(), "70 households, 31/s, 0 refused, 0s left")

	p.err.Reset()
	g.end()
	require.Equal(t, "\r\x1b[K", p.err.String())
}

func TestProgressWithoutSize(t *testing.T) {
	p := newProgram("")
	p.terminal = func(io.Writer) bool { return true }
	g := newProgress(&p.program, 0, 0)
	g.tell(screening.Tally{Done: 50, Read: 400})
	require.Equal(t, "\r50 households, 0 refused\x1b[K", p.err.String())
}

func TestProgressIsForTerminalsOnly(t *testing.T) {
	p := newProgram("")
	g := newProgress(&p.program, 1000, 0)
	g.tell(screening.Tally{Done: 50, Read: 400})
	g.end()
	require.Empty(t, p.err.String())
}

package screening

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// echo answers a line with its number and text, slower for some lines than for others, and refuses what starts with "bad".
func echo(out []byte, l Line) ([]byte, bool) {
	for range l.Number % 7 {
		runtime.Gosched()
	}
	out = fmt.Appendf(out, "%d %s", l.Number, l.Text)
	return out, !bytes.HasPrefix(l.Text, []byte("bad"))
}

func run(t require.TestingT, input io.Reader, jobs int) (string, Tally) {
	var out bytes.Buffer
	tally, err := Run(context.Background(), NewInput(input), &out, jobs, echo, nil)
	require.NoError(t, err)
	return out.String(), tally
}

func TestRunKeepsTheOrderWhateverTheJobs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.StringMatching(`(bad)?[a-z ]{0,40}`), 0, 400).Draw(t, "lines")
		jobs := rapid.IntRange(1, 8).Draw(t, "jobs")
		var want strings.Builder
		var tally Tally
		for i, text := range texts {
			if strings.TrimSpace(text) == "" {
				continue
			}
			fmt.Fprintf(&want, "%d %s\n", i+1, text)
			tally.Done++
			if strings.HasPrefix(text, "bad") {
				tally.Refused++
			}
		}
		in := strings.Join(texts, "\n")
		got, counted := run(t, strings.NewReader(in), jobs)
		require.Equal(t, want.String(), got)
		require.Equal(t, tally.Done, counted.Done)
		require.Equal(t, tally.Refused, counted.Refused)
	})
}

func TestRunReadsAnyPieces(t *testing.T) {
	in := strings.Repeat("a line\r\n\r\n  \nbad line\n", 300) + "the last"
	want, tally := run(t, strings.NewReader(in), 1)
	require.Equal(t, 601, tally.Done)
	require.EqualValues(t, len(in), tally.Read)
	for name, r := range map[string]io.Reader{
		"one byte at a time": iotest.OneByteReader(strings.NewReader(in)),
		"halves":             iotest.HalfReader(strings.NewReader(in)),
		"data with the end":  iotest.DataErrReader(strings.NewReader(in)),
	} {
		got, _ := run(t, r, 3)
		require.Equal(t, want, got, name)
	}
}

func TestLinesAtTheBound(t *testing.T) {
	for _, c := range []struct {
		name string
		size int
		end  string
		long bool
	}{
		{"as long as may be", MaxLine, "\n", false},
		{"as long as may be, with a carriage return", MaxLine, "\r\n", false},
		{"as long as may be, without an end", MaxLine, "", false},
		{"one byte more", MaxLine + 1, "\n", true},
		{"one byte more, without an end", MaxLine + 1, "", true},
		{"as long as the buffer", 4 * MaxLine, "\n", true},
		{"longer than the buffer", 4*MaxLine + 1, "\n", true},
		{"many buffers", 40*MaxLine + 17, "\n", true},
		{"many buffers, without an end", 40*MaxLine + 17, "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "first\n" + strings.Repeat("x", c.size) + c.end
			if c.end != "" {
				text += "after\n"
			}
			in := NewInput(strings.NewReader(text))
			l, err := in.Next()
			require.NoError(t, err)
			require.Equal(t, Line{Number: 1, Text: []byte("first")}, l)
			l, err = in.Next()
			require.NoError(t, err)
			require.Equal(t, c.long, l.Long)
			require.Len(t, l.Text, min(c.size, MaxLine))
			require.Equal(t, 2, l.Number)
			if c.end != "" {
				l, err = in.Next()
				require.NoError(t, err)
				require.Equal(t, Line{Number: 3, Text: []byte("after")}, l)
			}
			_, err = in.Next()
			require.ErrorIs(t, err, io.EOF)
			require.EqualValues(t, len(text), in.Read())
		})
	}
}

func TestByteOrderMarkIsPassedOver(t *testing.T) {
	l, err := NewInput(strings.NewReader("\xef\xbb\xbfid\n")).Next()
	require.NoError(t, err)
	require.Equal(t, "id", string(l.Text))
}

func TestSkip(t *testing.T) {
	ctx := context.Background()
	in := NewInput(strings.NewReader("a\n\nb\nc\n"))
	l, err := in.Skip(ctx, 2)
	require.NoError(t, err)
	require.Equal(t, Line{Number: 3, Text: []byte("b")}, l)
	_, err = in.Skip(ctx, 2)
	require.ErrorIs(t, err, ErrShort)

	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = NewInput(strings.NewReader("a\n")).Skip(ended, 1)
	require.ErrorIs(t, err, context.Canceled)
}

func TestRunTellsWhoFailed(t *testing.T) {
	broken := errors.New("disk on fire")
	t.Run("the input, after its good lines", func(t *testing.T) {
		var out bytes.Buffer
		in := io.MultiReader(strings.NewReader("a\nb\n"), iotest.ErrReader(broken))
		tally, err := Run(context.Background(), NewInput(in), &out, 2, echo, nil)
		var read *ReadError
		require.ErrorAs(t, err, &read)
		require.ErrorIs(t, err, broken)
		require.Equal(t, "1 a\n2 b\n", out.String())
		require.Equal(t, 2, tally.Done)
	})
	t.Run("the output", func(t *testing.T) {
		_, err := Run(context.Background(), NewInput(strings.NewReader("a\n")), failing{broken}, 2, echo, nil)
		require.Equal(t, broken, err)
	})
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// The other end of a pipe that sends one household and waits must get its answer.
func TestRunAnswersWhoWaits(t *testing.T) {
	asks, send := io.Pipe()
	receive, answers := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		_, err := Run(context.Background(), NewInput(asks), answers, 2, echo, nil)
		ended <- err
	}()
	buffer := make([]byte, 100)
	for i := range 3 {
		fmt.Fprintf(send, "question\n")
		n, err := receive.Read(buffer)
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("%d question\n", i+1), string(buffer[:n]))
	}
	send.Close()
	require.NoError(t, <-ended)
}

func TestRunStopsWithWholeLines(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var out bytes.Buffer
	var asked atomic.Int64
	evaluate := func(b []byte, l Line) ([]byte, bool) {
		if asked.Add(1) == 500 {
			cancel()
		}
		return echo(b, l)
	}
	tally, err := Run(ctx, NewInput(endless{}), &out, 2, evaluate, nil)
	require.ErrorIs(t, err, context.Canceled)
	require.True(t, strings.HasSuffix(out.String(), "\n"))
	require.Equal(t, tally.Done, strings.Count(out.String(), "\n"))
	for i, l := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		require.Equal(t, fmt.Sprintf("%d again", i+1), l)
	}
}

func TestRunStopsWhileItWaits(t *testing.T) {
	asks, send := io.Pipe()
	defer send.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	_, err := Run(ctx, NewInput(asks), io.Discard, 2, echo, nil)
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	const l = "again\n"
	n := len(b) / len(l) * len(l)
	for i := range n {
		b[i] = l[i%len(l)]
	}
	return n, nil
}

// What is held in memory must not grow with the input.
func TestMemoryIsConstant(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100)) // whatever the other tests run under
	peak := func(megabytes int64) uint64 {
		var most uint64
		watch := func(Tally) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		}
		runtime.GC()
		text := strings.Repeat("x", 10_000)
		lines := &repeated{text: []byte(text + "\n"), left: megabytes << 20}
		_, err := Run(context.Background(), NewInput(lines), io.Discard, 2, echo, watch)
		require.NoError(t, err)
		return most
	}
	small, large := peak(8), peak(200)
	require.Less(t, large, small+(24<<20), "200 MB took much more memory than 8 MB")
}

// repeated is a text over and over.
type repeated struct {
	text []byte
	at   int
	left int64
}

func (r *repeated) Read(b []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	n := copy(b, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	r.left -= int64(n)
	return n, nil
}

func TestProgressIsTold(t *testing.T) {
	var told []Tally
	in := strings.Repeat("a line\n", 1000)
	last, err := Run(context.Background(), NewInput(strings.NewReader(in)), io.Discard, 2, echo, func(t Tally) { told = append(told, t) })
	require.NoError(t, err)
	require.Equal(t, last, told[len(told)-1])
	require.Equal(t, Tally{Done: 1000, Read: int64(len(in))}, last)
	for i := 1; i < len(told); i++ {
		require.Greater(t, told[i].Done, told[i-1].Done)
	}
}

func FuzzInput(f *testing.F) {
	f.Add([]byte("{\"id\":\"a\"}\n\r\n{}"), uint8(3))
	f.Add([]byte("\xef\xbb\xbf\n"), uint8(1))
	f.Fuzz(func(t *testing.T, text []byte, piece uint8) {
		in := NewInput(&pieces{text: text, most: int(piece)%9 + 1})
		number := 0
		for {
			l, err := in.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
			require.Greater(t, l.Number, number)
			number = l.Number
			require.NotContains(t, string(l.Text), "\n")
			require.NotEmpty(t, bytes.TrimSpace(l.Text))
		}
		require.EqualValues(t, len(text), in.Read())
	})
}

// pieces reads a text a few bytes at a time.
type pieces struct {
	text []byte
	most int
}

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.text) == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), p.most)], p.text)
	p.text = p.text[n:]
	return n, nil
}

// BenchmarkRun is what handing lines round costs, the evaluation aside.
func BenchmarkRun(b *testing.B) {
	line := bytes.Repeat([]byte("x"), 1000)
	line[999] = '\n'
	answer := make([]byte, 8000)
	for i := range answer {
		answer[i] = byte('a' + rand.N(26))
	}
	in := &repeated{text: line, left: int64(b.N) * 1000}
	b.ReportAllocs()
	_, err := Run(context.Background(), NewInput(in), io.Discard, runtime.GOMAXPROCS(0), func(out []byte, _ Line) ([]byte, bool) {
		return append(out, answer...), true
	}, nil)
	require.NoError(b, err)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

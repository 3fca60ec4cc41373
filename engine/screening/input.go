package screening

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"

	"guichet/engine/profile"
)

// MaxLine is the longest line that is taken for a household, in bytes without its end; longer ones are refused.
const MaxLine = profile.MaxBytes

// A Line is one household as it came in.
type Line struct {
	Number int    // in the input, from 1, blank lines counted
	Text   []byte // without the end of the line; of a line that is too long, its first [MaxLine] bytes
	Long   bool   // longer than MaxLine
}

// An Input gives the lines of a stream, in memory that does not grow with it.
type Input struct {
	in     *bufio.Reader
	number int   // of the line read last
	read   int64 // bytes so far, ends of lines included
}

// NewInput gives the lines of r, which it reads ahead of.
func NewInput(r io.Reader) *Input {
	return &Input{in: bufio.NewReaderSize(r, 4*MaxLine)}
}

// Next gives the next line that is not blank. Its text is good until the following call. The error is io.EOF at the
// end, or the reader's own.
func (in *Input) Next() (Line, error) {
	for {
		text, whole, err := in.line()
		if err != nil {
			return Line{}, err
		}
		in.number++
		if in.number == 1 {
			text = bytes.TrimPrefix(text, byteOrderMark)
		}
		text = bytes.TrimSuffix(text, []byte{'\n'})
		text = bytes.TrimSuffix(text, []byte{'\r'})
		if whole && len(text) <= MaxLine {
			if len(bytes.TrimSpace(text)) == 0 {
				continue
			}
			return Line{Number: in.number, Text: text}, nil
		}
		return Line{Number: in.number, Text: text[:MaxLine], Long: true}, nil
	}
}

// Read gives how many bytes the lines given so far took.
func (in *Input) Read() int64 { return in.read }

// line gives the next line with its end, or as much of it as the buffer holds, and then false.
func (in *Input) line() ([]byte, bool, error) {
	text, err := in.in.ReadSlice('\n')
	in.read += int64(len(text))
	switch {
	case err == nil, errors.Is(err, io.EOF) && len(text) > 0: // the last line may lack its end
		return text, true, nil
	case !errors.Is(err, bufio.ErrBufferFull):
		return nil, false, err
	}
	start := bytes.Clone(text[:MaxLine]) // the buffer is about to take what follows
	for errors.Is(err, bufio.ErrBufferFull) {
		text, err = in.in.ReadSlice('\n')
		in.read += int64(len(text))
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return start, false, err
}

// Skip passes over n lines and gives the last of them, whose text is good until the next call of Next. The error is
// [ErrShort] when there are fewer, that of ctx when it ends, or the reader's own.
func (in *Input) Skip(ctx context.Context, n int) (Line, error) {
	var last Line
	for i := range n {
		if i%1024 == 0 && ctx.Err() != nil {
			return Line{}, ctx.Err()
		}
		var err error
		if last, err = in.Next(); errors.Is(err, io.EOF) {
			return Line{}, ErrShort
		} else if err != nil {
			return Line{}, &ReadError{err}
		}
	}
	return last, nil
}

// Waits says whether the next line may have to be waited for.
func (in *Input) Waits() bool {
	ahead, err := in.in.Peek(in.in.Buffered())
	return err != nil || bytes.IndexByte(ahead, '\n') < 0
}

// What some spreadsheets put before the first line.
var byteOrderMark = []byte("\xef\xbb\xbf")

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"guichet/engine/screening"
)

// earlier is what a run that was cut short left in its output.
type earlier struct {
	lines   int    // whole ones
	refused int    // of those
	last    []byte // the last of them, or the beginning of a first one that is not whole
	file    *os.File
	end     int64 // of the last whole line
}

// openEarlier opens the output of an earlier run and reads what is there. Nothing is changed yet: it may be no such output.
func openEarlier(name string) (earlier, error) {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return earlier{}, err
	}
	e, err := readEarlier(f)
	if err != nil {
		return earlier{}, errors.Join(fmt.Errorf("taking up the output: %w", err), f.Close())
	}
	e.file = f
	return e, nil
}

// readEarlier reads an output to its end, in constant memory.
func readEarlier(f io.ReaderAt) (earlier, error) {
	var e earlier
	var start, at int64 // of the last whole line; of what is read next
	r := bufio.NewReaderSize(io.NewSectionReader(f, 0, math.MaxInt64), 1<<20)
	first, bad := true, false
	for {
		text, err := r.ReadSlice('\n')
		if first {
			bad = screening.IsRefusal(text)
		}
		at += int64(len(text))
		first = err == nil
		switch {
		case err == nil:
			start, e.end = e.end, at
			e.lines++
			if bad {
				e.refused++
			}
		case errors.Is(err, io.EOF) && e.lines == 0:
			e.last = make([]byte, min(at, screening.MarkWithin))
			_, err = f.ReadAt(e.last, 0)
			return e, ignoreEnd(err)
		case errors.Is(err, io.EOF):
			e.last = make([]byte, e.end-start)
			_, err = f.ReadAt(e.last, start)
			return e, ignoreEnd(err)
		case !errors.Is(err, bufio.ErrBufferFull):
			return e, err
		}
	}
}

func ignoreEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// takeUp goes on where the earlier run ended: it passes over the households that have their answers, and drops what a crash
// tore off after the last of them.
func (e earlier) takeUp(ctx context.Context, in *screening.Input, form screening.Form, rules string) error {
	if e.file == nil {
		return nil
	}
	if err := e.passOver(ctx, in, form, rules); err != nil {
		return err
	}
	if err := e.file.Truncate(e.end); err != nil {
		return fmt.Errorf("taking up the output: %w", err)
	}
	if _, err := e.file.Seek(e.end, io.SeekStart); err != nil {
		return fmt.Errorf("taking up the output: %w", err)
	}
	return nil
}

// passOver skips the households that the earlier run has answered, and makes sure that these are they and that the rules
// are the same: what is there must be the beginning of what this run would write.
func (e earlier) passOver(ctx context.Context, in *screening.Input, form screening.Form, rules string) error {
	if e.lines == 0 {
		if len(e.last) > 0 && !screening.IsRefusal(e.last) && !bytes.Contains(e.last, []byte(`,"regles":"`+rules)) {
			return inputError{errors.New("the output holds no whole line and what is there is no answer of this program: -force drops it")}
		}
		return nil
	}
	l, err := in.Skip(ctx, e.lines)
	if err != nil {
		return err
	}
	var last struct {
		ID    string `json:"id"`
		Rules string `json:"regles"` // none in an error line
	}
	switch {
	case json.Unmarshal(e.last, &last) != nil, last.Rules == "" && !screening.IsRefusal(e.last):
		return inputError{fmt.Errorf("line %d of the output is no answer of this program: -resume cannot go on from it", e.lines)}
	case last.Rules != "" && last.Rules != rules:
		return inputError{errors.New("the output was computed with other rules: start anew with -force, or elsewhere")}
	case form.ID(l.Text) != last.ID:
		return inputError{fmt.Errorf("line %d of the output answers another household than the input has there: it is not the output of this input", e.lines)}
	}
	return nil
}

package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// openInput opens what is read, and gives its size in bytes when it has one.
func (p *program) openInput(o screenOptions) (io.ReadCloser, int64, error) {
	if o.in == "-" {
		in := io.NopCloser(p.stdin)
		if f, ok := p.stdin.(*os.File); ok {
			in = unclosed{f}
		}
		return in, 0, nil
	}
	f, err := os.Open(o.in)
	if err != nil {
		return nil, 0, inputError{err}
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case info.IsDir():
		err = inputError{fmt.Errorf("%s is a directory", o.in)}
	case info.Mode().IsRegular():
		return f, info.Size(), nil
	default:
		return f, 0, nil
	}
	return nil, 0, errors.Join(err, f.Close())
}

// unclosed is a standard stream: others may still need it.
type unclosed struct{ *os.File }

func (unclosed) Close() error { return nil }

// stream is a writer that is not a file.
type stream struct{ io.Writer }

func (stream) Close() error { return nil }

// openOutput opens what is written, when nothing that stands there would be lost, and gives what an earlier run left.
func (p *program) openOutput(o screenOptions, in io.Reader) (io.WriteCloser, earlier, error) {
	if o.out == "-" {
		if f, ok := p.stdout.(*os.File); ok {
			return unclosed{f}, earlier{}, notInput(f.Name(), f.Stat, in)
		}
		return stream{p.stdout}, earlier{}, nil
	}
	info, err := os.Stat(o.out)
	if errors.Is(err, fs.ErrNotExist) {
		f, err := os.OpenFile(o.out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		return f, earlier{}, err
	}
	if err == nil {
		err = notInput(o.out, func() (fs.FileInfo, error) { return info, nil }, in)
	}
	if err != nil {
		return nil, earlier{}, err
	}
	if info.Mode().IsRegular() && !o.resume && !o.force {
		return nil, earlier{}, inputError{fmt.Errorf("%s exists: -resume goes on where it ends, -force starts anew", o.out)}
	}
	if o.resume {
		if !info.Mode().IsRegular() {
			return nil, earlier{}, inputError{fmt.Errorf("%s is no file that could be taken up", o.out)}
		}
		e, err := openEarlier(o.out)
		return e.file, e, err
	}
	f, err := os.OpenFile(o.out, os.O_WRONLY|os.O_TRUNC, 0)
	return f, earlier{}, err
}

// notInput refuses an output that is the input, by whatever name or link. What is no regular file keeps nothing.
func notInput(name string, stat func() (fs.FileInfo, error), in io.Reader) error {
	source, ok := in.(interface{ Stat() (fs.FileInfo, error) })
	if !ok {
		return nil
	}
	from, err := source.Stat()
	if err != nil {
		return fmt.Errorf("looking at the input: %w", err)
	}
	to, err := stat()
	if err != nil {
		return fmt.Errorf("looking at the output: %w", err)
	}
	if to.Mode().IsRegular() && os.SameFile(from, to) {
		return inputError{fmt.Errorf("%s is the input itself", name)}
	}
	return nil
}

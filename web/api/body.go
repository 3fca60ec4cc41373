package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"os"
	"strings"
	"sync"
	"unicode/utf8"

	"guichet/engine/profile"
	"guichet/web/problem"
)

// buffers are for bodies in and out; they are wiped before another request gets them.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// withProfile reads the profile of r and gives it to use; the error is a [refusal].
func (a *API) withProfile(r *http.Request, use func(*profile.Profile) error) error {
	if !isJSON(r.Header) {
		return refusal{kind: problem.MediaType}
	}
	buffer := buffers.Get().(*bytes.Buffer)
	defer func() {
		clear(buffer.Bytes())
		buffer.Reset()
		buffers.Put(buffer)
	}()
	if _, err := buffer.ReadFrom(r.Body); err != nil {
		return unread(err)
	}
	p, err := a.decode(buffer.Bytes())
	if err != nil {
		return err
	}
	return use(p)
}

// decode reads one profile and gives it today's date if it has none; the error is a [refusal].
func (a *API) decode(body []byte) (*profile.Profile, error) {
	p, err := profile.Decode(body)
	if err != nil {
		kind := problem.Refused
		if !json.Valid(body) || !utf8.Valid(body) {
			kind = problem.Malformed
		}
		return nil, refusedAs(kind, err)
	}
	if !p.Date.Known() {
		p.Date = profile.DateOfTime(a.clock())
	}
	return p, nil
}

// isJSON says whether the headers announce plain JSON in UTF-8; saying nothing announces it too.
func isJSON(h http.Header) bool {
	if coding := h.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return false
	}
	declared := h.Get("Content-Type")
	if declared == "" {
		return true
	}
	kind, parameters, err := mime.ParseMediaType(declared)
	if err != nil || kind != "application/json" {
		return false
	}
	charset, ok := parameters["charset"]
	return !ok || strings.EqualFold(charset, "utf-8")
}

// unread tells why a body could not be read to its end.
func unread(err error) error {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return refusal{kind: problem.TooLarge}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return refusal{kind: problem.TooSlow}
	default: // the caller went away, or framed the body wrongly
		return refusal{kind: problem.Malformed}
	}
}

// refused turns what package profile found wrong into a refusal; an error of another sort is returned as it is.
func refused(err error) error { return refusedAs(problem.Refused, err) }

func refusedAs(kind problem.Kind, err error) error {
	problems := problemsOf(err)
	if problems == nil {
		return err
	}
	faults := make([]problem.Error, len(problems))
	for i, p := range problems {
		faults[i] = problem.Error{Path: p.Path, Message: p.Rule, Remedy: p.Remedy}
	}
	return refusal{kind: kind, faults: faults}
}

// problemsOf gives what package profile found wrong; nil for an error of another sort.
func problemsOf(err error) []profile.Problem {
	if refused, ok := errors.AsType[*profile.Error](err); ok {
		return refused.Problems
	}
	return nil
}

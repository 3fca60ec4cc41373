package takeup

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// A Fact is what an event says happened: one of the types of this package that have a kind, as a value.
type Fact interface {
	// Kind names the type in what is kept: it never changes.
	Kind() string
	// Check says what is wrong with the fact by itself, whatever the case: a [*Refusal], or nil.
	Check() error
}

// kinds reads a fact of each kind.
var kinds = register(
	read[CaseOpened], read[Visited], read[Informed], read[Diagnosed], read[Reestimated], read[Planned], read[DocumentsReceived],
	read[Filed], read[Oriented], read[OrientationEnded], read[Contacted], read[DocumentsAsked], read[Opened], read[Refused],
	read[Appealed], read[AppealAnswered], read[Abandoned], read[Renewed], read[Lapsed], read[Assigned], read[Moved],
	read[ConsentWithdrawn], read[Closed], read[Reopened], read[Noted], read[Cancelled],
)

type reader func([]byte) (Fact, error)

func register(readers ...reader) map[string]reader {
	out := map[string]reader{}
	for _, r := range readers {
		f, _ := r([]byte("{}")) // an empty fact of every type reads; its kind is of the type
		out[f.Kind()] = r
	}
	return out
}

// read reads the JSON of one type of fact. A field that it does not know is an error: a newer program wrote it, and dropping it would
// lose what happened.
func read[F Fact](b []byte) (Fact, error) {
	var f F
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("something follows the fact")
	}
	return f, nil
}

// Kinds gives the kinds of facts in alphabetical order.
func Kinds() []string {
	out := make([]string, 0, len(kinds))
	for k := range kinds {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// WriteFact gives the JSON of a fact.
func WriteFact(f Fact) ([]byte, error) {
	b, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("writing a fact of kind %q: %w", f.Kind(), err)
	}
	return b, nil
}

// ReadFact reads what [WriteFact] wrote for a fact of that kind. It does not check it.
func ReadFact(kind string, b []byte) (Fact, error) {
	r, ok := kinds[kind]
	if !ok {
		return nil, fmt.Errorf("an event of kind %q: a newer program wrote it", kind)
	}
	f, err := r(b)
	if err != nil {
		return nil, fmt.Errorf("reading a fact of kind %q: %w", kind, err)
	}
	return f, nil
}

package takeup

import (
	"encoding/json"
	"fmt"
)

// A Fact is what an event says happened: one of the types of this package that have a kind.
type Fact interface {
	// Kind names the type in what is kept: it never changes.
	Kind() string
}

// kinds makes an empty fact of each kind, to read what was kept.
var kinds = map[string]func() Fact{}

// WriteFact gives the JSON of a fact.
func WriteFact(f Fact) ([]byte, error) {
	b, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("writing a fact of kind %q: %w", f.Kind(), err)
	}
	return b, nil
}

// ReadFact reads what [WriteFact] wrote for a fact of that kind.
func ReadFact(kind string, b []byte) (Fact, error) {
	empty, ok := kinds[kind]
	if !ok {
		return nil, fmt.Errorf("an event of kind %q: a newer program wrote it", kind)
	}
	f := empty()
	if err := json.Unmarshal(b, f); err != nil {
		return nil, fmt.Errorf("reading a fact of kind %q: %w", kind, err)
	}
	return f, nil
}

package screening

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"guichet/engine/profile"
)

// NDJSON is the [Form] of households that are JSON objects, one a line.
type NDJSON struct{}

// Decode decodes the object.
func (NDJSON) Decode(text []byte) (*profile.Profile, error) { return profile.Decode(text) }

// maxID is the longest identifier that a profile may have, in characters.
const maxID = 64

// ID looks at the members of the outermost object up to the first fault: the text may be wrong or cut short anywhere.
func (NDJSON) ID(text []byte) string {
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return ""
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return ""
		}
		if name == "id" {
			var id string
			if d.Decode(&id) != nil || utf8.RuneCountInString(id) > maxID {
				return ""
			}
			return id
		}
		var passed json.RawMessage
		if d.Decode(&passed) != nil {
			return ""
		}
	}
	return ""
}

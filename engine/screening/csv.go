package screening

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"guichet/engine/profile"
)

// A Table is the [Form] of households that are rows of a CSV, one a line: a quoted cell cannot hold the end of a line, so
// that a quotation mark left open spoils one household and not the rest of the file.
type Table struct {
	columns *profile.Columns
	comma   rune
	id      int // the column of the identifier; -1 when there is none
}

// A HeaderError says why the first line of a CSV is no header.
type HeaderError struct{ Err error }

// Error says what is wrong with it.
func (e *HeaderError) Error() string { return fmt.Sprintf("the header of the input: %v", e.Err) }

// Unwrap gives what is wrong with it.
func (e *HeaderError) Unwrap() error { return e.Err }

// ReadHeader takes the first line of in as the header of a CSV: paths of the profile, as [profile.NewColumns] reads them,
// between commas, semicolons or tabs. The error is a [HeaderError] or a [ReadError].
func ReadHeader(in *Input) (*Table, error) {
	l, err := in.Next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, &HeaderError{errors.New("it is missing: a CSV begins with a line of profile paths")}
	case err != nil:
		return nil, &ReadError{err}
	}
	t := &Table{comma: separator(l.Text)}
	header, err := t.split(l.Text)
	if err == nil {
		t.columns, err = profile.NewColumns(header)
	}
	if err != nil {
		return nil, &HeaderError{err}
	}
	t.id = slices.Index(header, "id")
	return t, nil
}

// separator gives what stands most often between the names of a header: spreadsheets differ by country.
func separator(header []byte) rune {
	best, most := ',', 0
	for _, c := range ",;\t" {
		if n := bytes.Count(header, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

var badRow = &profile.Error{Problems: []profile.Problem{{
	Path: "profil", Rule: "la ligne n'est pas du CSV", Remedy: "fermez chaque guillemet sur la même ligne, et doublez-le à l'intérieur d'une cellule",
}}}

func (t *Table) split(text []byte) ([]string, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = t.comma
	row, err := r.Read()
	if err != nil {
		return nil, badRow // the library's own words could repeat the row
	}
	return row, nil
}

// Decode makes the profile of one row.
func (t *Table) Decode(text []byte) (*profile.Profile, error) {
	row, err := t.split(text)
	if err != nil {
		return nil, err
	}
	return t.columns.Profile(row)
}

// ID gives the cell of the identifier, if the row can be split.
func (t *Table) ID(text []byte) string {
	row, err := t.split(text)
	if err != nil || t.id < 0 || t.id >= len(row) || utf8.RuneCountInString(row[t.id]) > maxID {
		return ""
	}
	return row[t.id]
}

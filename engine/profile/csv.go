package profile

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"guichet/engine/fact"
)

// Columns reads profiles from the rows of a table. A column is named by a dotted path of the profile:
// demandeur.revenus.salaire.net, enfants[0].naissance or enfants.0.naissance. An empty cell is an absent field; [] and {} are
// an empty list and an empty object, so that "no children" and "no income" can be said. Numbers have a decimal point,
// truths are true and false, and nothing else is guessed. A Columns is safe for concurrent use.
type Columns struct {
	root  column
	width int
}

// column is one field of the profile, of which a cell gives the value or further columns give the fields.
type column struct {
	name   string
	place  int // in a list, when name is empty
	cell   int // -1 when no cell gives the value
	list   bool
	text   bool
	fields []*column
}

// textFields are the fields that are texts, so that a cell of digits stays one.
var textFields = []string{"id", "date", "commune", "residence_commune_depuis", "couple", "isole_depuis", "naissance", "nationalite", "titre_sejour", "sejour_regulier_depuis", "activite", "scolarite", "statut", "regime", "pret", "pret_pour", "pret_signe_le"}

// NewColumns reads the header of a table. The error is an [*Error] that names the columns by their place.
func NewColumns(header []string) (*Columns, error) {
	c := &Columns{root: column{cell: -1}, width: len(header)}
	var ps problems
	for i, name := range header {
		if i == 0 {
			name = strings.TrimPrefix(name, "\ufeff") // spreadsheets begin their files with it
		}
		if !c.add(strings.TrimSpace(name), i) {
			ps.add("colonne "+strconv.Itoa(i+1), "le nom de la colonne est vide, répété ou illisible", "nommez chaque colonne une seule fois, par le chemin du champ : demandeur.naissance, enfants[0].naissance")
		}
	}
	return c, ps.err()
}

// add places the column of a path in the tree.
func (c *Columns) add(path string, cell int) bool {
	at := &c.root
	for segment := range strings.SplitSeq(strings.ReplaceAll(path, "[", ".["), ".") {
		place, isPlace := placeIn(at, segment)
		if segment == "" || isPlace && (place < 0 || place >= fact.MaxPeople) || !isPlace && at.list {
			return false
		}
		if isPlace {
			segment = ""
			at.list = true
		}
		i := slices.IndexFunc(at.fields, func(f *column) bool { return f.name == segment && f.place == place })
		if i < 0 {
			i = len(at.fields)
			at.fields = append(at.fields, &column{name: segment, place: place, cell: -1, text: slices.Contains(textFields, segment)})
			if isPlace {
				slices.SortFunc(at.fields, func(a, b *column) int { return cmp.Compare(a.place, b.place) })
				i = slices.IndexFunc(at.fields, func(f *column) bool { return f.place == place })
			}
		}
		at = at.fields[i]
	}
	if at.cell >= 0 {
		return false
	}
	at.cell = cell
	return true
}

// placeIn reads a segment as a place in a list: in brackets, or bare digits right under enfants. A place that cannot be
// is -1.
func placeIn(at *column, segment string) (int, bool) {
	inner, bracket := strings.CutPrefix(segment, "[")
	if bracket {
		var closed bool
		if inner, closed = strings.CutSuffix(inner, "]"); !closed {
			return -1, true
		}
	}
	n, ok := digits(inner)
	switch {
	case ok && inner != "" && len(inner) <= 2 && at.name == "enfants":
		return n, bracket || at.list || len(at.fields) == 0
	case bracket:
		return -1, true
	}
	return 0, false
}

// JSON gives the profile of a row as JSON, not yet checked. The error is an [*Error].
func (c *Columns) JSON(row []string) ([]byte, error) {
	var ps problems
	if len(row) > c.width {
		ps.add(whole, "la ligne a plus de cellules que l'en-tête n'a de colonnes", "donnez une cellule par colonne")
		return nil, ps.err()
	}
	w := rowWriter{writer: writer{make([]byte, 0, 512)}, row: row}
	if !w.value(&c.root, "") {
		w.b = append(w.b, "{}"...)
	}
	if err := w.err(); err != nil {
		return nil, err
	}
	return w.b, nil
}

// Profile decodes the profile of a row. The error is an [*Error].
func (c *Columns) Profile(row []string) (*Profile, error) {
	data, err := c.JSON(row)
	if err != nil {
		return nil, err
	}
	return Decode(data)
}

// FromCSV decodes the profile of one row under its header; [NewColumns] reads the header once for many rows.
func FromCSV(header, row []string) (*Profile, error) {
	c, err := NewColumns(header)
	if err != nil {
		return nil, err
	}
	return c.Profile(row)
}

// rowWriter writes the cells of one row as JSON.
type rowWriter struct {
	writer
	problems
	row []string
}

// value writes the value of a column whose path is path, or nothing when all its cells are empty, and says which.
func (w *rowWriter) value(c *column, path string) bool {
	cell := w.cell(c)
	start := len(w.b)
	opening, closing := byte('{'), byte('}')
	if c.list {
		opening, closing = '[', ']'
	}
	w.b = append(w.b, opening)
	written := 0
	for _, f := range c.fields {
		before := len(w.b)
		var at string
		if c.list {
			at = path + "[" + strconv.Itoa(f.place) + "]"
			if written > 0 {
				w.b = append(w.b, ',')
			}
		} else {
			at = strings.TrimPrefix(path+"."+f.name, ".")
			w.key(f.name)
		}
		if !w.value(f, at) {
			w.b = w.b[:before]
			continue
		}
		if c.list && f.place != written {
			w.add(at, "un enfant vide précède celui-ci", "remplissez les colonnes des enfants dans l'ordre, sans trou")
		}
		written++
	}
	if written > 0 {
		w.b = append(w.b, closing)
		if cell != "" {
			w.add(path, "deux colonnes donnent ce champ", "remplissez la colonne du champ, ou celles de ses parties")
		}
		return true
	}
	w.b = w.b[:start]
	if cell == "" {
		return false
	}
	if c.text || !literal(cell) {
		w.b = appendText(w.b, cell)
	} else {
		w.b = append(w.b, cell...)
	}
	return true
}

// cell gives the text of a column's own cell; what is not UTF-8 stays so, for the decoder to refuse.
func (w *rowWriter) cell(c *column) string {
	if c.cell < 0 || c.cell >= len(w.row) {
		return ""
	}
	cell := strings.TrimSpace(w.row[c.cell])
	if !utf8.ValidString(cell) {
		w.add(whole, "le texte n'est pas en UTF-8", "enregistrez le tableau en UTF-8")
		return ""
	}
	return cell
}

// literal says whether a cell is JSON as it stands: an empty list or object, true, false, null or a number.
func literal(cell string) bool {
	switch cell {
	case "[]", "{}", "true", "false", "null":
		return true
	}
	if c := cell[0]; c != '-' && (c < '0' || c > '9') {
		return false
	}
	s := scanner{data: []byte(cell)}
	s.readNumber()
	return !s.broken && s.pos == len(cell)
}

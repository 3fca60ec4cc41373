package indicators

import "encoding/json"

// keptTable is a table as a publication keeps it.
type keptTable struct {
	Measure  Measure    `json:"mesure"`
	Rows     Dimension  `json:"lignes,omitempty"`
	Cols     Dimension  `json:"colonnes,omitempty"`
	RowNames []string   `json:"noms_lignes,omitempty"`
	ColNames []string   `json:"noms_colonnes,omitempty"`
	Cells    []keptCell `json:"cases"`
}

type keptCell struct {
	Row    string `json:"l,omitempty"`
	Col    string `json:"c,omitempty"`
	Count  int    `json:"n,omitempty"`
	Hidden bool   `json:"masque,omitempty"`
}

// MarshalJSON keeps what the table shows: a hidden count is not in it.
func (t Table) MarshalJSON() ([]byte, error) {
	out := keptTable{Measure: t.Measure, Rows: t.Rows, Cols: t.Cols, RowNames: t.RowNames, ColNames: t.ColNames}
	for _, row := range append([]string{""}, t.RowNames...) {
		for _, col := range append([]string{""}, t.ColNames...) {
			c := t.At(row, col)
			out.Cells = append(out.Cells, keptCell{Row: row, Col: col, Count: c.Count, Hidden: c.Hidden})
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what [Table.MarshalJSON] wrote.
func (t *Table) UnmarshalJSON(text []byte) error {
	var in keptTable
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	*t = Table{Measure: in.Measure, Rows: in.Rows, Cols: in.Cols, RowNames: in.RowNames, ColNames: in.ColNames, cells: map[[2]string]Cell{}}
	for _, c := range in.Cells {
		t.cells[[2]string{c.Row, c.Col}] = Cell{Count: c.Count, Hidden: c.Hidden}
	}
	return nil
}

package desk

import (
	"encoding/csv"
	"strconv"
	"strings"

	"guichet/takeup"
	"guichet/takeup/indicators"
)

// figuresCSV answers GET /accueil/indicateurs.csv: the figures of the page, one count a line.
func (v *visit) figuresCSV() {
	year, ok := v.year()
	if !ok {
		v.missing()
		return
	}
	r, err := indicators.Within(v.keep.Cases.Lines(v.ctx(), v.who.CCAS), year, takeup.DayOf(v.at))
	if err != nil {
		v.broken(err)
		return
	}
	v.writeCSV(r, "indicateurs-"+strconv.Itoa(year)+".csv")
}

// publicationCSV answers GET /accueil/indicateurs/rapports/{annee}.csv.
func (v *visit) publicationCSV() {
	if p, ok := v.published(); ok {
		v.writeCSV(p.Report, "rapport-"+strconv.Itoa(p.Year)+".csv")
	}
}

// writeCSV writes a report as spreadsheets in French read it: semicolons, and a mark of UTF-8 first.
func (v *visit) writeCSV(r indicators.Report, name string) {
	h := v.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-store")
	_, _ = v.w.Write([]byte("\ufeff"))
	w := csv.NewWriter(v.w)
	w.Comma = ';'
	line := func(cells ...string) {
		for i := range cells {
			cells[i] = inert(cells[i])
		}
		_ = w.Write(cells) // the browser has gone: nobody to tell
	}
	words := func(key string) string { return v.L.T("indicateurs.csv." + key) }
	line(words("mesure"), words("dimension"), words("valeur"), words("dimension_2"), words("valeur_2"), words("nombre"))
	for _, t := range r.Tables {
		measure := v.L.T("indicateurs.mesure." + string(t.Measure))
		rows, cols := t.RowNames, t.ColNames
		if t.Rows == indicators.None {
			rows = []string{""}
		}
		if t.Cols == indicators.None {
			cols = []string{""}
		}
		for _, row := range rows {
			for _, col := range cols {
				line(measure, v.dimension(t.Rows), v.cellName(t.Measure, t.Rows, row), v.dimension(t.Cols), v.cellName(t.Measure, t.Cols, col), v.plain(t.At(row, col)))
			}
		}
	}
	for _, m := range r.Money {
		amount := strings.Replace(strconv.FormatFloat(float64(m.Sum)/100, 'f', 2, 64), ".", ",", 1)
		if m.Hidden {
			amount = v.L.T("indicateurs.masque")
		}
		line(v.L.T("indicateurs.euros."+string(m.Kind)), v.dimension(indicators.ByAid), v.cellName("", indicators.ByAid, m.Aid), words("periode"), v.L.T("mot.periode."+string(m.Per)), amount)
	}
	w.Flush()
}

// plain is a count as a spreadsheet adds it.
func (v *visit) plain(c indicators.Cell) string {
	if c.Hidden {
		return v.L.T("indicateurs.masque")
	}
	return strconv.Itoa(c.Count)
}

func (v *visit) dimension(d indicators.Dimension) string {
	if d == indicators.None {
		return ""
	}
	return v.L.T("indicateurs.dimension." + string(d))
}

func (v *visit) cellName(m indicators.Measure, d indicators.Dimension, name string) string {
	if d == indicators.None || name == "" {
		return ""
	}
	return v.value(m, d, name)
}

// inert keeps a spreadsheet from taking a cell for a formula: the name of a local aid is anyone's.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

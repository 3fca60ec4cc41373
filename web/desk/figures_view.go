package desk

import (
	"slices"
	"strconv"
	"strings"

	"guichet/takeup"
	"guichet/takeup/indicators"
)

// A figureTable is a table of counts, with a total when there is one.
type figureTable struct {
	ID, Name  string
	Head      []string
	Rows      []figureRow
	Total     []string
	TotalName string
	names     []string // of the rows, as the report has them
}

// figureRow is one line of a table.
type figureRow struct {
	Name  string
	Cells []string
}

// The measures of a row, in the order of its columns.
var (
	ofPersons = []indicators.Measure{indicators.Received, indicators.Assisted, indicators.Simulated, indicators.Likely}
	ofRights  = []indicators.Measure{
		indicators.Found, indicators.Filed, indicators.Opened, indicators.Refused, indicators.Abandoned, indicators.Lapsed,
	}
	ofOutcomes = []indicators.Measure{indicators.Elapsed, indicators.OpenedIn90, indicators.DroppedOut}
)

// fill puts a report into words.
func (v *visit) fill(page *figuresPage, r indicators.Report) {
	page.Empty = !slices.ContainsFunc(indicators.Measures(), func(m indicators.Measure) bool { return r.Total(m) != indicators.Cell{} })
	page.Summary = v.summary(r)
	page.Rates = v.rates(r)
	page.Delays = v.delays(r)
	page.Money = v.money(r)
	time := indicators.ByMonth
	if r.Rounded {
		time = indicators.ByQuarter
	}
	page.Drawn = []drawnTable{
		{v.funnel(r), v.table("droits", r, ofRights, indicators.ByAid)},
		{v.single(r, "types", indicators.Found, indicators.ByType), v.table("droits", r, ofRights, indicators.ByType)},
	}
	for _, m := range []indicators.Measure{indicators.Refused, indicators.Abandoned} {
		page.Drawn = append(page.Drawn, drawnTable{v.single(r, string(m), m, indicators.ByEnd), v.table(string(m), r, []indicators.Measure{m}, indicators.ByEnd)})
	}
	page.Drawn = slices.DeleteFunc(page.Drawn, func(d drawnTable) bool { return len(d.Table.Rows) == 0 })
	for _, d := range []indicators.Dimension{indicators.ByReason, indicators.ByChannel, indicators.ByLanguage, time} {
		page.Tables = append(page.Tables, v.table("droits", r, ofRights, d))
	}
	for _, d := range []indicators.Dimension{indicators.ByAid, indicators.ByType, indicators.ByReason, indicators.ByChannel, indicators.ByLanguage, time} {
		page.Tables = append(page.Tables, v.became(r, d))
	}
	for _, d := range []indicators.Dimension{indicators.ByChannel, indicators.ByLanguage, time} {
		page.Tables = append(page.Tables, v.table("personnes", r, ofPersons, d))
	}
	page.Tables = slices.DeleteFunc(page.Tables, func(t figureTable) bool { return len(t.Rows) == 0 })
}

// count says a count, or that it is hidden.
func (v *visit) count(c indicators.Cell) string {
	if c.Hidden {
		return v.L.T("indicateurs.masque")
	}
	return v.L.Number(float64(c.Count))
}

func (v *visit) rate(r indicators.Rate) string {
	switch {
	case r.Hidden:
		return v.L.T("indicateurs.masque")
	case r.None:
		return "–"
	}
	return v.L.Percent(float64(r.Percent) / 100)
}

func (v *visit) summary(r indicators.Report) []keyFigure {
	say := func(key, value, more string) keyFigure {
		return keyFigure{v.L.T("indicateurs.cle." + key), value, more}
	}
	conversion := v.rate(r.Rate(indicators.OpenedIn90, indicators.Elapsed, indicators.None, ""))
	dropped := v.rate(r.Rate(indicators.DroppedOut, indicators.Elapsed, indicators.None, ""))
	return []keyFigure{
		say("recus", v.count(r.Total(indicators.Received)), v.L.T("indicateurs.cle.dont_simules", "Nombre", v.count(r.Total(indicators.Simulated)))),
		say("avec_droit", v.count(r.Total(indicators.Likely)), v.L.T("indicateurs.cle.sur_recus", "Part", v.rate(r.Rate(indicators.Likely, indicators.Received, indicators.None, "")))),
		say("ouverts", v.count(r.Total(indicators.Opened)), v.L.T("indicateurs.cle.sur_reperes", "Nombre", v.count(r.Total(indicators.Found)))),
		say("ouverts_90", conversion, v.L.T("indicateurs.cle.repere_national", "Part", v.L.Percent(indicators.ConversionBenchmark/100.0))),
		say("quittes", dropped, v.L.T("indicateurs.cle.repere_national", "Part", v.L.Percent(indicators.DropOutBenchmark/100.0))),
		say("euros", v.sum(r, indicators.Declared, ""), v.L.T("indicateurs.cle.estime", "Montant", v.sum(r, indicators.Estimated, ""))),
	}
}

// sum says what is paid by the month, of all aids or of one.
func (v *visit) sum(r indicators.Report, kind indicators.Kind, aid string) string {
	for _, m := range r.Money {
		if m.Kind == kind && m.Per == takeup.PerMonth && m.Aid == aid {
			return v.euros(m)
		}
	}
	return v.L.Money(0)
}

func (v *visit) euros(m indicators.Money) string {
	if m.Hidden {
		return v.L.T("indicateurs.masque")
	}
	return v.L.Money(float64(m.Sum) / 100)
}

func (v *visit) delays(r indicators.Report) []delayRow {
	var out []delayRow
	for _, m := range r.Medians {
		row := delayRow{Name: v.L.T("indicateurs.delai." + string(m.Delay)), Value: v.L.T("indicateurs.masque")}
		if !m.Hidden {
			row.Value = v.L.N("indicateurs.jours", m.Days)
		}
		if m.Delay == indicators.FoundToFiled {
			row.Aim = v.L.T("indicateurs.but", "Jours", v.L.N("indicateurs.jours", takeup.FileWithin))
		}
		out = append(out, row)
	}
	return out
}

// money is the table of euros: what was declared is never added to what was estimated.
func (v *visit) money(r indicators.Report) figureTable {
	t := figureTable{ID: "euros", Name: v.L.T("indicateurs.euros.titre"), Head: []string{v.L.T("indicateurs.euros.aide"), v.L.T("indicateurs.euros.periode"), v.L.T("indicateurs.euros.estime"), v.L.T("indicateurs.euros.declare")}}
	type place struct {
		aid string
		per takeup.Period
	}
	sums := map[place]map[indicators.Kind]string{}
	var order []place
	for _, m := range r.Money {
		at := place{m.Aid, m.Per}
		if sums[at] == nil {
			sums[at] = map[indicators.Kind]string{}
			order = append(order, at)
		}
		sums[at][m.Kind] = v.euros(m)
	}
	slices.SortStableFunc(order, func(a, b place) int { // all aids come last
		return map[bool]int{true: 1}[a.aid == ""] - map[bool]int{true: 1}[b.aid == ""]
	})
	for _, at := range order {
		name := v.L.T("indicateurs.toutes")
		if at.aid != "" {
			name = v.aidCalled(at.aid)
		}
		row := figureRow{Name: name, Cells: []string{v.L.T("mot.periode." + string(at.per))}}
		for _, kind := range []indicators.Kind{indicators.Estimated, indicators.Declared} {
			text, ok := sums[at][kind]
			if !ok {
				text = v.L.Money(0)
			}
			row.Cells = append(row.Cells, text)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// table breaks measures down by one dimension.
func (v *visit) table(of string, r indicators.Report, measures []indicators.Measure, d indicators.Dimension) figureTable {
	t := figureTable{
		ID:   of + "-" + string(d),
		Name: v.L.T("indicateurs.table."+of) + " " + v.L.T("indicateurs.par."+string(d)),
		Head: []string{v.L.T("indicateurs.dimension." + string(d))}, TotalName: v.L.T("indicateurs.total"),
	}
	var names []string
	for _, m := range measures {
		t.Head = append(t.Head, v.L.T("indicateurs.mesure."+string(m)))
		for _, name := range r.Table(m, d, indicators.None).RowNames {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		t.Total = append(t.Total, v.count(r.Total(m)))
	}
	slices.Sort(names)
	t.names = names
	for _, name := range names {
		row := figureRow{Name: v.value(measures[0], d, name)}
		for _, m := range measures {
			row.Cells = append(row.Cells, v.count(r.Table(m, d, indicators.None).At(name, "")))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// became is what became of the rights found ninety days ago and more, by one dimension, with the shares that are compared.
func (v *visit) became(r indicators.Report, d indicators.Dimension) figureTable {
	t := v.table("devenir", r, ofOutcomes, d)
	t.Head = append(t.Head, v.L.T("indicateurs.part.ouverts"), v.L.T("indicateurs.part.quittes"))
	shares := func(d indicators.Dimension, name string) []string {
		return []string{v.rate(r.Rate(indicators.OpenedIn90, indicators.Elapsed, d, name)), v.rate(r.Rate(indicators.DroppedOut, indicators.Elapsed, d, name))}
	}
	for i, name := range t.names {
		t.Rows[i].Cells = append(t.Rows[i].Cells, shares(d, name)...)
	}
	t.Total = append(t.Total, shares(indicators.None, "")...)
	return t
}

// value says one value of a dimension in words; why it ended is said for a measure.
func (v *visit) value(m indicators.Measure, d indicators.Dimension, name string) string {
	if name == indicators.Unsaid {
		return v.L.T("mot.motif.non_dit")
	}
	switch d {
	case indicators.ByAid:
		return v.aidCalled(name)
	case indicators.ByType:
		return v.L.T("mot.type." + name)
	case indicators.ByReason:
		return v.L.T("mot.motif." + name)
	case indicators.ByEnd:
		if m == indicators.Refused {
			return v.L.T("mot.refus." + name)
		}
		return v.L.T("mot.abandon." + name)
	case indicators.ByChannel:
		return v.L.T("mot.canal." + name)
	case indicators.ByLanguage:
		return v.languageName(takeup.Language(name))
	case indicators.ByMonth:
		if m, err := takeup.ReadMonth(name); err == nil {
			return v.month(m)
		}
	case indicators.ByQuarter:
		if year, quarter, ok := strings.Cut(name, "-T"); ok {
			return v.L.T("indicateurs.trimestre_de."+quarter, "Annee", year)
		}
	}
	return name
}

// percent gives a position in a drawing.
func percent(part float64) string { return strconv.FormatFloat(part, 'f', 1, 64) + "%" }

package desk

import (
	"slices"
	"strconv"
	"strings"

	"guichet/takeup/indicators"
)

// A barChart is drawn with lengths in percent, so that its words keep their size on a phone. Its figures stand in a table too.
type barChart struct {
	ID, Title, Label string // Label says what is drawn to those who do not see it
	Height           int
	Groups           []barGroup
	Key              []barKey // what the classes mean; none when there is one
}

type barGroup struct {
	Y    int // of its name
	Name string
	Hint string
	Bars []bar
}

type bar struct {
	Class      string
	Y, TextY   int
	Width, At  string // At is where the figure begins
	Value      string
	Hidden     bool
	HiddenText string
}

type barKey struct{ Class, Words string }

// Sizes of the drawing, in pixels.
const (
	barStep   = 18 // from one bar to the next
	barHeight = 14
	nameSpace = 22 // from a name to its first bar
	groupGap  = 18
	longest   = 88.0 // percent: the rest is for the figure
)

// bars lays out groups of counts.
func (v *visit) bars(id, title, label string, classes []string, groups []barGroup, counts [][]indicators.Cell) *barChart {
	most := 0
	for _, cells := range counts {
		for _, c := range cells {
			most = max(most, c.Count)
		}
	}
	if most == 0 {
		return nil
	}
	chart := &barChart{ID: id, Title: title, Label: label}
	y := barHeight
	for i, g := range groups {
		g.Y = y
		for j, c := range counts[i] {
			b := bar{Class: classes[j], Y: y + nameSpace - barHeight + j*barStep, Value: v.count(c), Hidden: c.Hidden, Width: "0%", At: "0"}
			b.TextY = b.Y + barHeight - 2
			if !c.Hidden {
				width := longest * float64(c.Count) / float64(most)
				b.Width, b.At = percent(width), percent(width+1)
			}
			g.Bars = append(g.Bars, b)
		}
		y += nameSpace - barHeight + len(counts[i])*barStep + groupGap + barHeight - 4
		chart.Groups = append(chart.Groups, g)
	}
	chart.Height = y - groupGap - barHeight + 6 // below the last bar
	return chart
}

// funnel draws how far the rights of each aid came.
func (v *visit) funnel(r indicators.Report) *barChart {
	measures := []indicators.Measure{indicators.Found, indicators.Filed, indicators.Opened}
	var groups []barGroup
	var counts [][]indicators.Cell
	for _, aid := range r.Table(indicators.Found, indicators.ByAid, indicators.None).RowNames {
		groups = append(groups, barGroup{Name: v.aidCalled(aid)})
		var cells []indicators.Cell
		for _, m := range measures {
			cells = append(cells, r.Table(m, indicators.ByAid, indicators.None).At(aid, ""))
		}
		counts = append(counts, cells)
	}
	classes := []string{"f2", "f1", "f3"}
	chart := v.bars("parcours", v.L.T("indicateurs.parcours.titre"), v.L.T("indicateurs.parcours.lecture"), classes, groups, counts)
	if chart != nil {
		for i, m := range measures {
			chart.Key = append(chart.Key, barKey{classes[i], v.L.T("indicateurs.mesure." + string(m))})
		}
	}
	return chart
}

// single draws one measure by one dimension, the most first.
func (v *visit) single(r indicators.Report, id string, m indicators.Measure, d indicators.Dimension) *barChart {
	t := r.Table(m, d, indicators.None)
	names := slices.Clone(t.RowNames)
	slices.SortStableFunc(names, func(a, b string) int { return t.At(b, "").Count - t.At(a, "").Count })
	var groups []barGroup
	var counts [][]indicators.Cell
	for _, name := range names {
		g := barGroup{Name: v.value(m, d, name)}
		if d == indicators.ByType && name != indicators.Unsaid {
			g.Hint = v.L.T("mot.type_aide." + name)
		}
		groups = append(groups, g)
		counts = append(counts, []indicators.Cell{t.At(name, "")})
	}
	return v.bars(id, v.L.T("indicateurs."+id+".titre"), v.L.T("indicateurs."+id+".lecture"), []string{"f1"}, groups, counts)
}

// A rateChart is the share of rights opened within ninety days, month by month, beside what was measured in the country.
type rateChart struct {
	Mark      string // height of the benchmark, in percent from the top
	MarkText  string
	Lines     []string // points of each stretch of months that are shown
	Labels    []rateLabel
	Last      string // the last share that is shown
	LastY     string
	Rows      []figureRow
	Head      []string
	HasPoints bool
}

type rateLabel struct{ At, Anchor, Words string }

// topRate is the share at the top of the drawing, in percent.
const topRate = 100.0

func (v *visit) rates(r indicators.Report) *rateChart {
	dimension := indicators.ByMonth
	if r.Rounded {
		dimension = indicators.ByQuarter
	}
	names := r.Table(indicators.Elapsed, dimension, indicators.None).RowNames
	if len(names) < 2 {
		return nil
	}
	chart := &rateChart{
		Mark: percent(topRate - indicators.ConversionBenchmark), MarkText: v.L.T("indicateurs.cle.repere_national", "Part", v.L.Percent(indicators.ConversionBenchmark/100.0)),
		Head: []string{v.L.T("indicateurs.dimension." + string(dimension)), v.L.T("indicateurs.cle.ouverts_90")},
	}
	var stretch []string
	end := func() {
		if len(stretch) > 0 {
			chart.Lines = append(chart.Lines, strings.Join(stretch, " "))
		}
		stretch = nil
	}
	for i, name := range names {
		rate := r.Rate(indicators.OpenedIn90, indicators.Elapsed, dimension, name)
		chart.Rows = append(chart.Rows, figureRow{v.value(indicators.Elapsed, dimension, name), []string{v.rate(rate)}})
		x := 100 * float64(i) / float64(len(names)-1)
		if i == 0 || i == len(names)-1 {
			anchor := map[bool]string{true: "start", false: "end"}[i == 0]
			chart.Labels = append(chart.Labels, rateLabel{strconv.FormatFloat(x, 'f', 1, 64) + "%", anchor, v.value(indicators.Elapsed, dimension, name)})
		}
		if rate.Hidden || rate.None {
			end()
			continue
		}
		y := topRate - float64(rate.Percent)
		stretch = append(stretch, strconv.FormatFloat(x, 'f', 1, 64)+","+strconv.FormatFloat(y, 'f', 1, 64))
		chart.Last, chart.LastY, chart.HasPoints = v.rate(rate), percent(y), true
	}
	end()
	if !chart.HasPoints {
		return nil
	}
	return chart
}

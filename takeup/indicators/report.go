package indicators

import (
	"errors"
	"iter"
	"math"
	"slices"

	"guichet/takeup"
)

// The smallest counts that are shown.
const (
	Public = 11 // to whom it may concern
	Inside = 5  // to those who run the CCAS
)

// A Report is what is shown of a period. Nothing in it gives back what it hides.
type Report struct {
	From, To  takeup.Month
	Threshold int      // counts from 1 to below it are hidden, and what would give them back
	Rounded   bool     // counts to 5, sums of money to 100 EUR
	Tables    []Table  // of every measure: alone, by one dimension, or by two
	Medians   []Median // in the order of [Delays]
	Money     []Money  // what was declared and what was estimated, never added to one another
}

// A Table is one measure, broken down by two dimensions at most.
type Table struct {
	Measure    Measure
	Rows, Cols Dimension // [None] when it is not broken down
	RowNames   []string
	ColNames   []string
	cells      map[[2]string]Cell
}

// A Cell is a count, or a count that is not shown.
type Cell struct {
	Count  int
	Hidden bool
}

// At gives the cell of a row and a column; an empty name is their total.
func (t Table) At(row, col string) Cell { return t.cells[[2]string{row, col}] }

// Table gives the table of a measure; an empty one when nothing of it was counted, or nobody may see it so.
func (r Report) Table(m Measure, rows, cols Dimension) Table {
	i := slices.IndexFunc(r.Tables, func(t Table) bool { return t.Measure == m && t.Rows == rows && t.Cols == cols })
	if i < 0 {
		return Table{Measure: m, Rows: rows, Cols: cols}
	}
	return r.Tables[i]
}

// Total gives the count of all of a measure.
func (r Report) Total(m Measure) Cell { return r.Table(m, None, None).At("", "") }

// A Rate is a share in percent, or one that is not shown because a count is hidden, or none because there is nothing to divide.
type Rate struct {
	Percent int
	Hidden  bool
	None    bool
}

// Rate gives the share of one measure in another, in one row of a dimension or, of [None] and an empty row, in all. It is worked out
// from what the report shows.
func (r Report) Rate(part, whole Measure, d Dimension, row string) Rate {
	p, w := r.Table(part, d, None).At(row, ""), r.Table(whole, d, None).At(row, "")
	switch {
	case p.Hidden || w.Hidden:
		return Rate{Hidden: true}
	case w.Count == 0:
		return Rate{None: true}
	}
	return Rate{Percent: min(100, int(math.Round(100*float64(p.Count)/float64(w.Count))))}
}

// A Delay is a time between two things that happen to a right.
type Delay string

// The delays.
const (
	FoundToFiled  Delay = "repere_depose"
	FiledToOpened Delay = "depose_ouvert"
	FoundToOpened Delay = "repere_ouvert"
)

// Delays gives the delays in the order of a page.
func Delays() []Delay { return []Delay{FoundToFiled, FiledToOpened, FoundToOpened} }

// A Median is the median of a delay, in days; hidden when it is of too few.
type Median struct {
	Delay  Delay
	Days   int
	Hidden bool
}

// A Kind is where an amount comes from.
type Kind string

// The kinds.
const (
	Declared  Kind = "declare" // of rights opened, by the body's letter or the person's word
	Estimated Kind = "estime"  // of rights found, by the rules
)

// Money is a sum of amounts of one kind, paid for one period.
type Money struct {
	Kind   Kind
	Per    takeup.Period
	Aid    string // empty for all
	Sum    takeup.Cents
	Hidden bool
}

// dominance is the share, in percent, above which one amount tells too much of itself in a sum (Insee's rule).
const dominance = 85

// Within gives the report of a year, under way or over, for those who run the CCAS. Its months stand within it, protected together: no two
// years hold the same month, so that none is taken from another. What a year under way shows on two days is not protected: who looks at
// it each day sees what each day adds. It is not to be published.
func Within(lines iter.Seq2[Line, error], year int, today takeup.Day) (Report, error) {
	t, err := count(lines, takeup.MonthOf(year, 1), takeup.MonthOf(year, 12), today, func(m Measure) [][2]Dimension {
		return breakdowns(m, ByMonth, [2]Dimension{ByType, ByReason})
	})
	if err != nil {
		return Report{}, err
	}
	return t.report(Inside, false), nil
}

// breakdowns gives what a measure is broken down by: by all that its lines say, by the time, and by some of it together. A language hints at
// an origin: it is crossed with nothing.
func breakdowns(m Measure, time Dimension, crossed ...[2]Dimension) [][2]Dimension {
	by := [][2]Dimension{{ByChannel}, {ByLanguage}, {time}}
	if m.OfPersons() {
		return by
	}
	by = append(by, [2]Dimension{ByAid}, [2]Dimension{ByType}, [2]Dimension{ByReason})
	switch m {
	case Elapsed, OpenedIn90, DroppedOut:
		return by
	case Refused, Abandoned:
		by = append(by, [2]Dimension{ByEnd}, [2]Dimension{ByAid, ByEnd})
	}
	return append(append(by, [2]Dimension{ByAid, ByType}, [2]Dimension{ByAid, time}), crossed...)
}

// ErrTooEarly is that a year is published once it is over and ninety days have shown what became of its rights.
var ErrTooEarly = errors.New("a year is published from ninety days after its end")

// PublishedFrom gives the first day on which a year can be published.
func PublishedFrom(year int) takeup.Day { return takeup.MonthOf(year, 12).Last() + within + 1 }

// Publish gives the report of a year that anyone may read. Years are all that is published, whole, and their quarters only within them,
// protected together: no two publications ever hold the same day, so that none can be taken from another. A year is published once; the
// report is kept, and not made again after cases were corrected.
func Publish(lines iter.Seq2[Line, error], year int, today takeup.Day) (Report, error) {
	from, to := takeup.MonthOf(year, 1), takeup.MonthOf(year, 12)
	if today < PublishedFrom(year) {
		return Report{}, ErrTooEarly
	}
	t, err := count(lines, from, to, today, func(m Measure) [][2]Dimension { return breakdowns(m, ByQuarter) })
	if err != nil {
		return Report{}, err
	}
	return t.report(Public, true), nil
}

// report hides what must be, and writes the rest down.
func (t *tally) report(k int, rounded bool) Report {
	hidden := t.hide(k)
	out := Report{From: t.from, To: t.to, Threshold: k, Rounded: rounded}
	for _, m := range Measures() {
		for _, by := range append([][2]Dimension{{}}, t.breaks(m)...) {
			out.Tables = append(out.Tables, t.table(m, by, hidden, rounded))
		}
	}
	for _, d := range Delays() {
		days, n := median(t.delays[d])
		if n < k {
			out.Medians = append(out.Medians, Median{Delay: d, Hidden: true})
			continue
		}
		out.Medians = append(out.Medians, Median{Delay: d, Days: days})
	}
	out.Money = t.money(k, rounded, hidden)
	return out
}

func (t *tally) table(m Measure, by [2]Dimension, hidden map[key]bool, rounded bool) Table {
	table := Table{
		Measure: m, Rows: by[0], Cols: by[1], RowNames: t.values(m, by[0]), ColNames: t.values(m, by[1]),
		cells: map[[2]string]Cell{},
	}
	for _, row := range append([]string{""}, table.RowNames...) {
		for _, col := range append([]string{""}, table.ColNames...) {
			k := key{measure: m, rows: by[0], cols: by[1], row: row, col: col}
			if row == "" {
				k.rows, k.row, k.cols, k.col = k.cols, k.col, None, ""
			}
			if col == "" {
				k.cols = None
			}
			if k.row == "" {
				k.rows = None
			}
			c := Cell{Count: t.counts[k], Hidden: hidden[k]}
			if c.Hidden {
				c.Count = 0
			} else if rounded {
				c.Count = (c.Count + 2) / 5 * 5
			}
			table.cells[[2]string{row, col}] = c
		}
	}
	return table
}

package indicators_test

import (
	"fmt"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/takeup"
	"guichet/takeup/indicators"
)

// many gives lines of a right, n times.
func many(n int, r indicators.Right) (out []indicators.Line) {
	if r.Channel == "" {
		r.Channel, r.Language = takeup.WalkIn, "fr"
	}
	for range n {
		one := r
		out = append(out, indicators.Line{Right: &one})
	}
	return out
}

func within(t *testing.T, lines ...[]indicators.Line) indicators.Report {
	t.Helper()
	var list []indicators.Line
	for _, l := range lines {
		list = append(list, l...)
	}
	r, err := indicators.Within(all(list), 2026, later)
	require.NoError(t, err)
	return r
}

func shown(n int) indicators.Cell { return indicators.Cell{Count: n} }

var hidden = indicators.Cell{Hidden: true}

// Each measure counts in the month in which it happened.
func TestMonths(t *testing.T) {
	r := within(t, many(6, indicators.Right{
		Aid: "rsa", Found: october - 10, Filed: october - 9, Opened: october + 2, Refused: october + 1, Abandoned: october + 3, Lapsed: october,
	}))
	for m, want := range map[indicators.Measure]int{
		indicators.Found: 0, indicators.Filed: 6, indicators.Opened: 6, indicators.Refused: 6, indicators.Abandoned: 0, indicators.Lapsed: 6,
	} {
		require.Equal(t, shown(want), r.Total(m), m)
	}
	require.Equal(t, shown(6), r.Table(indicators.Opened, indicators.ByMonth, indicators.None).At("2026-12", ""))
	require.Equal(t, shown(6), r.Table(indicators.Opened, indicators.ByType, indicators.None).At(indicators.Unsaid, ""))
	require.Empty(t, r.Table(indicators.Opened, indicators.ByLanguage, indicators.ByAid).RowNames, "a language is crossed with nothing")
}

func TestPersons(t *testing.T) {
	var lines []indicators.Line
	for i := range 40 {
		lines = append(lines, indicators.Passing(october, tamil, i < 30, i < 20))
	}
	r := within(t, lines)
	require.Equal(t, shown(40), r.Total(indicators.Received))
	require.Equal(t, shown(30), r.Total(indicators.Simulated))
	require.Equal(t, shown(20), r.Total(indicators.Likely))
	require.Equal(t, shown(40), r.Total(indicators.Assisted))
	require.Equal(t, indicators.Rate{Percent: 50}, r.Rate(indicators.Likely, indicators.Received, indicators.None, ""))
	require.Equal(t, shown(40), r.Table(indicators.Received, indicators.ByLanguage, indicators.None).At("ta", ""))
}

// Refusals and abandonments say why.
func TestWhyItEnded(t *testing.T) {
	r := within(t,
		many(6, indicators.Right{Aid: "rsa", Refused: october, Why: takeup.RefusedDocuments, Abandoned: october + 1, Left: takeup.LeftDocuments}),
		many(7, indicators.Right{Aid: "rsa", Refused: october}),
	)
	refused := r.Table(indicators.Refused, indicators.ByEnd, indicators.None)
	require.Equal(t, shown(6), refused.At("pieces", ""))
	require.Equal(t, shown(7), refused.At(indicators.Unsaid, ""))
	require.Equal(t, shown(6), r.Table(indicators.Abandoned, indicators.ByAid, indicators.ByEnd).At("rsa", "pieces"))
	require.Empty(t, r.Table(indicators.Opened, indicators.ByEnd, indicators.None).RowNames)
}

// What is left of a whole is a count too: two persons without a simulation are not to be had by subtraction.
func TestTheRestIsHidden(t *testing.T) {
	var lines []indicators.Line
	for i := range 40 {
		lines = append(lines, indicators.Passing(october, tamil, i < 38, false))
	}
	r := within(t, lines)
	require.False(t, r.Total(indicators.Received) == shown(40) && r.Total(indicators.Simulated) == shown(38))
	require.Equal(t, indicators.Rate{Hidden: true}, r.Rate(indicators.Simulated, indicators.Received, indicators.None, ""))
}

// The share opened within ninety days is of rights that had ninety days.
func TestConversion(t *testing.T) {
	soon, late := 60, 91
	r := within(t,
		many(30, indicators.Right{Aid: "rsa", Found: october, Opened: october + 1, DaysToOpen: &soon}),
		many(10, indicators.Right{Aid: "rsa", Found: october, Opened: october + 3, DaysToOpen: &late}),
		many(10, indicators.Right{Aid: "rsa", Found: october, Abandoned: october, Left: takeup.LeftWish}),
		many(10, indicators.Right{Aid: "rsa", Found: october, Abandoned: october, Left: takeup.LeftGone}),
	)
	require.Equal(t, shown(60), r.Total(indicators.Found))
	require.Equal(t, shown(60), r.Total(indicators.Elapsed))
	recent := many(60, indicators.Right{Aid: "rsa", Found: takeup.MonthOf(2027, 3), Opened: takeup.MonthOf(2027, 3), DaysToOpen: &soon})
	spring, err := indicators.Within(all(recent), 2027, later)
	require.NoError(t, err)
	require.Equal(t, shown(60), spring.Total(indicators.Found))
	require.Equal(t, shown(0), spring.Total(indicators.Elapsed), "they have not had ninety days yet")
	require.Equal(t, indicators.Rate{Percent: 50}, r.Rate(indicators.OpenedIn90, indicators.Elapsed, indicators.None, ""))
	require.Equal(t, indicators.Rate{Percent: 50}, r.Rate(indicators.OpenedIn90, indicators.Elapsed, indicators.ByAid, "rsa"))
	require.Equal(t, indicators.Rate{Percent: 17}, r.Rate(indicators.DroppedOut, indicators.Elapsed, indicators.None, ""))
	require.Equal(t, indicators.Rate{None: true}, r.Rate(indicators.DroppedOut, indicators.Elapsed, indicators.ByAid, "css"))
}

func TestMedians(t *testing.T) {
	right := func(toFile, answer int) indicators.Right {
		open := toFile + answer
		return indicators.Right{
			Aid: "rsa", Found: october, Filed: october, Opened: october + 1, DaysToFile: &toFile, DaysAnswer: &answer, DaysToOpen: &open,
		}
	}
	few := within(t, many(4, right(3, 40)))
	for i, d := range indicators.Delays() {
		require.Equal(t, indicators.Median{Delay: d, Hidden: true}, few.Medians[i])
	}
	r := within(t, many(3, right(3, 40)), many(4, right(9, 50)))
	require.Equal(t, []indicators.Median{
		{Delay: indicators.FoundToFiled, Days: 9},
		{Delay: indicators.FiledToOpened, Days: 50},
		{Delay: indicators.FoundToOpened, Days: 59},
	}, r.Medians)
}

func euros(c takeup.Cents) *takeup.Amount { return &takeup.Amount{Cents: c, Per: takeup.PerMonth} }

func TestMoneyIsKeptApart(t *testing.T) {
	r := within(t,
		many(10, indicators.Right{Aid: "rsa", Found: october, Opened: october + 1, Estimated: euros(500_00), Declared: euros(450_00)}),
		many(10, indicators.Right{Aid: "ppa", Found: october, Estimated: euros(100_00)}),
	)
	require.Equal(t, []indicators.Money{
		{Kind: indicators.Declared, Per: takeup.PerMonth, Sum: 4500_00},
		{Kind: indicators.Declared, Per: takeup.PerMonth, Aid: "rsa", Sum: 4500_00},
		{Kind: indicators.Estimated, Per: takeup.PerMonth, Sum: 6000_00},
		{Kind: indicators.Estimated, Per: takeup.PerMonth, Aid: "ppa", Sum: 1000_00},
		{Kind: indicators.Estimated, Per: takeup.PerMonth, Aid: "rsa", Sum: 5000_00},
	}, r.Money)
}

// A sum that is mostly of one right tells of it, and is hidden with another, or all together would give it back.
func TestOneLargeAmount(t *testing.T) {
	r := within(t,
		many(6, indicators.Right{Aid: "rsa", Opened: october, Declared: euros(500_00)}),
		many(7, indicators.Right{Aid: "ppa", Opened: october, Declared: euros(100_00)}),
		many(8, indicators.Right{Aid: "aah", Opened: october, Declared: euros(1_00)}),
		many(1, indicators.Right{Aid: "aah", Opened: october, Declared: euros(900_00)}),
	)
	require.Equal(t, []indicators.Money{
		{Kind: indicators.Declared, Per: takeup.PerMonth, Sum: 4608_00},
		{Kind: indicators.Declared, Per: takeup.PerMonth, Aid: "aah", Hidden: true},
		{Kind: indicators.Declared, Per: takeup.PerMonth, Aid: "ppa", Sum: 700_00},
		{Kind: indicators.Declared, Per: takeup.PerMonth, Aid: "rsa", Hidden: true},
	}, r.Money)
}

func TestHiddenWithItsComplement(t *testing.T) {
	r := within(t, many(3, indicators.Right{Aid: "aah", Found: october}), many(20, indicators.Right{Aid: "css", Found: october}),
		many(12, indicators.Right{Aid: "rsa", Found: october}))
	byAid := r.Table(indicators.Found, indicators.ByAid, indicators.None)
	require.Equal(t, []string{"aah", "css", "rsa"}, byAid.RowNames)
	require.Equal(t, hidden, byAid.At("aah", ""))
	require.Equal(t, hidden, byAid.At("rsa", ""), "or 35 − 20 − 12 would give 3")
	require.Equal(t, shown(20), byAid.At("css", ""))
	require.Equal(t, shown(35), byAid.At("", ""))
}

func TestPublish(t *testing.T) {
	lines := append(many(33, indicators.Right{Aid: "rsa", Found: october, Type: takeup.NotKnown}),
		append(many(18, indicators.Right{Aid: "css", Found: october - 6, Type: takeup.NotAsked}),
			many(10, indicators.Right{Aid: "aah", Found: october - 9, Type: takeup.NotKnown})...)...)
	_, err := indicators.Publish(all(lines), 2026, takeup.DateOf(2027, 3, 31))
	require.ErrorIs(t, err, indicators.ErrTooEarly)
	r, err := indicators.Publish(all(lines), 2026, takeup.DateOf(2027, 4, 1))
	require.NoError(t, err)
	require.Equal(t, takeup.MonthOf(2026, 1), r.From)
	require.Equal(t, takeup.MonthOf(2026, 12), r.To)
	byAid := r.Table(indicators.Found, indicators.ByAid, indicators.None)
	require.Equal(t, shown(60), byAid.At("", ""), "61, to the nearest five")
	require.Equal(t, hidden, byAid.At("aah", ""))
	require.Equal(t, shown(20), byAid.At("css", ""))
	require.Equal(t, hidden, byAid.At("rsa", ""))
	require.Equal(t, hidden, r.Table(indicators.Found, indicators.ByQuarter, indicators.None).At("2026-T1", ""))
	require.Empty(t, r.Table(indicators.Found, indicators.ByMonth, indicators.None).RowNames, "months are not published")
}

// Nothing of another year is in a year's report, published or not: two years share no line for one measure, and none can be taken from
// another.
func TestYearsAreApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines, of2026 []indicators.Line
		for range rapid.IntRange(1, 60).Draw(t, "lines") {
			l := found(rapid.SampledFrom([]string{"aah", "css", "rsa"}).Draw(t, "aid"), rapid.SampledFrom(takeup.Types()).Draw(t, "type"))
			l.Right.Found = takeup.MonthOf(2025, 1) + takeup.Month(rapid.IntRange(0, 35).Draw(t, "month"))
			l.Right.Filed = l.Right.Found
			if lines = append(lines, l); l.Right.Found.Year() == 2026 {
				of2026 = append(of2026, l)
			}
		}
		for name, report := range map[string]func(iter.Seq2[indicators.Line, error], int, takeup.Day) (indicators.Report, error){
			"published": indicators.Publish, "inside": indicators.Within,
		} {
			whole, err := report(all(lines), 2026, later)
			require.NoError(t, err)
			alone, err := report(all(of2026), 2026, later)
			require.NoError(t, err)
			require.Equal(t, alone, whole, name)
			for _, table := range whole.Tables {
				for _, month := range append(table.RowNames, table.ColNames...) {
					if table.Rows == indicators.ByMonth || table.Cols == indicators.ByMonth {
						require.NotRegexp(t, "^202[57]", month)
					}
				}
			}
		}
	})
}

// Each measure is broken down by all that its lines say, within and published; a language is crossed with nothing.
func TestBreakdowns(t *testing.T) {
	year := takeup.MonthOf(2026, 3)
	lines := append(many(20, indicators.Right{
		Aid: "rsa", Type: takeup.NotKnown, Reason: takeup.Information, Found: year, Filed: year, Opened: year, Refused: year, Abandoned: year, Lapsed: year, DaysToOpen: new(int),
		Why: takeup.RefusedDocuments, Left: takeup.LeftWish,
	}), many(20, indicators.Right{Aid: "css", Type: takeup.NotAsked, Found: year})...)
	for range 20 {
		lines = append(lines, indicators.Passing(year, takeup.Reception{Channel: takeup.WalkIn, Language: "ta", Interpreter: true}, true, true))
	}
	inside, err := indicators.Within(all(lines), 2026, later)
	require.NoError(t, err)
	published, err := indicators.Publish(all(lines), 2026, later)
	require.NoError(t, err)
	for time, r := range map[indicators.Dimension]indicators.Report{indicators.ByMonth: inside, indicators.ByQuarter: published} {
		for _, m := range indicators.Measures() {
			by := []indicators.Dimension{indicators.ByChannel, indicators.ByLanguage, time}
			if !m.OfPersons() {
				by = append(by, indicators.ByAid, indicators.ByType, indicators.ByReason)
			}
			if m == indicators.Refused || m == indicators.Abandoned {
				by = append(by, indicators.ByEnd)
			}
			for _, d := range by {
				require.NotEmpty(t, r.Table(m, d, indicators.None).RowNames, "%s by %s", m, d)
			}
		}
		for _, table := range r.Tables {
			require.False(t, table.Cols != indicators.None && (table.Rows == indicators.ByLanguage || table.Cols == indicators.ByLanguage), "a language is crossed: %s", table.Measure)
		}
	}
}

// In what is published no sum, over whatever it goes, lacks one cell only; no count below the threshold is there; all is in fives.
func TestPublishedSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []indicators.Line
		for range rapid.IntRange(1, 25).Draw(t, "kinds") {
			lines = append(lines, many(rapid.IntRange(1, 14).Draw(t, "n"), indicators.Right{
				Aid: fmt.Sprint("aide", rapid.IntRange(1, 6).Draw(t, "aid")), Type: rapid.SampledFrom(takeup.Types()).Draw(t, "type"),
				Reason: rapid.SampledFrom(takeup.Reasons()).Draw(t, "reason"), Channel: rapid.SampledFrom(takeup.Channels()).Draw(t, "channel"),
				Language: rapid.SampledFrom(takeup.Languages()[:4]).Draw(t, "language"),
				Found:    takeup.MonthOf(2026, 1) + takeup.Month(rapid.IntRange(0, 11).Draw(t, "month")),
			})...)
		}
		r, err := indicators.Publish(all(lines), 2026, later)
		require.NoError(t, err)
		for _, table := range r.Tables {
			sum := func(total indicators.Cell, parts []indicators.Cell) {
				hid := 0
				for _, c := range parts {
					require.Zero(t, c.Count%5)
					if c.Hidden {
						hid++
					} else {
						require.True(t, c.Count == 0 || c.Count >= 10, "11 and 12 are written 10")
					}
				}
				if !total.Hidden {
					require.NotEqual(t, 1, hid, "%s %s %s", table.Measure, table.Rows, table.Cols)
				}
			}
			for _, row := range append([]string{""}, table.RowNames...) {
				var parts []indicators.Cell
				for _, col := range table.ColNames {
					parts = append(parts, table.At(row, col))
				}
				sum(table.At(row, ""), parts)
			}
			for _, col := range append([]string{""}, table.ColNames...) {
				var parts []indicators.Cell
				for _, row := range table.RowNames {
					parts = append(parts, table.At(row, col))
				}
				sum(table.At("", col), parts)
			}
		}
	})
}

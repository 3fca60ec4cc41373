package indicators_test

import (
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/takeup"
	"guichet/takeup/indicators"
)

var (
	october = takeup.MonthOf(2026, 10)
	later   = takeup.DateOf(2027, 6, 1)
)

func all(lines []indicators.Line) iter.Seq2[indicators.Line, error] {
	return func(yield func(indicators.Line, error) bool) {
		for _, l := range lines {
			if !yield(l, nil) {
				return
			}
		}
	}
}

func found(aid string, typ takeup.Type) indicators.Line {
	return indicators.Line{Right: &indicators.Right{Aid: aid, Type: typ, Channel: takeup.WalkIn, Language: "fr", Found: october}}
}

// An attacker knows every sum, that nothing hidden is nought, and whatever is shown; they try every table that agrees with it. No
// count that must not be known is left one value only.
func TestProperty26SmallCells(t *testing.T) {
	types := []takeup.Type{takeup.NotKnown, takeup.NotAsked, takeup.NotObtained}
	aids := []string{"aah", "css", "rsa"}
	rapid.Check(t, func(t *rapid.T) {
		truth := map[[2]string]int{}
		var lines []indicators.Line
		rows, cols := rapid.IntRange(1, 3).Draw(t, "rows"), rapid.IntRange(1, 3).Draw(t, "cols")
		for _, aid := range aids[:rows] {
			for _, typ := range types[:cols] {
				n := rapid.IntRange(0, 8).Draw(t, "count")
				truth[[2]string{aid, string(typ)}] = n
				for range n {
					lines = append(lines, found(aid, typ))
				}
			}
		}
		r, err := indicators.Within(all(lines), 2026, later)
		require.NoError(t, err)
		table := r.Table(indicators.Found, indicators.ByAid, indicators.ByType)
		for _, m := range [][2]indicators.Dimension{{indicators.ByAid}, {indicators.ByType}} { // margins are the same wherever they are shown
			margin := r.Table(indicators.Found, m[0], indicators.None)
			for _, name := range margin.RowNames {
				if m[0] == indicators.ByAid {
					require.Equal(t, table.At(name, ""), margin.At(name, ""))
				} else {
					require.Equal(t, table.At("", name), margin.At(name, ""))
				}
			}
		}
		for at, n := range truth {
			if n > 0 && n < indicators.Inside {
				require.True(t, table.At(at[0], at[1]).Hidden)
				require.True(t, otherwise(table, truth, at), "%v is given back: %s", at, show(table))
			} else if c := table.At(at[0], at[1]); !c.Hidden {
				require.Equal(t, n, c.Count)
			} else {
				require.Zero(t, c.Count)
			}
		}
		for _, at := range append(margins(table.RowNames, true), margins(table.ColNames, false)...) {
			sum := 0
			for k, n := range truth {
				if at[0] == k[0] || at[1] == k[1] {
					sum += n
				}
			}
			if sum > 0 && sum < indicators.Inside {
				require.True(t, table.At(at[0], at[1]).Hidden)
				require.True(t, otherwise(table, truth, at), "%v is given back: %s", at, show(table))
			}
		}
	})
}

func margins(names []string, rows bool) (out [][2]string) {
	for _, n := range names {
		if rows {
			out = append(out, [2]string{n, ""})
		} else {
			out = append(out, [2]string{"", n})
		}
	}
	return out
}

// otherwise looks for a table that agrees with all that is shown, and in which one cell or margin is not what it is in truth.
func otherwise(t indicators.Table, truth map[[2]string]int, secret [2]string) bool {
	var cells [][2]string
	for _, r := range t.RowNames {
		for _, c := range t.ColNames {
			cells = append(cells, [2]string{r, c})
		}
	}
	value := map[[2]string]int{}
	sum := func(at [2]string, of map[[2]string]int) (n int) {
		for k, v := range of {
			if (at[0] == "" || at[0] == k[0]) && (at[1] == "" || at[1] == k[1]) {
				n += v
			}
		}
		return n
	}
	agrees := func(at [2]string, whole bool) bool {
		c, n := t.At(at[0], at[1]), sum(at, value)
		switch {
		case c.Hidden:
			return n > 0 || !whole
		case whole:
			return n == c.Count
		}
		return n <= c.Count
	}
	var try func(i int) bool
	try = func(i int) bool {
		if i == len(cells) {
			return agrees([2]string{}, true) && sum(secret, value) != sum(secret, truth)
		}
		at := cells[i]
		tries := []int{truth[at]}
		if t.At(at[0], at[1]).Hidden {
			for d := 1; d < 9; d++ {
				tries = append(tries, truth[at]+d)
				if truth[at]-d > 0 {
					tries = append(tries, truth[at]-d)
				}
			}
		}
		for _, n := range tries {
			value[at] = n
			if agrees([2]string{at[0], ""}, at[1] == t.ColNames[len(t.ColNames)-1]) &&
				agrees([2]string{"", at[1]}, at[0] == t.RowNames[len(t.RowNames)-1]) && try(i+1) {
				return true
			}
		}
		delete(value, at)
		return false
	}
	return try(0)
}

func show(t indicators.Table) string {
	s := "\n"
	for _, r := range append(slices.Clone(t.RowNames), "") {
		for _, c := range append(slices.Clone(t.ColNames), "") {
			if x := t.At(r, c); x.Hidden {
				s += "   ."
			} else {
				s += fmt.Sprintf("%4d", x.Count)
			}
		}
		s += "\n"
	}
	return s
}

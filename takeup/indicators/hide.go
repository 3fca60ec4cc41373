package indicators

import (
	"cmp"
	"slices"

	"guichet/takeup"
)

// hide says which counts are not shown. All tables are protected together, for they share their totals and their margins.
func (t *tally) hide(k int) map[key]bool {
	s, at := &sheet{}, map[key]int{}
	keys := make([]key, 0, len(t.counts))
	for c := range t.counts {
		keys = append(keys, c)
	}
	slices.SortFunc(keys, func(a, b key) int {
		return cmp.Or(cmp.Compare(a.depth(), b.depth()), cmp.Compare(a.measure, b.measure), cmp.Compare(a.rows, b.rows),
			cmp.Compare(a.cols, b.cols), cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col))
	})
	for _, c := range keys {
		at[c] = s.add(t.counts[c], false)
	}
	sums := map[sumKey]*sum{}
	var order []sumKey
	part := func(of sumKey, total key, p int) {
		if sums[of] == nil {
			sums[of] = &sum{total: at[total]}
			order = append(order, of)
		}
		sums[of].parts = append(sums[of].parts, p)
	}
	for _, c := range keys {
		switch all := (key{measure: c.measure}); {
		case c == all:
		case c.cols == None:
			part(sumKey{all, c.rows}, all, at[c])
		default:
			row := key{measure: c.measure, rows: c.rows, row: c.row}
			col := key{measure: c.measure, rows: c.cols, row: c.col}
			part(sumKey{row, c.cols}, row, at[c])
			part(sumKey{col, c.rows}, col, at[c])
		}
	}
	for _, o := range order {
		s.sums = append(s.sums, *sums[o])
	}
	s.nest(t, keys, at)
	s.protect(k)
	hidden := map[key]bool{}
	for c, i := range at {
		hidden[c] = s.hidden[i]
	}
	return hidden
}

// depth says by how many dimensions a count is broken down.
func (k key) depth() int {
	switch {
	case k.rows == None:
		return 0
	case k.cols == None:
		return 1
	}
	return 2
}

// sumKey names a sum: of what, over which dimension.
type sumKey struct {
	of   key
	over Dimension
}

// nest ties the measures that count a part of what others count: what is left of the whole is a count that must not be known either.
func (s *sheet) nest(t *tally, keys []key, at map[key]int) {
	for _, n := range nested() {
		for _, c := range keys {
			if c.measure != n[1] {
				continue
			}
			whole := c
			whole.measure = n[0]
			w, ok := at[whole]
			if !ok {
				continue
			}
			rest := s.add(t.counts[whole]-t.counts[c], true)
			s.sums = append(s.sums, sum{total: w, parts: []int{at[c], rest}})
		}
	}
}

// money gives the sums of money. One that is of too few rights, or mostly of one, is hidden, where the count of its rights is hidden
// too, and then what would give it back.
func (t *tally) money(k int, rounded bool, hidden map[key]bool) []Money {
	var out []Money
	for _, kind := range []Kind{Declared, Estimated} {
		measure := Opened
		if kind == Estimated {
			measure = Found
		}
		for _, per := range takeup.Periods() {
			out = append(out, t.purses(kind, per, measure, k, rounded, hidden)...)
		}
	}
	return out
}

func (t *tally) purses(kind Kind, per takeup.Period, measure Measure, k int, rounded bool, hidden map[key]bool) []Money {
	var aids []string
	for m := range t.euros {
		if m.kind == kind && m.per == per {
			aids = append(aids, m.aid)
		}
	}
	slices.Sort(aids) // the sum of all, whose aid is empty, comes first
	s, all := &sheet{}, sum{}
	for i, aid := range aids {
		p := t.euros[moneyKey{kind, per, aid}]
		count := key{measure: measure, rows: ByAid, row: aid}
		if aid == "" {
			count = key{measure: measure}
		}
		s.add(p.rights, false)
		s.forced[i] = p.most*100 > p.sum*dominance || hidden[count]
		if i > 0 {
			all.parts = append(all.parts, i)
		}
	}
	if len(aids) > 0 {
		s.sums = []sum{all}
	}
	s.protect(k)
	out := make([]Money, 0, len(aids))
	for i, aid := range aids {
		m := Money{Kind: kind, Per: per, Aid: aid, Hidden: s.hidden[i]}
		if !m.Hidden {
			if m.Sum = t.euros[moneyKey{kind, per, aid}].sum; rounded {
				m.Sum = (m.Sum + 50_00) / 100_00 * 100_00
			}
		}
		out = append(out, m)
	}
	return out
}

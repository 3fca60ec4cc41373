package indicators

import "slices"

// A sheet is a set of counts that are published together, and every sum that ties them: whoever reads what is shown can use all of
// it at once.
type sheet struct {
	counts []int
	silent []bool // never shown, but they can be worked out: the rest of a part
	hidden []bool
	forced []bool // to be hidden whatever their count
	sums   []sum
}

// A sum says that the count of one cell is that of its parts together.
type sum struct {
	total int
	parts []int
}

func (s *sheet) add(count int, silent bool) int {
	s.counts = append(s.counts, count)
	s.silent = append(s.silent, silent)
	s.forced = append(s.forced, false)
	return len(s.counts) - 1
}

// protect hides every count from 1 to k−1, then further ones until what is shown gives none of the first back: neither by
// subtraction, nor by all sums together, nor nearly. A nought is shown: it tells of nobody.
//
// The reader is taken to know all sums, that what is hidden is 1 at least, and everything that is shown, exactly. A count is
// given back when the sums determine it, or leave it fewer than half of k values.
func (s *sheet) protect(k int) {
	s.hidden = make([]bool, len(s.counts))
	for i := range s.counts {
		if s.secret(i, k) || s.silent[i] {
			s.hide(i)
		}
	}
	for s.coverOne(k) {
	}
	s.unhide(k)
}

// coverOne hides one count more, when a cell that must not be known can be; false when there is none, or nothing is left to hide.
func (s *sheet) coverOne(k int) bool {
	for _, i := range s.exposed(k) {
		if next := s.cover(i); next >= 0 {
			s.hide(next)
			return true
		}
	}
	return false
}

// unhide shows what was hidden for others and can be worked out all the same: that tells nothing more.
func (s *sheet) unhide(k int) {
	lo, hi := s.bounds()
	for i, given := range s.determined() {
		if s.hidden[i] && !s.silent[i] && !s.secret(i, k) && (given || lo[i] == hi[i]) {
			s.hidden[i] = false
		}
	}
}

// hide hides a cell, and those that say the same under another name: the only part of a sum, the sum of an only part.
func (s *sheet) hide(i int) {
	if s.hidden[i] {
		return
	}
	s.hidden[i] = true
	for _, e := range s.sums {
		if len(e.parts) == 1 && (e.total == i || e.parts[0] == i) {
			s.hide(e.total)
			s.hide(e.parts[0])
		}
	}
}

// secret says whether the count of a cell must not be known.
func (s *sheet) secret(i, k int) bool { return s.counts[i] > 0 && s.counts[i] < k || s.forced[i] }

// exposed gives the cells that must not be known and can be. Totals and margins are added before what they are of, so that they are
// covered before. All sums together are solved, which is long, once none is known from one sum after another.
func (s *sheet) exposed(k int) (out []int) {
	lo, hi := s.bounds()
	for i := range s.counts {
		if s.secret(i, k) && hi[i] != unbounded && hi[i]-lo[i] < k/2 {
			out = append(out, i)
		}
	}
	if len(out) > 0 {
		return out
	}
	for i, determined := range s.determined() {
		if determined && s.secret(i, k) {
			out = append(out, i)
		}
	}
	return out
}

// cover gives the smallest shown count that a cell can be worked out from; totals only when no part is left. Cells that are worked out
// through others are covered where the first of those sums has something to hide.
func (s *sheet) cover(i int) int {
	seen, queue := make([]bool, len(s.sums)), []int{i}
	reached := map[int]bool{i: true}
	for len(queue) > 0 {
		best, bestTotal := -1, -1
		var further []int
		for j, e := range s.sums {
			if seen[j] || !slices.ContainsFunc(queue, func(c int) bool { return e.total == c || slices.Contains(e.parts, c) }) {
				continue
			}
			seen[j] = true
			for _, p := range e.parts {
				if s.hideable(p) && (best < 0 || s.counts[p] < s.counts[best]) {
					best = p
				}
			}
			if s.hideable(e.total) && (bestTotal < 0 || s.counts[e.total] < s.counts[bestTotal]) {
				bestTotal = e.total
			}
			for _, c := range append([]int{e.total}, e.parts...) {
				if !reached[c] {
					reached[c] = true
					further = append(further, c)
				}
			}
		}
		if best >= 0 {
			return best
		}
		if bestTotal >= 0 {
			return bestTotal
		}
		queue = further
	}
	return -1
}

func (s *sheet) hideable(i int) bool { return !s.hidden[i] && s.counts[i] > 0 }

const unbounded = int(^uint(0) >> 1)

// bounds gives what every count lies between, for a reader who goes from sum to sum until nothing more can be said.
func (s *sheet) bounds() (lo, hi []int) {
	lo, hi = make([]int, len(s.counts)), make([]int, len(s.counts))
	for i, n := range s.counts {
		switch {
		case !s.hidden[i]:
			lo[i], hi[i] = n, n
		case s.silent[i]:
			lo[i], hi[i] = 0, unbounded // a rest may be nought
		default:
			lo[i], hi[i] = 1, unbounded
		}
	}
	for narrowed := true; narrowed; {
		narrowed = false
		for _, e := range s.sums {
			narrowed = e.narrow(lo, hi) || narrowed
		}
	}
	return lo, hi
}

// narrow holds the bounds of a sum's cells against one another.
func (e sum) narrow(lo, hi []int) (narrowed bool) {
	least, most, open := 0, 0, 0 // of the parts; open counts those without an upper bound
	for _, p := range e.parts {
		least += lo[p]
		if hi[p] == unbounded {
			open++
		} else {
			most += hi[p]
		}
	}
	raise := func(i, to int) {
		if to > lo[i] {
			lo[i], narrowed = to, true
		}
	}
	lower := func(i, to int) {
		if to < hi[i] {
			hi[i], narrowed = to, true
		}
	}
	raise(e.total, least)
	if open == 0 {
		lower(e.total, most)
	}
	for _, p := range e.parts {
		if hi[e.total] != unbounded {
			lower(p, hi[e.total]-(least-lo[p]))
		}
		switch {
		case open == 0:
			raise(p, lo[e.total]-(most-hi[p]))
		case open == 1 && hi[p] == unbounded:
			raise(p, lo[e.total]-most)
		}
		if narrowed { // the sums above are no longer those of the parts
			return true
		}
	}
	return narrowed
}

// field is the prime that sums are solved in. Their coefficients are −1, 0 and 1.
const field = 2147483629

// determined says which hidden counts all sums together leave one value: it brings the sums, as equations in the hidden cells, to reduced
// form, in which such a cell stands alone.
func (s *sheet) determined() []bool {
	column, cells := map[int]int{}, []int{}
	for i, h := range s.hidden {
		if h {
			column[i] = len(cells)
			cells = append(cells, i)
		}
	}
	var rows [][]uint64
	for _, e := range s.sums {
		row := make([]uint64, len(cells))
		there := false
		for _, p := range e.parts {
			if c, ok := column[p]; ok {
				row[c], there = 1, true
			}
		}
		if c, ok := column[e.total]; ok {
			row[c], there = field-1, true
		}
		if there {
			rows = append(rows, row)
		}
	}
	reduce(rows, len(cells))
	out := make([]bool, len(s.counts))
	for _, row := range rows {
		at, n := 0, 0
		for c, v := range row {
			if v != 0 {
				at = c
				n++
			}
		}
		if n == 1 {
			out[cells[at]] = true
		}
	}
	return out
}

// reduce brings rows to reduced echelon form.
func reduce(rows [][]uint64, columns int) {
	top := 0
	for c := 0; c < columns && top < len(rows); c++ {
		pivot := slices.IndexFunc(rows[top:], func(r []uint64) bool { return r[c] != 0 })
		if pivot < 0 {
			continue
		}
		rows[top], rows[top+pivot] = rows[top+pivot], rows[top]
		inverse := power(rows[top][c], field-2)
		for j := range rows[top] {
			rows[top][j] = rows[top][j] * inverse % field
		}
		for i, row := range rows {
			if i == top || row[c] == 0 {
				continue
			}
			factor := field - row[c]
			for j, v := range rows[top] {
				if v != 0 {
					row[j] = (row[j] + factor*v) % field
				}
			}
		}
		top++
	}
}

func power(base, exponent uint64) uint64 {
	out := uint64(1)
	for ; exponent > 0; exponent >>= 1 {
		if exponent&1 == 1 {
			out = out * base % field
		}
		base = base * base % field
	}
	return out
}

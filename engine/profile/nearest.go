package profile

import (
	"strings"
	"unicode"

	"guichet/engine/territory"
)

// index gives the place of a name in a list, -1 when it is not there.
func index[T string | []byte](names []string, name T) int {
	for i, n := range names {
		if n == string(name) {
			return i
		}
	}
	return -1
}

// nearest gives the name that a misspelt one most likely means, or "" when none is close: at most a third of its
// letters differ, accents and case apart. What is no word means none.
func nearest(names []string, written string) string {
	best, bound := "", 0
	if len(written) > 40 || strings.ContainsFunc(written, func(r rune) bool { return r != '_' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		return ""
	}
	written = strings.ReplaceAll(territory.Fold(written), " ", "_")
	for _, n := range names {
		d := distance(n, written)
		if d <= max(1, len(n)/3) && (best == "" || d < bound) {
			best, bound = n, d
		}
	}
	return best
}

// distance counts the letters to insert, delete or replace between two short words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

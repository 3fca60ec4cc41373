// Package nearest proposes the word that a misspelt one most likely means.
package nearest

// Of gives the candidate that lies closest to what was written, at most a third of its letters away, or "".
func Of(written string, candidates []string) string {
	best, bound := "", 0
	letters := []rune(written)
	for _, c := range candidates {
		candidate := []rune(c)
		most := max(1, len(candidate)/3)
		if len(candidate)-len(letters) > most || len(letters)-len(candidate) > most {
			continue
		}
		if d := distance(candidate, letters); d <= most && (best == "" || d < bound) {
			best, bound = c, d
		}
	}
	return best
}

// distance counts the letters to insert, delete or replace between two short words.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
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

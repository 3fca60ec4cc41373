package territory

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Search gives at most limit communes whose name or postal code begins as the query does, those meant most likely
// first: an exact name, then names that begin so, then names with a later word that does; within each the most
// populous. Case, accents, hyphens and apostrophes do not count, and "st " and "ste " are "saint" and "sainte". A query of
// digits is a postal code; its most local places come first.
func Search(query string, limit int) []Commune {
	folded := Fold(query)
	if folded == "" || limit <= 0 {
		return nil
	}
	all := communes()
	var found []match
	if folded[0] >= '0' && folded[0] <= '9' {
		for i := range all.list {
			c := &all.list[i]
			for code := range strings.FieldsSeq(c.postal) {
				if strings.HasPrefix(code, folded) {
					found = append(found, match{rank: strings.Count(c.postal, " "), place: i})
					break
				}
			}
		}
	} else {
		for i, name := range folds() {
			if rank := rankOf(name, folded); rank > 0 {
				found = append(found, match{rank: rank, place: i})
			}
		}
	}
	slices.SortFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(all.list[b.place].Population, all.list[a.place].Population), cmp.Compare(a.place, b.place))
	})
	communes := make([]Commune, 0, min(limit, len(found)))
	for _, m := range found[:min(limit, len(found))] {
		communes = append(communes, all.list[m.place])
	}
	return communes
}

type match struct{ rank, place int }

// rankOf tells how well a folded name answers a folded query, 1 best, 0 not at all.
func rankOf(name, query string) int {
	switch {
	case name == query:
		return 1
	case strings.HasPrefix(name, query):
		return 2
	}
	for rest := name; ; {
		i := strings.IndexByte(rest, ' ')
		if i < 0 {
			return 0
		}
		rest = rest[i+1:]
		if strings.HasPrefix(rest, query) {
			return 3
		}
	}
}

// folds holds the folded name of each commune, made at the first search.
var folds = sync.OnceValue(func() []string {
	list := communes().list
	names := make([]string, len(list))
	for i := range list {
		names[i] = Fold(list[i].Name)
	}
	return names
})

// Fold writes a name as a search compares it: lower case, without accents, its words apart by one space each.
func Fold(name string) string {
	out := make([]byte, 0, len(name)+4)
	word := 0       // where the current word begins in out
	end := func() { // the last word is not ended: "st" may be the start of Strasbourg
		switch string(out[word:]) {
		case "st":
			out = append(out[:word], "saint"...)
		case "ste":
			out = append(out[:word], "sainte"...)
		}
		if len(out) > word {
			out = append(out, ' ')
		}
		word = len(out)
	}
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			out = append(out, byte(r))
		case r >= 'A' && r <= 'Z':
			out = append(out, byte(r)+'a'-'A')
		default:
			if plain, ok := unaccented[r]; ok {
				out = append(out, plain...)
			} else if r < '\u0300' || r > '\u036f' { // a combining accent is no end of a word
				end()
			}
		}
	}
	return strings.TrimSuffix(string(out), " ")
}

var unaccented = func() map[rune]string {
	letters := map[rune]string{'œ': "oe", 'Œ': "oe", 'æ': "ae", 'Æ': "ae"}
	for plain, accented := range map[string]string{
		"a": "àâäáãåÀÂÄÁÃÅ", "c": "çÇ", "e": "éèêëÉÈÊË", "i": "îïíìÎÏÍÌ", "n": "ñÑ", "o": "ôöóòõÔÖÓÒÕ", "u": "ùûüúÙÛÜÚ", "y": "ÿýŸÝ",
	} {
		for _, r := range accented {
			letters[r] = plain
		}
	}
	return letters
}()

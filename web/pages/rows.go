package pages

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"guichet/engine/profile"
)

// A growing question has rows that buttons add and take away: the page is shown again with what was typed, and nothing is settled yet.
type growing interface {
	// reshape gives what the page shows once the button called action was pressed; false when it is none of its buttons.
	reshape(action string, in url.Values) (url.Values, bool)
}

// rowFields are the fields that each row of children has, after its name.
var rowFields = []string{".jour", ".mois", ".annee", "." + dontKnow, originField}

func (q dependants) reshape(action string, in url.Values) (url.Values, bool) {
	in, n := maps.Clone(in), q.rows(in)
	in.Set("enfants", someChildren)
	if action == actAdd {
		in.Set(newRow, strconv.Itoa(min(n, maxChildren-1)))
		in.Set(rowsField, strconv.Itoa(min(n+1, maxChildren)))
		return in, true
	}
	which, ours := strings.CutPrefix(action, actRemove)
	gone, err := strconv.Atoi(which)
	if !ours || err != nil || gone < 0 || gone >= n {
		return nil, false
	}
	for i := gone; i < n; i++ {
		for _, part := range rowFields {
			in[q.row(i)+part] = in[q.row(i+1)+part] // of the last row, nothing
		}
	}
	var shared []string
	for _, value := range in["garde.qui"] {
		i, err := strconv.Atoi(value)
		switch {
		case err != nil || i == gone:
		case i > gone:
			shared = append(shared, strconv.Itoa(i-1))
		default:
			shared = append(shared, value)
		}
	}
	in["garde.qui"] = shared
	in.Set(rowsField, strconv.Itoa(max(n-1, 1)))
	in.Set(goneRow, "oui")
	if n == 1 {
		in.Set("enfants", none)
	}
	return in, true
}

// arrangeChildren makes the children of the household those of kept, in that order: each is the place of a child so far, or -1 for one
// nobody has spoken of yet. What was said of a child follows it, as do the pages that ask about it; what was said of one who is no more goes.
func (a *answers) arrangeChildren(kept []int) {
	before := a.Profile.Children.Value
	list, place := make([]profile.Person, len(kept)), map[int]int{}
	for i, from := range kept {
		if from >= 0 && from < len(before) {
			list[i], place[from] = before[from], i
		}
	}
	a.Profile.Children = profile.Some(list)
	for _, names := range []*[]string{&a.Unsaid, &a.Trail, &a.Opened} {
		var moved []string
		for _, name := range *names {
			if name, stays := moveChild(name, place); stays {
				moved = append(moved, name)
			}
		}
		*names = moved
	}
	a.Trail = slices.Compact(a.Trail)
}

// moveChild gives the name of a path or of a page once the child that it speaks of has another place; false when that child is no more.
func moveChild(name string, place map[int]int) (string, bool) {
	head, rest, speaks := strings.Cut(name, "enfants[")
	if !speaks {
		return name, true
	}
	digits, tail, _ := strings.Cut(rest, "]")
	from, err := strconv.Atoi(digits)
	to, stays := place[from]
	if err != nil || !stays {
		return "", false
	}
	return head + childName(to) + tail, true
}

package pages

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/engine/profile"
)

// TestArrangedChildrenKeepWhatIsTheirs: however children go and come, what stands under the name of one is what was said of it.
func TestArrangedChildrenKeepWhatIsTheirs(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, 6).Draw(rt, "children")
		a := &answers{Profile: &profile.Profile{Children: profile.Some(make([]profile.Person, n))}, Unsaid: []string{"couple", "demandeur.naissance"}, Trail: []string{"couple"}}
		for i := range n { // each child is told by its number, wherever something is said of it
			a.Profile.Children.Value[i].Schooling = strconv.Itoa(i)
			a.Unsaid = append(a.Unsaid, fmt.Sprintf("enfants[%d].fait_%d", i, i))
			a.Trail = append(a.Trail, fmt.Sprintf("montants.enfants[%d]", i))
		}
		places := []int{}
		for i := range n {
			places = append(places, i)
		}
		kept := rapid.Permutation(places).Draw(rt, "order")[:rapid.IntRange(0, n).Draw(rt, "stay")]
		for range rapid.IntRange(0, 2).Draw(rt, "new") {
			kept = slices.Insert(kept, rapid.IntRange(0, len(kept)).Draw(rt, "at"), -1)
		}
		a.arrangeChildren(kept)

		require.Len(rt, a.Profile.Children.Value, len(kept))
		unsaid, trail := []string{"couple", "demandeur.naissance"}, []string{"couple"}
		for i, from := range kept {
			want := ""
			if from >= 0 {
				want = strconv.Itoa(from)
				unsaid, trail = append(unsaid, fmt.Sprintf("enfants[%d].fait_%d", i, from)), append(trail, fmt.Sprintf("montants.enfants[%d]", i))
			}
			require.Equal(rt, want, a.Profile.Children.Value[i].Schooling)
		}
		require.ElementsMatch(rt, unsaid, a.Unsaid)
		require.ElementsMatch(rt, trail, a.Trail)
	})
}

package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/store"
)

// A case that is purged while the lines are read counts once, neither twice nor not at all.
func TestLinesAreOfOneMoment(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		s := centers(t, db, "a")
		codes := []takeup.Code{"222-2222", "333-3333", "444-4444"}
		for _, c := range codes {
			_, err := s.Append(t.Context(), "a", c, 0, takeup.Event{ID: string(c), At: noon, By: "agent", Fact: takeup.CaseOpened{Followed: true}})
			require.NoError(t, err)
		}
		require.Equal(t, 3, received(t, s, func() {}))
		purged := false
		require.Equal(t, 3, received(t, s, func() {
			if purged {
				return
			}
			purged = true
			for _, c := range codes {
				done, err := s.Purge(t.Context(), "a", c, nil)
				require.NoError(t, err)
				require.True(t, done)
			}
		}))
		require.Equal(t, 3, received(t, s, func() {}))
	})
}

// received counts the persons in the lines of CCAS a, with do at each line.
func received(t *testing.T, s *store.Store, do func()) (n int) {
	t.Helper()
	for l, err := range s.Lines(t.Context(), "a") {
		require.NoError(t, err)
		if l.Person != nil {
			n++
		}
		do()
	}
	return n
}

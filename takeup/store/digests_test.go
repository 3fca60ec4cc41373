package store_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/store"
)

// What lists need of a case is read once, until the case goes on, whoever has it do so.
func TestDigests(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		s, other := centers(t, db, "a", "b"), store.New(db) // as a second program would
		read := 0
		d := store.NewDigests(func(c *takeup.Case) string {
			read++
			return fmt.Sprint(c.Code, " ", len(c.Events()))
		})
		for _, step := range []struct {
			name string
			do   func() error
			want []string
			read int
		}{
			{"nothing", func() error { return nil }, []string{}, 0},
			{"two cases", func() error {
				_, err := s.Append(t.Context(), "a", "444-4444", 0, note("1"))
				require.NoError(t, err)
				_, err = s.Append(t.Context(), "a", "222-2222", 0, note("2"))
				return err
			}, []string{"222-2222 1", "444-4444 1"}, 2},
			{"nothing new", func() error { return nil }, []string{"222-2222 1", "444-4444 1"}, 0},
			{"one goes on elsewhere", func() error {
				_, err := other.Append(t.Context(), "a", "444-4444", 1, note("3"), note("4"))
				return err
			}, []string{"222-2222 1", "444-4444 3"}, 1},
			{"another CCAS", func() error {
				_, err := s.Append(t.Context(), "b", "333-3333", 0, note("5"))
				return err
			}, []string{"222-2222 1", "444-4444 3"}, 0},
			{"one is handed over", func() error {
				return s.HandOver(t.Context(), store.Handover{
					From: "a", Code: "222-2222", After: 1, Ending: note("6"), To: "b", NewCode: "555-5555", Beginning: []takeup.Event{note("7")},
				})
			}, []string{"222-2222 2", "444-4444 3"}, 1},
			{"one is purged", func() error {
				_, err := other.Purge(t.Context(), "a", "222-2222", nil)
				return err
			}, []string{"444-4444 3"}, 0},
			{"many come", func() error {
				for i := range 300 {
					if _, err := s.Append(t.Context(), "a", takeup.Code(fmt.Sprintf("333-%04d", i)), 0, note(fmt.Sprint("many", i))); err != nil {
						return err
					}
				}
				return nil
			}, nil, 300},
		} {
			require.NoError(t, step.do(), step.name)
			read = 0
			got, err := d.All(t.Context(), s, "a")
			require.NoError(t, err)
			require.Equal(t, step.read, read, step.name)
			if step.want != nil {
				require.Equal(t, step.want, got, step.name)
			} else {
				require.Len(t, got, 301)
			}
		}
		elsewhere, err := d.All(t.Context(), s, "b")
		require.NoError(t, err)
		require.Equal(t, []string{"333-3333 1", "555-5555 1"}, elsewhere)
	})
}

// Several pages ask while others note: each sees cases whole.
func TestDigestsAtOnce(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		s := centers(t, db, "a")
		d := store.NewDigests(func(c *takeup.Case) int { return len(c.Events()) })
		var hands sync.WaitGroup
		for i := range 4 {
			hands.Go(func() {
				for j := range 10 {
					if _, err := s.Append(t.Context(), "a", caseNumber(i), j, note(fmt.Sprint(i, "-", j))); err != nil {
						t.Error(err)
					}
					all, err := d.All(t.Context(), s, "a")
					if err != nil {
						t.Error(err)
					}
					sum := 0
					for _, n := range all {
						sum += n
					}
					if sum <= j || len(all) > 4 {
						t.Error("a case is missing that was kept before", all)
					}
				}
			})
		}
		hands.Wait()
		all, err := d.All(t.Context(), s, "a")
		require.NoError(t, err)
		require.Equal(t, []int{10, 10, 10, 10}, all)
	})
}

// The CCAS that was asked for least recently is let go of, and read again when it is asked for; one alone is kept, however many cases it has.
func TestDigestsAreBounded(t *testing.T) {
	s := centers(t, databasetest.Open(t, database.SQLite), "a", "b", "c")
	for i, ccas := range []takeup.CCAS{"a", "a", "a", "b", "b", "c", "c"} {
		_, err := s.Append(t.Context(), ccas, takeup.Code(fmt.Sprintf("333-000%d", i)), 0, note(fmt.Sprint(i)))
		require.NoError(t, err)
	}
	read := 0
	d := store.NewDigests(func(c *takeup.Case) takeup.Code {
		read++
		return c.Code
	})
	d.SetMost(5)
	for _, step := range []struct {
		ccas        takeup.CCAS
		cases, read int
	}{
		{"a", 3, 3}, {"b", 2, 2}, {"a", 3, 0}, {"b", 2, 0}, // both are kept
		{"c", 2, 2}, {"b", 2, 0}, {"c", 2, 0}, {"a", 3, 3}, // a went, and comes back in the place of b
		{"c", 2, 0}, {"b", 2, 2},
	} {
		read = 0
		got, err := d.All(t.Context(), s, step.ccas)
		require.NoError(t, err)
		require.Len(t, got, step.cases)
		require.Equal(t, step.read, read, step.ccas)
	}
	d.SetMost(1)
	for _, want := range []int{3, 0} {
		read = 0
		_, err := d.All(t.Context(), s, "a")
		require.NoError(t, err)
		require.Equal(t, want, read, "one CCAS alone is kept whole")
	}
}

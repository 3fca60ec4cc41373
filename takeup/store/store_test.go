package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/store"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 123456789, time.UTC)

const code = takeup.Code("K7B-4PXD")

// note makes an event that says little.
func note(id string) takeup.Event {
	return takeup.Event{ID: id, At: noon, By: "agent", Fact: takeup.Noted{Text: "note " + id}}
}

func centers(t testing.TB, db *database.DB, ids ...string) *store.Store {
	t.Helper()
	databasetest.AddCCAS(t, db, ids...)
	return store.New(db)
}

// numbers reads a case and holds it to have no gap.
func numbers(t testing.TB, s *store.Store, ccas takeup.CCAS, code takeup.Code) (ids []string) {
	t.Helper()
	events, err := s.Events(t.Context(), ccas, code)
	require.NoError(t, err)
	for i, e := range events {
		require.Equal(t, i+1, e.Number)
		ids = append(ids, e.ID)
	}
	return ids
}

// One behaviour on two engines.
func TestProperty19TwoEnginesOneBehaviour(t *testing.T) {
	for name, test := range map[string]func(*testing.T, *store.Store){
		"what is kept is what was given":       keepsWhatWasGiven,
		"a case that has gone on":              refusesWhatWasNotRead,
		"asking twice does once":               asksTwice,
		"an identifier of another event":       refusesUsedIdentifiers,
		"another's case does not exist":        knowsNoOther,
		"handing over":                         handsOver,
		"all events of a CCAS":                 streams,
		"many at once on one case":             appendsAtOnce,
		"the same asked many times at once":    asksAtOnce,
		"whatever is asked, in whatever order": keepsLikeAModel,
	} {
		t.Run(name, func(t *testing.T) {
			databasetest.ForEach(t, func(t *testing.T, db *database.DB) { test(t, centers(t, db, "a", "b")) })
		})
	}
}

func keepsWhatWasGiven(t *testing.T, s *store.Store) {
	given := []takeup.Event{
		{ID: "1", At: noon.In(time.FixedZone("east", 3600)), Fact: takeup.Filed{RightID: takeup.RightID{Aid: "rsa"}, Proof: "Œ\"'\\ 'é\u2028"}},
		note("2"),
	}
	kept, err := s.Append(t.Context(), "a", code, 0, given...)
	require.NoError(t, err)
	given[0].Case, given[0].Number, given[0].At = code, 1, noon
	given[1].Case, given[1].Number = code, 2
	require.Equal(t, given, kept)
	read, err := s.Events(t.Context(), "a", code)
	require.NoError(t, err)
	require.Equal(t, given, read)
	none, err := s.Append(t.Context(), "a", code, 2)
	require.NoError(t, err)
	require.Empty(t, none)
}

func refusesWhatWasNotRead(t *testing.T, s *store.Store) {
	_, err := s.Append(t.Context(), "a", code, 1, note("1"))
	require.ErrorIs(t, err, store.ErrNotFound, "a case begins at its beginning")
	_, err = s.Append(t.Context(), "a", code, 0, note("1"), note("2"))
	require.NoError(t, err)
	for _, after := range []int{-1, 0, 1, 3} {
		_, err = s.Append(t.Context(), "a", code, after, note("3"))
		require.ErrorIs(t, err, store.ErrMoved)
	}
	require.Equal(t, []string{"1", "2"}, numbers(t, s, "a", code))
}

func asksTwice(t *testing.T, s *store.Store) {
	first, err := s.Append(t.Context(), "a", code, 0, note("1"), note("2"))
	require.NoError(t, err)
	_, err = s.Append(t.Context(), "a", code, 2, note("3"))
	require.NoError(t, err)
	second, err := s.Append(t.Context(), "a", code, 0, note("1"), note("2"))
	require.NoError(t, err, "though the case has gone on")
	require.Equal(t, first, second)
	require.Equal(t, []string{"1", "2", "3"}, numbers(t, s, "a", code))
}

func refusesUsedIdentifiers(t *testing.T, s *store.Store) {
	_, err := s.Append(t.Context(), "a", code, 0, note("1"), note("2"))
	require.NoError(t, err)
	for name, ask := range map[string]func() ([]takeup.Event, error){
		"in another case":      func() ([]takeup.Event, error) { return s.Append(t.Context(), "a", "222-2222", 0, note("1")) },
		"in another CCAS":      func() ([]takeup.Event, error) { return s.Append(t.Context(), "b", "222-2222", 0, note("1")) },
		"kept before new ones": func() ([]takeup.Event, error) { return s.Append(t.Context(), "a", code, 2, note("2"), note("3")) },
		"kept after new ones":  func() ([]takeup.Event, error) { return s.Append(t.Context(), "a", code, 2, note("3"), note("2")) },
	} {
		_, err := ask()
		require.ErrorIs(t, err, store.ErrUsed, name)
	}
	_, err = s.Append(t.Context(), "a", code, 2, note("4"), note("4"))
	require.Error(t, err, "twice in one asking")
	require.Equal(t, []string{"1", "2"}, numbers(t, s, "a", code))
	_, err = s.Events(t.Context(), "a", "222-2222")
	require.ErrorIs(t, err, store.ErrNotFound)
}

func knowsNoOther(t *testing.T, s *store.Store) {
	_, err := s.Append(t.Context(), "a", code, 0, note("1"))
	require.NoError(t, err)
	_, err = s.Events(t.Context(), "b", code)
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = s.Append(t.Context(), "b", code, 1, note("2"))
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = s.Append(t.Context(), "b", code, 0, note("2"))
	require.ErrorIs(t, err, store.ErrTaken)
	_, err = s.Append(t.Context(), "nowhere", "222-2222", 0, note("2"))
	require.ErrorIs(t, err, store.ErrNotFound)
}

func handsOver(t *testing.T, s *store.Store) {
	_, err := s.Append(t.Context(), "a", code, 0, note("1"))
	require.NoError(t, err)
	h := store.Handover{
		From: "a", Code: code, After: 1, Ending: note("ending"),
		To: "b", NewCode: "222-2222", Beginning: []takeup.Event{note("n1"), note("n2")},
	}
	stale := h
	stale.After = 0
	require.ErrorIs(t, s.HandOver(t.Context(), stale), store.ErrMoved)
	nowhere := h
	nowhere.To = "nowhere"
	require.ErrorIs(t, s.HandOver(t.Context(), nowhere), store.ErrNotFound)
	require.Equal(t, []string{"1"}, numbers(t, s, "a", code), "all or nothing")
	for range 2 {
		require.NoError(t, s.HandOver(t.Context(), h))
	}
	require.Equal(t, []string{"1", "ending"}, numbers(t, s, "a", code))
	require.Equal(t, []string{"n1", "n2"}, numbers(t, s, "b", "222-2222"))
}

func streams(t *testing.T, s *store.Store) {
	for i, c := range []takeup.Code{"444-4444", "222-2222"} {
		_, err := s.Append(t.Context(), "a", c, 0, note(fmt.Sprint(i)), note(fmt.Sprint(i, "bis")))
		require.NoError(t, err)
	}
	_, err := s.Append(t.Context(), "b", "333-3333", 0, note("other"))
	require.NoError(t, err)
	var seen []string
	each := func(e takeup.Event) error {
		seen = append(seen, fmt.Sprint(e.Case, " ", e.Number))
		return nil
	}
	require.NoError(t, s.All(t.Context(), "a", each))
	require.Equal(t, []string{"222-2222 1", "222-2222 2", "444-4444 1", "444-4444 2"}, seen)
	enough := errors.New("enough")
	require.ErrorIs(t, s.All(t.Context(), "a", func(takeup.Event) error { return enough }), enough)
	require.NoError(t, s.All(t.Context(), "nowhere", func(takeup.Event) error { return enough }))
}

// Of those who read the same, one keeps; the others read again.
func appendsAtOnce(t *testing.T, s *store.Store) {
	var writers sync.WaitGroup
	for i := range 6 {
		writers.Go(func() {
			for j := range 5 {
				if err := insist(t.Context(), s, code, note(fmt.Sprint(i, "-", j))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	require.Len(t, numbers(t, s, "a", code), 30)
}

// insist appends to a case of CCAS a, reading it again as often as it has gone on.
func insist(ctx context.Context, s *store.Store, code takeup.Code, e takeup.Event) error {
	for {
		events, err := s.Events(ctx, "a", code)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if _, err = s.Append(ctx, "a", code, len(events), e); !errors.Is(err, store.ErrMoved) {
			return err
		}
	}
}

func asksAtOnce(t *testing.T, s *store.Store) {
	for round := range 20 { // the moment between two readings is short
		code, one, two := takeup.Code(fmt.Sprintf("R%02d-AAAA", round)), note(fmt.Sprint(round, ".1")), note(fmt.Sprint(round, ".2"))
		var askers sync.WaitGroup
		for range 8 {
			askers.Go(func() {
				if _, err := s.Append(t.Context(), "a", code, 0, one, two); err != nil {
					t.Error(err)
				}
			})
		}
		askers.Wait()
		require.Equal(t, []string{one.ID, two.ID}, numbers(t, s, "a", code))
	}
}

// A map and a slice are what the store is, seen from outside.
func keepsLikeAModel(t *testing.T, s *store.Store) {
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		model := map[takeup.Code][]string{}
		owner := map[takeup.Code]takeup.CCAS{}
		id := 0
		for range rapid.IntRange(1, 8).Draw(rt, "steps") {
			ccas := rapid.SampledFrom([]takeup.CCAS{"a", "b"}).Draw(rt, "ccas")
			code := takeup.Code(fmt.Sprint("run", run, rapid.SampledFrom([]string{"x", "y"}).Draw(rt, "case")))
			after := rapid.IntRange(0, 4).Draw(rt, "after")
			id++
			e := note(fmt.Sprint("run", run, "-", id))
			_, err := s.Append(t.Context(), ccas, code, after, e)
			had := model[code]
			switch {
			case len(had) == 0 && after > 0, len(had) > 0 && owner[code] != ccas && after > 0:
				require.ErrorIs(rt, err, store.ErrNotFound)
			case len(had) > 0 && owner[code] != ccas:
				require.ErrorIs(rt, err, store.ErrTaken)
			case after != len(had):
				require.ErrorIs(rt, err, store.ErrMoved)
			default:
				require.NoError(rt, err)
				model[code], owner[code] = append(had, e.ID), ccas
			}
		}
		for code, ids := range model {
			require.Equal(rt, ids, numbers(t, s, owner[code], code))
		}
	})
}

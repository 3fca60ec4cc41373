package vault_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/store"
	"guichet/takeup/vault"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

const code = takeup.Code("K7B-4PXD")

var person = vault.Contact{Name: "Canari Jaune", Phone: "06 12 34 56 78", Email: "canari@exemple.fr", Free: "le soir"}

func key(t testing.TB, letter string) vault.Key {
	t.Helper()
	k, err := vault.NewKey([]byte(strings.Repeat(letter, 32)))
	require.NoError(t, err)
	return k
}

// opened gives the store of two CCAS, a and b, with an open case in a.
func opened(t testing.TB, db *database.DB) *store.Store {
	t.Helper()
	databasetest.AddCCAS(t, db, "a", "b")
	s := store.New(db)
	begin(t, s, code)
	return s
}

func begin(t testing.TB, s *store.Store, code takeup.Code) {
	t.Helper()
	_, err := s.Append(t.Context(), "a", code, 0, takeup.Event{ID: "open " + string(code), At: noon, Fact: takeup.CaseOpened{Followed: true}})
	require.NoError(t, err)
}

func end(t testing.TB, s *store.Store, after int) {
	t.Helper()
	_, err := s.Append(t.Context(), "a", code, after, takeup.Event{ID: fmt.Sprint("closed", after), At: noon, Fact: takeup.Closed{Reason: takeup.Closings()[0]}})
	require.NoError(t, err)
}

func TestVault(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		ctx := t.Context()
		s, v := opened(t, db), vault.New(db, key(t, "k"))
		_, err := v.Contact(ctx, "a", code)
		require.ErrorIs(t, err, vault.ErrNothing)
		profile := []byte(`{"demandeur": {"naissance": "1990-01-01"}}`)
		require.NoError(t, v.PutContact(ctx, "a", code, vault.Contact{Name: "avant"}, noon))
		require.NoError(t, v.PutContact(ctx, "a", code, person, noon))
		require.NoError(t, v.PutAnswers(ctx, "a", code, profile, noon))

		t.Run("gives what it was given", func(t *testing.T) {
			c, err := v.Contact(ctx, "a", code)
			require.NoError(t, err)
			require.Equal(t, person, c)
			a, err := v.Answers(ctx, "a", code)
			require.NoError(t, err)
			require.Equal(t, profile, a)
		})
		t.Run("to its own CCAS only", func(t *testing.T) {
			_, err := v.Contact(ctx, "b", code)
			require.ErrorIs(t, err, vault.ErrNothing)
			require.ErrorIs(t, v.PutContact(ctx, "b", code, person, noon), store.ErrNotFound)
			require.NoError(t, v.ForgetContact(ctx, "b", code))
			_, err = v.Contact(ctx, "a", code)
			require.NoError(t, err)
		})
		t.Run("another key opens nothing and loses nothing", func(t *testing.T) {
			wrong := vault.New(db, key(t, "w"))
			require.ErrorIs(t, wrong.Check(ctx), vault.ErrKey)
			_, err := wrong.Contact(ctx, "a", code)
			require.ErrorIs(t, err, vault.ErrKey)
			require.ErrorContains(t, err, key(t, "w").ID())
			n, err := wrong.Rotate(ctx)
			require.ErrorIs(t, err, vault.ErrKey)
			require.Zero(t, n)
			require.NoError(t, v.Check(ctx))
			c, err := v.Contact(ctx, "a", code)
			require.NoError(t, err)
			require.Equal(t, person, c)
		})
		t.Run("rows that are exchanged do not open", func(t *testing.T) {
			for _, change := range []string{
				"UPDATE vault SET id = 'x' || id", "UPDATE vault SET sealed = 'AAAA'", "UPDATE vault SET sealed = wrapped", "UPDATE vault SET wrapped = 'é'",
				"UPDATE vault SET wrapped = (SELECT wrapped FROM vault WHERE kind = 'answers')",
			} {
				exec(t, db, change)
				_, err := v.Contact(ctx, "a", code)
				require.Error(t, err, change)
				require.NotErrorIs(t, err, vault.ErrKey)
				require.NoError(t, v.PutContact(ctx, "a", code, person, noon))
				require.NoError(t, v.PutAnswers(ctx, "a", code, profile, noon))
			}
		})
		t.Run("goes with the case to another CCAS", func(t *testing.T) {
			begin(t, s, "222-2222")
			require.NoError(t, v.PutContact(ctx, "a", "222-2222", person, noon))
			require.NoError(t, s.HandOver(ctx, store.Handover{
				From: "a", Code: "222-2222", After: 1, Ending: takeup.Event{ID: "moved", At: noon, Fact: takeup.Moved{To: "b", Consent: true}},
				To: "b", NewCode: "333-3333", Beginning: []takeup.Event{{ID: "begun", At: noon, Fact: takeup.CaseOpened{Followed: true}}},
			}))
			_, err := v.Contact(ctx, "a", "222-2222")
			require.ErrorIs(t, err, vault.ErrNothing)
			c, err := v.Contact(ctx, "b", "333-3333")
			require.NoError(t, err)
			require.Equal(t, person, c)
		})
		t.Run("forgets", func(t *testing.T) {
			require.NoError(t, v.ForgetContact(ctx, "a", code))
			_, err := v.Contact(ctx, "a", code)
			require.ErrorIs(t, err, vault.ErrNothing)
			_, err = v.Answers(ctx, "a", code)
			require.NoError(t, err)
			require.NoError(t, v.PutContact(ctx, "a", code, person, noon))
			require.NoError(t, v.PutContact(ctx, "a", code, vault.Contact{}, noon))
			_, err = v.Contact(ctx, "a", code)
			require.ErrorIs(t, err, vault.ErrNothing)
		})
		t.Run("all goes when the case closes, and nothing comes after", func(t *testing.T) {
			end(t, s, 1)
			_, err := v.Answers(ctx, "a", code)
			require.ErrorIs(t, err, vault.ErrNothing)
			require.ErrorIs(t, v.PutContact(ctx, "a", code, person, noon), vault.ErrClosed)
			_, err = s.Case(ctx, "a", code)
			require.NoError(t, err, "the case itself stays")
		})
	})
}

func exec(t testing.TB, db *database.DB, q string) {
	t.Helper()
	require.NoError(t, db.InTx(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), q)
		return err
	}))
}

// Whoever has the files reads nothing in them.
func TestTheDatabaseHoldsNoName(t *testing.T) {
	address := databasetest.Address(t, database.SQLite)
	db := databasetest.OpenAt(t, address)
	require.NoError(t, db.Migrate(t.Context()))
	opened(t, db)
	v := vault.New(db, key(t, "k"))
	require.NoError(t, v.PutContact(t.Context(), "a", code, person, noon))
	require.NoError(t, v.PutAnswers(t.Context(), "a", code, []byte(`{"id":"Canari"}`), noon))
	path := strings.TrimPrefix(address, "sqlite:")
	for _, name := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, canary := range []string{"Canari", "06 12", "canari@", strings.Repeat("k", 32)} {
			require.False(t, bytes.Contains(content, []byte(canary)), "%s in %s", canary, name)
		}
	}
}

// A rotation that is stopped over and over, while the vault is used, ends.
func TestRotate(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		s := opened(t, db)
		before := vault.New(db, key(t, "k"))
		const cases = 250
		name := func(i int) takeup.Code { return takeup.Code(fmt.Sprintf("CCC-%04d", i)) }
		for i := range cases {
			begin(t, s, name(i))
			require.NoError(t, before.PutContact(t.Context(), "a", name(i), vault.Contact{Name: fmt.Sprint("n", i)}, noon))
		}
		after := vault.New(db, key(t, "n"), key(t, "k"))
		stopped, stop := context.WithCancel(t.Context())
		stop()
		_, err := after.Rotate(stopped)
		require.ErrorIs(t, err, context.Canceled)
		require.NoError(t, before.PutContact(t.Context(), "a", name(0), vault.Contact{Name: "again"}, noon), "a server with the old key goes on")
		n, err := after.Rotate(t.Context())
		require.NoError(t, err)
		require.Equal(t, cases, n)
		n, err = after.Rotate(t.Context())
		require.NoError(t, err)
		require.Zero(t, n)
		alone := vault.New(db, key(t, "n"))
		require.NoError(t, alone.Check(t.Context()))
		for i := range cases {
			c, err := alone.Contact(t.Context(), "a", name(i))
			require.NoError(t, err)
			if i > 0 {
				require.Equal(t, fmt.Sprint("n", i), c.Name)
			}
		}
		_, err = before.Contact(t.Context(), "a", name(0))
		require.ErrorIs(t, err, vault.ErrKey)
	})
}

func TestContactCheck(t *testing.T) {
	for name, c := range map[string]struct {
		contact vault.Contact
		key     takeup.Key
	}{
		"nothing":                    {vault.Contact{}, ""},
		"everything":                 {person, ""},
		"another script":             {vault.Contact{Name: "தமிழ்ச்செல்வி", Phone: "+86 138 1234 5678"}, ""},
		"a foreign number with 00":   {vault.Contact{Phone: "0086 138 1234 5678"}, ""},
		"a social security number":   {vault.Contact{Free: "1 85 05 78 006 084 36"}, takeup.KeySocialSecurity},
		"in the name":                {vault.Contact{Name: "Canari 185057800608436"}, takeup.KeySocialSecurity},
		"in the telephone":           {vault.Contact{Phone: "185057800608436"}, takeup.KeySocialSecurity},
		"in the address":             {vault.Contact{Email: "185057800608436@exemple.fr"}, takeup.KeySocialSecurity},
		"not a telephone":            {vault.Contact{Phone: "chez Ali"}, takeup.KeyShape},
		"not an address":             {vault.Contact{Email: "canari"}, takeup.KeyShape},
		"an address with a name":     {vault.Contact{Email: "Canari <canari@exemple.fr>"}, takeup.KeyShape},
		"two addresses":              {vault.Contact{Email: "a@exemple.fr\nb@exemple.fr"}, takeup.KeyShape},
		"too long":                   {vault.Contact{Name: strings.Repeat("é", 121)}, takeup.KeyTooLong},
		"letters that are not there": {vault.Contact{Name: "\xff"}, takeup.KeyShape},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.contact.Check()
			if c.key == "" {
				require.NoError(t, err)
				return
			}
			refusal, ok := errors.AsType[*takeup.Refusal](err)
			require.True(t, ok)
			require.Equal(t, c.key, refusal.Key)
		})
	}
}

func TestKeys(t *testing.T) {
	_, err := vault.NewKey(make([]byte, 31))
	require.ErrorContains(t, err, "at least 32 bytes")
	require.NotEqual(t, key(t, "a").ID(), key(t, "b").ID())
}

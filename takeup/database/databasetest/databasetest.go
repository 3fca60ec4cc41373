// Package databasetest gives tests a fresh database of each kind. PostgreSQL is at $GUICHET_TEST_POSTGRES; without one its tests
// are skipped with a line that says so, and fail when $CI is "true".
package databasetest

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup/database"
)

// Kinds are those that every test of behaviour runs on.
var Kinds = []database.Kind{database.SQLite, database.PostgreSQL}

// ForEach runs a test on a fresh, migrated database of each kind.
func ForEach(t *testing.T, do func(t *testing.T, db *database.DB)) {
	t.Helper()
	for _, kind := range Kinds {
		t.Run(string(kind), func(t *testing.T) { do(t, Open(t, kind)) })
	}
}

// Open gives a fresh, migrated database, closed and gone with the test.
func Open(t testing.TB, kind database.Kind) *database.DB {
	t.Helper()
	db := OpenAt(t, Address(t, kind))
	require.NoError(t, db.Migrate(t.Context()))
	return db
}

// AddCCAS makes CCAS known, called as their identifiers.
func AddCCAS(t testing.TB, db *database.DB, ids ...string) {
	t.Helper()
	for _, id := range ids {
		require.NoError(t, db.InTx(t.Context(), func(tx *sql.Tx) error {
			_, err := tx.ExecContext(t.Context(), "INSERT INTO ccas (id, name, commune) VALUES ($1, $2, '00000')", id, "CCAS "+id)
			return err
		}))
	}
}

// OpenAt opens a database until the test ends, as a second program would.
func OpenAt(t testing.TB, address string) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), address)
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// Address gives the address of a new, empty database, gone with the test: a file in a folder of its own, or a schema of its own.
func Address(t testing.TB, kind database.Kind) string {
	t.Helper()
	if kind == database.SQLite {
		return "sqlite:" + filepath.Join(t.TempDir(), "guichet.db")
	}
	server := cmp.Or(os.Getenv("GUICHET_TEST_POSTGRES"), "postgres://postgres@127.0.0.1:5432/test")
	pool, err := sql.Open("pgx", server)
	require.NoError(t, err)
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		if os.Getenv("CI") == "true" {
			t.Fatal("no PostgreSQL answers at $GUICHET_TEST_POSTGRES")
		}
		t.Skip("skipped: PostgreSQL; $GUICHET_TEST_POSTGRES is the address of one that tests may fill, postgres://USER@HOST:PORT/NAME")
	}
	schema := "guichet_test_" + strings.ToLower(rand.Text())
	_, err = pool.ExecContext(ctx, "CREATE SCHEMA "+schema)
	require.NoError(t, err)
	t.Cleanup(func() {
		ctx, stop := context.WithTimeout(context.WithoutCancel(t.Context()), 30*time.Second)
		defer stop()
		_, err := pool.ExecContext(ctx, "DROP SCHEMA "+schema+" CASCADE")
		require.NoError(t, err)
		require.NoError(t, pool.Close())
	})
	u, err := url.Parse(server)
	require.NoError(t, err)
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

package database_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
)

func TestAddresses(t *testing.T) {
	for name, c := range map[string]struct{ address, says string }{
		"nothing":         {"", "a database is sqlite:PATH or postgres://USER"},
		"another engine":  {"mysql://u:secret@h/n", "a database is sqlite:PATH or postgres://USER"},
		"no path":         {"sqlite:", "a database is sqlite:PATH"},
		"not an address":  {"postgres://u:secret@h:port/n", "a database is sqlite:PATH"},
		"nobody there":    {"postgres://u:secret@127.0.0.1:1/n?connect_timeout=2", "the database does not answer"},
		"a folder":        {"sqlite:" + t.TempDir(), "opening the database"},
		"not a database":  {"sqlite:" + written(t, strings.Repeat("not a database ", 100)), "reaching the database"},
		"an unknown host": {"postgres://u:secret@nowhere.invalid/n?connect_timeout=2", "the database does not answer"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := database.Open(t.Context(), c.address)
			require.ErrorContains(t, err, c.says)
			require.NotContains(t, err.Error(), "secret")
		})
	}
}

func written(t *testing.T, text string) string {
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestAFileIsReadByNobodyElse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub folder", "q?#%.db") // names that mean something in an address
	db := databasetest.OpenAt(t, "sqlite:"+path)
	require.NoError(t, db.Migrate(t.Context()))
	addCCAS(t, db, "a")
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(name)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), name)
	}
	info, err := os.Stat(filepath.Dir(path))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
}

func TestPragmas(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1", "busy_timeout": "10000", "temp_store": "2",
	} {
		var read, write string
		require.NoError(t, db.QueryRow(t.Context(), "PRAGMA "+pragma).Scan(&read))
		require.NoError(t, db.InTx(t.Context(), func(tx *sql.Tx) error {
			return tx.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&write)
		}))
		require.Equal(t, []string{want, want}, []string{read, write}, pragma)
	}
}

func addCCAS(t *testing.T, db *database.DB, id string) {
	t.Helper()
	require.NoError(t, insertCCAS(t.Context(), db, id))
}

func insertCCAS(ctx context.Context, db *database.DB, id string) error {
	return db.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO ccas (id, name, commune) VALUES ($1, $2, '00000')", id, "CCAS "+id)
		return err
	})
}

func count(t *testing.T, db *database.DB, from string) (n int) {
	t.Helper()
	require.NoError(t, db.QueryRow(t.Context(), "SELECT count(*) FROM "+from).Scan(&n))
	return n
}

func TestBehaviour(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		ctx := t.Context()
		t.Run("a change that fails leaves nothing", func(t *testing.T) {
			failed := errors.New("no")
			require.ErrorIs(t, db.InTx(ctx, func(tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, "INSERT INTO ccas (id, name, commune) VALUES ('x', 'x', 'x')")
				require.NoError(t, err)
				return failed
			}), failed)
			require.Zero(t, count(t, db, "ccas"))
		})
		t.Run("a conflict is told as one", func(t *testing.T) {
			addCCAS(t, db, "canary")
			err := insertCCAS(ctx, db, "canary")
			require.ErrorIs(t, err, database.ErrConflict)
			require.NotContains(t, err.Error(), "canary")
		})
		t.Run("a value that is refused is not repeated", func(t *testing.T) {
			err := db.InTx(ctx, func(tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, "INSERT INTO event (ccas, case_code, number, id, at, agent, kind, fact) VALUES ('canary2', 'c', 1, 'i', '', '', '', '')")
				return err
			})
			require.Error(t, err, "a CCAS that does not exist")
			require.NotErrorIs(t, err, database.ErrConflict)
			require.NotContains(t, err.Error(), "canary2")
		})
		t.Run("what asks cannot change", func(t *testing.T) {
			err := db.Snapshot(ctx, func(tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, "DELETE FROM ccas")
				return err
			})
			require.Error(t, err)
			require.NotZero(t, count(t, db, "ccas"))
		})
		t.Run("a snapshot is of one moment", func(t *testing.T) {
			before := count(t, db, "ccas")
			require.NoError(t, db.Snapshot(ctx, func(tx *sql.Tx) error {
				var first, second int
				require.NoError(t, tx.QueryRowContext(ctx, "SELECT count(*) FROM ccas").Scan(&first))
				addCCAS(t, db, "meanwhile")
				require.NoError(t, tx.QueryRowContext(ctx, "SELECT count(*) FROM ccas").Scan(&second))
				require.Equal(t, before, first)
				require.Equal(t, first, second)
				return nil
			}))
			require.Equal(t, before+1, count(t, db, "ccas"))
		})
		t.Run("a context that ends is told as that", func(t *testing.T) {
			ended, end := context.WithCancel(ctx)
			end()
			require.ErrorIs(t, insertCCAS(ended, db, "y"), context.Canceled)
			require.ErrorIs(t, db.Each(ended, nil, "SELECT 1"), context.Canceled)
		})
		t.Run("rows one by one", func(t *testing.T) {
			var ids []string
			require.NoError(t, db.Each(ctx, func(r *sql.Rows) error {
				var id string
				err := r.Scan(&id)
				ids = append(ids, id)
				return err
			}, "SELECT id FROM ccas WHERE id > $1 ORDER BY id", "a"))
			require.Equal(t, []string{"canary", "meanwhile"}, ids)
		})
	})
}

func TestManyWritersQueue(t *testing.T) {
	for _, kind := range databasetest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			address := databasetest.Address(t, kind)
			one, two := databasetest.OpenAt(t, address), databasetest.OpenAt(t, address) // as two programs are
			require.NoError(t, one.Migrate(t.Context()))
			var writers sync.WaitGroup
			for i := range 8 {
				writers.Go(func() {
					for j := range 10 {
						db := one
						if i%2 == 0 {
							db = two
						}
						if err := insertCCAS(t.Context(), db, string(rune('a'+i))+string(rune('a'+j))); err != nil {
							t.Error(err)
						}
					}
				})
			}
			writers.Wait()
			require.Equal(t, 80, count(t, two, "ccas"))
		})
	}
}

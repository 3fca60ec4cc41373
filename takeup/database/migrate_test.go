package database_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
)

// migrating has the test binary migrate this database and end.
const migrating = "GUICHET_TEST_MIGRATE"

func TestMain(m *testing.M) {
	address := os.Getenv(migrating)
	if address == "" {
		os.Exit(m.Run())
	}
	ctx := context.Background()
	db, err := database.Open(ctx, address)
	if err == nil {
		err = db.Migrate(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// seeds gives what an installation held at each version, in order: whoever adds a migration adds a seed.
func seeds(t *testing.T) (out []string) {
	t.Helper()
	migrations, err := filepath.Glob("migrations/sqlite/*.sql")
	require.NoError(t, err)
	for i := range migrations {
		seed, err := os.ReadFile(fmt.Sprintf("testdata/seeds/%05d.sql", i+1))
		require.NoError(t, err)
		out = append(out, string(seed))
	}
	return out
}

// From every schema there ever was, holding what it held, to the present one: the same on both engines, and twice is once.
func TestProperty18Migrations(t *testing.T) {
	all := seeds(t)
	for i := range all {
		t.Run(fmt.Sprintf("from %05d", i+1), func(t *testing.T) {
			var dumps []string
			for _, kind := range databasetest.Kinds {
				db := databasetest.OpenAt(t, databasetest.Address(t, kind))
				for version, seed := range all[:i+1] {
					require.NoError(t, db.MigrateTo(t.Context(), int64(version+1)))
					execute(t, db, seed)
				}
				before, after, err := db.MigrateFrom(t.Context())
				require.NoError(t, err)
				require.Equal(t, []int64{int64(i + 1), int64(len(all))}, []int64{before, after})
				first := dump(t, db)
				require.NoError(t, db.Migrate(t.Context()))
				require.Equal(t, first, dump(t, db), "twice is once")
				require.Contains(t, first, `["K7B-4PXD","lilas",2]`, "cases are known by their events")
				for _, later := range all[i+1:] {
					execute(t, db, later)
				}
				dumps = append(dumps, dump(t, db))
			}
			require.Equal(t, dumps[0], dumps[1])
			fresh := databasetest.Open(t, database.SQLite)
			execute(t, fresh, all[:2]...)
			execute(t, fresh, "INSERT INTO case_file (code, ccas, number) VALUES ('K7B-4PXD', 'lilas', 2), ('222-2222', 'eper', 1)")
			execute(t, fresh, all[2:]...)
			require.Equal(t, dumps[0], dump(t, fresh), "a new installation that came to hold the same")
		})
	}
}

func execute(t *testing.T, db *database.DB, statements ...string) {
	t.Helper()
	require.NoError(t, db.InTx(t.Context(), func(tx *sql.Tx) error {
		for _, s := range statements {
			if _, err := tx.ExecContext(t.Context(), s); err != nil {
				return err
			}
		}
		return nil
	}))
}

func dump(t *testing.T, db *database.DB) string {
	t.Helper()
	var b bytes.Buffer
	_, err := db.Backup(t.Context(), &b, noon)
	require.NoError(t, err)
	return b.String()
}

// Several programs that start at once, on nothing or on what an installation of any earlier version holds: one migrates, the others wait,
// all are content, and what comes out is what one alone makes.
func TestProperty18MigrationsAtOnce(t *testing.T) {
	all := seeds(t)
	for from := range all {
		t.Run(fmt.Sprintf("from %05d", from), func(t *testing.T) {
			for _, kind := range databasetest.Kinds {
				require.Equal(t, migratedBy(t, 1, kind, all[:from]), migratedBy(t, 4, kind, all[:from]), kind)
			}
		})
	}
}

// migratedBy gives what a number of programs at once make of a database that was filled at each version.
func migratedBy(t *testing.T, programs int, kind database.Kind, filled []string) string {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	address := databasetest.Address(t, kind)
	db := databasetest.OpenAt(t, address)
	for version, seed := range filled {
		require.NoError(t, db.MigrateTo(t.Context(), int64(version+1)))
		execute(t, db, seed)
	}
	var running sync.WaitGroup
	for range programs {
		running.Go(func() {
			p := exec.CommandContext(t.Context(), self)
			p.Env = append(os.Environ(), migrating+"="+address)
			if said, err := p.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, said)
			}
		})
	}
	running.Wait()
	return dump(t, db)
}

func TestANewerDatabaseIsLeftAlone(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		applied := "true"
		if db.Kind == database.SQLite {
			applied = "1"
		}
		execute(t, db, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, "+applied+")")
		require.ErrorIs(t, db.Migrate(t.Context()), database.ErrNewer)
	})
}

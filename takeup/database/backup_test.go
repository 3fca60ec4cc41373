package database_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// filled gives a database that holds something in each of the tables that the seeds fill.
func filled(t *testing.T, kind database.Kind) *database.DB {
	t.Helper()
	db := databasetest.OpenAt(t, databasetest.Address(t, kind))
	for i, seed := range seeds(t) {
		require.NoError(t, db.MigrateTo(t.Context(), int64(i+1)))
		execute(t, db, seed)
	}
	return db
}

// The drill: back up while others write, restore on either engine, compare.
func TestProperty20BackupDrill(t *testing.T) {
	for _, from := range databasetest.Kinds {
		t.Run(string(from), func(t *testing.T) {
			db := filled(t, from)
			path := filepath.Join(t.TempDir(), "guichet.sauvegarde")
			var stop atomic.Bool
			written := make(chan error)
			go func() {
				var err error
				for i := 0; !stop.Load() && err == nil; i++ {
					err = insertCCAS(t.Context(), db, fmt.Sprint("c", i))
				}
				written <- err
			}()
			require.Eventually(t, func() bool { return count(t, db, "ccas") > 5 }, 20*time.Second, time.Millisecond)
			rows, err := db.BackupFile(t.Context(), path, noon)
			require.NoError(t, err)
			stop.Store(true)
			require.NoError(t, <-written)
			info, err := os.Stat(path)
			require.NoError(t, err)
			require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
			_, err = db.BackupFile(t.Context(), path, noon)
			require.ErrorIs(t, err, os.ErrExist, "a backup is never overwritten")
			backup, err := os.ReadFile(path)
			require.NoError(t, err)
			for _, to := range databasetest.Kinds {
				other := databasetest.OpenAt(t, databasetest.Address(t, to))
				restored, err := other.Restore(t.Context(), bytes.NewReader(backup))
				require.NoError(t, err)
				require.Equal(t, rows, restored)
				require.Equal(t, string(backup), dump(t, other))
				require.GreaterOrEqual(t, count(t, db, "ccas"), count(t, other, "ccas"))
			}
		})
	}
}

func TestRestoreRefuses(t *testing.T) {
	backup := dump(t, filled(t, database.SQLite))
	lines := strings.SplitAfter(backup, "\n")
	lastLine := len(lines) - 2
	schema := regexp.MustCompile(`"schema":\d+`).FindString(backup)
	databasetest.ForEach(t, func(t *testing.T, used *database.DB) {
		for name, c := range map[string]struct {
			backup string
			err    error
		}{
			"nothing":              {"", database.ErrBackup},
			"something else":       {"{}\n", database.ErrBackup},
			"a part":               {backup[:len(backup)/2], database.ErrBackup},
			"without its end":      {strings.Join(lines[:lastLine], ""), database.ErrBackup},
			"a row too few":        {without(backup, `["x1"`), database.ErrBackup},
			"a row others need":    {without(backup, `["eper"`), database.ErrBackup},
			"a head too few":       {without(backup, `{"table":"ccas"`), database.ErrBackup},
			"a letter changed":     {strings.Replace(backup, "Poste 2", "Poste 3", 1), database.ErrBackup},
			"a table of others":    {strings.Replace(backup, `"table":"ccas"`, `"table":"ccas; DROP TABLE ccas"`, 1), database.ErrBackup},
			"columns of others":    {strings.Replace(backup, `"colonnes":["id"`, `"colonnes":["id; --"`, 1), database.ErrBackup},
			"a value too many":     {strings.Replace(backup, `["eper",`, `["eper",1,`, 1), database.ErrBackup},
			"a value of no kind":   {strings.Replace(backup, `["eper",`, `[{},`, 1), database.ErrBackup},
			"of a newer program":   {strings.Replace(backup, schema, `"schema":4000`, 1), database.ErrNewer},
			"of a newer form":      {strings.Replace(backup, `"guichet_sauvegarde":1`, `"guichet_sauvegarde":2`, 1), database.ErrNewer},
			"of a schema that was": {strings.Replace(backup, schema, `"schema":2`, 1), database.ErrNotEmpty},
		} {
			t.Run(name, func(t *testing.T) {
				require.NotEqual(t, backup, c.backup)
				_, err := used.Restore(t.Context(), strings.NewReader(c.backup))
				require.ErrorIs(t, err, c.err)
				require.Zero(t, count(t, used, "ccas"), "all or nothing")
			})
		}
		addCCAS(t, used, "a")
		_, err := used.Restore(t.Context(), strings.NewReader(backup))
		require.ErrorIs(t, err, database.ErrNotEmpty)
		require.Equal(t, 1, count(t, used, "ccas"))
	})
}

// without leaves the line out that begins so.
func without(backup, begins string) string {
	var b strings.Builder
	for l := range strings.Lines(backup) {
		if !strings.HasPrefix(l, begins) {
			b.WriteString(l)
		}
	}
	return b.String()
}

// A backup that an earlier program made is restored by this one, and migrated.
func TestRestoreOfAnEarlierSchema(t *testing.T) {
	for _, kind := range databasetest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			old := databasetest.OpenAt(t, databasetest.Address(t, kind))
			require.NoError(t, old.MigrateTo(t.Context(), 1))
			execute(t, old, seeds(t)[0])
			backup := dump(t, old)
			db := databasetest.OpenAt(t, databasetest.Address(t, kind))
			_, err := db.Restore(t.Context(), strings.NewReader(backup))
			require.NoError(t, err)
			require.Equal(t, 2, count(t, db, "case_file"))
			require.NoError(t, old.Migrate(t.Context()))
			require.Equal(t, dump(t, old), dump(t, db))
		})
	}
}

// A backup that fails leaves no file that could be taken for one.
func TestBackupFailsWhole(t *testing.T) {
	db := filled(t, database.SQLite)
	_, err := db.Backup(t.Context(), failing{}, noon)
	require.ErrorIs(t, err, errFull)
	execute(t, db, "UPDATE ccas SET name = CAST(name AS BLOB)")
	path := filepath.Join(t.TempDir(), "b")
	_, err = db.BackupFile(t.Context(), path, noon)
	require.ErrorContains(t, err, "the column name holds what a backup cannot")
	require.NoFileExists(t, path)
}

var errFull = errors.New("full")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

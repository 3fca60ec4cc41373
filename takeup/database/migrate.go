package database

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// ErrNewer says that a newer program has been here.
var ErrNewer = errors.New("the database was made by a newer program: this one would not know all of it")

// Migrate brings the schema to what this program knows. Several processes may do so at once: one does, the others wait.
func (db *DB) Migrate(ctx context.Context) error {
	_, _, err := db.MigrateFrom(ctx)
	return err
}

// MigrateFrom is [DB.Migrate]; it gives the number of the schema before and after. A new database is at 0.
func (db *DB) MigrateFrom(ctx context.Context) (before, after int64, err error) {
	return db.migrate(ctx, 0)
}

// migrate goes to a version; 0 is the last.
func (db *DB) migrate(ctx context.Context, to int64) (before, after int64, err error) {
	provider, err := db.provider()
	if err != nil {
		return 0, 0, err
	}
	if db.Kind == SQLite {
		unlock, err := lockFile(ctx, db.path)
		if err != nil {
			return 0, 0, fmt.Errorf("waiting for another migration: %w", Plain(err))
		}
		defer unlock()
	}
	before, known, err := provider.GetVersions(ctx)
	switch {
	case err != nil:
		return 0, 0, fmt.Errorf("migrating the database: %w", Plain(err))
	case before > known:
		return before, before, ErrNewer
	}
	if to == 0 {
		_, err = provider.Up(ctx)
	} else {
		_, err = provider.UpTo(ctx, to)
	}
	if err != nil {
		return before, before, fmt.Errorf("migrating the database: %w", Plain(err))
	}
	after, err = provider.GetDBVersion(ctx)
	return before, after, Plain(err)
}

func (db *DB) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+string(db.Kind))
	if err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithVerbose(false)}
	if db.Kind == PostgreSQL {
		dialect, options = goose.DialectPostgres, append(options, goose.WithSessionLocker(serverLock{}))
	}
	provider, err := goose.NewProvider(dialect, db.write, files, options...)
	if err != nil {
		return nil, fmt.Errorf("reading the migrations: %w", err)
	}
	return provider, nil
}

// A serverLock has migrations of one schema follow each other on PostgreSQL. Unlike goose's own it waits without asking again and
// again, and knows schemas apart. The server lets it go with the connection.
type serverLock struct{}

func (serverLock) SessionLock(ctx context.Context, c *sql.Conn) error {
	_, err := c.ExecContext(ctx, "SELECT pg_advisory_lock(hashtext('guichet ' || current_schema()))")
	return err
}

func (serverLock) SessionUnlock(ctx context.Context, c *sql.Conn) error {
	_, err := c.ExecContext(ctx, "SELECT pg_advisory_unlock(hashtext('guichet ' || current_schema()))")
	return err
}

// lockFile does the same for an SQLite file: goose looks at the version and changes it in two transactions, so the lock is that of
// another, empty, file beside it. The engine's own locks end with the process and wait on every system.
func lockFile(ctx context.Context, path string) (unlock func(), err error) {
	path += "-migrating"
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	pool, err := sql.Open("sqlite", dsn(path, []string{"busy_timeout(60000)"}, "exclusive"))
	if err != nil {
		return nil, err
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return func() { _, _ = tx.Rollback(), pool.Close() }, nil
}

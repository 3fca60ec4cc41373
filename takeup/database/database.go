// Package database opens what Guichet keeps things in: an SQLite file by default, PostgreSQL by address. Both speak the same SQL
// here, with $1, $2… for values; what they do not share is in the migrations.
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver of PostgreSQL
	_ "modernc.org/sqlite"             // the driver of SQLite
)

// A Kind is an engine that data can be kept in.
type Kind string

// The kinds, as their migrations' folders are called.
const (
	SQLite     Kind = "sqlite"
	PostgreSQL Kind = "postgres"
)

// Default is where things are kept when nobody says where.
const Default = "sqlite:var/guichet.db"

// DB is an open database. It is safe for concurrent use.
type DB struct {
	Kind Kind
	read *sql.DB
	// write is the same as read on PostgreSQL. SQLite has one writer at a time: one connection makes them queue here, in order,
	// rather than fail there.
	write *sql.DB
	path  string // of the file; empty on PostgreSQL
}

// Open opens the database of an address: "sqlite:" and the path of a file, which is made with its folder when it is not there, or
// "postgres://user@host:port/name". It does not migrate, see [DB.Migrate]. No error repeats a password.
func Open(ctx context.Context, address string) (*DB, error) {
	scheme, rest, _ := strings.Cut(address, ":")
	switch scheme {
	case "sqlite":
		return openFile(ctx, rest)
	case "postgres", "postgresql":
		return openServer(ctx, address)
	default:
		return nil, errors.New("a database is sqlite:PATH or postgres://USER@HOST:PORT/NAME")
	}
}

// The pragmas of every connection; the patience comes first, so that the others wait too. What is deleted is overwritten, since
// people may ask to be forgotten.
var pragmas = []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "secure_delete(ON)"}

func openFile(ctx context.Context, path string) (*DB, error) {
	if path == "" {
		return nil, errors.New("a database of SQLite needs the path of its file: sqlite:PATH")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of the database: %w", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) // nobody else reads it
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	dsn := func(extra url.Values) string {
		q := url.Values{"_pragma": pragmas}
		for k, v := range extra {
			q[k] = v
		}
		return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
	}
	db := &DB{Kind: SQLite, path: path}
	if db.write, err = sql.Open("sqlite", dsn(url.Values{"_txlock": {"immediate"}})); err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	db.write.SetMaxOpenConns(1)
	if db.read, err = sql.Open("sqlite", dsn(nil)); err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	return db, db.ping(ctx)
}

func openServer(ctx context.Context, address string) (*DB, error) {
	pool, err := sql.Open("pgx", address)
	if err != nil {
		return nil, errors.New("the address of the database cannot be read: postgres://USER@HOST:PORT/NAME")
	}
	pool.SetMaxOpenConns(16)
	db := &DB{Kind: PostgreSQL, read: pool, write: pool}
	return db, db.ping(ctx)
}

func (db *DB) ping(ctx context.Context) error {
	if err := db.write.PingContext(ctx); err != nil {
		return errors.Join(fmt.Errorf("reaching the database: %w", err), db.Close())
	}
	return nil
}

// Close closes it.
func (db *DB) Close() error {
	err := db.write.Close()
	if db.read != nil && db.read != db.write {
		err = errors.Join(err, db.read.Close())
	}
	return err
}

// Query asks, without changing anything.
func (db *DB) Query(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	return db.read.QueryContext(ctx, q, args...)
}

// QueryRow asks for one row, without changing anything.
func (db *DB) QueryRow(ctx context.Context, q string, args ...any) *sql.Row {
	return db.read.QueryRowContext(ctx, q, args...)
}

// InTx changes things: all that do does, or nothing when it gives an error.
func (db *DB) InTx(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning a change: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := do(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("keeping a change: %w", err)
	}
	return nil
}

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
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the driver of SQLite
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

// ErrAddress says that nothing can be opened by such an address.
var ErrAddress = errors.New("the address of a database is sqlite:PATH or postgres://USER@HOST:PORT/NAME")

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
		return nil, ErrAddress
	}
}

// The pragmas of every connection; the patience comes first, so that the others wait too. A change that was acknowledged survives a
// power cut. What is deleted is overwritten, since people may ask to be forgotten; no sorting leaves rows in a temporary file, and
// the log of writes does not stay as large as it once was.
var pragmas = []string{
	"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "secure_delete(ON)",
	"temp_store(MEMORY)", "journal_size_limit(1048576)", "trusted_schema(OFF)",
}

// readers is how many may ask an SQLite file at once, and how many connections a server gives us.
const readers, connections = 8, 16

// patience is how long a server that does not answer is waited for.
const patience = 5 * time.Second

func openFile(ctx context.Context, path string) (*DB, error) {
	if path == "" {
		return nil, ErrAddress
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of the database: %w", Plain(err))
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) // nobody else reads it
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", Plain(err))
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	db := &DB{Kind: SQLite, path: path}
	if db.write, err = sql.Open("sqlite", dsn(path, pragmas, "immediate")); err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	db.write.SetMaxOpenConns(1)
	if db.read, err = sql.Open("sqlite", dsn(path, append(slices.Clone(pragmas), "query_only(ON)"), "deferred")); err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	db.read.SetMaxOpenConns(readers)
	return db, db.ping(ctx)
}

// dsn gives what the driver of SQLite calls a file and how each connection to it begins.
func dsn(path string, pragmas []string, lock string) string {
	q := url.Values{"_pragma": pragmas, "_txlock": {lock}}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

func openServer(ctx context.Context, address string) (*DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, ErrAddress // what the driver says may repeat a password
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = patience
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(connections)
	pool.SetConnMaxIdleTime(5 * time.Minute) // a firewall forgets sooner than a pool
	db := &DB{Kind: PostgreSQL, read: pool, write: pool}
	return db, db.ping(ctx)
}

func (db *DB) ping(ctx context.Context) error {
	err := db.write.PingContext(ctx)
	// Two programs that turn a new file to its log of writes at once are told that it is locked, patience or not.
	for range 100 {
		if db.Kind != SQLite || !errors.Is(Plain(err), ErrUnavailable) {
			break
		}
		select {
		case <-ctx.Done():
		case <-time.After(50 * time.Millisecond):
		}
		err = db.write.PingContext(ctx)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("reaching the database: %w", Plain(err)), db.Close())
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

// Query asks, without changing anything. Whoever reads the rows gives what goes wrong meanwhile to [Plain], or lets [DB.Each] do both.
func (db *DB) Query(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	rows, err := db.read.QueryContext(ctx, q, args...)
	return rows, Plain(err)
}

// Each asks, without changing anything, and has each row read in turn.
func (db *DB) Each(ctx context.Context, read func(*sql.Rows) error, q string, args ...any) error {
	return each(ctx, db.read, read, q, args)
}

// Each is [DB.Each] within a transaction.
func Each(ctx context.Context, tx *sql.Tx, read func(*sql.Rows) error, q string, args ...any) error {
	return each(ctx, tx, read, q, args)
}

// An asked answers queries: a pool, or a transaction.
type asked interface {
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
}

func each(ctx context.Context, from asked, read func(*sql.Rows) error, q string, args []any) error {
	rows, err := from.QueryContext(ctx, q, args...)
	if err != nil {
		return Plain(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows); err != nil {
			return Plain(err)
		}
	}
	return Plain(rows.Err())
}

// A Row is the answer to [DB.QueryRow].
type Row struct{ row *sql.Row }

// Scan copies its columns; sql.ErrNoRows says that there is none.
func (r Row) Scan(into ...any) error { return Plain(r.row.Scan(into...)) }

// QueryRow asks for one row, without changing anything.
func (db *DB) QueryRow(ctx context.Context, q string, args ...any) Row {
	return Row{db.read.QueryRowContext(ctx, q, args...)}
}

// InTx changes things: all that do does, or nothing when it gives an error.
func (db *DB) InTx(ctx context.Context, do func(*sql.Tx) error) error {
	return inTx(ctx, db.write, nil, do)
}

// Snapshot asks several things of one moment, whatever is written meanwhile. What do changes is refused.
func (db *DB) Snapshot(ctx context.Context, do func(*sql.Tx) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if db.Kind == PostgreSQL {
		options.Isolation = sql.LevelRepeatableRead
	}
	return inTx(ctx, db.read, options, do)
}

func inTx(ctx context.Context, pool *sql.DB, options *sql.TxOptions, do func(*sql.Tx) error) error {
	tx, err := pool.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("beginning with the database: %w", Plain(err))
	}
	defer func() { _ = tx.Rollback() }()
	if err := do(tx); err != nil {
		return Plain(err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("keeping a change: %w", Plain(err))
	}
	return nil
}

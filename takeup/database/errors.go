package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What an engine can refuse, in whatever words.
var (
	// ErrConflict: a row of that key is there already.
	ErrConflict = errors.New("it is in the database already")
	// ErrUnavailable: the database cannot be reached or is busy for too long. Asking again may help.
	ErrUnavailable = errors.New("the database does not answer")
	// ErrReadOnly: nothing can be written: a full disk, a file or a server that may only be read, a disk that fails. A person has
	// to see to it.
	ErrReadOnly = errors.New("the database cannot be written")
)

// A Fault is an error of an engine whose kind is known. Its words hold no value of a row.
type Fault struct {
	kind  error
	words string // of the engine
	cause error
}

func (f *Fault) Error() string { return f.kind.Error() + ": " + f.words }

// Unwrap gives the kind, [ErrConflict] or another, and the error of the driver.
func (f *Fault) Unwrap() []error { return []error{f.kind, f.cause} }

// Plain gives an error of an engine its kind, as errors of this package have it. Others stay what they are.
func Plain(err error) error {
	if err == nil {
		return nil
	}
	// A server that does not answer whoever wants to connect runs into our own deadline, not the caller's.
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	if !connecting && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)) {
		return err
	}
	if _, ok := errors.AsType[*Fault](err); ok {
		return err
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return fault(sqliteKind(e.Code()), fmt.Sprintf("SQLite %d", e.Code()), err)
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return serverFault(e, err)
	}
	for _, e := range []error{syscall.EROFS, syscall.ENOSPC, fs.ErrPermission} {
		if errors.Is(err, e) {
			return fault(ErrReadOnly, e.Error(), err)
		}
	}
	if unreachable(err) {
		return fault(ErrUnavailable, "no connection", err)
	}
	return err
}

func fault(kind error, words string, err error) error {
	if kind == nil {
		return err
	}
	return &Fault{kind, words, err}
}

func sqliteKind(code int) error {
	switch code & 0xff { // without what the extended code adds
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return ErrUnavailable
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return ErrReadOnly
	}
	switch code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return ErrConflict
	}
	return nil
}

// serverFault gives an error of PostgreSQL its kind by its SQLSTATE. The words of what is wrong with a value may quote it, and are
// left out.
func serverFault(e *pgconn.PgError, err error) error {
	words := "SQLSTATE " + e.Code
	switch {
	case e.Code == "23505":
		return fault(ErrConflict, words, err)
	case e.Code == "25006", e.Code == "53100", e.Code == "58030": // read-only transaction, disk full, I/O error
		return fault(ErrReadOnly, words, err)
	case in(e.Code, "08", "53", "57"), e.Code == "40001", e.Code == "40P01", e.Code == "55P03": // connection, resources, shutdown, locks
		return fault(ErrUnavailable, words, err)
	case in(e.Code, "22", "23"):
		return fmt.Errorf("PostgreSQL refuses a value (%s, %s.%s)", words, e.TableName, e.ColumnName)
	}
	return err
}

func in(code string, classes ...string) bool {
	for _, c := range classes {
		if strings.HasPrefix(code, c) {
			return true
		}
	}
	return false
}

// unreachable says whether there was no talking to the server.
func unreachable(err error) bool {
	if pgconn.SafeToRetry(err) { // nothing was sent
		return true
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	for _, e := range []error{driver.ErrBadConn, sql.ErrConnDone, io.ErrUnexpectedEOF, io.EOF, syscall.ECONNRESET, syscall.EPIPE, os.ErrDeadlineExceeded, net.ErrClosed} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// Package store keeps the events of cases. Nothing that was acknowledged is lost, doubled or changed, whoever writes at once: each
// writer says after which event of the case they write, and asking twice does once.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"guichet/takeup"
	"guichet/takeup/database"
)

// What a store answers beside the errors of the database.
var (
	// ErrNotFound: there is no such thing in this CCAS. That another has it is nobody's business.
	ErrNotFound = errors.New("there is no such case or CCAS")
	// ErrMoved: the case has gone on since it was read. Read it again.
	ErrMoved = errors.New("the case has gone on meanwhile")
	// ErrTaken: the code is of another case. Draw another.
	ErrTaken = errors.New("the code is taken")
	// ErrUsed: the identifier of the event is of another event.
	ErrUsed = errors.New("an event of this identifier is kept elsewhere")
)

// A Store keeps cases in a database that is migrated. It is safe for concurrent use, by several programs too.
type Store struct{ db *database.DB }

// New gives the store of a database.
func New(db *database.DB) *Store { return &Store{db} }

// timeForm is how instants are kept: in the order of the alphabet.
const timeForm = "2006-01-02T15:04:05.000000000Z"

// FormatTime gives an instant as it is kept.
func FormatTime(t time.Time) string { return t.UTC().Format(timeForm) }

// ParseTime reads what [FormatTime] gave.
func ParseTime(s string) (time.Time, error) { return time.Parse(timeForm, s) }

// A Center is a CCAS as an installation knows it.
type Center struct {
	ID      takeup.CCAS
	Name    string
	Commune string // INSEE code
}

// AddCenter makes a CCAS known; database.ErrConflict says that it is already.
func (s *Store) AddCenter(ctx context.Context, c Center) error {
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO ccas (id, name, commune) VALUES ($1, $2, $3)", c.ID, c.Name, c.Commune)
		return said("adding a CCAS", err)
	})
}

// Centers lists the CCAS in the order of their identifiers.
func (s *Store) Centers(ctx context.Context) ([]Center, error) {
	var out []Center
	err := s.db.Each(ctx, func(r *sql.Rows) error {
		var c Center
		err := r.Scan(&c.ID, &c.Name, &c.Commune)
		out = append(out, c)
		return err
	}, "SELECT id, name, commune FROM ccas ORDER BY id")
	return out, said("listing the CCAS", err)
}

// Center gives one of them, or [ErrNotFound].
func (s *Store) Center(ctx context.Context, id takeup.CCAS) (Center, error) {
	c := Center{ID: id}
	err := s.db.QueryRow(ctx, "SELECT name, commune FROM ccas WHERE id = $1", id).Scan(&c.Name, &c.Commune)
	if errors.Is(err, sql.ErrNoRows) {
		return Center{}, ErrNotFound
	}
	return c, said("reading a CCAS", err)
}

// said says what was being done when err came.
func said(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}

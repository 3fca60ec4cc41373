package store

import (
	"context"
	"database/sql"
	"errors"

	"guichet/takeup"
	"guichet/takeup/database"
)

// Case gives a case as its events have made it, or [ErrNotFound].
func (s *Store) Case(ctx context.Context, ccas takeup.CCAS, code takeup.Code) (*takeup.Case, error) {
	events, err := s.Events(ctx, ccas, code)
	if err != nil {
		return nil, err
	}
	return takeup.Fold(code, events)
}

// Cases gives those cases of a CCAS that keep wants, in the order of their codes, as they are at one moment; all of them when keep is
// nil. One case after another is in memory, and those that are kept.
func (s *Store) Cases(ctx context.Context, ccas takeup.CCAS, keep func(*takeup.Case) bool) ([]*takeup.Case, error) {
	var out []*takeup.Case
	err := foldAll(func(do func(takeup.Event) error) error { return s.All(ctx, ccas, do) }, func(c *takeup.Case) {
		if keep == nil || keep(c) {
			out = append(out, c)
		}
	})
	return out, err
}

// foldAll has do take each case of the events that all gives, case by case.
func foldAll(all func(func(takeup.Event) error) error, do func(*takeup.Case)) error {
	var c *takeup.Case
	err := all(func(e takeup.Event) error {
		if c == nil || c.Code != e.Case {
			if c != nil {
				do(c)
			}
			c = takeup.New(e.Case)
		}
		return c.Apply(e)
	})
	if err == nil && c != nil {
		do(c)
	}
	return err
}

// Change runs do in a transaction with a case as it is, which nobody changes meanwhile; [ErrNotFound] when there is none. It is for
// what belongs to a case and is kept beside its events.
func (s *Store) Change(ctx context.Context, ccas takeup.CCAS, code takeup.Code, do func(*sql.Tx, *takeup.Case) error) error {
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		q := "SELECT number FROM case_file WHERE code = $1 AND ccas = $2"
		if s.db.Kind == database.PostgreSQL {
			q += " FOR UPDATE"
		}
		var number int
		err := tx.QueryRowContext(ctx, q, code, ccas).Scan(&number)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return ErrNotFound
		case err != nil:
			return said("reading a case", err)
		}
		c, err := fold(ctx, tx, ccas, code)
		if err != nil {
			return said("reading a case", err)
		}
		return do(tx, c)
	})
}

func fold(ctx context.Context, tx *sql.Tx, ccas takeup.CCAS, code takeup.Code) (*takeup.Case, error) {
	c := takeup.New(code)
	return c, database.Each(ctx, tx, eventOf(c.Apply), ofCase, ccas, code)
}

package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"slices"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/indicators"
)

// AddLine keeps the line of someone who is not followed.
func (s *Store) AddLine(ctx context.Context, ccas takeup.CCAS, l indicators.Line) error {
	return said("keeping a line", s.db.InTx(ctx, func(tx *sql.Tx) error {
		return addLine(ctx, tx, ccas, l)
	}))
}

// AddLineOnce is [Store.AddLine] under an identifier that whoever asks has chosen: asking twice counts once. It has to be random.
func (s *Store) AddLineOnce(ctx context.Context, ccas takeup.CCAS, id string, l indicators.Line) error {
	return said("keeping a line", s.db.InTx(ctx, func(tx *sql.Tx) error {
		b, err := json.Marshal(l)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO line (id, ccas, line) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING", id, ccas, string(b))
		return err
	}))
}

func addLine(ctx context.Context, tx *sql.Tx, ccas takeup.CCAS, l indicators.Line) error {
	b, err := json.Marshal(l)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO line (id, ccas, line) VALUES ($1, $2, $3)", rand.Text(), ccas, string(b))
	return err
}

// Lines gives every line of a CCAS, those that are kept and those of its cases, for indicators, as they are at one moment: a case that
// is purged meanwhile counts once.
func (s *Store) Lines(ctx context.Context, ccas takeup.CCAS) iter.Seq2[indicators.Line, error] {
	return func(yield func(indicators.Line, error) bool) {
		err := s.db.Snapshot(ctx, func(tx *sql.Tx) error {
			ofCases, err := s.lines.within(ctx, tx, ccas)
			if err != nil {
				return err
			}
			for _, l := range slices.Concat(ofCases...) {
				if !yield(l, nil) {
					return errEnough
				}
			}
			return database.Each(ctx, tx, func(r *sql.Rows) error {
				var text string
				if err := r.Scan(&text); err != nil {
					return err
				}
				var l indicators.Line
				if err := json.Unmarshal([]byte(text), &l); err != nil {
					return err
				}
				if !yield(l, nil) {
					return errEnough
				}
				return nil
			}, "SELECT line FROM line WHERE ccas = $1 ORDER BY id", ccas)
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(indicators.Line{}, said("reading the lines", err))
		}
	}
}

// errEnough: whoever asked has seen enough.
var errEnough = errors.New("enough")

// Purge takes a case away for ever, with its events and what the vault holds of it, and keeps its lines. It does so only when due says
// so of the case as it is then; nil is always. It gives whether it did.
func (s *Store) Purge(ctx context.Context, ccas takeup.CCAS, code takeup.Code, due func(*takeup.Case) bool) (done bool, err error) {
	err = s.Change(ctx, ccas, code, func(tx *sql.Tx, c *takeup.Case) error {
		if due != nil && !due(c) {
			return nil
		}
		done = true
		for _, l := range indicators.Lines(c) {
			if err := addLine(ctx, tx, ccas, l); err != nil {
				return err
			}
		}
		for _, q := range []string{"DELETE FROM vault WHERE case_code = $1", "DELETE FROM event WHERE case_code = $1", "DELETE FROM case_file WHERE code = $1"} {
			if _, err := tx.ExecContext(ctx, q, code); err != nil {
				return err
			}
		}
		return nil
	})
	return done && err == nil, said("purging a case", err)
}

// Owner gives the CCAS that a case belongs to, for who administers the whole installation; [ErrNotFound] when there is no such case.
func (s *Store) Owner(ctx context.Context, code takeup.Code) (takeup.CCAS, error) {
	var ccas takeup.CCAS
	err := s.db.QueryRow(ctx, "SELECT ccas FROM case_file WHERE code = $1", code).Scan(&ccas)
	if errors.Is(err, sql.ErrNoRows) {
		return "", ErrNotFound
	}
	return ccas, said("looking for a case", err)
}

package store

import (
	"context"
	"database/sql"
	"fmt"

	"guichet/takeup"
)

// columns of an event, in the order in which a row reads them.
const columns = "case_code, number, id, at, agent, kind, fact"

// A row is an event as it is kept.
type row struct {
	event          takeup.Event
	at, kind, fact string
}

func (r *row) columns() []any {
	return []any{&r.event.Case, &r.event.Number, &r.event.ID, &r.at, &r.event.By, &r.kind, &r.fact}
}

func (r *row) read() (takeup.Event, error) {
	at, err := ParseTime(r.at)
	if err != nil {
		return takeup.Event{}, fmt.Errorf("the time of event %d of case %s cannot be read", r.event.Number, r.event.Case)
	}
	fact, err := takeup.ReadFact(r.kind, []byte(r.fact))
	if err != nil {
		return takeup.Event{}, fmt.Errorf("event %d of case %s: %w", r.event.Number, r.event.Case, err)
	}
	r.event.At, r.event.Fact = at, fact
	return r.event, nil
}

// eventOf has do take the event of each row.
func eventOf(do func(takeup.Event) error) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var r row
		if err := rows.Scan(r.columns()...); err != nil {
			return err
		}
		e, err := r.read()
		if err != nil {
			return err
		}
		return do(e)
	}
}

// The questions that events answer: those of a case in order, and those of a CCAS case by case.
const (
	ofCase   = "SELECT " + columns + " FROM event WHERE ccas = $1 AND case_code = $2 ORDER BY number"
	ofCentre = "SELECT " + columns + " FROM event WHERE ccas = $1 ORDER BY case_code, number"
)

// Events gives what happened in a case, in order, or [ErrNotFound].
func (s *Store) Events(ctx context.Context, ccas takeup.CCAS, code takeup.Code) ([]takeup.Event, error) {
	var out []takeup.Event
	err := s.db.Each(ctx, eventOf(func(e takeup.Event) error {
		out = append(out, e)
		return nil
	}), ofCase, ccas, code)
	if err == nil && len(out) == 0 {
		return nil, ErrNotFound
	}
	return out, said("reading a case", err)
}

// All gives every event of a CCAS as they are at one moment, case by case, each in order. It stops at the first error of do.
func (s *Store) All(ctx context.Context, ccas takeup.CCAS, do func(takeup.Event) error) error {
	return said("reading the cases", s.db.Each(ctx, eventOf(do), ofCentre, ccas))
}

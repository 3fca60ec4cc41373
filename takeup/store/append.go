package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"guichet/takeup"
	"guichet/takeup/database"
)

// Append keeps events of a case, all or none, and gives them with their numbers. The caller read the case up to the event of number
// after; zero begins a case. When it has gone on since, Append keeps nothing and gives [ErrMoved], unless it is these events that are
// kept: asking again, because no answer came, gives what the first time gave. Case and Number of the events are set here.
//
// The caller has checked that the events may follow: the store knows their order, not their sense. But what the vault holds of a case
// goes with the event that closes it.
func (s *Store) Append(ctx context.Context, ccas takeup.CCAS, code takeup.Code, after int, events ...takeup.Event) ([]takeup.Event, error) {
	var kept []takeup.Event
	err := s.write(ctx, func(w writer) (err error) {
		kept, err = w.append(ctx, ccas, code, after, events)
		return err
	})
	return kept, said("keeping events", err)
}

// A Handover is a case that another CCAS takes over: it ends with an event where it was and begins anew where it goes, under another
// code, with what is needed there. What the vault holds goes along.
type Handover struct {
	From   takeup.CCAS
	Code   takeup.Code
	After  int // the number of the last event that was read
	Ending takeup.Event

	To        takeup.CCAS
	NewCode   takeup.Code
	Beginning []takeup.Event
}

// HandOver does it, all or nothing, and like [Store.Append] once however often it is asked for.
func (s *Store) HandOver(ctx context.Context, h Handover) error {
	return said("handing a case over", s.write(ctx, func(w writer) error {
		if _, err := w.append(ctx, h.To, h.NewCode, 0, h.Beginning); err != nil {
			return err
		}
		// Before the case ends where it was, which empties the vault of it; only who may end it may take that along.
		_, err := w.tx.ExecContext(ctx, `UPDATE vault SET case_code = $1 WHERE case_code IN
			(SELECT code FROM case_file WHERE code = $2 AND ccas = $3)`, h.NewCode, h.Code, h.From)
		if err != nil {
			return err
		}
		_, err = w.append(ctx, h.From, h.Code, h.After, []takeup.Event{h.Ending})
		return err
	}))
}

// A writer changes cases in one transaction.
type writer struct {
	tx   *sql.Tx
	lock string // what takes a row until the end; on SQLite the transaction itself does
}

// write runs do in a transaction. A conflict is with someone who kept the same at the same moment: the second time it is seen.
func (s *Store) write(ctx context.Context, do func(writer) error) error {
	once := func() error {
		return s.db.InTx(ctx, func(tx *sql.Tx) error {
			w := writer{tx: tx}
			if s.db.Kind == database.PostgreSQL {
				w.lock = " FOR UPDATE"
			}
			return do(w)
		})
	}
	err := once()
	if errors.Is(err, database.ErrConflict) {
		err = once()
	}
	if errors.Is(err, database.ErrConflict) {
		return ErrMoved
	}
	return err
}

func (w writer) append(ctx context.Context, ccas takeup.CCAS, code takeup.Code, after int, events []takeup.Event) ([]takeup.Event, error) {
	if len(events) == 0 {
		return nil, nil
	}
	var owner takeup.CCAS
	number := 0
	err := w.tx.QueryRowContext(ctx, "SELECT ccas, number FROM case_file WHERE code = $1"+w.lock, code).Scan(&owner, &number)
	exists := err == nil
	switch {
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return nil, err
	case exists && owner != ccas && after == 0:
		return nil, ErrTaken
	case exists && owner != ccas, !exists && after != 0:
		return nil, ErrNotFound
	}
	if kept, err := w.asked(ctx, ccas, code, events); kept != nil || err != nil {
		return kept, err
	}
	if number != after {
		return nil, ErrMoved
	}
	last := after + len(events)
	if exists {
		_, err = w.tx.ExecContext(ctx, "UPDATE case_file SET number = $1 WHERE code = $2", last, code)
	} else if err = w.known(ctx, ccas); err == nil {
		_, err = w.tx.ExecContext(ctx, "INSERT INTO case_file (code, ccas, number) VALUES ($1, $2, $3)", code, ccas, last)
	}
	if err != nil {
		return nil, err
	}
	kept := make([]takeup.Event, len(events))
	for i, e := range events {
		e.Case, e.Number, e.At = code, after+1+i, e.At.UTC()
		if err := w.insert(ctx, ccas, e); err != nil {
			return nil, err
		}
		kept[i] = e
	}
	return kept, w.forget(ctx, code, events)
}

// forget empties the vault of a case that these events close: contact details and answers go with the follow-up.
func (w writer) forget(ctx context.Context, code takeup.Code, events []takeup.Event) error {
	for _, e := range events {
		switch e.Fact.(type) {
		case takeup.Closed, takeup.ConsentWithdrawn, takeup.Moved:
			_, err := w.tx.ExecContext(ctx, "DELETE FROM vault WHERE case_code = $1", code)
			return err
		}
	}
	return nil
}

func (w writer) known(ctx context.Context, ccas takeup.CCAS) error {
	var n int
	if err := w.tx.QueryRowContext(ctx, "SELECT count(*) FROM ccas WHERE id = $1", ccas).Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		return ErrNotFound
	}
	return nil
}

func (w writer) insert(ctx context.Context, ccas takeup.CCAS, e takeup.Event) error {
	fact, err := takeup.WriteFact(e.Fact)
	if err != nil {
		return err
	}
	_, err = w.tx.ExecContext(ctx,
		"INSERT INTO event (ccas, case_code, number, id, at, agent, kind, fact) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		ccas, e.Case, e.Number, e.ID, FormatTime(e.At), e.By, e.Fact.Kind(), string(fact))
	return err
}

// asked gives the events as they were kept when they were asked for before; nil when they were not. They are read by one statement: between
// two, someone who asks for the same at the same moment may keep them.
func (w writer) asked(ctx context.Context, ccas takeup.CCAS, code takeup.Code, events []takeup.Event) ([]takeup.Event, error) {
	places, ids := make([]string, len(events)), make([]any, len(events))
	for i, e := range events {
		places[i], ids[i] = "$"+strconv.Itoa(i+1), e.ID
	}
	rows, err := w.tx.QueryContext(ctx, "SELECT ccas, "+columns+" FROM event WHERE id IN ("+strings.Join(places, ", ")+")", ids...) //nolint:gosec // $1, $2, … alone
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[string]takeup.Event{}
	for rows.Next() {
		var owner takeup.CCAS
		var r row
		if err := rows.Scan(append([]any{&owner}, r.columns()...)...); err != nil {
			return nil, err
		}
		if owner != ccas || r.event.Case != code {
			return nil, ErrUsed
		}
		if found[r.event.ID], err = r.read(); err != nil {
			return nil, err
		}
	}
	if err := rows.Err(); err != nil || len(found) == 0 {
		return nil, err
	}
	kept := make([]takeup.Event, len(events))
	for i, e := range events {
		event, ok := found[e.ID]
		if !ok {
			return nil, ErrUsed // some are kept and others not: it is not the same asking
		}
		kept[i] = event
	}
	return kept, nil
}

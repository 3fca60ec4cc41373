package retention

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/store"
	"guichet/takeup/vault"
)

// A Person is everything that is kept of the household of one case, to be given to it.
type Person struct {
	Code     takeup.Code     `json:"dossier"`
	Centre   string          `json:"ccas"`
	Contact  *vault.Contact  `json:"coordonnees,omitempty"`
	Answers  json.RawMessage `json:"reponses,omitempty"`
	Events   []Event         `json:"evenements"`
	Accesses []Access        `json:"consultations"`
}

// An Event is one that a person is given.
type Event struct {
	Number int          `json:"numero"`
	At     time.Time    `json:"le"`
	By     takeup.Agent `json:"par,omitempty"`
	Kind   string       `json:"nature"`
	Fact   takeup.Fact  `json:"fait"`
}

// An Access is who did what with the case. An agent's identifier names a function.
type Access struct {
	At   string `json:"le"`
	By   string `json:"par,omitempty"`
	What string `json:"quoi"`
}

// Export gives everything that is kept of the household of a case, or [store.ErrNotFound].
func Export(ctx context.Context, db *database.DB, v *vault.Vault, ccas takeup.CCAS, code takeup.Code) (Person, error) {
	events, err := store.New(db).Events(ctx, ccas, code)
	if err != nil {
		return Person{}, err
	}
	p := Person{Code: code, Events: []Event{}, Accesses: []Access{}}
	if err := db.QueryRow(ctx, "SELECT name FROM ccas WHERE id = $1", ccas).Scan(&p.Centre); err != nil {
		return Person{}, fmt.Errorf("reading the CCAS: %w", err)
	}
	for _, e := range events {
		p.Events = append(p.Events, Event{e.Number, e.At, e.By, e.Fact.Kind(), e.Fact})
	}
	switch contact, err := v.Contact(ctx, ccas, code); {
	case err == nil:
		p.Contact = &contact
	case !errors.Is(err, vault.ErrNothing):
		return Person{}, err
	}
	if p.Answers, err = v.Answers(ctx, ccas, code); err != nil && !errors.Is(err, vault.ErrNothing) {
		return Person{}, err
	}
	err = db.Each(ctx, func(r *sql.Rows) error {
		var a Access
		err := r.Scan(&a.At, &a.By, &a.What)
		p.Accesses = append(p.Accesses, a)
		return err
	}, "SELECT at, agent, what FROM access WHERE ccas = $1 AND case_code = $2 ORDER BY at, id", ccas, code)
	if err != nil {
		return Person{}, fmt.Errorf("reading the log of accesses: %w", err)
	}
	return p, nil
}

// Erase takes everything away that is kept of the household of a case, and has it leave the files; [store.ErrNotFound] when there is
// no such case. What stays names nobody: lines to count, and in the log of accesses the code, of nothing any more.
func Erase(ctx context.Context, db *database.DB, ccas takeup.CCAS, code takeup.Code) error {
	if _, err := store.New(db).Purge(ctx, ccas, code, nil); err != nil {
		return err
	}
	return db.Scrub(ctx)
}

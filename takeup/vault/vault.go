// Package vault keeps what could name a person, sealed: how to reach them, and the answers of their household, which an open case is
// computed again from. Each thing is sealed by a key of its own, and that key is wrapped by one outside the database: who has the
// database alone, or a copy of it, reads nothing.
package vault

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/store"
)

// What a vault answers beside the errors of the store and of the database.
var (
	// ErrNothing: nothing of that kind is kept of the case.
	ErrNothing = errors.New("the vault holds nothing of it")
	// ErrClosed: only of an open case is anything kept.
	ErrClosed = errors.New("nothing is kept of a case that is closed")
	// ErrKey: what is kept was sealed with a key that was not given. Nothing is lost: it opens with that key.
	ErrKey = errors.New("the vault was sealed with another key than the one given")
)

// A Vault keeps things in a database that is migrated. It is safe for concurrent use, by several programs too.
type Vault struct {
	db    *database.DB
	cases *store.Store
	now   Key // wraps what comes
	by    map[string]Key
}

// New gives the vault of a database, which seals with a key, and opens what earlier keys sealed that are given too.
func New(db *database.DB, key Key, earlier ...Key) *Vault {
	v := &Vault{db: db, cases: store.New(db), now: key, by: map[string]Key{}}
	for _, k := range append(earlier, key) {
		v.by[k.id] = k
	}
	return v
}

// Check says with [ErrKey] that something is kept that none of the keys opens.
func (v *Vault) Check(ctx context.Context) error {
	var missing []string
	err := v.db.Each(ctx, func(r *sql.Rows) error {
		var id string
		err := r.Scan(&id)
		if _, ok := v.by[id]; !ok {
			missing = append(missing, id)
		}
		return err
	}, "SELECT DISTINCT wrapper FROM vault ORDER BY wrapper")
	switch {
	case err != nil:
		return fmt.Errorf("looking into the vault: %w", err)
	case missing != nil:
		return fmt.Errorf("%w: it wants %s, and has %s", ErrKey, strings.Join(missing, ", "), v.now.id)
	}
	return nil
}

// The kinds of things.
const (
	contact = "contact"
	answers = "answers"
)

// PutContact keeps how to reach the person of an open case, in place of what was kept. An empty Contact is forgetting.
func (v *Vault) PutContact(ctx context.Context, ccas takeup.CCAS, code takeup.Code, c Contact, at time.Time) error {
	if err := c.Check(); err != nil {
		return err
	}
	if c == (Contact{}) {
		return v.ForgetContact(ctx, ccas, code)
	}
	plain, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("writing contact details: %w", err)
	}
	return v.put(ctx, ccas, code, contact, plain, at)
}

// Contact gives how to reach the person; [ErrNothing] when that is not known.
func (v *Vault) Contact(ctx context.Context, ccas takeup.CCAS, code takeup.Code) (Contact, error) {
	var c Contact
	plain, err := v.get(ctx, ccas, code, contact)
	if err == nil && json.Unmarshal(plain, &c) != nil {
		err = errSealed
	}
	return c, err
}

// ForgetContact forgets how to reach the person. When nothing is kept there is nothing to do.
func (v *Vault) ForgetContact(ctx context.Context, ccas takeup.CCAS, code takeup.Code) error {
	return v.forget(ctx, ccas, code, contact)
}

// PutAnswers keeps the answers of the household of an open case, a profile as JSON, in place of those kept.
func (v *Vault) PutAnswers(ctx context.Context, ccas takeup.CCAS, code takeup.Code, profile []byte, at time.Time) error {
	if !json.Valid(profile) {
		return errors.New("the answers are not JSON")
	}
	return v.put(ctx, ccas, code, answers, profile, at)
}

// Answers gives the profile; [ErrNothing] when none is kept.
func (v *Vault) Answers(ctx context.Context, ccas takeup.CCAS, code takeup.Code) ([]byte, error) {
	return v.get(ctx, ccas, code, answers)
}

// ForgetAnswers forgets them. When none are kept there is nothing to do.
func (v *Vault) ForgetAnswers(ctx context.Context, ccas takeup.CCAS, code takeup.Code) error {
	return v.forget(ctx, ccas, code, answers)
}

func (v *Vault) put(ctx context.Context, ccas takeup.CCAS, code takeup.Code, kind string, plain []byte, at time.Time) error {
	id, key := newID(), newDataKey()
	aead, err := gcm(key)
	if err != nil {
		return fmt.Errorf("sealing: %w", err)
	}
	wrapped, sealed := seal(v.now.aead, key, id), seal(aead, plain, id+kind)
	err = v.cases.Change(ctx, ccas, code, func(tx *sql.Tx, c *takeup.Case) error {
		if !c.IsOpen() {
			return ErrClosed
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM vault WHERE case_code = $1 AND kind = $2", code, kind); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx,
			"INSERT INTO vault (id, case_code, kind, wrapped, wrapper, sealed, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
			id, code, kind, wrapped, v.now.id, sealed, store.FormatTime(at))
		return err
	})
	if err != nil {
		return fmt.Errorf("keeping in the vault: %w", err)
	}
	return nil
}

func (v *Vault) get(ctx context.Context, ccas takeup.CCAS, code takeup.Code, kind string) ([]byte, error) {
	var id, wrapped, wrapper, sealed string
	err := v.db.QueryRow(ctx, `SELECT v.id, v.wrapped, v.wrapper, v.sealed FROM vault v JOIN case_file f ON f.code = v.case_code
		WHERE f.ccas = $1 AND f.code = $2 AND v.kind = $3`, ccas, code, kind).Scan(&id, &wrapped, &wrapper, &sealed)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrNothing
	case err != nil:
		return nil, fmt.Errorf("reading the vault: %w", err)
	}
	key, err := v.unwrap(id, wrapped, wrapper)
	if err != nil {
		return nil, err
	}
	aead, err := gcm(key)
	if err != nil {
		return nil, errSealed
	}
	return open(aead, sealed, id+kind)
}

func (v *Vault) unwrap(id, wrapped, wrapper string) ([]byte, error) {
	k, ok := v.by[wrapper]
	if !ok {
		return nil, fmt.Errorf("%w: it wants %s, and has %s", ErrKey, wrapper, v.now.id)
	}
	return open(k.aead, wrapped, id)
}

func (v *Vault) forget(ctx context.Context, ccas takeup.CCAS, code takeup.Code, kind string) error {
	err := v.db.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM vault WHERE kind = $1 AND case_code IN
			(SELECT code FROM case_file WHERE code = $2 AND ccas = $3)`, kind, code, ccas)
		return err
	})
	if err != nil {
		return fmt.Errorf("forgetting: %w", err)
	}
	return nil
}

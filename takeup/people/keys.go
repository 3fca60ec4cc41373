package people

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"guichet/takeup"
)

// A Scope is one thing that a partner's key opens. Its value is kept, and never changes.
type Scope string

// The scopes. Every key that holds reads the catalogue.
const (
	Simulate Scope = "simulations" // one household at a time
	Batch    Scope = "lots"        // many
)

// Scopes lists the scopes.
func Scopes() []Scope { return []Scope{Simulate, Batch} }

// A Key lets a partner's program call the API.
type Key struct {
	ID        string
	CCAS      takeup.CCAS
	Name      string // of the partner or its program
	Scopes    []Scope
	PerMinute int // requests
	MadeAt    time.Time
	RevokedAt time.Time // zero: it holds
}

// MaxPerMinute is the most that a key may be given.
const MaxPerMinute = 60_000

// keyPrefix tells a key of ours from other secrets, for who looks for those that leaked.
const keyPrefix = "guichet_"

// AddKey makes a key of a CCAS, on behalf of by, and gives its secret, which is shown once. The error is [ErrShape] or [ErrUnknown].
func (s *Store) AddKey(ctx context.Context, by takeup.Agent, k Key) (Key, string, error) {
	k.Name = strings.TrimSpace(k.Name)
	wrong := func(scope Scope) bool { return !slices.Contains(Scopes(), scope) }
	if !isName(k.Name) || len(k.Scopes) == 0 || slices.ContainsFunc(k.Scopes, wrong) || k.PerMinute < 1 || k.PerMinute > MaxPerMinute {
		return Key{}, "", ErrShape
	}
	token, err := s.token()
	if err != nil {
		return Key{}, "", err
	}
	secret := keyPrefix + token
	id, err := s.readable(2)
	if err != nil {
		return Key{}, "", err
	}
	k.ID, k.MadeAt, k.RevokedAt = strings.ReplaceAll(id, "-", ""), s.now(), time.Time{}
	words := make([]string, len(k.Scopes))
	for i, scope := range k.Scopes {
		words[i] = string(scope)
	}
	err = s.db.InTx(ctx, func(tx *sql.Tx) error {
		var centre string
		if err := tx.QueryRowContext(ctx, `SELECT id FROM ccas WHERE id = $1`, k.CCAS).Scan(&centre); errors.Is(err, sql.ErrNoRows) {
			return ErrUnknown
		} else if err != nil {
			return fmt.Errorf("adding a key: %w", err)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO partner_key (id, ccas, name, digest, scopes, per_minute, made_at, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, '')`,
			k.ID, k.CCAS, k.Name, digest(secret), strings.Join(words, " "), k.PerMinute, stamp(k.MadeAt))
		if err != nil {
			return fmt.Errorf("adding a key: %w", err)
		}
		return s.note(ctx, tx, Access{CCAS: k.CCAS, Agent: by, About: k.ID, What: KeyAdded})
	})
	if err != nil {
		return Key{}, "", err
	}
	return k, secret, nil
}

const keyColumns = `id, ccas, name, scopes, per_minute, made_at, revoked_at`

func scanKey(row interface{ Scan(...any) error }, more ...any) (Key, error) {
	var k Key
	var scopes, made, revoked string
	if err := row.Scan(append([]any{&k.ID, &k.CCAS, &k.Name, &scopes, &k.PerMinute, &made, &revoked}, more...)...); err != nil {
		return Key{}, err
	}
	for word := range strings.FieldsSeq(scopes) {
		k.Scopes = append(k.Scopes, Scope(word))
	}
	var err error
	if k.MadeAt, err = readStamp(made); err != nil {
		return Key{}, err
	}
	k.RevokedAt, err = readStamp(revoked)
	return k, err
}

// Keys lists the keys of a CCAS, the newest first; those that were revoked too.
func (s *Store) Keys(ctx context.Context, ccas takeup.CCAS) ([]Key, error) {
	rows, err := s.db.Query(ctx, `SELECT `+keyColumns+` FROM partner_key WHERE ccas = $1 ORDER BY made_at DESC, id`, ccas)
	if err != nil {
		return nil, fmt.Errorf("listing the keys: %w", err)
	}
	defer rows.Close()
	var out []Key
	for rows.Next() {
		k, err := scanKey(rows)
		if err != nil {
			return nil, fmt.Errorf("listing the keys: %w", err)
		}
		out = append(out, k)
	}
	return out, rows.Err()
}

// RevokeKey ends a key of a CCAS at once. The error is [ErrUnknown] when there is none that holds.
func (s *Store) RevokeKey(ctx context.Context, by takeup.Agent, ccas takeup.CCAS, id string) error {
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, `UPDATE partner_key SET revoked_at = $3 WHERE ccas = $1 AND id = $2 AND revoked_at = ''`, ccas, id, stamp(s.now()))
		if err != nil {
			return fmt.Errorf("revoking a key: %w", err)
		}
		if n == 0 {
			return ErrUnknown
		}
		return s.note(ctx, tx, Access{CCAS: ccas, Agent: by, About: id, What: KeyRevoked})
	})
}

// KeyOf gives the key of a secret; the error is [ErrRefused] when there is none that holds.
func (s *Store) KeyOf(ctx context.Context, secret string) (Key, error) {
	if len(secret) != len(keyPrefix)+43 || !strings.HasPrefix(secret, keyPrefix) {
		return Key{}, ErrRefused
	}
	want, have := digest(secret), ""
	k, err := scanKey(s.db.QueryRow(ctx, `SELECT `+keyColumns+`, digest FROM partner_key WHERE digest = $1`, want), &have)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Key{}, ErrRefused
	case err != nil:
		return Key{}, fmt.Errorf("looking up a key: %w", err)
	case !k.RevokedAt.IsZero(), subtle.ConstantTimeCompare([]byte(have), []byte(want)) != 1:
		return Key{}, ErrRefused
	}
	return k, nil
}

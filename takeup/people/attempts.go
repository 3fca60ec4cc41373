package people

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"guichet/takeup"
	"guichet/takeup/database"
)

// How attempts are slowed: after a number of free ones, each further one waits twice as long as the one before, up to maxDelay. An
// address has many more than an account, for a whole desk works behind one. A day without any forgets them.
const (
	freeAttempts        = 4
	freeAddressAttempts = 40
	firstDelay          = 30 * time.Second
	maxDelay            = 15 * time.Minute
	forgetAfter         = 24 * time.Hour
)

// Forget takes away what the past leaves of sessions and attempts when nobody signs in: sessions that have ended, and attempts that count
// no more, for the digest of an address can be guessed.
func Forget(ctx context.Context, db *database.DB, now time.Time) error {
	return db.InTx(ctx, func(tx *sql.Tx) error {
		if err := forgetSessions(ctx, tx, now); err != nil {
			return err
		}
		return forgetAttempts(ctx, tx, now)
	})
}

func forgetAttempts(ctx context.Context, tx *sql.Tx, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM attempt WHERE last_at < $1`, stamp(now.Add(-forgetAfter))); err != nil {
		return fmt.Errorf("forgetting attempts: %w", err)
	}
	return nil
}

// What attempts are counted by. A digest, so that no login that was mistyped and no address is kept in clear.
func accountSubject(login string) string   { return "a:" + digest("account "+login) }
func addressSubject(address string) string { return "n:" + digest("address "+address) }
func codeSubject(id takeup.Agent) string   { return "c:" + digest("code "+string(id)) }
func freeFor(subject string) (attempts int) {
	if strings.HasPrefix(subject, "n:") {
		return freeAddressAttempts
	}
	return freeAttempts
}

// delayAfter is how long one waits after a number of failures.
func delayAfter(failures, free int) time.Duration {
	over := failures - free
	if over <= 0 {
		return 0
	}
	if over > 10 {
		return maxDelay
	}
	return min(maxDelay, firstDelay<<(over-1))
}

// try counts an attempt before it is made, as if it failed: attempts made at once do not slip through together. It gives a [Wait]
// when one of the subjects has to wait, and counts none then.
func (s *Store) try(ctx context.Context, subjects ...string) error {
	now := s.now()
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		for _, subject := range subjects {
			var failures int
			err := tx.QueryRowContext(ctx, `INSERT INTO attempt (subject, failures, last_at, free_at) VALUES ($1, 1, $2, $2)
				ON CONFLICT (subject) DO UPDATE SET failures = CASE WHEN attempt.last_at < $3 THEN 1 ELSE attempt.failures + 1 END, last_at = $2
				WHERE attempt.free_at <= $2 RETURNING failures`, subject, stamp(now), stamp(now.Add(-forgetAfter))).Scan(&failures)
			if errors.Is(err, sql.ErrNoRows) {
				return s.wait(ctx, tx, subject)
			}
			if err != nil {
				return fmt.Errorf("counting an attempt: %w", err)
			}
			if delay := delayAfter(failures, freeFor(subject)); delay > 0 {
				if _, err := tx.ExecContext(ctx, `UPDATE attempt SET free_at = $2 WHERE subject = $1`, subject, stamp(now.Add(delay))); err != nil {
					return fmt.Errorf("counting an attempt: %w", err)
				}
			}
		}
		return nil
	})
}

func (s *Store) wait(ctx context.Context, tx *sql.Tx, subject string) error {
	var text string
	if err := tx.QueryRowContext(ctx, `SELECT free_at FROM attempt WHERE subject = $1`, subject).Scan(&text); err != nil {
		return fmt.Errorf("looking up the attempts: %w", err)
	}
	until, err := readStamp(text)
	if err != nil {
		return err
	}
	return &Wait{until}
}

// succeed takes back what try counted: all of an account or a code, one of an address, from which others may still be guessing.
func (s *Store) succeed(ctx context.Context, subjects ...string) error {
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		for _, subject := range subjects {
			q := `DELETE FROM attempt WHERE subject = $1`
			if strings.HasPrefix(subject, "n:") {
				q = `UPDATE attempt SET failures = failures - 1, free_at = last_at WHERE subject = $1`
			}
			if _, err := tx.ExecContext(ctx, q, subject); err != nil {
				return fmt.Errorf("forgetting an attempt: %w", err)
			}
		}
		return forgetAttempts(ctx, tx, s.now()) // what nobody needs any more goes with it
	})
}

package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Scrub has what was deleted leave the files: of SQLite the file is written anew and its log of writes is emptied; PostgreSQL is told
// that the room is free, and its lines lie in no order that tells which came together. What its server keeps of its own, logs of writes and
// backups, is with whoever runs it.
func (db *DB) Scrub(ctx context.Context) error {
	if db.Kind == PostgreSQL {
		return db.scrubServer(ctx)
	}
	if _, err := db.write.ExecContext(ctx, "VACUUM"); err != nil {
		return fmt.Errorf("writing the database anew: %w", Plain(err))
	}
	// It cannot be emptied while somebody reads from it.
	for range 100 {
		var busy, log, moved int
		if err := db.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved); err != nil {
			return fmt.Errorf("emptying the log of writes: %w", Plain(err))
		}
		if busy == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
	return fault(ErrUnavailable, "the log of writes is being read", errors.New("wal_checkpoint is busy"))
}

func (db *DB) scrubServer(ctx context.Context) error {
	var tables []table
	err := db.Snapshot(ctx, func(tx *sql.Tx) (err error) {
		tables, err = db.tables(ctx, tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("listing the tables: %w", err)
	}
	if err := db.mix(ctx); err != nil {
		return fmt.Errorf("mixing the lines: %w", err)
	}
	for _, t := range tables {
		if _, err := db.write.ExecContext(ctx, "VACUUM "+t.name); err != nil {
			return fmt.Errorf("freeing the room of %s: %w", t.name, Plain(err))
		}
	}
	return nil
}

// mix has the lines to count, which are of nobody, tell nothing by where they lie and by which transaction brought them: all are written
// anew by one, in the order of their identifiers, which are drawn by chance. On SQLite their table keeps no other order.
func (db *DB) mix(ctx context.Context) error {
	return db.InTx(ctx, func(tx *sql.Tx) error {
		for _, q := range []string{
			"SET LOCAL lock_timeout = '3s'", // whoever reads for long, a dump of all, must not have the desk wait behind us
			"LOCK TABLE line IN ACCESS EXCLUSIVE MODE",
			"UPDATE line SET id = id",
			"CLUSTER line USING line_pkey",
		} {
			if _, err := tx.ExecContext(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
}

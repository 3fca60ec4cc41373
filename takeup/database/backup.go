package database

import (
	"bufio"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"os"
	"time"
)

// A backup is lines of JSON: a head, for each table its name and columns and then its rows, and an end that counts and sums what came
// before. It is the same for both engines: what one gave the other takes, and the same rows give the same bytes.

// backupFormat grows when an older program could not read a backup.
const backupFormat = 1

type head struct {
	Backup int       `json:"guichet_sauvegarde"`
	Schema int64     `json:"schema"` // the number of the last migration
	At     time.Time `json:"le"`
}

type tableHead struct {
	Table   string   `json:"table"`
	Columns []string `json:"colonnes"`
}

type tail struct {
	Rows int    `json:"lignes"`
	Sum  string `json:"sha256"` // of all bytes before
}

type end struct {
	End tail `json:"fin"`
}

// Backup writes everything that the database holds at one moment, while others go on writing, and gives how many rows there are.
func (db *DB) Backup(ctx context.Context, to io.Writer, at time.Time) (rows int, err error) {
	err = db.Snapshot(ctx, func(tx *sql.Tx) error {
		var t tail
		t, err = db.dump(ctx, tx, to, at)
		rows = t.Rows
		return err
	})
	if err != nil {
		return rows, fmt.Errorf("backing up: %w", err)
	}
	return rows, nil
}

// BackupFile is [DB.Backup] into a file that is not there yet, which nobody else reads, and which is on the disk at the end. What is
// not whole does not stay.
func (db *DB) BackupFile(ctx context.Context, path string, at time.Time) (rows int, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, fmt.Errorf("backing up: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(path)
		}
	}()
	rows, err = db.Backup(ctx, f, at)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return rows, err
}

// A summing writer writes lines and sums them.
type summing struct {
	to  *bufio.Writer
	sum hash.Hash
}

func (s *summing) line(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	b = append(b, '\n')
	s.sum.Write(b)
	_, err = s.to.Write(b)
	return err
}

func (db *DB) dump(ctx context.Context, tx *sql.Tx, to io.Writer, at time.Time) (tail, error) {
	h := head{Backup: backupFormat, At: at.UTC()}
	if err := tx.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version WHERE is_applied").Scan(&h.Schema); err != nil {
		return tail{}, err
	}
	tables, err := db.tables(ctx, tx)
	if err != nil {
		return tail{}, err
	}
	w := &summing{bufio.NewWriter(to), sha256.New()}
	if err := w.line(h); err != nil {
		return tail{}, err
	}
	var t tail
	for _, table := range tables {
		if err := w.line(tableHead{table.name, table.columns}); err != nil {
			return tail{}, err
		}
		n, err := dumpTable(ctx, tx, table, w)
		if err != nil {
			return tail{}, fmt.Errorf("the table %s: %w", table.name, err)
		}
		t.Rows += n
	}
	t.Sum = hex.EncodeToString(w.sum.Sum(nil))
	if err := w.line(end{t}); err != nil {
		return tail{}, err
	}
	return t, w.to.Flush()
}

func dumpTable(ctx context.Context, tx *sql.Tx, t table, w *summing) (n int, err error) {
	rows, err := tx.QueryContext(ctx, t.query())
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	values, into := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range into {
		into[i] = &values[i]
	}
	for ; rows.Next(); n++ {
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		for i, v := range values {
			switch v.(type) {
			case nil, string, int64:
			default:
				return n, fmt.Errorf("the column %s holds what a backup cannot", t.columns[i])
			}
		}
		if err := w.line(values); err != nil {
			return n, err
		}
	}
	return n, rows.Err()
}

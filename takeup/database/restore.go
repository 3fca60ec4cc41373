package database

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
)

// What a restoring refuses.
var (
	// ErrNotEmpty: there is something in the database, which would be lost or mixed up.
	ErrNotEmpty = errors.New("a backup is restored into a new database: this one has been used")
	// ErrBackup: the file is not a whole backup.
	ErrBackup = errors.New("this is not a backup of Guichet, or not all of it")
)

// Restore puts a backup into an empty database, of either engine, whichever gave it, and migrates it to what this program knows. It
// gives how many rows there are. They are all there, counted and summed again in the database, or none is.
func (db *DB) Restore(ctx context.Context, from io.Reader) (rows int, err error) {
	r := &reading{from: bufio.NewReader(from), sum: sha256.New()}
	var h head
	if err := r.read(&h); err != nil || h.Backup == 0 {
		return 0, ErrBackup
	}
	if h.Backup > backupFormat {
		return 0, ErrNewer
	}
	if err := db.prepare(ctx, h.Schema); err != nil {
		return 0, err
	}
	err = db.InTx(ctx, func(tx *sql.Tx) error {
		rows, err = db.load(ctx, tx, r, h)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("restoring: %w", err)
	}
	return rows, db.Migrate(ctx)
}

// prepare brings an empty database to the schema of a backup.
func (db *DB) prepare(ctx context.Context, schema int64) error {
	provider, err := db.provider()
	if err != nil {
		return err
	}
	sources := provider.ListSources()
	if schema < 1 || schema > sources[len(sources)-1].Version {
		return ErrNewer
	}
	_, after, err := db.migrate(ctx, schema)
	switch {
	case err != nil:
		return err
	case after != schema: // a newer schema holds nothing to migrate; a new file is as good
		return ErrNotEmpty
	}
	return nil
}

func (db *DB) load(ctx context.Context, tx *sql.Tx, r *reading, h head) (int, error) {
	tables, err := db.tables(ctx, tx)
	if err != nil {
		return 0, err
	}
	for _, t := range tables {
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+t.name).Scan(&n); err != nil {
			return 0, err
		}
		if n > 0 {
			return 0, ErrNotEmpty
		}
	}
	read, err := db.loadRows(ctx, tx, r, tables)
	if err != nil {
		return 0, err
	}
	again, err := db.dump(ctx, tx, io.Discard, h.At)
	if err != nil {
		return 0, err
	}
	if again != read {
		return 0, errors.New("what the database holds now is not what the backup says: nothing was kept")
	}
	return read.Rows, nil
}

// loadRows inserts what the lines say until the end, which it gives.
func (db *DB) loadRows(ctx context.Context, tx *sql.Tx, r *reading, tables []table) (tail, error) {
	var insert *sql.Stmt
	var width int
	rows := 0
	for {
		sum := hex.EncodeToString(r.sum.Sum(nil))
		line, err := r.line()
		if err != nil {
			return tail{}, err
		}
		switch {
		case bytes.HasPrefix(line, []byte(`{"table"`)):
			t, err := announced(line, tables)
			if err != nil {
				return tail{}, err
			}
			if insert, err = tx.PrepareContext(ctx, t.insert()); err != nil {
				return tail{}, err
			}
			defer insert.Close()
			width = len(t.columns)
		case bytes.HasPrefix(line, []byte(`{"fin"`)):
			var e end
			if json.Unmarshal(line, &e) != nil || e.End != (tail{rows, sum}) {
				return tail{}, ErrBackup
			}
			return e.End, nil
		default:
			values, err := rowOf(line)
			if err != nil || insert == nil || len(values) != width {
				return tail{}, ErrBackup
			}
			if _, err := insert.ExecContext(ctx, values...); err != nil {
				return tail{}, misfit(ctx, err)
			}
			rows++
		}
	}
}

// misfit gives the error of a row that the database does not take: unless it is the database's fault, it is the backup's.
func misfit(ctx context.Context, err error) error {
	err = Plain(err)
	if ctx.Err() != nil || errors.Is(err, ErrUnavailable) || errors.Is(err, ErrReadOnly) {
		return err
	}
	return ErrBackup
}

// announced gives the table that a line announces, which is one of ours with the same columns: no word of a file gets into SQL.
func announced(line []byte, tables []table) (table, error) {
	var h tableHead
	if json.Unmarshal(line, &h) != nil {
		return table{}, ErrBackup
	}
	i := slices.IndexFunc(tables, func(t table) bool { return t.name == h.Table && slices.Equal(t.columns, h.Columns) })
	if i < 0 {
		return table{}, ErrBackup
	}
	return tables[i], nil
}

func rowOf(line []byte) ([]any, error) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	var values []any
	if err := d.Decode(&values); err != nil {
		return nil, err
	}
	for i, v := range values {
		switch v := v.(type) {
		case nil, string:
		case json.Number:
			n, err := v.Int64()
			if err != nil {
				return nil, err
			}
			values[i] = n
		default:
			return nil, ErrBackup
		}
	}
	return values, nil
}

// A reading reads lines and sums them.
type reading struct {
	from *bufio.Reader
	sum  hash.Hash
}

func (r *reading) line() ([]byte, error) {
	line, err := r.from.ReadBytes('\n')
	if errors.Is(err, io.EOF) {
		return nil, ErrBackup // before its end
	}
	r.sum.Write(line)
	return line, err
}

func (r *reading) read(into any) error {
	line, err := r.line()
	if err != nil {
		return err
	}
	return json.Unmarshal(line, into)
}

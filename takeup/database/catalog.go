package database

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// A table as the engine describes it, so that none is forgotten in a backup.
type table struct {
	name    string
	columns []string
	key     []string // what orders rows alike on every engine
	refers  []string // the tables that it refers to
}

var catalogs = map[Kind]struct{ tables, columns, refers string }{
	SQLite: {
		`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'goose_db_version' ORDER BY name`,
		`SELECT name, pk, '' FROM pragma_table_info($1) ORDER BY cid`,
		`SELECT DISTINCT "table" FROM pragma_foreign_key_list($1)`,
	},
	PostgreSQL: {
		`SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'goose_db_version' ORDER BY tablename COLLATE "C"`,
		`SELECT a.attname, COALESCE(array_position(i.indkey::int2[], a.attnum) + 1, 0),
			CASE WHEN a.attcollation <> 0 THEN ' COLLATE "C"' ELSE '' END
		FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
		WHERE a.attrelid = $1::text::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
		`SELECT DISTINCT r.relname FROM pg_constraint c JOIN pg_class r ON r.oid = c.confrelid
		WHERE c.contype = 'f' AND c.conrelid = $1::text::regclass`,
	},
}

// tables lists the tables so that each comes after those that it refers to.
func (db *DB) tables(ctx context.Context, tx *sql.Tx) ([]table, error) {
	names, err := strs(ctx, tx, catalogs[db.Kind].tables)
	if err != nil {
		return nil, err
	}
	var waiting []table
	for _, name := range names {
		t, err := db.table(ctx, tx, name)
		if err != nil {
			return nil, fmt.Errorf("reading the table %s: %w", name, err)
		}
		waiting = append(waiting, t)
	}
	var out []table
	placed := map[string]bool{}
	for len(waiting) > 0 {
		i := slices.IndexFunc(waiting, func(t table) bool {
			return !slices.ContainsFunc(t.refers, func(to string) bool { return to != t.name && !placed[to] })
		})
		if i < 0 {
			return nil, fmt.Errorf("the tables refer to each other in a circle: %s", waiting[0].name)
		}
		out, placed[waiting[i].name] = append(out, waiting[i]), true
		waiting = slices.Delete(waiting, i, i+1)
	}
	return out, nil
}

func (db *DB) table(ctx context.Context, tx *sql.Tx, name string) (table, error) {
	t := table{name: name}
	rows, err := tx.QueryContext(ctx, catalogs[db.Kind].columns, name)
	if err != nil {
		return t, err
	}
	defer rows.Close()
	place := map[int]string{}
	for rows.Next() {
		var column, collation string
		var pk int
		if err := rows.Scan(&column, &pk, &collation); err != nil {
			return t, err
		}
		t.columns = append(t.columns, column)
		if pk > 0 {
			place[pk] = column + collation
		}
	}
	if err := rows.Err(); err != nil {
		return t, err
	}
	for i := 1; place[i] != ""; i++ {
		t.key = append(t.key, place[i])
	}
	if len(t.key) == 0 {
		return t, fmt.Errorf("it has no primary key")
	}
	t.refers, err = strs(ctx, tx, catalogs[db.Kind].refers, name)
	return t, err
}

func strs(ctx context.Context, tx *sql.Tx, q string, args ...any) ([]string, error) {
	rows, err := tx.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func (t table) query() string {
	return "SELECT " + strings.Join(t.columns, ", ") + " FROM " + t.name + " ORDER BY " + strings.Join(t.key, ", ")
}

func (t table) insert() string {
	places := make([]string, len(t.columns))
	for i := range places {
		places[i] = fmt.Sprint("$", i+1)
	}
	return "INSERT INTO " + t.name + " (" + strings.Join(t.columns, ", ") + ") VALUES (" + strings.Join(places, ", ") + ")"
}

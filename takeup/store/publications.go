package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"guichet/takeup"
	"guichet/takeup/indicators"
)

// A Publication is the report of a year, as it was published.
type Publication struct {
	Year   int
	At     time.Time
	By     takeup.Agent
	Report indicators.Report
}

// Publish keeps the report of a year, once: the year's first publication is the one that stays, and is what comes back.
func (s *Store) Publish(ctx context.Context, ccas takeup.CCAS, p Publication) (Publication, error) {
	text, err := json.Marshal(p.Report)
	if err != nil {
		return Publication{}, said("writing a publication", err)
	}
	err = s.db.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO publication (ccas, year, at, agent, report) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (ccas, year) DO NOTHING",
			ccas, p.Year, FormatTime(p.At), p.By, string(text))
		return err
	})
	if err != nil {
		return Publication{}, said("keeping a publication", err)
	}
	return s.Publication(ctx, ccas, p.Year)
}

// Publication gives what was published of a year, or [ErrNotFound].
func (s *Store) Publication(ctx context.Context, ccas takeup.CCAS, year int) (Publication, error) {
	p := Publication{Year: year}
	var at, text string
	err := s.db.QueryRow(ctx, "SELECT at, agent, report FROM publication WHERE ccas = $1 AND year = $2", ccas, year).Scan(&at, &p.By, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return Publication{}, ErrNotFound
	}
	if err == nil {
		p.At, err = ParseTime(at)
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &p.Report)
	}
	return p, said("reading a publication", err)
}

// Years gives the years of a CCAS that were published, the last one first.
func (s *Store) Years(ctx context.Context, ccas takeup.CCAS) ([]int, error) {
	var out []int
	err := s.db.Each(ctx, func(r *sql.Rows) error {
		var year int
		err := r.Scan(&year)
		out = append(out, year)
		return err
	}, "SELECT year FROM publication WHERE ccas = $1 ORDER BY year DESC", ccas)
	return out, said("listing the publications", err)
}

package people

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"guichet/takeup"
)

var (
	centreShape  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,39}$`)
	siretShape   = regexp.MustCompile(`^([0-9]{14})?$`)
	communeShape = regexp.MustCompile(`^[0-9][0-9AB][0-9]{3}$`)
)

// AddCentre adds a CCAS. Its identifier has small letters, figures and hyphens.
func (s *Store) AddCentre(ctx context.Context, c Centre) error {
	c.Name = strings.TrimSpace(c.Name)
	if !centreShape.MatchString(string(c.ID)) || !communeShape.MatchString(c.Commune) || !siretShape.MatchString(c.SIRET) || !isName(c.Name) {
		return ErrShape
	}
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, `INSERT INTO ccas (id, name, commune, siret) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`, c.ID, c.Name, c.Commune, c.SIRET)
		if err != nil {
			return fmt.Errorf("adding a CCAS: %w", err)
		}
		if n == 0 {
			return ErrTaken
		}
		return nil
	})
}

// Centres lists the CCAS of the installation, by identifier.
func (s *Store) Centres(ctx context.Context) ([]Centre, error) {
	rows, err := s.db.Query(ctx, `SELECT id, name, commune, siret FROM ccas ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("listing the CCAS: %w", err)
	}
	defer rows.Close()
	var out []Centre
	for rows.Next() {
		var c Centre
		if err := rows.Scan(&c.ID, &c.Name, &c.Commune, &c.SIRET); err != nil {
			return nil, fmt.Errorf("listing the CCAS: %w", err)
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// isName says whether a name can be shown: one line of 2 to 60 characters, without a number as long as that of social security.
func isName(name string) bool {
	if takeup.HoldsLongNumber(name) {
		return false
	}
	n := utf8.RuneCountInString(name)
	return n >= 2 && n <= 60 && utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f })
}

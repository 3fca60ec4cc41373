package people

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"guichet/takeup"
)

// A What is a thing that the access log knows. Its value is kept, and never changes.
type What string

// What is noted about people, by this package. Whoever reads a case notes [CaseRead]; other readings have names of their own.
const (
	CaseRead        What = "dossier.lu"
	SignedIn        What = "agent.entre"
	AgentAdded      What = "agent.cree"
	AgentRole       What = "agent.fonction"
	AgentDisabled   What = "agent.desactive"
	AgentEnabled    What = "agent.active"
	AgentReset      What = "agent.reinitialise"
	PasswordChanged What = "mot_de_passe.change"
	FactorAdded     What = "second_facteur.ajoute"
	FactorRemoved   What = "second_facteur.retire"
	SubjectBound    What = "fournisseur.relie"
	RecoveryUsed    What = "code_secours.utilise"
	KeyAdded        What = "cle.creee"
	KeyRevoked      What = "cle.retiree"
	PersonGiven     What = "personne.exportee" // all that is kept of someone was given to them
	PersonErased    What = "personne.effacee"
)

// An Access is one line of the log: who did what, about which case or whom, and when.
type Access struct {
	CCAS  takeup.CCAS
	At    time.Time    // set by the store
	Agent takeup.Agent // empty: at the command line, or by the program
	Case  takeup.Code  // empty when no case is concerned
	About string       // the agent or the key concerned; may be empty
	What  What
}

// Note keeps a line of the log. A page that shows a case notes it first: what cannot be noted is not shown.
func (s *Store) Note(ctx context.Context, a Access) error {
	return s.db.InTx(ctx, func(tx *sql.Tx) error { return s.note(ctx, tx, a) })
}

func (s *Store) note(ctx context.Context, tx *sql.Tx, a Access) error {
	id, err := s.token()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO access (id, ccas, at, agent, case_code, about, what) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		id, a.CCAS, stamp(s.clock()), a.Agent, a.Case, a.About, a.What)
	if err != nil {
		return fmt.Errorf("noting an access: %w", err)
	}
	return nil
}

// An AccessFilter chooses lines of the log of a CCAS; what is empty chooses all.
type AccessFilter struct {
	Agent  takeup.Agent
	Case   takeup.Code
	Before time.Time
}

// Accesses gives the last lines of the log of a CCAS, the newest first.
func (s *Store) Accesses(ctx context.Context, ccas takeup.CCAS, f AccessFilter, most int) ([]Access, error) {
	before := f.Before
	if before.IsZero() {
		before = s.clock().Add(time.Minute)
	}
	rows, err := s.db.Query(ctx, `SELECT at, agent, case_code, about, what FROM access
		WHERE ccas = $1 AND at < $2 AND ($3 = '' OR agent = $3) AND ($4 = '' OR case_code = $4) ORDER BY at DESC, id LIMIT $5`,
		ccas, stamp(before), f.Agent, f.Case, most)
	if err != nil {
		return nil, fmt.Errorf("reading the access log: %w", err)
	}
	defer rows.Close()
	var out []Access
	for rows.Next() {
		a := Access{CCAS: ccas}
		var at string
		if err := rows.Scan(&at, &a.Agent, &a.Case, &a.About, &a.What); err != nil {
			return nil, fmt.Errorf("reading the access log: %w", err)
		}
		if a.At, err = readStamp(at); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}

package people

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// An Identity is what a provider of identities says of who comes.
type Identity struct {
	Issuer  string // the provider
	Subject string // its name for them, which never changes
	Email   string // as it has checked it
	SIRET   string // of whom they work for
}

// SignInBy opens a session for whom a provider names, for an agent of the CCAS that has the SIRET. The first time, the agent is found
// by the address of mail that is their login, and bound to the subject; from then on by the subject alone. The error is [ErrRefused]
// when there is no such agent.
func (s *Store) SignInBy(ctx context.Context, who Identity) (token string, stage Stage, err error) {
	if who.Issuer == "" || who.Subject == "" || who.SIRET == "" {
		return "", "", ErrRefused
	}
	subject := who.Issuer + " " + who.Subject
	find := func(condition string, value string) (Agent, error) {
		a, err := scanAgent(s.db.QueryRow(ctx, `SELECT `+agentColumns+` FROM agent JOIN ccas ON ccas.id = agent.ccas
			WHERE agent.disabled = 0 AND ccas.siret = $1 AND `+condition, who.SIRET, value))
		if errors.Is(err, sql.ErrNoRows) {
			return a, ErrRefused
		}
		if err != nil {
			return a, fmt.Errorf("looking up an agent: %w", err)
		}
		return a, nil
	}
	a, err := find(`agent.subject = $2`, subject)
	if errors.Is(err, ErrRefused) && who.Email != "" {
		if a, err = find(`agent.subject = '' AND agent.login = $2`, ReadLogin(who.Email)); err == nil {
			err = s.bind(ctx, a, subject)
		}
	}
	if err != nil {
		return "", "", err
	}
	return s.begin(ctx, a, ByProvider)
}

// bind keeps a provider's name for an agent who has none yet.
func (s *Store) bind(ctx context.Context, a Agent, subject string) error {
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, `UPDATE agent SET subject = $2 WHERE id = $1 AND subject = '' AND NOT EXISTS (SELECT 1 FROM agent AS other WHERE other.subject = $2)`, a.ID, subject)
		if err != nil {
			return fmt.Errorf("binding an agent to a provider: %w", err)
		}
		if n == 0 {
			return ErrRefused
		}
		return s.note(ctx, tx, Access{CCAS: a.CCAS, Agent: a.ID, About: string(a.ID), What: SubjectBound})
	})
}

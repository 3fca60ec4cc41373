package people

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"guichet/takeup"
	"guichet/takeup/database"
)

// loginShape is what a login looks like; an address of mail is one.
var loginShape = regexp.MustCompile(`^[a-z0-9][a-z0-9._@+-]{1,79}$`)

// ReadLogin writes a login as it is kept.
func ReadLogin(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

const agentColumns = `agent.id, agent.ccas, agent.login, agent.name, agent.role, agent.renew, agent.disabled, agent.totp <> '', agent.made_at`

// scanAgent reads agentColumns, then more.
func scanAgent(row interface{ Scan(...any) error }, more ...any) (Agent, error) {
	var a Agent
	var renew, disabled int
	var made string
	err := row.Scan(append([]any{&a.ID, &a.CCAS, &a.Login, &a.Name, &a.Role, &renew, &disabled, &a.SecondFactor, &made}, more...)...)
	if err != nil {
		return Agent{}, err
	}
	a.Renew, a.Disabled = renew == 1, disabled == 1
	a.MadeAt, err = readStamp(made)
	return a, err
}

// NewAgent is an agent to be added. Without a password one is made, which the agent has to change.
type NewAgent struct {
	CCAS     takeup.CCAS
	Login    string
	Name     string
	Role     Role
	Password string
}

// AddAgent adds an agent, on behalf of by (empty at the command line), and gives the password that was made, if one was. The error
// is [ErrShape], [ErrTaken], [ErrUnknown] for the CCAS, or a [WeakPassword].
func (s *Store) AddAgent(ctx context.Context, by takeup.Agent, n NewAgent) (Agent, string, error) {
	a := Agent{CCAS: n.CCAS, Login: ReadLogin(n.Login), Name: strings.TrimSpace(n.Name), Role: n.Role, MadeAt: s.now()}
	if !loginShape.MatchString(a.Login) || takeup.HoldsLongNumber(a.Login) || !isName(a.Name) || !a.Role.Known() {
		return Agent{}, "", ErrShape
	}
	kept, made, err := s.newPassword(n.Password, a.Login)
	if err != nil {
		return Agent{}, "", err
	}
	a.Renew = made != ""
	id, err := s.readable(3)
	if err != nil {
		return Agent{}, "", err
	}
	a.ID = takeup.Agent(strings.ReplaceAll(id, "-", ""))
	err = s.db.InTx(ctx, func(tx *sql.Tx) error {
		var centre string
		if err := tx.QueryRowContext(ctx, `SELECT id FROM ccas WHERE id = $1`, a.CCAS).Scan(&centre); errors.Is(err, sql.ErrNoRows) {
			return ErrUnknown
		} else if err != nil {
			return fmt.Errorf("adding an agent: %w", err)
		}
		n, err := changed(ctx, tx, `INSERT INTO agent (id, ccas, login, name, role, password, renew, disabled, totp, totp_step, subject, made_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', 0, '', $8) ON CONFLICT (login) DO NOTHING`,
			a.ID, a.CCAS, a.Login, a.Name, a.Role, kept, flag(a.Renew), stamp(a.MadeAt))
		if err != nil {
			return fmt.Errorf("adding an agent: %w", err)
		}
		if n == 0 {
			return ErrTaken
		}
		return s.note(ctx, tx, Access{CCAS: a.CCAS, Agent: by, About: string(a.ID), What: AgentAdded})
	})
	if err != nil {
		return Agent{}, "", err
	}
	return a, made, nil
}

// newPassword checks a password, or makes one when it is empty, and gives what is kept of it.
func (s *Store) newPassword(password, login string) (kept, made string, err error) {
	if password == "" {
		if made, err = s.readable(4); err != nil {
			return "", "", err
		}
		password = made
	} else if err := CheckPassword(password, login); err != nil {
		return "", "", err
	}
	kept, err = s.hash(password)
	return kept, made, err
}

// Agents lists the agents of a CCAS, by login.
func (s *Store) Agents(ctx context.Context, ccas takeup.CCAS) ([]Agent, error) {
	rows, err := s.db.Query(ctx, `SELECT `+agentColumns+` FROM agent WHERE ccas = $1 ORDER BY login`, ccas)
	if err != nil {
		return nil, fmt.Errorf("listing the agents: %w", err)
	}
	defer rows.Close()
	var out []Agent
	for rows.Next() {
		a, err := scanAgent(rows)
		if err != nil {
			return nil, fmt.Errorf("listing the agents: %w", err)
		}
		out = append(out, a)
	}
	return out, rows.Err()
}

// Agent gives an agent of a CCAS; the error is [ErrUnknown] for any other.
func (s *Store) Agent(ctx context.Context, ccas takeup.CCAS, id takeup.Agent) (Agent, error) {
	return s.oneAgent(s.db.QueryRow(ctx, `SELECT `+agentColumns+` FROM agent WHERE ccas = $1 AND id = $2`, ccas, id))
}

// AgentByLogin gives the agent who has a login.
func (s *Store) AgentByLogin(ctx context.Context, login string) (Agent, error) {
	return s.oneAgent(s.db.QueryRow(ctx, `SELECT `+agentColumns+` FROM agent WHERE login = $1`, ReadLogin(login)))
}

func (s *Store) oneAgent(row database.Row) (Agent, error) {
	a, err := scanAgent(row)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Agent{}, ErrUnknown
	case err != nil:
		return Agent{}, fmt.Errorf("looking up an agent: %w", err)
	}
	return a, nil
}

// HasAgents says whether there is anyone who could sign in.
func (s *Store) HasAgents(ctx context.Context) (bool, error) {
	var n int
	if err := s.db.QueryRow(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM agent WHERE disabled = 0 LIMIT 1) AS one`).Scan(&n); err != nil {
		return false, fmt.Errorf("looking for agents: %w", err)
	}
	return n > 0, nil
}

// change alters an agent of a CCAS, notes it, and ends the agent's sessions: what they may do, or who they are, is no longer the same.
func (s *Store) change(ctx context.Context, by takeup.Agent, a Agent, what What, set string, args ...any) error {
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, `UPDATE agent SET `+set+` WHERE ccas = $1 AND id = $2`, append([]any{a.CCAS, a.ID}, args...)...)
		if err != nil {
			return fmt.Errorf("changing an agent: %w", err)
		}
		if n == 0 {
			return ErrUnknown
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE agent = $1`, a.ID); err != nil {
			return fmt.Errorf("ending the sessions of an agent: %w", err)
		}
		return s.note(ctx, tx, Access{CCAS: a.CCAS, Agent: by, About: string(a.ID), What: what})
	})
}

// SetRole gives an agent another role.
func (s *Store) SetRole(ctx context.Context, by takeup.Agent, a Agent, role Role) error {
	if !role.Known() {
		return ErrShape
	}
	return s.change(ctx, by, a, AgentRole, `role = $3`, role)
}

// SetDisabled shuts an agent out, or lets them in again.
func (s *Store) SetDisabled(ctx context.Context, by takeup.Agent, a Agent, disabled bool) error {
	what := AgentEnabled
	if disabled {
		what = AgentDisabled
	}
	return s.change(ctx, by, a, what, `disabled = $3`, flag(disabled))
}

// Reset gives an agent a new password, which they have to change, and takes their second factor and their waiting away: for who has
// lost either.
func (s *Store) Reset(ctx context.Context, by takeup.Agent, a Agent) (password string, err error) {
	kept, password, err := s.newPassword("", a.Login)
	if err != nil {
		return "", err
	}
	if err := s.change(ctx, by, a, AgentReset, `password = $3, renew = 1, totp = '', totp_step = 0`, kept); err != nil {
		return "", err
	}
	err = s.db.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM recovery_code WHERE agent = $1`, a.ID); err != nil {
			return fmt.Errorf("taking recovery codes away: %w", err)
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM attempt WHERE subject IN ($1, $2)`, accountSubject(a.Login), codeSubject(a.ID))
		return err
	})
	return password, err
}

// ChangePassword is the agent's own doing: the old password opens the change. Their other sessions end, the one of token goes on. The
// error is [ErrRefused], a [Wait] or a [WeakPassword].
func (s *Store) ChangePassword(ctx context.Context, a Agent, token, old, fresh string) error {
	if err := s.try(ctx, accountSubject(a.Login)); err != nil {
		return err
	}
	if ok, err := s.hasPassword(ctx, a.ID, old); err != nil || !ok {
		return cmp.Or(err, ErrRefused)
	}
	if err := s.succeed(ctx, accountSubject(a.Login)); err != nil {
		return err
	}
	if err := CheckPassword(fresh, a.Login); err != nil {
		return err
	}
	if normal(fresh) == normal(old) {
		return WeakPassword("meme")
	}
	kept, err := s.hash(fresh)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE agent SET password = $2, renew = 0 WHERE id = $1`, a.ID, kept); err != nil {
			return fmt.Errorf("changing a password: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE agent = $1 AND digest <> $2`, a.ID, digest(token)); err != nil {
			return fmt.Errorf("ending the other sessions: %w", err)
		}
		return s.note(ctx, tx, Access{CCAS: a.CCAS, Agent: a.ID, About: string(a.ID), What: PasswordChanged})
	})
}

// hasPassword says whether the password of an agent is this one, and keeps it at today's cost.
func (s *Store) hasPassword(ctx context.Context, id takeup.Agent, password string) (bool, error) {
	var kept string
	if err := s.db.QueryRow(ctx, `SELECT password FROM agent WHERE id = $1`, id).Scan(&kept); err != nil {
		return false, fmt.Errorf("looking up a password: %w", err)
	}
	ok, outdated := s.matches(kept, password)
	if ok && outdated {
		return true, s.rehash(ctx, id, kept, password)
	}
	return ok, nil
}

func (s *Store) rehash(ctx context.Context, id takeup.Agent, old, password string) error {
	kept, err := s.hash(password)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE agent SET password = $3 WHERE id = $1 AND password = $2`, id, old, kept)
		return err
	})
}

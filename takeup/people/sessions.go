package people

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"guichet/takeup"
)

// How long a session lasts.
const (
	LockAfter   = 10 * time.Minute // without a request: the password opens it again
	IdleEnd     = 2 * time.Hour    // without a request: it is over
	SessionLife = 12 * time.Hour   // a working day, whatever happens
	secondLife  = 5 * time.Minute  // to give the second factor
	touchEvery  = 30 * time.Second // how exactly the last request is kept
	endedKept   = 24 * time.Hour   // an ended session, so that what was typed in it waits for its agent
)

// A Stage is how far a session is open.
type Stage string

// The stages.
const (
	Open   Stage = "open"
	Locked Stage = "locked" // the password opens it again
	Second Stage = "second" // the second factor is awaited
)

// A Proof is by what an agent proved who they are when they came.
type Proof string

// The proofs.
const (
	ByPassword Proof = "password"
	ByProvider Proof = "provider"
)

// A Session is an agent at a browser.
type Session struct {
	Agent  Agent
	Centre Centre
	Stage  Stage
	Proof  Proof
	MadeAt time.Time
	EndsAt time.Time

	digest string
	seenAt time.Time
}

// SignIn opens a session for a login and its password, tried from a network address. The token is all that the browser is given; the
// stage is [Second] when the second factor is still awaited. The error is [ErrRefused], which never says what was wrong, or a [Wait].
func (s *Store) SignIn(ctx context.Context, login, password, address string) (token string, stage Stage, err error) {
	login = ReadLogin(login)
	subjects := []string{accountSubject(login), addressSubject(address)}
	if err := s.try(ctx, subjects...); err != nil {
		return "", "", err
	}
	var kept string
	a, err := scanAgent(s.db.QueryRow(ctx, `SELECT `+agentColumns+`, password FROM agent WHERE login = $1`, login), &kept)
	unknown := errors.Is(err, sql.ErrNoRows)
	switch {
	case err != nil && !unknown:
		return "", "", fmt.Errorf("looking up an agent: %w", err)
	case unknown, a.Disabled, kept == "":
		s.matches(s.decoy, password) // it takes as long as for an agent
		return "", "", ErrRefused
	}
	ok, outdated := s.matches(kept, password)
	if !ok {
		return "", "", ErrRefused
	}
	if outdated {
		if err := s.rehash(ctx, a.ID, kept, password); err != nil {
			return "", "", err
		}
	}
	if err := s.succeed(ctx, subjects...); err != nil {
		return "", "", err
	}
	return s.begin(ctx, a, ByPassword)
}

// begin opens a session for an agent who has proved who they are, but for a second factor that they may have.
func (s *Store) begin(ctx context.Context, a Agent, proof Proof) (token string, stage Stage, err error) {
	stage = Open
	if a.SecondFactor {
		stage = Second
	}
	token, err = s.open(ctx, a, proof, stage, "")
	return token, stage, err
}

// open begins a session, in the place of another when its digest is given.
func (s *Store) open(ctx context.Context, a Agent, proof Proof, stage Stage, instead string) (string, error) {
	token, err := s.token()
	if err != nil {
		return "", err
	}
	now := s.now()
	ends := now.Add(SessionLife)
	if stage == Second {
		ends = now.Add(secondLife)
	}
	return token, s.db.InTx(ctx, func(tx *sql.Tx) error {
		if instead != "" {
			n, err := changed(ctx, tx, `DELETE FROM session WHERE digest = $1`, instead)
			if err != nil {
				return fmt.Errorf("renewing a session: %w", err)
			}
			if n == 0 {
				return ErrNoSession // another request has renewed it
			}
		}
		if err := forgetSessions(ctx, tx, now); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO session (digest, agent, proof, stage, made_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5, $5, $6)`,
			digest(token), a.ID, proof, stage, stamp(now), stamp(ends))
		if err != nil {
			return fmt.Errorf("opening a session: %w", err)
		}
		if stage != Open {
			return nil
		}
		return s.note(ctx, tx, Access{CCAS: a.CCAS, Agent: a.ID, About: string(a.ID), What: SignedIn})
	})
}

// forgetSessions takes away those that have ended.
func forgetSessions(ctx context.Context, tx *sql.Tx, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE ends_at <= $1 OR seen_at <= $2`, stamp(now.Add(-endedKept)), stamp(now.Add(-IdleEnd-endedKept))); err != nil {
		return fmt.Errorf("forgetting ended sessions: %w", err)
	}
	return nil
}

// Session gives the session of a token; the error is [ErrNoSession] when there is none, when it has ended, or when the agent is shut
// out. One that was not used for [LockAfter] is locked.
func (s *Store) Session(ctx context.Context, token string) (Session, error) {
	v, ended, err := s.session(ctx, token)
	if err == nil && ended {
		return Session{}, ErrNoSession
	}
	return v, err
}

// Ended gives a session that has ended by itself, not long ago: whose it was, and nothing that it may do. The error is [ErrNoSession].
func (s *Store) Ended(ctx context.Context, token string) (Session, error) {
	v, ended, err := s.session(ctx, token)
	switch {
	case err != nil:
		return Session{}, err
	case !ended || v.Stage == Second:
		return Session{}, ErrNoSession
	}
	v.Stage = ""
	return v, nil
}

func (s *Store) session(ctx context.Context, token string) (v Session, ended bool, err error) {
	if len(token) != 43 { // of 32 bytes in base64
		return Session{}, false, ErrNoSession
	}
	v.digest = digest(token)
	var made, seen, ends string
	v.Agent, err = scanAgent(s.db.QueryRow(ctx, `SELECT `+agentColumns+`, session.proof, session.stage, session.made_at, session.seen_at, session.ends_at, ccas.id, ccas.name, ccas.commune, ccas.siret
		FROM session JOIN agent ON agent.id = session.agent JOIN ccas ON ccas.id = agent.ccas WHERE session.digest = $1`, v.digest),
		&v.Proof, &v.Stage, &made, &seen, &ends, &v.Centre.ID, &v.Centre.Name, &v.Centre.Commune, &v.Centre.SIRET)
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, false, ErrNoSession
	}
	if err != nil {
		return Session{}, false, fmt.Errorf("looking up a session: %w", err)
	}
	var errMade, errSeen, errEnds error
	v.MadeAt, errMade = readStamp(made)
	v.seenAt, errSeen = readStamp(seen)
	v.EndsAt, errEnds = readStamp(ends)
	if err := cmp.Or(errMade, errSeen, errEnds); err != nil {
		return Session{}, false, err
	}
	now := s.clock()
	idle := now.Sub(v.seenAt)
	switch {
	case v.Agent.Disabled:
		return Session{}, false, ErrNoSession
	case !now.Before(v.EndsAt), idle >= IdleEnd:
		ended = true
	case v.Stage == Open && idle >= LockAfter:
		v.Stage = Locked
	}
	return v, ended, nil
}

// Touch keeps that an open session was just used.
func (s *Store) Touch(ctx context.Context, v Session) error {
	now := s.now()
	if v.Stage != Open || now.Sub(v.seenAt) < touchEvery {
		return nil
	}
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE session SET seen_at = $2 WHERE digest = $1 AND stage = 'open'`, v.digest, stamp(now))
		if err != nil {
			return fmt.Errorf("keeping that a session was used: %w", err)
		}
		return nil
	})
}

// Lock closes an open session until the password is given again, under a new token: a browser that is given another cookie throws
// away the pages that it kept for its Back button.
func (s *Store) Lock(ctx context.Context, v Session) (token string, err error) {
	if token, err = s.token(); err != nil {
		return "", err
	}
	return token, s.db.InTx(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, `UPDATE session SET stage = 'locked', digest = $2 WHERE digest = $1 AND stage = 'open'`, v.digest, digest(token))
		if err != nil {
			return fmt.Errorf("locking a session: %w", err)
		}
		if n == 0 {
			return ErrNoSession
		}
		return nil
	})
}

// Unlock opens a locked session with the password, under a new token. It ends when it would have. The error is [ErrRefused] or a [Wait].
func (s *Store) Unlock(ctx context.Context, v Session, password, address string) (token string, err error) {
	subjects := []string{accountSubject(v.Agent.Login), addressSubject(address)}
	if err := s.try(ctx, subjects...); err != nil {
		return "", err
	}
	ok, err := s.hasPassword(ctx, v.Agent.ID, password)
	if err != nil || !ok {
		return "", cmp.Or(err, ErrRefused)
	}
	if err := s.succeed(ctx, subjects...); err != nil {
		return "", err
	}
	if token, err = s.token(); err != nil {
		return "", err
	}
	return token, s.db.InTx(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, `UPDATE session SET digest = $2, stage = 'open', seen_at = $3 WHERE digest = $1`, v.digest, digest(token), stamp(s.now()))
		if err != nil {
			return fmt.Errorf("unlocking a session: %w", err)
		}
		if n == 0 {
			return ErrNoSession
		}
		return nil
	})
}

// SignOut ends a session.
func (s *Store) SignOut(ctx context.Context, v Session) error {
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE digest = $1`, v.digest); err != nil {
			return fmt.Errorf("ending a session: %w", err)
		}
		return nil
	})
}

// SignOutEverywhere ends all sessions of an agent.
func (s *Store) SignOutEverywhere(ctx context.Context, id takeup.Agent) error {
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE agent = $1`, id); err != nil {
			return fmt.Errorf("ending the sessions of an agent: %w", err)
		}
		return nil
	})
}

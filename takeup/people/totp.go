package people

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"guichet/takeup"
)

// The second factor is a code of six figures that changes every half minute (RFC 6238, with SHA-1, which every application knows).
const (
	codeStep      = 30 * time.Second
	codeSlack     = 1 // steps that a clock may be off, either way
	recoveryCodes = 10
)

// HasFactors says whether second factors can be had here: whether the operator has set a key.
func (s *Store) HasFactors() bool { return s.box != nil }

// NewFactor draws the secret of a second factor, to be shown to the agent. Nothing is kept of it until [Store.AddFactor].
func (s *Store) NewFactor() (secret string, err error) {
	if s.box == nil {
		return "", ErrNoKey
	}
	raw := make([]byte, 20)
	if _, err := io.ReadFull(s.random, raw); err != nil {
		return "", fmt.Errorf("drawing a second factor: %w", err)
	}
	return base32.StdEncoding.EncodeToString(raw), nil
}

// FactorURI is what an application reads from a QR code.
func FactorURI(secret, login string) string {
	return (&url.URL{
		Scheme: "otpauth", Host: "totp", Path: "/Guichet:" + login,
		RawQuery: "secret=" + secret + "&issuer=Guichet&algorithm=SHA1&digits=6&period=30",
	}).String()
}

// stepOf gives the step whose code this is, around now; false when there is none after the last one used.
func (s *Store) stepOf(secret, code string, last int64) (int64, bool) {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	now := s.clock().Unix() / int64(codeStep/time.Second)
	found := int64(0)
	for step := now - codeSlack; step <= now+codeSlack; step++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && step > last {
			found = step
		}
	}
	return found, found != 0
}

// AddFactor keeps a second factor once a code proves that the agent's application has it, and gives the recovery codes, which are
// shown once. It ends the agent's other sessions. The error is [ErrRefused] or a [Wait] for the code.
func (s *Store) AddFactor(ctx context.Context, v Session, secret, code string) (recovery []string, err error) {
	if s.box == nil {
		return nil, ErrNoKey
	}
	a := v.Agent
	if err := s.try(ctx, codeSubject(a.ID)); err != nil {
		return nil, err
	}
	step, ok := s.stepOf(secret, code, 0)
	if !ok {
		return nil, ErrRefused
	}
	if err := s.succeed(ctx, codeSubject(a.ID)); err != nil {
		return nil, err
	}
	for range recoveryCodes {
		code, err := s.readable(4)
		if err != nil {
			return nil, err
		}
		recovery = append(recovery, code)
	}
	sealed := s.box.seal(secret, string(a.ID))
	return recovery, s.db.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE agent SET totp = $2, totp_step = $3 WHERE id = $1`, a.ID, sealed, step); err != nil {
			return fmt.Errorf("keeping a second factor: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM recovery_code WHERE agent = $1`, a.ID); err != nil {
			return fmt.Errorf("keeping recovery codes: %w", err)
		}
		for _, code := range recovery {
			if _, err := tx.ExecContext(ctx, `INSERT INTO recovery_code (agent, digest) VALUES ($1, $2)`, a.ID, digest(code)); err != nil {
				return fmt.Errorf("keeping recovery codes: %w", err)
			}
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE agent = $1 AND digest <> $2`, a.ID, v.digest); err != nil {
			return fmt.Errorf("ending the other sessions: %w", err)
		}
		return s.note(ctx, tx, Access{CCAS: a.CCAS, Agent: a.ID, About: string(a.ID), What: FactorAdded})
	})
}

// RemoveFactor takes the second factor of an agent away, against their password. The error is [ErrRefused] or a [Wait].
func (s *Store) RemoveFactor(ctx context.Context, a Agent, password string) error {
	if err := s.try(ctx, accountSubject(a.Login)); err != nil {
		return err
	}
	ok, err := s.hasPassword(ctx, a.ID, password)
	if err != nil {
		return err
	}
	if !ok {
		return ErrRefused
	}
	if err := s.succeed(ctx, accountSubject(a.Login)); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE agent SET totp = '', totp_step = 0 WHERE id = $1`, a.ID); err != nil {
			return fmt.Errorf("taking a second factor away: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM recovery_code WHERE agent = $1`, a.ID); err != nil {
			return fmt.Errorf("taking recovery codes away: %w", err)
		}
		return s.note(ctx, tx, Access{CCAS: a.CCAS, Agent: a.ID, About: string(a.ID), What: FactorRemoved})
	})
}

// GiveFactor ends the waiting of a session at [Second], by a code of the application or by a recovery code, and gives the token of
// the session that is open then. The error is [ErrRefused] or a [Wait].
func (s *Store) GiveFactor(ctx context.Context, v Session, code string) (token string, err error) {
	if v.Stage != Second {
		return "", ErrNoSession
	}
	subject := codeSubject(v.Agent.ID)
	if err := s.try(ctx, subject); err != nil {
		return "", err
	}
	err = s.useCode(ctx, v.Agent, code)
	if errors.Is(err, ErrRefused) {
		err = s.useRecovery(ctx, v.Agent, code)
	}
	if err != nil {
		return "", err
	}
	if err := s.succeed(ctx, subject); err != nil {
		return "", err
	}
	return s.open(ctx, v.Agent, v.Proof, Open, v.digest)
}

// useCode takes a code of the application, once.
func (s *Store) useCode(ctx context.Context, a Agent, code string) error {
	var sealed string
	var last int64
	if err := s.db.QueryRow(ctx, `SELECT totp, totp_step FROM agent WHERE id = $1`, a.ID).Scan(&sealed, &last); err != nil {
		return fmt.Errorf("looking up a second factor: %w", err)
	}
	secret, err := s.box.open(sealed, string(a.ID))
	if err != nil {
		return errors.Join(ErrRefused, err) // a recovery code may still do
	}
	step, ok := s.stepOf(secret, code, last)
	if !ok {
		return ErrRefused
	}
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, `UPDATE agent SET totp_step = $2 WHERE id = $1 AND totp_step < $2`, a.ID, step)
		if err != nil {
			return fmt.Errorf("using a code: %w", err)
		}
		if n == 0 {
			return ErrRefused // it was used meanwhile
		}
		return nil
	})
}

// useRecovery takes a recovery code, once.
func (s *Store) useRecovery(ctx context.Context, a Agent, code string) error {
	code = strings.ToLower(strings.Join(strings.Fields(code), ""))
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, `DELETE FROM recovery_code WHERE agent = $1 AND digest = $2`, a.ID, digest(code))
		if err != nil {
			return fmt.Errorf("using a recovery code: %w", err)
		}
		if n == 0 {
			return ErrRefused
		}
		return s.note(ctx, tx, Access{CCAS: a.CCAS, Agent: a.ID, About: string(a.ID), What: RecoveryUsed})
	})
}

// RecoveryLeft counts the recovery codes that an agent has left.
func (s *Store) RecoveryLeft(ctx context.Context, id takeup.Agent) (int, error) {
	var n int
	if err := s.db.QueryRow(ctx, `SELECT COUNT(*) FROM recovery_code WHERE agent = $1`, id).Scan(&n); err != nil {
		return 0, fmt.Errorf("counting recovery codes: %w", err)
	}
	return n, nil
}

package people_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
)

func TestSignIn(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, clock *peopletest.Clock) {
		a := peopletest.Add(t, s, peopletest.Here, people.Reception)
		ctx := t.Context()
		for _, wrong := range [][2]string{{a.Login, "autre phrase entière"}, {"inconnu", peopletest.Password}, {"", ""}} {
			_, _, err := s.SignIn(ctx, wrong[0], wrong[1], address)
			require.ErrorIs(t, err, people.ErrRefused)
		}
		token, stage, err := s.SignIn(ctx, " Agent ", peopletest.Password, address)
		require.NoError(t, err)
		assert.Equal(t, people.Open, stage)
		assert.GreaterOrEqual(t, len(token)*6, 128, "bits of a token")
		session, err := s.Session(ctx, token)
		require.NoError(t, err)
		assert.Equal(t, a, session.Agent)
		assert.Equal(t, "Montclair-sous-Bois", session.Centre.Name)

		other, _, err := s.SignIn(ctx, a.Login, peopletest.Password, address)
		require.NoError(t, err)
		assert.NotEqual(t, token, other)
		for _, nobody := range []string{"", "x", strings.Repeat("A", 43)} {
			_, err := s.Session(ctx, nobody)
			require.ErrorIs(t, err, people.ErrNoSession)
		}

		require.NoError(t, s.SignOut(ctx, session))
		_, err = s.Session(ctx, token)
		require.ErrorIs(t, err, people.ErrNoSession)
		_, err = s.Session(ctx, other)
		require.NoError(t, err)
		require.NoError(t, s.SignOutEverywhere(ctx, a.ID))
		_, err = s.Session(ctx, other)
		require.ErrorIs(t, err, people.ErrNoSession)

		log, err := s.Accesses(ctx, peopletest.Here, people.AccessFilter{Agent: a.ID}, 10)
		require.NoError(t, err)
		require.Len(t, log, 2)
		assert.Equal(t, people.SignedIn, log[0].What)
	})
}

// TestProperty29SessionsEnd: a session locks, and ends idle, by age, and with what its agent may do.
func TestProperty29SessionsEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, clock *peopletest.Clock) {
		a := peopletest.Add(t, s, peopletest.Here, people.Reception)
		ctx := t.Context()
		signIn := func() string {
			token, _, err := s.SignIn(ctx, a.Login, peopletest.Password, address)
			require.NoError(t, err)
			return token
		}
		token := signIn()
		clock.Pass(people.LockAfter - time.Second)
		session, err := s.Session(ctx, token)
		require.NoError(t, err)
		require.Equal(t, people.Open, session.Stage)
		require.NoError(t, s.Touch(ctx, session))
		clock.Pass(people.LockAfter)
		session, err = s.Session(ctx, token)
		require.NoError(t, err)
		require.Equal(t, people.Locked, session.Stage)

		_, err = s.Unlock(ctx, session, "pas celui-là du tout", address)
		require.ErrorIs(t, err, people.ErrRefused)
		renewed, err := s.Unlock(ctx, session, peopletest.Password, address)
		require.NoError(t, err)
		require.NotEqual(t, token, renewed, "a new token for a new proof")
		_, err = s.Session(ctx, token)
		require.ErrorIs(t, err, people.ErrNoSession)
		session, err = s.Session(ctx, renewed)
		require.NoError(t, err)
		require.Equal(t, people.Open, session.Stage)

		renewed, err = s.Lock(ctx, session)
		require.NoError(t, err)
		session, err = s.Session(ctx, renewed)
		require.NoError(t, err)
		require.Equal(t, people.Locked, session.Stage)
		clock.Pass(people.IdleEnd)
		_, err = s.Session(ctx, renewed)
		require.ErrorIs(t, err, people.ErrNoSession)

		token = signIn()
		for end := clock.Now().Add(people.SessionLife); clock.Now().Add(5 * time.Minute).Before(end); {
			clock.Pass(5 * time.Minute)
			session, err := s.Session(ctx, token)
			require.NoError(t, err)
			require.NoError(t, s.Touch(ctx, session))
		}
		clock.Pass(5 * time.Minute)
		_, err = s.Session(ctx, token)
		require.ErrorIs(t, err, people.ErrNoSession, "a working day is over")

		for name, change := range map[string]func() error{
			"shut out": func() error { return s.SetDisabled(ctx, "", a, true) },
			"role":     func() error { return s.SetRole(ctx, "", a, people.Manager) },
			"reset":    func() error { _, err := s.Reset(ctx, "", a); return err },
		} {
			require.NoError(t, s.SetDisabled(ctx, "", a, false))
			if name == "reset" {
				continue // nobody knows the password afterwards: last, below
			}
			token := signIn()
			require.NoError(t, change(), name)
			_, err := s.Session(ctx, token)
			require.ErrorIs(t, err, people.ErrNoSession, name)
		}
		require.NoError(t, s.SetDisabled(ctx, "", a, false))
		token = signIn()
		password, err := s.Reset(ctx, "", a)
		require.NoError(t, err)
		_, err = s.Session(ctx, token)
		require.ErrorIs(t, err, people.ErrNoSession)
		_, _, err = s.SignIn(ctx, a.Login, peopletest.Password, address)
		require.ErrorIs(t, err, people.ErrRefused)
		token, _, err = s.SignIn(ctx, a.Login, password, address)
		require.NoError(t, err)
		session, err = s.Session(ctx, token)
		require.NoError(t, err)
		require.True(t, session.Agent.Renew)
		require.NoError(t, s.ChangePassword(ctx, session.Agent, token, password, "une autre phrase encore"))
		session, err = s.Session(ctx, token)
		require.NoError(t, err)
		require.False(t, session.Agent.Renew)
	})
}

// TestProperty29Tokens: each is 256 bits as the machine's source of randomness gave them, drawn anew for every sign-in, lock and key.
func TestProperty29Tokens(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		clock := peopletest.NewClock()
		a := peopletest.Add(t, peopletest.New(t, db, clock), peopletest.Here, people.Administrator)
		var drawn bytes.Buffer
		s, err := people.New(people.Options{DB: db, Clock: clock.Now, Cost: peopletest.Cheap, Random: io.TeeReader(rand.Reader, &drawn)})
		require.NoError(t, err)
		seen := map[string]bool{}
		hold := func(secret string, err error) {
			require.NoError(t, err)
			raw, err := base64.RawURLEncoding.DecodeString(secret)
			require.NoError(t, err)
			require.Len(t, raw, 32)
			require.True(t, bytes.Contains(drawn.Bytes(), raw), "nothing is taken from what was drawn")
			require.False(t, seen[secret])
			seen[secret] = true
		}
		token, _, err := s.SignIn(t.Context(), a.Login, peopletest.Password, address)
		hold(token, err)
		session, err := s.Session(t.Context(), token)
		require.NoError(t, err)
		token, err = s.Lock(t.Context(), session)
		hold(token, err)
		session, err = s.Session(t.Context(), token)
		require.NoError(t, err)
		token, err = s.Unlock(t.Context(), session, peopletest.Password, address)
		hold(token, err)
		_, key, err := s.AddKey(t.Context(), a.ID, people.Key{CCAS: a.CCAS, Name: "Association", Scopes: []people.Scope{people.Simulate}, PerMinute: 60})
		hold(strings.TrimPrefix(key, "guichet_"), err)

		// none serves for another
		_, err = s.KeyOf(t.Context(), token)
		require.ErrorIs(t, err, people.ErrRefused)
		_, err = s.Session(t.Context(), strings.TrimPrefix(key, "guichet_"))
		require.ErrorIs(t, err, people.ErrNoSession)
		_, err = s.KeyOf(t.Context(), "guichet_"+token)
		require.ErrorIs(t, err, people.ErrRefused)
	})
}

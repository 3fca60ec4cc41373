package people_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
)

func TestSecondFactor(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, clock *peopletest.Clock) {
		a := peopletest.Add(t, s, peopletest.Here, people.Administrator)
		ctx := t.Context()
		signIn := func(want people.Stage) people.Session {
			token, stage, err := s.SignIn(ctx, a.Login, peopletest.Password, address)
			require.NoError(t, err)
			require.Equal(t, want, stage)
			session, err := s.Session(ctx, token)
			require.NoError(t, err)
			return session
		}
		secret, err := s.NewFactor()
		require.NoError(t, err)
		uri, err := url.Parse(people.FactorURI(secret, a.Login))
		require.NoError(t, err)
		require.Equal(t, secret, uri.Query().Get("secret"))
		code := func() string {
			c, err := totp.GenerateCode(secret, clock.Now())
			require.NoError(t, err)
			return c
		}
		session := signIn(people.Open)
		_, err = s.AddFactor(ctx, session, secret, "000000")
		require.ErrorIs(t, err, people.ErrRefused)
		used := code()
		recovery, err := s.AddFactor(ctx, session, secret, used)
		require.NoError(t, err)
		require.Len(t, recovery, 10)

		session = signIn(people.Second)
		_, err = s.GiveFactor(ctx, session, used)
		require.ErrorIs(t, err, people.ErrRefused, "a code that was used is used up")
		clock.Pass(30 * time.Second)
		token, err := s.GiveFactor(ctx, session, code())
		require.NoError(t, err)
		open, err := s.Session(ctx, token)
		require.NoError(t, err)
		require.Equal(t, people.Open, open.Stage)
		again := signIn(people.Second)
		_, err = s.GiveFactor(ctx, again, code())
		require.ErrorIs(t, err, people.ErrRefused, "a replay")

		_, err = s.GiveFactor(ctx, again, strings.ToUpper(recovery[3]))
		require.NoError(t, err)
		_, err = s.GiveFactor(ctx, signIn(people.Second), recovery[3])
		require.ErrorIs(t, err, people.ErrRefused, "a recovery code serves once")
		left, err := s.RecoveryLeft(ctx, a.ID)
		require.NoError(t, err)
		require.Equal(t, 9, left)

		late := signIn(people.Second)
		_ = late
		waiting := 0
		for range 10 {
			_, err := s.GiveFactor(ctx, late, "123123")
			if _, ok := errors.AsType[*people.Wait](err); ok {
				waiting++
			}
		}
		require.Positive(t, waiting, "codes are guessed at slowly")

		clock.Pass(time.Hour)
		require.ErrorIs(t, s.RemoveFactor(ctx, a, "pas celui-là du tout"), people.ErrRefused)
		require.NoError(t, s.RemoveFactor(ctx, a, peopletest.Password))
		signIn(people.Open)
	})
}

// TestASessionAtTheSecondFactorOpensNothing, and does not wait for long.
func TestASessionAtTheSecondFactorOpensNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, clock *peopletest.Clock) {
		a := peopletest.Add(t, s, peopletest.Here, people.Reception)
		secret, err := s.NewFactor()
		require.NoError(t, err)
		token, _, err := s.SignIn(t.Context(), a.Login, peopletest.Password, address)
		require.NoError(t, err)
		session, err := s.Session(t.Context(), token)
		require.NoError(t, err)
		code, err := totp.GenerateCode(secret, clock.Now())
		require.NoError(t, err)
		_, err = s.AddFactor(t.Context(), session, secret, code)
		require.NoError(t, err)
		token, stage, err := s.SignIn(t.Context(), a.Login, peopletest.Password, address)
		require.NoError(t, err)
		require.Equal(t, people.Second, stage)
		session, err = s.Session(t.Context(), token)
		require.NoError(t, err)
		require.NotEqual(t, people.Open, session.Stage)
		clock.Pass(6 * time.Minute)
		_, err = s.Session(t.Context(), token)
		require.ErrorIs(t, err, people.ErrNoSession)
	})
}

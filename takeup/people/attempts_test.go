package people_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
)

// TestAttemptsWait: an account is guessed at ever more slowly, from anywhere, whether it exists or not.
func TestAttemptsWait(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, clock *peopletest.Clock) {
		a := peopletest.Add(t, s, peopletest.Here, people.Reception)
		ctx := t.Context()
		for _, login := range []string{a.Login, "personne"} {
			var waits []time.Duration
			for range 20 {
				_, _, err := s.SignIn(ctx, login, "une phrase devinée", address)
				if wait, ok := errors.AsType[*people.Wait](err); ok {
					waits = append(waits, wait.Until.Sub(clock.Now()))
					clock.At = wait.Until
					continue
				}
				require.ErrorIs(t, err, people.ErrRefused)
			}
			require.Greater(t, len(waits), 3, login)
			for i := 1; i < len(waits); i++ {
				require.GreaterOrEqual(t, waits[i], waits[i-1], "the waiting grows")
			}
			require.Greater(t, waits[len(waits)-1], 2*waits[0])
			require.LessOrEqual(t, waits[len(waits)-1], 15*time.Minute)
		}
		_, _, err := s.SignIn(ctx, a.Login, "une phrase devinée", address) // waits again from here
		require.Error(t, err)
		_, _, err = s.SignIn(ctx, a.Login, peopletest.Password, "203.0.113.9")
		_, waiting := errors.AsType[*people.Wait](err)
		require.True(t, waiting, "the right password waits too: %v", err)
		clock.Pass(25 * time.Hour)
		_, _, err = s.SignIn(ctx, a.Login, peopletest.Password, address)
		require.NoError(t, err)
	})
}

// TestAnAddressWaits: whoever tries one password on many accounts is slowed too.
func TestAnAddressWaits(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, _ *peopletest.Clock) {
		waiting := 0
		for i := range 60 {
			_, _, err := s.SignIn(t.Context(), "poste"+strings.Repeat("x", i), "une phrase devinée", address)
			if _, ok := errors.AsType[*people.Wait](err); ok {
				waiting++
			}
		}
		require.Greater(t, waiting, 10)
		_, _, err := s.SignIn(t.Context(), "quelquun", "une phrase devinée", "203.0.113.9")
		require.ErrorIs(t, err, people.ErrRefused, "another address goes on")
	})
}

// TestAttemptsAtOnceDoNotSlipThrough sends many guesses at the same moment.
func TestAttemptsAtOnceDoNotSlipThrough(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, _ *peopletest.Clock) {
		a := peopletest.Add(t, s, peopletest.Here, people.Reception)
		var looked atomic.Int32
		var wg sync.WaitGroup
		for range 30 {
			wg.Go(func() {
				if _, _, err := s.SignIn(t.Context(), a.Login, "une phrase devinée", address); errors.Is(err, people.ErrRefused) {
					looked.Add(1)
				}
			})
		}
		wg.Wait()
		require.LessOrEqual(t, looked.Load(), int32(5))
		require.Positive(t, looked.Load())
	})
}

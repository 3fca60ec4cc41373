package people_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
)

const address = "198.51.100.7"

// onBoth runs a test on a store on each engine.
func onBoth(t *testing.T, do func(t *testing.T, s *people.Store, clock *peopletest.Clock)) {
	t.Helper()
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		clock := peopletest.NewClock()
		do(t, peopletest.New(t, db, clock), clock)
	})
}

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

// TestProperty29Passwords: what would be guessed is refused, and how it is written is nobody's business.
func TestProperty29Passwords(t *testing.T) {
	for password, want := range map[string]error{
		"courte":                    people.WeakPassword("court"),
		"onzelettres":               people.WeakPassword("court"),
		strings.Repeat("long ", 50): people.WeakPassword("long"),
		"1qaz2wsx3edc":              people.WeakPassword("commun"),
		"Password2026!":             people.WeakPassword("commun"),
		"motdepasse93!":             people.WeakPassword("commun"),
		"azerty123456789":           people.WeakPassword("commun"),
		"111111111111":              people.WeakPassword("commun"),
		"123456789012":              people.WeakPassword("commun"),
		"dragondragon":              people.WeakPassword("commun"),
		"jdurand2026!!":             people.WeakPassword("identifiant"),
		"trois chats gris":          nil,
		"àéèùç îôûœæ":               people.WeakPassword("court"),
		"482910573648":              nil, // there is no rule about which characters it has
		"mon chien aime la pluie":   nil,
	} {
		require.Equal(t, want, people.CheckPassword(password, "jdurand"), password)
	}
}

// TestProperty29PasswordsAreKeptWell: argon2id with its measures, another salt each time, brought to today's cost at the next sign-in.
func TestProperty29PasswordsAreKeptWell(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		clock := peopletest.NewClock()
		s := peopletest.New(t, db, clock)
		a, b := peopletest.Add(t, s, peopletest.Here, people.Reception), peopletest.Add(t, s, peopletest.Here, people.Manager)
		kept := func(a people.Agent) (text string) {
			require.NoError(t, db.QueryRow(t.Context(), `SELECT password FROM agent WHERE id = $1`, a.ID).Scan(&text))
			return text
		}
		require.Regexp(t, `^\$argon2id\$v=19\$m=64,t=1,p=1\$[^$]{22}\$[^$]{43}$`, kept(a))
		require.NotEqual(t, kept(a), kept(b))
		dearer, err := people.New(people.Options{DB: db, Clock: clock.Now, Cost: people.Cost{Memory: 128, Time: 2, Threads: 1}})
		require.NoError(t, err)
		_, _, err = dearer.SignIn(t.Context(), a.Login, peopletest.Password, address)
		require.NoError(t, err)
		require.Contains(t, kept(a), "$m=128,t=2,p=1$")
		_, _, err = dearer.SignIn(t.Context(), a.Login, peopletest.Password, address)
		require.NoError(t, err)
	})
	require.GreaterOrEqual(t, people.DefaultCost.Memory, uint32(46<<10))
}

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

// TestProperty29NoSecretIsKept looks for every secret in every column.
func TestProperty29NoSecretIsKept(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		clock := peopletest.NewClock()
		s := peopletest.New(t, db, clock)
		a := peopletest.Add(t, s, peopletest.Here, people.Administrator)
		token, _, err := s.SignIn(t.Context(), a.Login, peopletest.Password, address)
		require.NoError(t, err)
		session, err := s.Session(t.Context(), token)
		require.NoError(t, err)
		secret, err := s.NewFactor()
		require.NoError(t, err)
		code, err := totp.GenerateCode(secret, clock.Now())
		require.NoError(t, err)
		recovery, err := s.AddFactor(t.Context(), session, secret, code)
		require.NoError(t, err)
		_, key, err := s.AddKey(t.Context(), a.ID, people.Key{CCAS: a.CCAS, Name: "Association", Scopes: []people.Scope{people.Simulate}, PerMinute: 60})
		require.NoError(t, err)
		_, _, _ = s.SignIn(t.Context(), "identifiant-mal-tape", "mot de passe mal tapé", address)

		all := dump(t, db)
		require.Contains(t, all, a.Login)
		for _, text := range append(recovery, token, secret, key, peopletest.Password, address, "identifiant-mal-tape", strings.TrimPrefix(key, "guichet_")) {
			require.NotContains(t, all, text)
		}
	})
}

// dump writes every row of the tables of people.
func dump(t *testing.T, db *database.DB) string {
	t.Helper()
	var b strings.Builder
	for _, table := range []string{"agent", "recovery_code", "session", "attempt", "access", "partner_key"} {
		rows, err := db.Query(t.Context(), "SELECT * FROM "+table)
		require.NoError(t, err)
		columns, err := rows.Columns()
		require.NoError(t, err)
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			require.NoError(t, rows.Scan(into...))
			for _, v := range values {
				if raw, ok := v.([]byte); ok {
					v = string(raw)
				}
				if text, ok := v.(string); ok {
					b.WriteString(text + "\t")
				}
			}
		}
		require.NoError(t, rows.Err())
		rows.Close()
	}
	return b.String()
}

func TestAgents(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, _ *peopletest.Clock) {
		ctx := t.Context()
		has, err := s.HasAgents(ctx)
		require.NoError(t, err)
		require.False(t, has)
		a := peopletest.Add(t, s, peopletest.Here, people.Reception)
		has, err = s.HasAgents(ctx)
		require.NoError(t, err)
		require.True(t, has)
		for name, c := range map[string]struct {
			n    people.NewAgent
			want error
		}{
			"the login of another": {people.NewAgent{CCAS: peopletest.Elsewhere, Login: "AGENT", Name: "Poste 9", Role: people.Reception}, people.ErrTaken},
			"no CCAS":              {people.NewAgent{CCAS: "nulle-part", Login: "poste9", Name: "Poste 9", Role: people.Reception}, people.ErrUnknown},
			"no role":              {people.NewAgent{CCAS: peopletest.Here, Login: "poste9", Name: "Poste 9", Role: "chef"}, people.ErrShape},
			"no login":             {people.NewAgent{CCAS: peopletest.Here, Login: "é", Name: "Poste 9", Role: people.Reception}, people.ErrShape},
			"no name":              {people.NewAgent{CCAS: peopletest.Here, Login: "poste9", Role: people.Reception}, people.ErrShape},
			"a weak password":      {people.NewAgent{CCAS: peopletest.Here, Login: "poste9", Name: "Poste 9", Role: people.Reception, Password: "azerty"}, people.WeakPassword("court")},
		} {
			_, _, err := s.AddAgent(ctx, "", c.n)
			require.ErrorIs(t, err, c.want, name)
		}
		_, err = s.Agent(ctx, peopletest.Elsewhere, a.ID)
		require.ErrorIs(t, err, people.ErrUnknown, "another CCAS's agent does not exist")
		stranger := a
		stranger.CCAS = peopletest.Elsewhere
		require.ErrorIs(t, s.SetDisabled(ctx, "", stranger, true), people.ErrUnknown)
		_, err = s.Reset(ctx, "", stranger)
		require.ErrorIs(t, err, people.ErrUnknown)
		all, err := s.Agents(ctx, peopletest.Here)
		require.NoError(t, err)
		require.Equal(t, []people.Agent{a}, all)
	})
}

func TestKeys(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, _ *peopletest.Clock) {
		ctx := t.Context()
		want := people.Key{CCAS: peopletest.Here, Name: "Portail de la ville", Scopes: []people.Scope{people.Simulate, people.Batch}, PerMinute: 60}
		k, secret, err := s.AddKey(ctx, "", want)
		require.NoError(t, err)
		found, err := s.KeyOf(ctx, secret)
		require.NoError(t, err)
		require.Equal(t, k, found)
		require.ErrorIs(t, s.RevokeKey(ctx, "", peopletest.Elsewhere, k.ID), people.ErrUnknown)
		require.NoError(t, s.RevokeKey(ctx, "", peopletest.Here, k.ID))
		require.ErrorIs(t, s.RevokeKey(ctx, "", peopletest.Here, k.ID), people.ErrUnknown)
		for _, wrong := range []string{secret, "", "guichet_", secret[1:]} {
			_, err := s.KeyOf(ctx, wrong)
			require.ErrorIs(t, err, people.ErrRefused)
		}
		all, err := s.Keys(ctx, peopletest.Here)
		require.NoError(t, err)
		require.Len(t, all, 1)
		require.False(t, all[0].RevokedAt.IsZero())
		elsewhere, err := s.Keys(ctx, peopletest.Elsewhere)
		require.NoError(t, err)
		require.Empty(t, elsewhere)
		for _, change := range []func(*people.Key){
			func(k *people.Key) { k.Name = "" }, func(k *people.Key) { k.Scopes = nil },
			func(k *people.Key) { k.Scopes = []people.Scope{"tout"} }, func(k *people.Key) { k.PerMinute = 0 },
		} {
			k := want
			change(&k)
			_, _, err := s.AddKey(ctx, "", k)
			require.ErrorIs(t, err, people.ErrShape)
		}
	})
}

func TestAccessesAreOfOneCentre(t *testing.T) {
	onBoth(t, func(t *testing.T, s *people.Store, clock *peopletest.Clock) {
		a := peopletest.Add(t, s, peopletest.Here, people.SocialWorker)
		for _, code := range []takeup.Code{"K7B-4PXD", "M3T-9QTC"} {
			clock.Pass(time.Minute)
			require.NoError(t, s.Note(t.Context(), people.Access{CCAS: a.CCAS, Agent: a.ID, Case: code, What: people.CaseRead}))
		}
		got, err := s.Accesses(t.Context(), peopletest.Here, people.AccessFilter{Case: "K7B-4PXD"}, 10)
		require.NoError(t, err)
		require.Len(t, got, 1)
		require.Equal(t, a.ID, got[0].Agent)
		older, err := s.Accesses(t.Context(), peopletest.Here, people.AccessFilter{Agent: a.ID, Before: clock.Now()}, 10)
		require.NoError(t, err)
		require.Len(t, older, 1)
		none, err := s.Accesses(t.Context(), peopletest.Elsewhere, people.AccessFilter{}, 10)
		require.NoError(t, err)
		require.Empty(t, none)
	})
}

func TestRoles(t *testing.T) {
	for _, role := range people.Roles() {
		require.True(t, role.Known())
		require.True(t, role.May(people.Nothing))
	}
	require.False(t, people.Role("chef").May(people.Nothing))
	require.False(t, people.Administrator.May(people.Cases), "who looks after accounts sees no case")
	require.False(t, people.Protection.May(people.Staff))
	require.False(t, people.Reception.May(people.Oversight))
}

package people_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
)

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

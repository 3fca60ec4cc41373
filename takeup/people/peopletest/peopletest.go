// Package peopletest gives tests a store of people that hashes cheaply, two CCAS, and agents of every role in each.
package peopletest

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/people"
)

// The CCAS of the tests: agents of one see nothing of the other.
const (
	Here      takeup.CCAS = "montclair"
	Elsewhere takeup.CCAS = "bellerive"
)

// Password is that of every agent made here.
const Password = "une phrase pour les essais"

// Cheap is a cost that lets a test sign in often.
var Cheap = people.Cost{Memory: 64, Time: 1, Threads: 1}

// Key seals the second factors of the tests.
var Key = []byte(strings.Repeat("k", 32))

// Clock is a clock that a test moves.
type Clock struct{ At time.Time }

// Now gives the moment.
func (c *Clock) Now() time.Time { return c.At }

// Pass lets time go by.
func (c *Clock) Pass(d time.Duration) { c.At = c.At.Add(d) }

// NewClock starts at nine on a working day.
func NewClock() *Clock { return &Clock{time.Date(2026, 10, 15, 9, 0, 0, 0, time.UTC)} }

// New gives a store with both CCAS and nobody.
func New(t testing.TB, db *database.DB, clock *Clock) *people.Store {
	t.Helper()
	s, err := people.New(people.Options{DB: db, Clock: clock.Now, Cost: Cheap, Key: Key})
	require.NoError(t, err)
	for _, c := range []people.Centre{{ID: Here, Name: "Montclair-sous-Bois", Commune: "93066"}, {ID: Elsewhere, Name: "Bellerive", Commune: "93008"}} {
		require.NoError(t, s.AddCentre(t.Context(), c))
	}
	return s
}

// Add adds an agent, whose login is the role and, elsewhere, the CCAS.
func Add(t testing.TB, s *people.Store, ccas takeup.CCAS, role people.Role) people.Agent {
	t.Helper()
	login := string(role)
	if ccas != Here {
		login += "-" + string(ccas)
	}
	a, _, err := s.AddAgent(t.Context(), "", people.NewAgent{CCAS: ccas, Login: login, Name: "Poste " + login, Role: role, Password: Password})
	require.NoError(t, err)
	return a
}

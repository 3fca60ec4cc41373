// Package people keeps who works at the counters: agents and their roles, passwords, second factors and sessions, the keys of
// partners' programs, and the log of who read what. It knows no page; what it refuses it says by an error that a page can tell.
//
// An agent's name is a function (« Poste 2 »), never a person's. No secret is kept: of a password its argon2id, of a token, of a key
// and of a recovery code their SHA-256, and the secret of a second factor sealed by a key that is not in the database.
package people

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"guichet/takeup"
	"guichet/takeup/database"
)

// An Agent works for one CCAS.
type Agent struct {
	ID           takeup.Agent
	CCAS         takeup.CCAS
	Login        string // in small letters, one of its kind in the whole installation
	Name         string // a function: « Poste 2 »
	Role         Role
	Renew        bool // the password was made by someone else and has to be changed first
	Disabled     bool
	SecondFactor bool
	MadeAt       time.Time
}

// A Centre is a CCAS as people know it.
type Centre struct {
	ID      takeup.CCAS
	Name    string
	Commune string // INSEE code
	SIRET   string // by which a provider of identities names it; may be empty
}

// What is refused.
var (
	ErrUnknown   = errors.New("there is no such thing here")          // nor in another CCAS, as far as this one can tell
	ErrTaken     = errors.New("the name is taken")                    // of a login or of a CCAS
	ErrRefused   = errors.New("the secret is not the right one")      // a login and a password, a code
	ErrNoSession = errors.New("nobody is signed in by this token")    // never was, or it has ended
	ErrNoKey     = errors.New("no key seals the second factors")      // the operator has to set one
	ErrShape     = errors.New("a name, a login or a role is invalid") // what was asked for makes no sense
)

// A Wait is too many failed attempts: nothing is looked at before Until.
type Wait struct{ Until time.Time }

func (w *Wait) Error() string { return "too many failed attempts: wait" }

// Options are what a Store needs from outside.
type Options struct {
	DB     *database.DB
	Clock  func() time.Time
	Random io.Reader // nil: that of the machine
	Cost   Cost      // of a password; zero: [DefaultCost]
	Key    []byte    // seals the secrets of second factors: 32 bytes or more; nil: there are none
}

// Store keeps all that. It is safe for concurrent use, by several processes too.
type Store struct {
	db      *database.DB
	clock   func() time.Time
	random  io.Reader
	cost    Cost
	decoy   string // a password that nobody has
	hashing chan struct{}
	box     *box
}

// New gives the store of a database that is migrated.
func New(o Options) (*Store, error) {
	switch {
	case o.DB == nil:
		return nil, errors.New("people: no database")
	case o.Clock == nil:
		return nil, errors.New("people: no clock")
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Cost == (Cost{}) {
		o.Cost = DefaultCost
	}
	s := &Store{
		db: o.DB, clock: o.Clock, random: o.Random, cost: o.Cost,
		hashing: make(chan struct{}, max(1, runtime.GOMAXPROCS(0))), // each takes its memory
	}
	var err error
	if s.box, err = newBox(o.Key); err != nil {
		return nil, err
	}
	nobody, err := s.token()
	if err != nil {
		return nil, err
	}
	if s.decoy, err = s.hash(nobody); err != nil {
		return nil, err
	}
	return s, nil
}

// now is the moment as it is kept: to the second, in UTC.
func (s *Store) now() time.Time { return s.clock().UTC().Truncate(time.Second) }

// stamp writes a moment so that order is alphabetical.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000000Z") }

func readStamp(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return t, fmt.Errorf("reading a moment that was kept: %w", err)
	}
	return t.UTC(), nil
}

// changed runs a statement in a change and says how many rows it touched.
func changed(ctx context.Context, tx *sql.Tx, q string, args ...any) (int64, error) {
	done, err := tx.ExecContext(ctx, q, args...)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

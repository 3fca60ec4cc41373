package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"guichet/engine"
	"guichet/takeup/database"
	"guichet/takeup/people"
	"guichet/takeup/store"
	"guichet/takeup/vault"
	"guichet/web/desk"
)

// declareDatabase adds the option that says where things are kept.
func declareDatabase(f *flags, address *string) {
	f.StringVar(address, "db", database.Default, "`URL` of the database: sqlite:PATH or postgres://USER@HOST:PORT/NAME")
	f.env("db", "GUICHET_DB")
}

// An opener opens where the desk keeps things, when it can: a database that is not there yet is asked for again, not too often, so
// that a desk comes back by itself and a page never waits long.
type opener struct {
	address string
	factors []byte // key of the second factors; nil when there is none
	vault   func(*database.DB) (*vault.Vault, error)
	now     func() time.Time
	log     *slog.Logger
	rules   chan *engine.Engine // each set of rules that the server begins to answer by, for the cases to be held against

	mu    sync.Mutex
	db    *database.DB
	keep  *desk.Keep
	err   error
	tried time.Time
}

// How an opener asks.
const (
	openPause    = 3 * time.Second // between two attempts
	openPatience = 5 * time.Second // for one
)

func (p *program) opener(address string, log *slog.Logger) (*opener, error) {
	text, source, err := p.secret("GUICHET_KEY")
	if err != nil {
		return nil, err
	}
	for _, variable := range []string{"GUICHET_VAULT_KEY", "GUICHET_VAULT_OLD_KEY"} { // a key that cannot be read is told at once, not as a database that is away
		if _, err := p.vaultKey(variable); err != nil {
			return nil, err
		}
	}
	o := &opener{address: address, vault: p.vault, now: p.now, log: log, rules: make(chan *engine.Engine, 1)}
	if source != "" { // one that lasts: what it seals has to be opened after a restart
		if o.factors, err = readKey(text, source); err != nil {
			return nil, err
		}
	}
	return o, nil
}

// open gives where things are kept, migrated.
func (o *opener) open(ctx context.Context) (*desk.Keep, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.keep != nil {
		return o.keep, nil
	}
	if o.err != nil && o.now().Sub(o.tried) < openPause {
		return nil, o.err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), openPatience) // who asked first does not matter
	defer cancel()
	db, keep, err := openKeep(ctx, o.address, people.Options{Clock: o.now, Key: o.factors}, o.vault)
	o.db, o.keep, o.err, o.tried = db, keep, err, o.now()
	if err == nil {
		o.told(ctx, keep.Vault)
	}
	return keep, err
}

// told says in the log what the key of the vault, or the want of one, keeps from being done.
func (o *opener) told(ctx context.Context, v *vault.Vault) {
	if v == nil {
		o.log.Warn("no vault key is set: cases go without contact details and answers, and no right is noticed when a rule changes", "see", "guichet vault -h")
		return
	}
	if err := v.Check(ctx); err != nil {
		o.log.Error("the key of the vault does not open all that it holds", "error", err.Error())
	}
}

func (o *opener) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.db == nil {
		return
	}
	if err := o.db.Close(); err != nil {
		o.log.Error("closing the database", "error", err.Error())
	}
}

// openKeep opens and migrates a database, and gives what is kept in it.
func openKeep(ctx context.Context, address string, o people.Options, vaultOf func(*database.DB) (*vault.Vault, error)) (*database.DB, *desk.Keep, error) {
	db, err := database.Open(ctx, address)
	if err != nil {
		return nil, nil, err
	}
	keep, err := keepOf(ctx, db, o, vaultOf)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, keep, nil
}

func keepOf(ctx context.Context, db *database.DB, o people.Options, vaultOf func(*database.DB) (*vault.Vault, error)) (*desk.Keep, error) {
	if err := db.Migrate(ctx); err != nil {
		return nil, err
	}
	o.DB = db
	staff, err := people.New(o)
	if err != nil {
		return nil, err
	}
	sealed, err := vaultOf(db)
	if err != nil {
		return nil, err
	}
	return &desk.Keep{People: staff, Cases: store.New(db), DB: db, Vault: sealed}, nil
}

// key gives the key of a partner's secret.
func (o *opener) key(ctx context.Context, secret string) (people.Key, error) {
	keep, err := o.open(ctx)
	if err != nil {
		return people.Key{}, err
	}
	return keep.People.KeyOf(ctx, secret)
}

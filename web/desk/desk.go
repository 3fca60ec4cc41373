// Package desk is what the agents of a CCAS see behind the sign-in, under /accueil: the counter, the cases, the figures and the
// administration. Every page is whole French HTML that needs no script.
//
// There is one list of routes, each with the right that it takes (see [Desk.Routes]); a request finds its agent in its visit. Another
// CCAS's object, and what a role may not see, do not exist: the answer is 404, never 403.
package desk

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"time"

	"guichet/locales"
	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/people"
	"guichet/takeup/store"
	"guichet/takeup/vault"
	"guichet/web/pages"
	"guichet/web/seal"
	"guichet/web/static"
)

// A Keep is where the desk keeps things.
type Keep struct {
	People *people.Store
	Cases  *store.Store
	DB     *database.DB // for export and erasure
	Vault  *vault.Vault // of contact details and households' answers; nil without a key: cases then go without them
}

// Options are what the desk needs from outside.
type Options struct {
	Engine pages.Engine
	Pages  *pages.Pages     // what a visitor would see: the counter borrows their words and their sheet
	Texts  *locales.Bundle  // what a visitor reads; nil reads what is compiled into the program
	Key    []byte           // seals what travels in the pages: at least [seal.MinKey] bytes
	Clock  func() time.Time // with the location of the place
	Log    *slog.Logger     // never sees a name, a login, an answer or an amount

	// Open gives where things are kept, opening it when it is not open yet; it answers at once when it cannot.
	Open func(context.Context) (*Keep, error)
	// Provider lets agents sign in by another's word for who they are; nil when they cannot.
	Provider *Provider
}

// Desk answers the addresses of agents. It is safe for concurrent use.
type Desk struct {
	engine    pages.Engine
	texts     *locales.Bundle
	words     locales.Printer
	clock     func() time.Time
	log       *slog.Logger
	open      func(context.Context) (*Keep, error)
	provider  *Provider
	static    *static.Files
	templates map[string]*template.Template
	locked    *seal.Sealer // of the form that waits behind a lock
	factors   *seal.Sealer // of a second factor that is being set up
	states    *seal.Sealer // of a sign-in by a provider that is under way
	counter   *counter
	tabs      []tab
	digests   *store.Digests[caseDigest] // what lists say of cases
}

// New prepares the desk.
func New(o Options) (*Desk, error) {
	switch {
	case o.Engine == nil:
		return nil, errors.New("desk: no engine")
	case o.Clock == nil:
		return nil, errors.New("desk: no clock")
	case o.Log == nil:
		return nil, errors.New("desk: no log")
	case o.Pages == nil:
		return nil, errors.New("desk: no pages")
	case o.Open == nil:
		return nil, errors.New("desk: nowhere to keep anything")
	}
	d := &Desk{engine: o.Engine, texts: o.Texts, clock: o.Clock, log: o.Log, open: o.Open, provider: o.Provider}
	var err error
	if d.texts == nil {
		if d.texts, err = locales.Load(); err != nil {
			return nil, fmt.Errorf("desk: %w", err)
		}
	}
	if d.words, err = locales.Desk(); err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	if d.static, err = static.New(); err != nil {
		return nil, fmt.Errorf("desk: reading the static files: %w", err)
	}
	if d.templates, err = parse(); err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	for _, s := range []struct {
		sealer  **seal.Sealer
		purpose string
		life    time.Duration
	}{
		{&d.locked, "verrou", people.SessionLife}, {&d.factors, "second facteur", 15 * time.Minute}, {&d.states, "fournisseur", 10 * time.Minute},
	} {
		if *s.sealer, err = seal.New(o.Key, s.purpose, s.life, o.Clock); err != nil {
			return nil, fmt.Errorf("desk: %w", err)
		}
	}
	if d.counter, err = d.newCounter(o.Key, o.Pages); err != nil {
		return nil, err
	}
	d.tabs = d.tabsOf(d.list())
	d.digests = digestsBy(takeup.RulesOf(d.engine.Set()))
	return d, nil
}

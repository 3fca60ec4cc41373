package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/people"
	"guichet/takeup/retention"
	"guichet/takeup/store"
)

var purgeCommand = command{
	name:  "purge",
	takes: "[-db URL] [-months N] [-access-months N] [-case CODE]",
	does:  "take away what has been kept long enough, or one case at once",
	explains: `
Contact details and answers go when a follow-up closes, a case two years after the last contact with
the person, the log of accesses after twelve months; shorter where -months and -access-months say so.
What a case counted for in the figures stays, and names nobody. What goes leaves the file of SQLite
and its log of writes; PostgreSQL's own logs and your backups are yours to let go.

The server does so every six hours. -case takes one case away now, because the person asks for it.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var db, code string
		policy := declarePolicy(f)
		declareDatabase(f, &db)
		f.StringVar(&code, "case", "", "take only the case of this `CODE` away, at once")
		return func(ctx context.Context, operands []string) int {
			err := none(operands)
			if err == nil {
				err = kept(ctx, db, func(db *database.DB) error {
					if code != "" {
						return p.erase(ctx, db, code)
					}
					return p.purge(ctx, db, *policy)
				})
			}
			return p.ended("purge", err)
		}
	},
}

// declarePolicy adds the options that say how long things are kept.
func declarePolicy(f *flags) *retention.Policy {
	p := retention.Longest
	f.IntVar(&p.Months, "months", p.Months, "keep what is known of people for `N` months after the last contact")
	f.IntVar(&p.AccessMonths, "access-months", p.AccessMonths, "keep the log of accesses for `N` months")
	f.env("months", "GUICHET_KEEP_MONTHS")
	f.env("access-months", "GUICHET_KEEP_ACCESS_MONTHS")
	return &p
}

func (p *program) purge(ctx context.Context, db *database.DB, policy retention.Policy) error {
	if err := policy.Check(); err != nil {
		return inputError{err}
	}
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	gone, err := retention.Purge(ctx, db, policy, p.now())
	fmt.Fprintf(p.stdout, "gone: %d cases; of cases that stay, %d contact details and %d households' answers; %d accesses\n",
		gone.Cases, gone.Contacts, gone.Answers, gone.Accesses)
	return err
}

func (p *program) erase(ctx context.Context, db *database.DB, written string) error {
	ccas, code, err := found(ctx, db, written)
	if err == nil {
		err = p.noted(ctx, db, people.Access{CCAS: ccas, Case: code, What: people.PersonErased})
	}
	if err != nil {
		return err
	}
	if err := retention.Erase(ctx, db, ccas, code); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "the case %s is gone\n", code)
	return nil
}

// noted keeps in the log of accesses what an operator does here with a case.
func (p *program) noted(ctx context.Context, db *database.DB, a people.Access) error {
	s, err := people.New(people.Options{DB: db, Clock: p.now})
	if err != nil {
		return err
	}
	return s.Note(ctx, a)
}

// found gives the case of a code as people write it.
func found(ctx context.Context, db *database.DB, written string) (takeup.CCAS, takeup.Code, error) {
	code, err := takeup.ReadCode(written)
	if err != nil {
		return "", "", inputError{err}
	}
	if err := db.Migrate(ctx); err != nil {
		return "", "", err
	}
	ccas, err := store.New(db).Owner(ctx, code)
	if errors.Is(err, store.ErrNotFound) {
		return "", "", inputError{fmt.Errorf("there is no case %s", code)}
	}
	return ccas, code, err
}

// purgePause is how long a server waits between two purges.
const purgePause = 6 * time.Hour

// purgeAt purges at each tick, and once before, until ctx ends. How it went is in the log.
func (p *program) purgeAt(ctx context.Context, ticks <-chan time.Time, o *opener, policy retention.Policy) {
	for {
		if db, err := o.database(ctx); err == nil {
			gone, err := retention.Purge(ctx, db, policy, p.now())
			switch {
			case ctx.Err() != nil:
				return
			case err != nil:
				o.log.Error("purging", "error", err.Error())
			case gone != (retention.Gone{}):
				o.log.Info("purged", "cases", gone.Cases, "contacts", gone.Contacts, "answers", gone.Answers, "accesses", gone.Accesses)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		}
	}
}

// database gives the database that open opened.
func (o *opener) database(ctx context.Context) (*database.DB, error) {
	_, err := o.open(ctx)
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.db, cmp.Or(err, o.err)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"guichet/engine"
	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/people"
	"guichet/takeup/recomputation"
	"guichet/takeup/store"
	"guichet/web/desk"
)

var casesCommand = command{
	name:  "cases",
	does:  "hold the cases that are followed against the rules of today",
	parts: []command{casesRecomputeCommand},
}

var casesRecomputeCommand = command{
	name:  "recompute",
	takes: "[-db URL] [-rules DIR]",
	does:  "note what the rules of today change in open cases",
	explains: `
Each open case whose answers are kept is computed again when the rules or the month are others than the
last time. A new right, an amount that moved by a euro or more, and a right that is gone are noted, and
come up in the agents' worklist. The server does so when it starts, after its rules are reloaded, and
every six hours. It needs the key of the vault, which holds the answers.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var db, rules string
		declareDatabase(f, &db)
		f.StringVar(&rules, "rules", "", "lay the rules in this `DIR` over the shipped ones")
		f.env("rules", "GUICHET_RULES")
		return func(ctx context.Context, operands []string) int {
			err := none(operands)
			if err == nil {
				err = kept(ctx, db, func(db *database.DB) error { return p.recompute(ctx, db, rules) })
			}
			return p.ended("cases recompute", err)
		}
	},
}

func (p *program) recompute(ctx context.Context, db *database.DB, dir string) error {
	rules, err := p.loadRules(dir)
	if err != nil {
		return err
	}
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	v, err := p.vaultOf(db)
	if err != nil {
		return err
	}
	staff, err := people.New(people.Options{DB: db, Clock: p.now})
	if err != nil {
		return err
	}
	report, err := p.recomputed(ctx, &desk.Keep{People: staff, Cases: store.New(db), Vault: v}, rules)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "computed: %d open cases; %d changed, %d things noted, %d failed\n", report.Seen, report.Changed, report.Noted, report.Failed)
	if report.Failed > 0 {
		return fmt.Errorf("%d cases could not be computed", report.Failed)
	}
	return nil
}

// recomputed holds the open cases of every CCAS against rules.
func (p *program) recomputed(ctx context.Context, keep *desk.Keep, rules *engine.Engine) (recomputation.Report, error) {
	all, err := keep.People.Centres(ctx)
	if err != nil {
		return recomputation.Report{}, err
	}
	ids := make([]takeup.CCAS, len(all))
	for i, centre := range all {
		ids[i] = centre.ID
	}
	return recomputation.Run(ctx, keep.Cases, keep.Vault, rules, rules.Set().Hash(), ids, p.now())
}

// recomputeAt recomputes with each set of rules that comes, and with the last one every purgePause, because months pass too, until ctx
// ends. How it went is in the log.
func (p *program) recomputeAt(ctx context.Context, o *opener, rules <-chan *engine.Engine, ticks <-chan time.Time) {
	var last *engine.Engine
	for {
		select {
		case <-ctx.Done():
			return
		case last = <-rules:
		case <-ticks:
		}
		keep, err := o.open(ctx)
		if err != nil || last == nil {
			continue // a database that is away is logged where it is asked for; the next tick tries again
		}
		report, err := p.recomputed(ctx, keep, last)
		switch {
		case errors.Is(err, context.Canceled):
			return
		case err != nil:
			o.log.Error("recomputing the cases", "error", database.Plain(err).Error())
		case report.Changed > 0 || report.Failed > 0:
			o.log.Info("cases recomputed", "seen", report.Seen, "changed", report.Changed, "noted", report.Noted, "failed", report.Failed)
		}
	}
}

// offer leaves rules for who waits for them; older ones that nobody took are replaced.
func offer(rules chan *engine.Engine, now *engine.Engine) {
	for {
		select {
		case rules <- now:
			return
		default:
		}
		select {
		case <-rules:
		default:
		}
	}
}

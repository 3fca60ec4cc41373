package main

import (
	"context"
	"fmt"
	"strings"

	"guichet/takeup"
	"guichet/takeup/people"
)

// keyCommand groups what is done about the keys of partners.
var keyCommand = command{
	name: "key",
	does: "add, list and revoke the keys with which partners' programs call the API",
	explains: `
A key belongs to a CCAS. Only its hash is kept: what key add writes is never seen again.` + databaseExplained,
	parts: []command{keyAddCommand, keyListCommand, keyRevokeCommand},
}

var keyAddCommand = command{
	name:  "add",
	takes: "[-scopes LIST] [-per-minute N] [-ccas ID] [-db URL] NAME",
	does:  "make a key, and write it once",
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var k people.Key
		var db, ccas, scopes string
		declareDatabase(f, &db)
		f.StringVar(&scopes, "scopes", string(people.Simulate), "`LIST` of what it opens, with commas: simulations, lots")
		f.IntVar(&k.PerMinute, "per-minute", 600, "how many requests a minute, `N`")
		declareCentre(f, &ccas)
		return func(ctx context.Context, operands []string) int {
			name, err := one(operands, "the NAME of the partner")
			if err != nil {
				return p.fail("key add", err)
			}
			k.Name = name
			for _, s := range list(scopes) {
				k.Scopes = append(k.Scopes, people.Scope(s))
			}
			return p.staffedAt(ctx, "key add", db, ccas, func(s *people.Store, of takeup.CCAS) error {
				k.CCAS = of
				made, secret, err := s.AddKey(ctx, "", k)
				if err != nil {
					return err
				}
				fmt.Fprintf(p.stdout, "%s %s\n", made.ID, secret)
				return nil
			})
		}
	},
}

var keyListCommand = command{
	name:  "list",
	takes: "[-ccas ID] [-db URL]",
	does:  "list the keys of a CCAS, one a line",
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var db, ccas string
		declareDatabase(f, &db)
		declareCentre(f, &ccas)
		return func(ctx context.Context, operands []string) int {
			if err := none(operands); err != nil {
				return p.fail("key list", err)
			}
			return p.staffedAt(ctx, "key list", db, ccas, func(s *people.Store, of takeup.CCAS) error {
				all, err := s.Keys(ctx, of)
				if err != nil {
					return err
				}
				for _, k := range all {
					state := "holds"
					if !k.RevokedAt.IsZero() {
						state = "revoked"
					}
					var scopes []string
					for _, scope := range k.Scopes {
						scopes = append(scopes, string(scope))
					}
					fmt.Fprintf(p.stdout, "%-12s %-8s %6d/min %-20s %s\n", k.ID, state, k.PerMinute, strings.Join(scopes, ","), k.Name)
				}
				return nil
			})
		}
	},
}

var keyRevokeCommand = command{
	name:  "revoke",
	takes: "[-ccas ID] [-db URL] ID",
	does:  "end a key at once",
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var db, ccas string
		declareDatabase(f, &db)
		declareCentre(f, &ccas)
		return func(ctx context.Context, operands []string) int {
			id, err := one(operands, "the ID of the key")
			if err != nil {
				return p.fail("key revoke", err)
			}
			return p.staffedAt(ctx, "key revoke", db, ccas, func(s *people.Store, of takeup.CCAS) error {
				if err := s.RevokeKey(ctx, "", of, id); err != nil {
					return err
				}
				fmt.Fprintf(p.stdout, "%s is revoked\n", id)
				return nil
			})
		}
	},
}

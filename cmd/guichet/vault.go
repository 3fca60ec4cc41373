package main

import (
	"context"
	"encoding/json"
	"fmt"

	"guichet/takeup/database"
	"guichet/takeup/people"
	"guichet/takeup/retention"
	"guichet/takeup/vault"
)

var vaultCommand = command{
	name: "vault",
	does: "change the key of the vault, check it, and give a person what is kept of them",
	explains: `
The vault holds contact details and households' answers, sealed. Its key is not in the database:
$GUICHET_VAULT_KEY holds it, or the file that $GUICHET_VAULT_KEY_FILE names, at least 32 bytes as
base64 or hexadecimal (openssl rand -base64 32 makes one). Without the key nobody reads what is there,
you neither: keep a copy where the backups are not.`,
	parts: []command{vaultCheckCommand, vaultRotateCommand, vaultExportCommand},
}

var vaultCheckCommand = command{
	name:  "check",
	takes: "[-db URL]",
	does:  "say whether the key opens all that is kept",
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var db string
		declareDatabase(f, &db)
		return func(ctx context.Context, operands []string) int {
			err := none(operands)
			if err == nil {
				err = p.withVault(ctx, db, p.checkVault)
			}
			return p.ended("vault check", err)
		}
	},
}

// withVault opens the database of an address, as this program knows it, and its vault.
func (p *program) withVault(ctx context.Context, address string, do func(context.Context, *database.DB, *vault.Vault) error) error {
	return kept(ctx, address, func(db *database.DB) error {
		v, err := p.vaultOf(db)
		if err != nil {
			return err
		}
		if err := db.Migrate(ctx); err != nil {
			return err
		}
		return do(ctx, db, v)
	})
}

func (p *program) checkVault(ctx context.Context, _ *database.DB, v *vault.Vault) error {
	if err := v.Check(ctx); err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, "the key opens all that the vault holds")
	return nil
}

var vaultRotateCommand = command{
	name:  "rotate",
	takes: "[-db URL]",
	does:  "take a new key",
	explains: `
The new key is $GUICHET_VAULT_KEY and the one until now $GUICHET_VAULT_OLD_KEY, or both with _FILE.
Start the servers with both first: they open with either and seal with the new one. Then rotate, while
they run; a rotation that was stopped goes on where it was. Then take the old key away. When it is
destroyed, what backups from before hold in their vault is gone with it.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var db string
		declareDatabase(f, &db)
		return func(ctx context.Context, operands []string) int {
			err := none(operands)
			if err == nil {
				err = p.withVault(ctx, db, p.rotateVault)
			}
			return p.ended("vault rotate", err)
		}
	},
}

func (p *program) rotateVault(ctx context.Context, db *database.DB, v *vault.Vault) error {
	n, err := v.Rotate(ctx)
	fmt.Fprintf(p.stdout, "%d keys are wrapped anew\n", n)
	if err != nil {
		return err
	}
	return db.Scrub(ctx) // the old wrappings leave the file
}

var vaultExportCommand = command{
	name:  "export",
	takes: "[-db URL] CODE",
	does:  "write what is kept of the household of a case, as JSON",
	explains: `
For a person who asks for it: contact details, answers, everything noted, and who read it. The log of
accesses says that it was done here.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var db string
		declareDatabase(f, &db)
		return func(ctx context.Context, operands []string) int {
			code, err := one(operands, "the CODE of the case")
			if err == nil {
				err = p.withVault(ctx, db, func(ctx context.Context, db *database.DB, v *vault.Vault) error { return p.export(ctx, db, v, code) })
			}
			return p.ended("vault export", err)
		}
	},
}

func (p *program) export(ctx context.Context, db *database.DB, v *vault.Vault, written string) error {
	ccas, code, err := found(ctx, db, written)
	if err == nil {
		err = p.noted(ctx, db, people.Access{CCAS: ccas, Case: code, What: people.PersonGiven})
	}
	if err != nil {
		return err
	}
	person, err := retention.Export(ctx, db, v, ccas, code)
	if err != nil {
		return err
	}
	e := json.NewEncoder(p.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(person)
}

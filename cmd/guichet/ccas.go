package main

import (
	"context"
	"fmt"

	"guichet/takeup"
	"guichet/takeup/people"
)

// ccasCommand groups what is done about the CCAS of an installation.
var ccasCommand = command{
	name:     "ccas",
	does:     "add and list the CCAS of this installation",
	explains: "Agents, cases and keys belong to one CCAS each; another's do not exist for them." + databaseExplained,
	parts:    []command{ccasAddCommand, ccasListCommand},
}

var ccasAddCommand = command{
	name:  "add",
	takes: "-name NAME -commune CODE [-siret SIRET] [-db URL] ID",
	does:  "add a CCAS",
	explains: `
ID names it in commands: small letters, figures and hyphens.` + databaseExplained,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var c people.Centre
		var db string
		declareDatabase(f, &db)
		f.StringVar(&c.Name, "name", "", "`NAME` that agents see, such as \"CCAS de Montclair\"")
		f.StringVar(&c.Commune, "commune", "", "INSEE `CODE` of the commune, such as 93066")
		f.StringVar(&c.SIRET, "siret", "", "`SIRET` by which a provider of identities names it")
		return func(ctx context.Context, operands []string) int {
			id, err := one(operands, "the ID of the CCAS")
			if err != nil {
				return p.fail("ccas add", err)
			}
			c.ID = takeup.CCAS(id)
			return p.staffed(ctx, "ccas add", db, func(s *people.Store) error {
				if err := s.AddCentre(ctx, c); err != nil {
					return err
				}
				fmt.Fprintf(p.stdout, "%s is added\n", c.ID)
				return nil
			})
		}
	},
}

var ccasListCommand = command{
	name:  "list",
	takes: "[-db URL]",
	does:  "list the CCAS, one a line",
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var db string
		declareDatabase(f, &db)
		return func(ctx context.Context, operands []string) int {
			if err := none(operands); err != nil {
				return p.fail("ccas list", err)
			}
			return p.staffed(ctx, "ccas list", db, func(s *people.Store) error {
				all, err := s.Centres(ctx)
				if err != nil {
					return err
				}
				for _, c := range all {
					fmt.Fprintf(p.stdout, "%-20s %s  %s\n", c.ID, c.Commune, c.Name)
				}
				return nil
			})
		}
	},
}

package main

import (
	"context"
	"fmt"
	"strings"

	"guichet/takeup"
	"guichet/takeup/people"
)

// userCommand groups what is done about agents.
var userCommand = command{
	name: "user",
	does: "add, list, disable and reset the agents who sign in",
	explains: `
The first agent, an administrator, is made here; the others on the pages, by them.` + databaseExplained,
	parts: []command{userAddCommand, userListCommand, userDisableCommand, userEnableCommand, userResetCommand},
}

func roleNames() string {
	var words []string
	for _, r := range people.Roles() {
		words = append(words, string(r))
	}
	return strings.Join(words, ", ")
}

var userAddCommand = command{
	name:  "add",
	takes: "-name NAME [-role ROLE] [-ccas ID] [-password-file FILE|-] [-db URL] LOGIN",
	does:  "add an agent",
	explains: `
A password is made and written once, unless a file has one; the agent changes the one that was made
at their first sign-in. A password has 12 characters at least, 15 or more rather, and is no common one.
NAME is a function ("Poste 2"), not the name of a person.` + databaseExplained,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var n people.NewAgent
		var db, ccas, file string
		declareDatabase(f, &db)
		f.StringVar(&n.Name, "name", "", "`NAME` that the others see, such as \"Poste 2\"")
		f.StringVar((*string)(&n.Role), "role", string(people.Reception), "`ROLE`: "+roleNames())
		declareCentre(f, &ccas)
		f.StringVar(&file, "password-file", "", "`FILE` whose first line is the password, - for the standard input")
		return func(ctx context.Context, operands []string) int {
			login, err := one(operands, "the LOGIN of the agent")
			if err == nil {
				n.Password, err = p.given(file)
			}
			if err != nil {
				return p.fail("user add", err)
			}
			n.Login = login
			return p.staffedAt(ctx, "user add", db, ccas, func(s *people.Store, of takeup.CCAS) error {
				n.CCAS = of
				a, password, err := s.AddAgent(ctx, "", n)
				if err != nil {
					return err
				}
				fmt.Fprintf(p.stdout, "%s is added to %s as %s\n", a.Login, a.CCAS, a.Role)
				p.tellPassword(password)
				return nil
			})
		}
	},
}

// tellPassword writes a password that was made, once.
func (p *program) tellPassword(password string) {
	if password != "" {
		fmt.Fprintf(p.stdout, "password, to be changed at the first sign-in: %s\n", password)
	}
}

var userListCommand = command{
	name:  "list",
	takes: "[-ccas ID] [-db URL]",
	does:  "list the agents of a CCAS, one a line",
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var db, ccas string
		declareDatabase(f, &db)
		declareCentre(f, &ccas)
		return func(ctx context.Context, operands []string) int {
			if err := none(operands); err != nil {
				return p.fail("user list", err)
			}
			return p.staffedAt(ctx, "user list", db, ccas, func(s *people.Store, of takeup.CCAS) error {
				all, err := s.Agents(ctx, of)
				if err != nil {
					return err
				}
				for _, a := range all {
					state := "active"
					if a.Disabled {
						state = "disabled"
					}
					fmt.Fprintf(p.stdout, "%-20s %-18s %-8s %s\n", a.Login, a.Role, state, a.Name)
				}
				return nil
			})
		}
	},
}

var (
	userDisableCommand = aboutAgent("disable", "shut an agent out; their sessions end", func(ctx context.Context, p *program, s *people.Store, a people.Agent) error {
		if err := s.SetDisabled(ctx, "", a, true); err != nil {
			return err
		}
		fmt.Fprintf(p.stdout, "%s is shut out\n", a.Login)
		return nil
	})
	userEnableCommand = aboutAgent("enable", "let an agent in again", func(ctx context.Context, p *program, s *people.Store, a people.Agent) error {
		if err := s.SetDisabled(ctx, "", a, false); err != nil {
			return err
		}
		fmt.Fprintf(p.stdout, "%s may sign in\n", a.Login)
		return nil
	})
	userResetCommand = aboutAgent("reset", "make a new password, and take the second factor away", func(ctx context.Context, p *program, s *people.Store, a people.Agent) error {
		password, err := s.Reset(ctx, "", a)
		if err != nil {
			return err
		}
		p.tellPassword(password)
		return nil
	})
)

// aboutAgent is a command that does one thing about the agent of a login.
func aboutAgent(name, does string, do func(context.Context, *program, *people.Store, people.Agent) error) command {
	return command{
		name: name, takes: "[-db URL] LOGIN", does: does,
		prepare: func(p *program, f *flags) func(context.Context, []string) int {
			var db string
			declareDatabase(f, &db)
			return func(ctx context.Context, operands []string) int {
				login, err := one(operands, "the LOGIN of the agent")
				if err != nil {
					return p.fail("user "+name, err)
				}
				return p.staffed(ctx, "user "+name, db, func(s *people.Store) error {
					a, err := s.AgentByLogin(ctx, login)
					if err != nil {
						return err
					}
					return do(ctx, p, s, a)
				})
			}
		},
	}
}

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// A command is one word after guichet.
type command struct {
	name     string
	takes    string // what follows the name
	does     string // one line
	explains string // the paragraphs that -h adds; may be empty
	prepare  func(p *program, f *flags) func(ctx context.Context, operands []string) int
	parts    []command // the words that may follow, for a command that is only their group
}

func commands() []command {
	return []command{
		serveCommand, simulateCommand, screenCommand, rulesCommand, textsCommand, ccasCommand, userCommand, keyCommand,
		migrateCommand, backupCommand, restoreCommand, purgeCommand, vaultCommand, casesCommand, versionCommand,
	}
}

// run does what args say and gives the exit code.
func (p *program) run(ctx context.Context, args []string) int {
	if len(args) == 0 {
		overview(p.stderr)
		return usage
	}
	name, args := args[0], args[1:]
	switch name {
	case "-h", "-help", "--help", "help":
		if len(args) == 0 {
			overview(p.stdout)
			return done
		}
		name, args = args[0], []string{"-h"}
	case "-version", "--version":
		name = "version"
	}
	for _, c := range commands() {
		if c.name == name {
			return p.runCommand(ctx, c, args)
		}
	}
	fmt.Fprintf(p.stderr, "guichet: there is no command %q; guichet -h lists them\n", name)
	return usage
}

// runPart does the part of a group that args name.
func (p *program) runPart(ctx context.Context, group command, args []string) int {
	if len(args) == 0 {
		group.helpParts(p.stderr)
		return usage
	}
	name, args := args[0], args[1:]
	switch name {
	case "-h", "-help", "--help", "help":
		if len(args) == 0 {
			group.helpParts(p.stdout)
			return done
		}
		name, args = args[0], []string{"-h"}
	}
	for _, c := range group.parts {
		if c.name == name {
			c.name = group.name + " " + c.name
			return p.runCommand(ctx, c, args)
		}
	}
	fmt.Fprintf(p.stderr, "guichet %s: there is no command %q; guichet %s -h lists them\n", group.name, name, group.name)
	return usage
}

func (c command) helpParts(w io.Writer) {
	fmt.Fprintf(w, "%s.\n\nUsage:\n\n", strings.ToUpper(c.does[:1])+c.does[1:])
	for _, part := range c.parts {
		fmt.Fprintf(w, "  guichet %s %-8s %s\n", c.name, part.name, part.does)
	}
	fmt.Fprintf(w, "\n%s\n\nguichet %s COMMAND -h says what a command takes.\n", strings.TrimSpace(c.explains), c.name)
}

func (p *program) runCommand(ctx context.Context, c command, args []string) int {
	if c.parts != nil {
		return p.runPart(ctx, c, args)
	}
	f := newFlags(c.name, p.getenv)
	do := c.prepare(p, f)
	operands, err := f.parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		c.help(p.stdout, f)
		return done
	case err != nil:
		return p.fail(c.name, err)
	}
	return do(ctx, operands)
}

// complain writes err to stderr, each of its lines behind the name of the command.
func (p *program) complain(name string, err error) {
	for l := range strings.Lines(err.Error()) {
		fmt.Fprintf(p.stderr, "guichet %s: %s\n", name, strings.TrimRight(l, "\n"))
	}
}

func overview(w io.Writer) {
	fmt.Fprint(w, "Guichet computes the social rights of French households.\n\nUsage:\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  guichet %-9s %s\n", c.name, c.does)
	}
	fmt.Fprint(w, `
guichet COMMAND -h says what a command takes.

Exit codes: 0 done; 1 done, some lines refused; 2 usage or input refused; 3 rules or configuration
invalid; 4 storage; 130 interrupted.
`)
}

func (c command) help(w io.Writer, f *flags) {
	fmt.Fprintf(w, "Usage: guichet %s %s\n\n%s.\n", c.name, c.takes, strings.ToUpper(c.does[:1])+c.does[1:])
	if c.explains != "" {
		fmt.Fprintf(w, "\n%s\n", strings.TrimSpace(c.explains))
	}
	f.describe(w)
}

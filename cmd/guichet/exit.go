package main

import (
	"context"
	"errors"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/screening"
	"guichet/takeup/database"
	"guichet/takeup/vault"
)

// The exit codes of every command.
const (
	done        = 0
	refused     = 1   // done, but some lines were refused
	usage       = 2   // the command line or the input is refused
	invalid     = 3   // the rules or the configuration are
	storage     = 4   // something could not be read or written
	interrupted = 130 // stopped by a signal before the end, as shells have it
)

// An inputError is a fault of what was asked for.
type inputError struct{ error }

func (e inputError) Unwrap() error { return e.error }

// An invalidError is a fault of the rules or of the configuration.
type invalidError struct{ error }

func (e invalidError) Unwrap() error { return e.error }

// fail tells of err and gives the exit code that it stands for.
func (p *program) fail(name string, err error) int {
	p.complain(name, err)
	return exitCode(err)
}

// exitCode gives the exit code that err stands for. What no other code claims is a fault of the machine.
func exitCode(err error) int {
	switch {
	case err == nil:
		return done
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return interrupted
	case is[inputError](err), is[*profile.Error](err), is[*screening.HeaderError](err), errors.Is(err, screening.ErrShort), errors.Is(err, database.ErrAddress):
		return usage
	case is[invalidError](err), is[*engine.RuleError](err), errors.Is(err, vault.ErrKey):
		return invalid
	default:
		return storage
	}
}

// is says whether an error of type E is in the chain of err.
func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// flags are the options of one command. Some can be set in the environment too; what the command line says wins.
type flags struct {
	*flag.FlagSet
	getenv    func(string) string
	variables map[string]string // of a flag, by its name
}

func newFlags(name string, getenv func(string) string) *flags {
	f := &flags{flag.NewFlagSet(name, flag.ContinueOnError), getenv, map[string]string{}}
	f.SetOutput(io.Discard) // errors are told once, by whoever asked for the parsing
	f.Usage = func() {}
	return f
}

// env lets the environment variable set the flag name, which must exist.
func (f *flags) env(name, variable string) { f.variables[name] = variable }

// parse reads options and operands in any order; after "--" all are operands.
func (f *flags) parse(args []string) ([]string, error) {
	var err error
	f.VisitAll(func(o *flag.Flag) {
		variable := f.variables[o.Name]
		if value := f.getenv(variable); variable != "" && value != "" && err == nil {
			if bad := f.Set(o.Name, value); bad != nil {
				err = invalidError{fmt.Errorf("$%s: the option -%s does not take it", variable, o.Name)}
			}
		}
	})
	if err != nil {
		return nil, err
	}
	var operands []string
	for {
		if err := f.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil, err
		} else if err != nil {
			return nil, inputError{fmt.Errorf("%w; guichet %s -h says what it takes", err, f.Name())}
		}
		rest := f.Args()
		if read := len(args) - len(rest); read > 0 && args[read-1] == "--" {
			return append(operands, rest...), nil
		}
		if len(rest) == 0 {
			return operands, nil
		}
		operands, args = append(operands, rest[0]), rest[1:]
	}
}

// none refuses operands.
func none(operands []string) error {
	if len(operands) > 0 {
		return inputError{errors.New("it takes options only")}
	}
	return nil
}

// describe lists the options with what they default to and the variables that set them.
func (f *flags) describe(w io.Writer) {
	head := "\nOptions:\n"
	f.VisitAll(func(o *flag.Flag) {
		value, text := flag.UnquoteUsage(o)
		option := "-" + o.Name
		if value != "" {
			option += " " + value
		}
		var notes []string
		if o.DefValue != "" && o.DefValue != "false" && o.DefValue != "0" {
			notes = append(notes, "default "+o.DefValue)
		}
		if v := f.variables[o.Name]; v != "" {
			notes = append(notes, "or $"+v)
		}
		if len(notes) > 0 {
			text += " (" + strings.Join(notes, ", ") + ")"
		}
		fmt.Fprintf(w, "%s  %s\n        %s\n", head, option, text)
		head = ""
	})
}

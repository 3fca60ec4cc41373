package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// rulesCommand groups what a rule author does. Each part is in a file of its own.
var rulesCommand = command{
	name: "rules",
	does: "check, test and read the rules, for who writes them",
	explains: `
Each takes -rules DIR, a folder laid over the shipped rules: a file there replaces the shipped one
of the same path, or adds to them. In its place, the word fictive stands for the aids of a commune
that does not exist, which ship as models (./fictive is a folder of that name).`,
	parts: []command{rulesCheckCommand, rulesTestCommand, rulesExplainCommand, rulesDiffCommand, rulesNewCommand},
}

// rulesFlags are what every part takes.
type rulesFlags struct{ dir, format string }

func (o *rulesFlags) declare(f *flags) {
	f.StringVar(&o.dir, "rules", "", "the folder `DIR` laid over the shipped rules")
	f.StringVar(&o.format, "format", "text", "`FORMAT` of what is told, text or json")
}

func (o *rulesFlags) check(operands []string) error {
	if o.format != "json" && o.format != "text" {
		return inputError{errors.New("-format is text or json")}
	}
	return none(operands)
}

// tell writes v as indented JSON to the standard output.
func (p *program) tell(v any) error {
	text, err := indented(v)
	if err != nil {
		return err
	}
	if _, err := p.stdout.Write(text); err != nil {
		return fmt.Errorf("writing what was found: %w", err)
	}
	return nil
}

// indented gives v as JSON that a person may read.
func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("writing JSON: %w", err)
	}
	return b.Bytes(), nil
}

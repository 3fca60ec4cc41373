package main

import (
	"fmt"

	"guichet/engine"
	"guichet/engine/ruleset"
)

// loadRules gives the engine of the law. The error is one of the rules.
func (p *program) loadRules() (*engine.Engine, error) {
	set, err := ruleset.Load(p.law)
	if err != nil {
		return nil, invalidError{fmt.Errorf("the rules are invalid:\n%w", err)}
	}
	e, err := engine.New(set)
	if err != nil {
		return nil, invalidError{fmt.Errorf("the rules are invalid: %w", err)}
	}
	return e, nil
}

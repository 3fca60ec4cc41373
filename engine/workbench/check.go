package workbench

import (
	"errors"
	"fmt"
	"io/fs"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/ruleset"
)

// Check gives everything that an author should look at in a rule set on a day, in the order of files and lines. Nothing can have
// been verified after both that day and now, the day it really is. When the loader refuses the set, its faults are all there
// is: what could not be read cannot be judged further. The source is nil then. The error is one of reading.
func Check(fsys fs.FS, day, now fact.Day) (*ruleset.Source, []Finding, error) {
	source, err := ruleset.Inspect(fsys)
	if faults, ok := errors.AsType[ruleset.Errors](err); ok {
		return nil, refused(faults), nil
	} else if err != nil {
		return nil, nil, err
	}
	c := &check{Source: source, day: day, now: now}
	if _, err := engine.New(source.Set); err != nil {
		c.find(Loading, Error, ruleset.Place{File: "baremes"}, "%s", err)
	}
	if err := c.ignored(fsys); err != nil {
		return nil, nil, err
	}
	c.units()
	c.periods()
	c.unread()
	c.plausible()
	c.provenance()
	c.deliberations()
	c.ages()
	c.examples()
	c.revaluations()
	return source, Sorted(c.findings), nil
}

// refused turns the loader's faults into findings.
func refused(faults ruleset.Errors) []Finding {
	out := make([]Finding, len(faults))
	for i, p := range faults {
		out[i] = Finding{Kind: Loading, Severity: Error, File: p.File, Line: p.Line, Column: p.Column, Message: p.Message, Excerpt: p.Excerpt}
	}
	return out
}

// check is one look at a rule set.
type check struct {
	*ruleset.Source
	day, now fact.Day
	findings []Finding
}

func (c *check) find(k Kind, s Severity, at ruleset.Place, format string, args ...any) {
	c.findings = append(c.findings, Finding{
		Kind: k, Severity: s, File: at.File, Line: at.Line, Column: at.Column,
		Message: fmt.Sprintf(format, args...), Excerpt: c.Excerpt(at),
	})
}

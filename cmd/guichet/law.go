package main

import (
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/ruleset"
	"guichet/engine/workbench"
	"guichet/locales"
	"guichet/rules"
)

// declareRules adds the option that names a folder of rules, for the commands that answer by them.
func declareRules(f *flags, dir *string) {
	f.StringVar(dir, "rules", "", "the folder `DIR` of your own rules, laid over the shipped ones")
	f.env("rules", "GUICHET_RULES")
}

// fictive stands, where a folder is asked for, for the aids of the fictitious commune that ship with the program.
const fictive = "fictive"

// lawUnder gives the shipped rules, or those with the folder dir laid over them.
func (p *program) lawUnder(dir string) (fs.FS, error) {
	switch dir {
	case "":
		return p.law, nil
	case fictive:
		return rules.Overlay(p.law, rules.Fictive()), nil
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, inputError{fmt.Errorf("-rules: %w", err)}
	} else if !info.IsDir() {
		return nil, inputError{fmt.Errorf("-rules %s: it is a folder that is laid over the shipped rules", dir)}
	}
	return rules.Overlay(p.law, os.DirFS(dir)), nil
}

// loadRules gives the engine of the shipped rules with the folder dir, if any, laid over them. Whatever guichet rules check
// calls an error is refused, all of it at once, as [ruleset.Errors]; but values that nobody has held against their source for
// long: that comes with time alone, and a server that ran yesterday must start today.
func (p *program) loadRules(dir string) (*engine.Engine, error) {
	law, err := p.lawUnder(dir)
	if err != nil {
		return nil, err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // most of what reading makes is garbage, once: collecting it all the time takes a fifth
	today := fact.Day(p.today())
	source, findings, err := workbench.Check(law, today, today)
	if err != nil {
		return nil, invalidError{err}
	}
	var faults ruleset.Errors
	for _, f := range findings {
		if f.Severity == workbench.Error && f.Kind != workbench.Age {
			faults = append(faults, ruleset.Problem{File: f.File, Line: f.Line, Column: f.Column, Message: f.Message, Excerpt: f.Excerpt})
		}
	}
	if len(faults) > 0 {
		return nil, invalidError{fmt.Errorf("les règles ne peuvent pas servir :\n%w", faults)}
	}
	e, err := engine.New(source.Set)
	if err != nil {
		return nil, invalidError{fmt.Errorf("les règles ne peuvent pas servir : %w", err)}
	}
	return e, nil
}

// textsOf gives the words that people read of a rule set: the program's, and those that its aids bring.
func textsOf(set *ruleset.Set) (*locales.Bundle, error) {
	texts, err := locales.Load()
	if err != nil {
		return nil, invalidError{err}
	}
	return texts.With(set.Words()), nil
}

// printer gives the words of a rule set in a language.
func printer(set *ruleset.Set, lang string) (locales.Printer, error) {
	texts, err := textsOf(set)
	if err != nil {
		return locales.Printer{}, err
	}
	words, ok := texts.Printer(lang)
	if !ok {
		return locales.Printer{}, inputError{fmt.Errorf("-lang %s: there are no texts in that language", lang)}
	}
	return words, nil
}

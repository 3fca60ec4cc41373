package workbench

import (
	"slices"

	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
)

// Coverage is how the examples of an aid try its rule, version by version: a reform is tried by the examples that are dated in
// it, not by those of the law before.
type Coverage struct {
	Conditions int               `json:"conditions"` // of all versions, each counted once
	Versions   []VersionCoverage `json:"versions"`   // oldest first
}

// VersionCoverage is how examples try what the file of one version states, the conditions and steps that it begins or changes,
// as long as they hold: until a later version states them again. What it leaves as it was, the version before answers for.
type VersionCoverage struct {
	Version    string   `json:"version"`  // its first day
	Examples   int      `json:"examples"` // dated in it
	NeverMet   []string `json:"never_met,omitempty"`
	NeverUnmet []string `json:"never_unmet,omitempty"`
	NeverShown []string `json:"never_shown,omitempty"` // no example in which the step has a value
}

// Whole says whether every version has examples that try each of its conditions both ways and show each of its steps.
func (c Coverage) Whole() bool {
	return !slices.ContainsFunc(c.Versions, func(v VersionCoverage) bool { return !v.Whole() })
}

// Whole says so of one version.
func (v VersionCoverage) Whole() bool {
	return v.Examples > 0 && len(v.NeverMet)+len(v.NeverUnmet)+len(v.NeverShown) == 0
}

// Cover gives what the outcomes of an aid's examples try.
func Cover(a *ruleset.Aid, outcomes []Outcome) Coverage {
	c := Coverage{Conditions: len(a.Conditions)}
	tried := make([]tries, len(a.Versions))
	for i := range tried {
		tried[i] = tries{met: map[string]bool{}, unmet: map[string]bool{}, shown: map[string]bool{}}
	}
	for _, o := range outcomes {
		if day, ok := dayOf(o); ok {
			from := a.VersionAt(day).From
			tried[slices.IndexFunc(a.Versions, func(v ruleset.Version) bool { return v.From == from })].count(a, o)
		}
	}
	for i, v := range a.Versions {
		c.Versions = append(c.Versions, coverageOf(a, i, tried))
		c.Versions[i].Version, c.Versions[i].Examples = v.From.String(), tried[i].examples
	}
	return c
}

// dayOf gives the day of an example; false when its profile cannot be read.
func dayOf(o Outcome) (fact.Day, bool) {
	p, err := profile.Decode(o.Example.Profile)
	if err != nil || !p.Date.Known() {
		return 0, false
	}
	return p.Date.Day(), true
}

// tries is what the examples of one version try: the conditions that hold, those that do not, the steps that have a value.
type tries struct {
	examples          int
	met, unmet, shown map[string]bool
}

func (t *tries) count(a *ruleset.Aid, o Outcome) {
	t.examples++
	for _, c := range o.Answer.Conditions {
		switch c.Result {
		case "oui":
			t.met[c.ID] = true
		case "non":
			t.unmet[c.ID] = true
		}
	}
	for _, s := range o.Answer.Steps {
		if s.Value.Lo == s.Value.Hi && s.Value.Choice != "inconnu" {
			t.shown[s.ID] = true
		}
	}
	for _, i := range a.OutOfScope { // an answer names the one that keeps it open, and no other
		if i.ID == o.Answer.OutOfScope {
			t.met[i.ID] = true
		} else {
			t.unmet[i.ID] = true
		}
	}
}

// coverageOf looks for what the at-th version states among what is tried from then on.
func coverageOf(a *ruleset.Aid, at int, tried []tries) (out VersionCoverage) {
	never := func(items []*ruleset.Item, of func(tries) map[string]bool) (missing []string) {
		for _, i := range items {
			stated, ended := i.StatedBy(a.Versions[at])
			if !stated || ended {
				continue
			}
			found := of(tried[at])[i.ID]
			for j := at + 1; j < len(tried) && !found; j++ {
				if again, _ := i.StatedBy(a.Versions[j]); again {
					break
				}
				found = of(tried[j])[i.ID]
			}
			if !found {
				missing = append(missing, i.ID)
			}
		}
		slices.Sort(missing)
		return missing
	}
	held := slices.Concat(a.Conditions, a.OutOfScope)
	out.NeverMet = never(held, func(t tries) map[string]bool { return t.met })
	out.NeverUnmet = never(held, func(t tries) map[string]bool { return t.unmet })
	out.NeverShown = never(a.Steps, func(t tries) map[string]bool { return t.shown })
	return out
}

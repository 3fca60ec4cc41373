package workbench

import (
	"slices"

	"guichet/engine/ruleset"
)

// Coverage is how the examples of an aid try its conditions.
type Coverage struct {
	Conditions int      `json:"conditions"`
	NeverMet   []string `json:"never_met,omitempty"` // no example in which the condition holds
	NeverUnmet []string `json:"never_unmet,omitempty"`
}

// Whole says whether every condition is tried both ways.
func (c Coverage) Whole() bool { return len(c.NeverMet)+len(c.NeverUnmet) == 0 }

// Cover gives what the outcomes of an aid's examples try.
func Cover(a *ruleset.Aid, outcomes []Outcome) Coverage {
	seen := map[string]bool{}
	for _, o := range outcomes {
		for _, c := range o.Answer.Conditions {
			seen[c.ID+" "+c.Result] = true
		}
	}
	c := Coverage{Conditions: len(a.Conditions)}
	for _, i := range a.Conditions {
		if !seen[i.ID+" oui"] {
			c.NeverMet = append(c.NeverMet, i.ID)
		}
		if !seen[i.ID+" non"] {
			c.NeverUnmet = append(c.NeverUnmet, i.ID)
		}
	}
	slices.Sort(c.NeverMet)
	slices.Sort(c.NeverUnmet)
	return c
}

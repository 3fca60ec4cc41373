// Package household is how the agents' counter writes a household: the rows of its page, what each shows, and what a posted form
// makes of the household. It keeps nothing and knows no language: labels and complaints are keys of messages.
//
// What is not stated is unknown, never zero and never "no". "Ne sait pas" is an answer of its own: the fact stays unknown, and it is
// not asked again.
package household

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"guichet/engine/profile"
)

// State is what is known of one household.
type State struct {
	Profile *profile.Profile // without a date: rights are those of today
	Unsaid  []string         // names of the rows answered "ne sait pas"
}

// New gives the household of which nothing is known.
func New() *State { return &State{Profile: &profile.Profile{}} }

// Clone gives a copy that shares nothing with s.
func (s *State) Clone() (*State, error) {
	p, err := profile.Decode(s.Profile.AppendJSON(nil))
	if err != nil {
		return nil, fmt.Errorf("copying a household: %w", err)
	}
	return &State{Profile: p, Unsaid: slices.Clone(s.Unsaid)}, nil
}

// Empty says whether nothing was stated.
func (s *State) Empty() bool {
	return len(s.Unsaid) == 0 && string(s.Profile.AppendJSON(nil)) == "{}"
}

// IsUnsaid says whether a row was answered "ne sait pas".
func (s *State) IsUnsaid(name string) bool { return slices.Contains(s.Unsaid, name) }

func (s *State) leave(name string) {
	if !s.IsUnsaid(name) {
		s.Unsaid = append(s.Unsaid, name)
	}
}

func (s *State) forget(drop func(name string) bool) { s.Unsaid = slices.DeleteFunc(s.Unsaid, drop) }

// The persons of a household, as paths name them.
const (
	Claimant = "demandeur"
	Spouse   = "conjoint"
)

// Child names a child by its place, from 0.
func Child(i int) string { return "enfants[" + strconv.Itoa(i) + "]" }

// ChildIndex gives the place of a child named like enfants[2].
func ChildIndex(who string) (int, bool) {
	rest, ok := strings.CutPrefix(who, "enfants[")
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
	return i, err == nil && i >= 0
}

// Adults lists the adults of the household.
func (s *State) Adults() []string {
	if s.Profile.Spouse != nil {
		return []string{Claimant, Spouse}
	}
	return []string{Claimant}
}

// Children lists the children of the household.
func (s *State) Children() []string {
	names := make([]string, len(s.Profile.Children.Value))
	for i := range names {
		names[i] = Child(i)
	}
	return names
}

// Person gives the person called who; nil when there is none.
func (s *State) Person(who string) *profile.Person { return person(s.Profile, who) }

func person(p *profile.Profile, who string) *profile.Person {
	switch who {
	case Claimant:
		return &p.Claimant
	case Spouse:
		return p.Spouse
	}
	if i, ok := ChildIndex(who); ok && i < len(p.Children.Value) {
		return &p.Children.Value[i]
	}
	return nil
}

// AddChild adds a child of whom nothing is known, as far as a household may grow.
func (s *State) AddChild() {
	if adults := len(s.Adults()); adults+len(s.Profile.Children.Value) < maxPeople {
		s.Profile.Children = profile.Some(append(s.Profile.Children.Value, profile.Person{}))
		s.forget(func(name string) bool { return name == childrenName })
	}
}

// RemoveChild takes a child away; the others move up with what is known of them.
func (s *State) RemoveChild(i int) {
	if i < 0 || i >= len(s.Profile.Children.Value) {
		return
	}
	s.Profile.Children.Value = slices.Delete(s.Profile.Children.Value, i, i+1)
	var kept []string
	for _, name := range s.Unsaid {
		who, field, _ := strings.Cut(name, ".")
		j, child := ChildIndex(who)
		switch {
		case child && j == i:
			continue
		case child && j > i:
			name = Child(j-1) + "." + field
		}
		kept = append(kept, name)
	}
	s.Unsaid = kept
}

// Useful are the facts that can still change an answer, by path.
type Useful map[string]bool

// Under says whether the fact of path, or one below it, can still change something.
func (u Useful) Under(path string) bool {
	for p := range u {
		if p == path || strings.HasPrefix(p, path+".") {
			return true
		}
	}
	return false
}

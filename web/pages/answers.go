package pages

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/engine/profile"
)

// answers is what a visitor has said so far, and where they stand. It lives in the pages themselves, sealed.
type answers struct {
	Profile *profile.Profile
	Unsaid  []string // profile paths answered "I don't know"
	Trail   []string // keys of the pages shown, oldest first; the last one is the page that the visitor sees
	Then    string   // while one answer is being changed: the page to come back to
	Opened  []string // while one answer is being changed: questions that the change made useful
	Since   time.Time

	Language string // of the sheet that the answers were read from
}

// The pages of the trail that are not questions.
const (
	checkPage    = "verifier"
	resultsPage  = "resultats"
	takeAwayPage = "feuille"
)

// sealedAnswers is how answers are written before they are sealed.
type sealedAnswers struct {
	Profile json.RawMessage `json:"p"`
	Unsaid  []string        `json:"n,omitempty"`
	Trail   []string        `json:"t,omitempty"`
	Then    string          `json:"w,omitempty"`
	Opened  []string        `json:"o,omitempty"`

	Language string `json:"l,omitempty"` // of a sheet
}

// maxTrail bounds how far back "Back" leads.
const maxTrail = 60

func (p *Pages) seal(a *answers) string {
	a.Trail = a.Trail[max(0, len(a.Trail)-maxTrail):]
	text, err := json.Marshal(sealedAnswers{Profile: a.Profile.AppendJSON(nil), Unsaid: a.Unsaid, Trail: a.Trail, Then: a.Then, Opened: a.Opened})
	if err != nil {
		panic("writing answers: " + err.Error()) // only our own types: cannot fail
	}
	return p.sealer.Seal(text, a.Since)
}

func (p *Pages) open(text string) (*answers, error) {
	plain, since, err := p.sealer.Open(text)
	if err != nil {
		return nil, err
	}
	return readAnswers(plain, since)
}

// readAnswers reads answers that were sealed.
func readAnswers(text []byte, since time.Time) (*answers, error) {
	var s sealedAnswers
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("reading sealed answers: %w", err)
	}
	known, err := profile.Decode(s.Profile)
	if err != nil {
		return nil, fmt.Errorf("reading sealed answers: %w", err)
	}
	return &answers{Profile: known, Unsaid: s.Unsaid, Trail: s.Trail, Then: s.Then, Opened: s.Opened, Since: since, Language: s.Language}, nil
}

// clone gives a copy that shares nothing with a.
func (a *answers) clone() (*answers, error) {
	known, err := profile.Decode(a.Profile.AppendJSON(nil))
	if err != nil {
		return nil, fmt.Errorf("copying answers: %w", err)
	}
	return &answers{Profile: known, Unsaid: slices.Clone(a.Unsaid), Trail: slices.Clone(a.Trail), Then: a.Then, Opened: slices.Clone(a.Opened), Since: a.Since}, nil
}

// current is the page that the visitor sees.
func (a *answers) current() string {
	if len(a.Trail) == 0 {
		return ""
	}
	return a.Trail[len(a.Trail)-1]
}

// visit puts a page at the end of the trail.
func (a *answers) visit(key string) {
	if a.current() != key {
		a.Trail = append(a.Trail, key)
	}
}

// back leaves the current page for the one before it.
func (a *answers) back() {
	if len(a.Trail) > 0 {
		a.Trail = a.Trail[:len(a.Trail)-1]
	}
}

// asked counts the questions of the trail, each once.
func (a *answers) asked() int {
	seen := map[string]bool{}
	for _, key := range a.Trail {
		if key != checkPage && key != resultsPage && key != takeAwayPage {
			seen[key] = true
		}
	}
	return len(seen)
}

// unsaid says whether the visitor answered "I don't know" to a path.
func (a *answers) unsaid(path string) bool { return slices.Contains(a.Unsaid, path) }

// leave notes "I don't know" for a path.
func (a *answers) leave(path string) {
	if !a.unsaid(path) {
		a.Unsaid = append(a.Unsaid, path)
	}
}

// forget drops every "I don't know" whose path drop names.
func (a *answers) forget(drop func(path string) bool) { a.Unsaid = slices.DeleteFunc(a.Unsaid, drop) }

// The persons of a household, as paths name them.
const (
	claimant = "demandeur"
	spouse   = "conjoint"
)

func childName(i int) string { return "enfants[" + strconv.Itoa(i) + "]" }

// childIndex gives the place of a child named like enfants[2].
func childIndex(who string) (int, bool) {
	rest, ok := strings.CutPrefix(who, "enfants[")
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
	return i, err == nil
}

// person gives the person called who; nil when there is none.
func (a *answers) person(who string) *profile.Person {
	switch who {
	case claimant:
		return &a.Profile.Claimant
	case spouse:
		return a.Profile.Spouse
	}
	if i, ok := childIndex(who); ok && i >= 0 && i < len(a.Profile.Children.Value) {
		return &a.Profile.Children.Value[i]
	}
	return nil
}

func (a *answers) adults() []string {
	if a.Profile.Spouse != nil {
		return []string{claimant, spouse}
	}
	return []string{claimant}
}

func (a *answers) children() []string {
	names := make([]string, len(a.Profile.Children.Value))
	for i := range names {
		names[i] = childName(i)
	}
	return names
}

func (a *answers) everyone() []string { return append(a.adults(), a.children()...) }

// whose splits a path into the person it speaks of and the field; who is empty for a fact of the household.
func whose(path string) (who, field string) {
	head, rest, _ := strings.Cut(path, ".")
	if head == claimant || head == spouse || strings.HasPrefix(head, "enfants[") {
		return head, rest
	}
	return "", path
}

// under says whether a path is field or lies below it.
func under(path, field string) bool {
	return path == field || strings.HasPrefix(path, field+".")
}

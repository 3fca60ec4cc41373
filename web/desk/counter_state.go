package desk

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"guichet/engine/profile"
	"guichet/web/desk/household"
)

// counterLife is how long the form of a visitor can be continued, counted from when they came to the counter.
const counterLife = 4 * time.Hour

// counterState is a visitor at the counter. It lives sealed in the page's own form, and nowhere else.
type counterState struct {
	*household.State
	Visitor  string // by which « Visiteur suivant » ends them
	Number   int    // as the agent calls them
	Session  string // tag of the agent's session
	Language string // of the visitor
	Quick    bool   // only the eight answers are asked
	Since    time.Time
}

// sealedCounter is how it is written before it is sealed.
type sealedCounter struct {
	Visitor  string          `json:"v"`
	Number   int             `json:"n"`
	Session  string          `json:"s"`
	Language string          `json:"l"`
	Quick    bool            `json:"q,omitempty"`
	Profile  json.RawMessage `json:"p"`
	Unsaid   []string        `json:"u,omitempty"`
}

// errOver: the form of a visitor who has left, or of another session.
var errOver = errors.New("this visitor is not at the counter any more")

// defaultLanguage is what the other side of a row says until the agent chooses: plain French.
const defaultLanguage = "fr-x-simple"

func (v *visit) newVisitor() *counterState {
	all := v.visitors()
	s := &counterState{State: household.New(), Session: all.session, Language: defaultLanguage, Since: v.at}
	s.Visitor, s.Number = all.begin()
	v.keepVisitors(all)
	return s
}

func (v *visit) sealCounter(s *counterState) string {
	text, err := json.Marshal(sealedCounter{s.Visitor, s.Number, s.Session, s.Language, s.Quick, s.Profile.AppendJSON(nil), s.Unsaid})
	if err != nil {
		panic("sealing a visitor: " + err.Error()) // it is plain data
	}
	return v.d.counter.states.Seal(text, s.Since)
}

// openCounter gives back the visitor of a form; [errOver] when they have left, else an error of the sealer.
func (v *visit) openCounter(text string) (*counterState, error) {
	plain, since, err := v.d.counter.states.Open(text)
	if err != nil {
		return nil, err
	}
	var in sealedCounter
	if err := json.Unmarshal(plain, &in); err != nil {
		return nil, fmt.Errorf("reading a visitor: %w", err)
	}
	all := v.visitors()
	if !slices.Contains(v.sessionTags(), in.Session) || all.over(in.Visitor) {
		return nil, errOver
	}
	known, err := profile.Decode(in.Profile)
	if err != nil {
		return nil, fmt.Errorf("reading a visitor: %w", err)
	}
	return &counterState{&household.State{Profile: known, Unsaid: in.Unsaid}, in.Visitor, in.Number, all.session, in.Language, in.Quick, since}, nil
}

// with gives the same visitor with another household.
func (s *counterState) with(h *household.State) *counterState {
	next := *s
	next.State = h
	return &next
}

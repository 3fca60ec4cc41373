package desk

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"time"

	"guichet/engine/profile"
	"guichet/takeup/people"
	"guichet/web/seal"
)

// The form by which the counter asks for a follow-up: POST /accueil/dossiers with these two fields and nothing else. The household is
// that of the results which the agent sees, sealed for this purpose alone; [Handovers.Open] opens it. Nothing of it is kept until
// whoever receives it has given the notice and the visitor has agreed.
const (
	HandoverAddress  = Home + "/dossiers"
	HandoverField    = "foyer"  // the household, sealed
	HandoverLanguage = "langue" // tag of the visitor's language, as a language of the public pages
)

// HandoverLife is how long such a form can be opened: as long as the visitor's own.
const HandoverLife = counterLife

// A Handover is a household that the counter gives on.
type Handover struct {
	Household *profile.Profile // without a date: rights are those of today
	Unsaid    []string         // rows answered "ne sait pas"
	Language  string           // of the visitor; "" when the form names none that is offered
	At        time.Time        // when the agent saw the results
}

// Handovers seals households for a follow-up and opens them. It is safe for concurrent use.
type Handovers struct {
	sealer  *seal.Sealer
	offered func(tag string) bool
}

// NewHandovers makes one with the program's key (at least [seal.MinKey] bytes); offered says which languages there are.
func NewHandovers(key []byte, clock func() time.Time, offered func(tag string) bool) (*Handovers, error) {
	s, err := seal.New(key, "comptoir suivi", HandoverLife, clock)
	if err != nil {
		return nil, fmt.Errorf("handovers: %w", err)
	}
	return &Handovers{s, offered}, nil
}

// Handovers opens what the counter gives on.
func (d *Desk) Handovers() *Handovers { return d.counter.handovers }

type sealedHandover struct {
	Session string          `json:"s"`
	Profile json.RawMessage `json:"p"`
	Unsaid  []string        `json:"u,omitempty"`
}

// seal locks a household for an agent's session.
func (h *Handovers) seal(session people.Session, p *profile.Profile, unsaid []string, at time.Time) string {
	text, err := json.Marshal(sealedHandover{sessionTag(session), p.AppendJSON(nil), unsaid})
	if err != nil {
		panic("sealing a handover: " + err.Error()) // it is plain data
	}
	return h.sealer.Seal(text, at)
}

// Open gives the household of a form that was posted in an agent's session. The error is [seal.ErrExpired], or
// [seal.ErrForged] for what was not sealed here, for this, in this session.
func (h *Handovers) Open(session people.Session, form url.Values) (*Handover, error) {
	return h.open(form, sessionTag(session))
}

// open is [Handovers.Open] for the tags of some sessions.
func (h *Handovers) open(form url.Values, sessions ...string) (*Handover, error) {
	plain, at, err := h.sealer.Open(form.Get(HandoverField))
	if err != nil {
		return nil, err
	}
	var in sealedHandover
	if err := json.Unmarshal(plain, &in); err != nil || !slices.Contains(sessions, in.Session) {
		return nil, seal.ErrForged
	}
	p, err := profile.Decode(in.Profile)
	if err != nil {
		return nil, seal.ErrForged
	}
	out := &Handover{Household: p, Unsaid: in.Unsaid, At: at}
	if tag := form.Get(HandoverLanguage); h.offered(tag) {
		out.Language = tag
	}
	return out, nil
}

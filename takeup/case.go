package takeup

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// A Case is what a household's events come to. It is a fold: nothing in it comes from elsewhere, and the same events give the same
// case. What is exported is for reading.
type Case struct {
	Code      Code
	State                  // what the events come to
	events    []Event      // all of them, numbered from 1
	cancelled map[int]bool // numbers of the events that have no effect any more
}

// State is what the events of a case come to.
type State struct {
	OpenedAt    time.Time // zero before the case is opened
	Referent    Agent     // who follows it
	First       Reception // how the person was received first
	Reception   Reception // the last time
	Notice      Notice    // the last one read
	Simulated   bool
	From        CCAS // who transferred it here
	To          CCAS // whom it was transferred to
	Visits      int  // the first among them
	Rights      []*Right
	Sent        []*Orientation
	Tries       []Try // the attempts to reach the person or a body, in order
	LastContact Day   // with the person
	triesBefore int   // how many tries there were at the last contact
	ClosedAt    time.Time
	ClosedFor   Closing // empty while the case is open
}

// A Right is one undertaking about one right: from the day it was found until it is opened, refused or given up. A right that is found
// again after that is another undertaking.
type Right struct {
	RightID
	Stage      Stage
	Finding    Finding
	Type       Type
	Reason     Reason
	Found      Day       // when it was found to be likely or to verify; unknown for a right that was received already
	Noticed    bool      // by a recomputation, and nobody has diagnosed it yet
	First      *Estimate // when it was found
	Estimate   *Estimate // the last one; nil when there is none
	Reassessed Day       // when a recomputation changed it last, and nobody has spoken to the person since
	Gone       bool      // a recomputation finds no right any more
	Mode       Mode
	Where      Partner
	Mandate    Day
	Missing    []string // documents that are awaited
	Asked      Day      // when the body asked for documents
	AskedBy    Day      // until when it wants them, when it said so
	Filed      Day
	Waits      Day // since when an answer of the body is awaited
	Proof      string
	Opened     Day    // when the opening was noted first
	Amount     Amount // declared
	Since      Day    // from when it is paid
	RefusedOn  Day    // when the refusal was noted
	RefusedFor Refuse
	Notified   Day // of the last refusal: the appeal counts from there
	Remedy     Remedy
	Appealed   Day
	Abandoned  Day
	LeftFor    Leaving
	Renewed    Day // the last time
	Renewals   int
	Lapsed     Day
	LapsedFor  Lapse
	Contact    Day // the last contact about it that reached someone
}

// An Orientation is that the person was sent to a partner.
type Orientation struct {
	Right       RightID // the zero RightID when it is not for one right
	Partner     Partner
	On          Day
	Appointment Day // unknown until it is confirmed
	Ended       bool
	Seen        bool
}

// A Try is one attempt to reach someone.
type Try struct {
	On      Day
	Right   RightID
	With    Side
	By      Means
	Reached bool
}

// New gives the case of a code to which nothing happened yet.
func New(code Code) *Case { return &Case{Code: code} }

// The ways in which what was kept does not hold together.
var (
	ErrOtherCase = errors.New("an event of another case")
	ErrNumber    = errors.New("a case's events are not numbered from 1 without a gap")
	ErrNoFact    = errors.New("an event without a fact")
)

// Fold gives the case that its events, in order, come to. What happened is never judged again: events that today's rules would
// not let in are taken as they are.
func Fold(code Code, events []Event) (*Case, error) {
	c := New(code)
	for _, e := range events {
		if err := c.Apply(e); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Apply adds an event to the case. It does not judge it: [Case.Allow] does, before. The only errors are those of an event that cannot
// be the next one of this case; an event whose number is zero takes the next.
func (c *Case) Apply(e Event) error {
	next := len(c.events) + 1
	switch {
	case e.Fact == nil:
		return fmt.Errorf("case %s: %w", c.Code, ErrNoFact)
	case e.Case != "" && e.Case != c.Code:
		return fmt.Errorf("case %s: %w", c.Code, ErrOtherCase)
	case e.Number != 0 && e.Number != next:
		return fmt.Errorf("case %s: %w: %d after %d", c.Code, ErrNumber, e.Number, next-1)
	}
	e.Case, e.Number = c.Code, next
	c.events = append(c.events, e)
	if f, ok := e.Fact.(Cancelled); ok {
		if c.cancelled == nil {
			c.cancelled = map[int]bool{}
		}
		c.cancelled[f.Event] = true
		c.State = State{}
		c.replay(next)
		return nil
	}
	c.apply(e)
	return nil
}

// replay applies the events up to a number again, without those that are cancelled.
func (c *Case) replay(upTo int) {
	for _, e := range c.events[:upTo] {
		if !c.cancelled[e.Number] {
			c.apply(e)
		}
	}
}

// Events gives every event of the case in order, those that were cancelled among them.
func (c *Case) Events() []Event { return slices.Clone(c.events) }

// IsCancelled says whether the event of a number was taken back.
func (c *Case) IsCancelled(number int) bool { return c.cancelled[number] }

// IsOpen says whether the case was opened and is not closed.
func (c *Case) IsOpen() bool { return !c.OpenedAt.IsZero() && c.ClosedFor == "" }

// Right gives the last undertaking about a right, or nil.
func (s *State) Right(id RightID) *Right {
	for _, r := range slices.Backward(s.Rights) {
		if r.RightID == id {
			return r
		}
	}
	return nil
}

// Current gives the last undertaking about each right, in the order in which the rights were first found.
func (s *State) Current() []*Right {
	var out []*Right
	for _, r := range s.Rights {
		if i := slices.IndexFunc(out, func(o *Right) bool { return o.RightID == r.RightID }); i >= 0 {
			out[i] = r
		} else {
			out = append(out, r)
		}
	}
	return out
}

// sent gives the orientation that waits at a partner for a right, or nil.
func (s *State) sent(p Partner, id RightID) *Orientation {
	for _, o := range s.Sent {
		if o.Partner == p && o.Right == id && !o.Ended {
			return o
		}
	}
	return nil
}

// Unreachable says whether three tries or more, over two means at least, were made since the last contact with the person.
func (s *State) Unreachable() bool {
	tries, means := 0, map[Means]bool{}
	for _, t := range s.Tries[s.triesBefore:] {
		if t.With == ThePerson {
			tries++
			means[t.By] = true
		}
	}
	return tries >= maxTries && len(means) >= minMeans
}

// fruitless counts the tries to reach the person, or the body about a right, since the last one that was answered.
func (s *State) fruitless(with Side, id RightID) (n int) {
	tries := s.Tries
	if with == ThePerson {
		tries = tries[s.triesBefore:]
	}
	for _, t := range tries {
		switch {
		case t.With != with, with == TheBody && t.Right != id && t.Right != RightID{}:
		case t.Reached:
			n = 0
		default:
			n++
		}
	}
	return n
}

// After three tries over two means someone counts as unreachable.
const (
	maxTries = 3
	minMeans = 2
)

package takeup

import (
	"slices"
	"time"
)

// apply gives an event its effect. It is total: whatever the order of events, each does what it can and nothing panics.
func (c *Case) apply(e Event) {
	s, on := &c.State, DayOf(e.At)
	switch f := e.Fact.(type) {
	case CaseOpened:
		s.OpenedAt, s.First, s.From, s.Referent = e.At, f.Reception, f.From, f.Referent
		if s.Referent == "" {
			s.Referent = e.By
		}
		s.Notice, s.Simulated = f.Notice, f.Simulated
		s.receive(f.Reception, on)
	case Visited:
		s.Simulated = s.Simulated || f.Simulated
		s.receive(f.Reception, on)
	case Informed:
		s.Notice = f.Notice
		s.met(on)
	case Reopened:
		s.ClosedAt, s.ClosedFor, s.To = time.Time{}, "", ""
		s.Notice = f.Notice
		s.receive(f.Reception, on)
	case Assigned:
		s.Referent = f.Agent
	case Moved:
		s.To = f.To
		s.close(e, CloseTransferred)
	case ConsentWithdrawn:
		s.close(e, CloseNotFollowed)
	case Closed:
		s.close(e, f.Reason)
	case Contacted:
		s.try(f, on)
	case Oriented:
		s.orient(f, on)
	case OrientationEnded:
		if o := s.sent(f.Partner, f.RightID); o != nil {
			o.Ended, o.Seen = true, f.Seen
		}
	case Noted, Cancelled:
	case Diagnosed:
		s.diagnose(f, on)
	case Reestimated:
		s.reestimate(f, on)
	default:
		if about, ok := f.(interface{ About() RightID }); ok {
			if r := s.Right(about.About()); r != nil {
				s.advance(r, f, on)
			}
		}
	}
}

// met is that the person was there, or was spoken to.
func (s *State) met(on Day) {
	s.LastContact = max(s.LastContact, on)
	s.triesBefore = len(s.Tries)
	for _, r := range s.Rights {
		r.Reassessed = 0
	}
}

func (s *State) receive(r Reception, on Day) {
	s.Reception = r
	s.Visits++
	s.met(on)
}

// close ends the case and gives up what was under way.
func (s *State) close(e Event, why Closing) {
	s.ClosedAt, s.ClosedFor = e.At, why
	for _, r := range s.Rights {
		if r.Stage.Live() {
			r.Stage, r.Abandoned, r.LeftFor = StageAbandoned, DayOf(e.At), leavingOf(why)
		}
	}
	for _, o := range s.Sent {
		o.Ended = true
	}
}

func leavingOf(why Closing) Leaving {
	switch why {
	case CloseUnreachable, CloseIdle:
		return LeftUnreachable
	case CloseWish, CloseNotFollowed:
		return LeftWish
	case CloseMoved, CloseDeath, CloseTransferred:
		return LeftGone
	}
	return LeftClosed
}

func (s *State) try(f Contacted, on Day) {
	s.Tries = append(s.Tries, Try{On: on, Right: f.RightID, With: f.With, By: f.By, Reached: f.Reached})
	if !f.Reached {
		return
	}
	if f.With == ThePerson {
		s.met(on)
	}
	for _, r := range s.Rights {
		if f.RightID == (RightID{}) || f.RightID == r.RightID {
			r.Contact = on
		}
	}
}

func (s *State) orient(f Oriented, on Day) {
	s.met(on)
	if o := s.sent(f.Partner, f.RightID); o != nil {
		o.Appointment = f.Appointment
		return
	}
	s.Sent = append(s.Sent, &Orientation{Right: f.RightID, Partner: f.Partner, On: on, Appointment: f.Appointment})
}

// undertake gives the right to work on: the one that is there, or another when that one has come to its end.
func (s *State) undertake(id RightID) *Right {
	r := s.Right(id)
	if r == nil || r.Stage == StageRefused || r.Stage == StageAbandoned || r.Stage == StageLapsed {
		r = &Right{RightID: id}
		s.Rights = append(s.Rights, r)
	}
	return r
}

func (s *State) diagnose(f Diagnosed, on Day) {
	r := s.undertake(f.RightID)
	r.Finding, r.Type, r.Reason, r.Noticed = f.Finding, f.Type, f.Reason, false
	if f.Estimate != nil {
		r.estimate(*f.Estimate)
		r.First = r.Estimate
		r.Gone = false
	}
	switch {
	case f.Finding == AlreadyReceived:
		r.Stage, r.Found = StageReceived, 0
	case f.Finding == NoRight:
		r.Stage, r.Found = StageNoRight, 0
	case r.Stage != StageNoted && r.Stage != StagePlanned:
		r.Stage, r.Found = StageNoted, on
	}
}

func (s *State) reestimate(f Reestimated, on Day) {
	r := s.Right(f.RightID)
	if f.Change == NewRight {
		r = s.undertake(f.RightID)
		r.Stage, r.Found, r.Finding, r.Type, r.Reason, r.Noticed = StageNoted, on, Likely, "", "", true
		r.First = nil
	}
	if r == nil {
		return
	}
	r.estimate(f.Estimate)
	if r.First == nil {
		r.First = r.Estimate
	}
	r.Gone = f.Change == RightLost
	r.Reassessed = on
}

func (r *Right) estimate(e Estimate) { r.Estimate = &e }

// advance moves one right by a fact about it.
func (s *State) advance(r *Right, f Fact, on Day) {
	switch f := f.(type) {
	case Planned:
		r.Stage, r.Mode, r.Where, r.Mandate, r.Missing = StagePlanned, f.Mode, f.Where, f.Mandate, slices.Clone(f.Missing)
	case DocumentsReceived:
		r.receive(f.Documents)
		s.met(on)
	case Filed:
		r.Stage, r.Filed, r.Waits, r.Proof = StageFiled, f.On, f.On, f.Proof
	case DocumentsAsked:
		r.Asked, r.AskedBy = on, f.By
		for _, d := range f.Documents {
			if !slices.Contains(r.Missing, d) {
				r.Missing = append(r.Missing, d)
			}
		}
	case Opened:
		if r.Stage != StageOpened {
			r.Opened = on
		}
		r.Stage, r.Amount, r.Since, r.Missing = StageOpened, f.Amount, f.Since, nil
		r.Abandoned, r.LeftFor = 0, ""
	case Refused:
		r.Stage, r.RefusedOn, r.RefusedFor, r.Notified = StageRefused, on, f.Reason, f.Notified
	case Appealed:
		r.Stage, r.Remedy, r.Appealed, r.Waits = StageAppealed, f.Remedy, f.On, f.On
	case AppealAnswered:
		r.Stage, r.Notified = StageRefused, f.Notified
		if f.Upheld {
			r.Stage, r.Waits = StageFiled, f.Notified
		}
	case Abandoned:
		r.Stage, r.Abandoned, r.LeftFor = StageAbandoned, on, f.Reason
	case Renewed:
		r.Renewed = f.On
		r.Renewals++
	case Lapsed:
		r.Stage, r.Lapsed, r.LapsedFor = StageLapsed, f.On, f.Reason
	}
}

// receive takes documents off those that are awaited.
func (r *Right) receive(documents []string) {
	var left []string
	for _, d := range r.Missing {
		if !slices.Contains(documents, d) {
			left = append(left, d)
		}
	}
	if r.Missing = left; len(left) == 0 {
		r.Asked, r.AskedBy = 0, 0
	}
}

package takeup

import (
	"slices"
	"time"
)

// Allow says whether a fact can be noted at a time, in the case as it stands: nil, or a [*Refusal] with what is wrong and what to do.
func (c *Case) Allow(f Fact, at time.Time) error {
	if f == nil {
		return ErrNoFact
	}
	if err := first(f.Check(), notAhead(f, at), c.allowCase(f)); err != nil {
		return err
	}
	return c.allowRight(f)
}

// notAhead refuses a fact that has not happened yet. A day's grace is for clocks: events are noted in UTC.
func notAhead(f Fact, at time.Time) error {
	var field string
	var day Day
	switch f := f.(type) {
	case Filed:
		field, day = "le", f.On
	case Refused:
		field, day = "notifie_le", f.Notified
	case Appealed:
		field, day = "le", f.On
	case AppealAnswered:
		field, day = "notifie_le", f.Notified
	case Renewed:
		field, day = "le", f.On
	case Lapsed:
		field, day = "le", f.On
	case Planned:
		field, day = "mandat_du", f.Mandate
	}
	if day > DayOf(at.UTC())+1 {
		return &Refusal{Key: KeyFuture, Remedy: RemedyDay, Field: field}
	}
	return nil
}

// allowCase asks what hangs on the case as a whole.
func (c *Case) allowCase(f Fact) error {
	if x, ok := f.(Cancelled); ok {
		return c.allowCancelling(x)
	}
	switch f.(type) {
	case CaseOpened:
		if !c.OpenedAt.IsZero() {
			return &Refusal{Key: KeyAlreadyOpen, Remedy: RemedyNothing}
		}
		return nil
	case Reopened:
		if c.IsOpen() {
			return &Refusal{Key: KeyNotClosed, Remedy: RemedyNothing}
		}
	}
	if c.OpenedAt.IsZero() {
		return &Refusal{Key: KeyNotOpen, Remedy: RemedyOpen}
	}
	if c.ClosedFor != "" {
		return c.allowClosed(f)
	}
	switch f := f.(type) {
	case Assigned:
		if f.Agent == c.Referent {
			return &Refusal{Key: KeySameAgent, Remedy: RemedyOther, Field: "agent"}
		}
	case OrientationEnded:
		if c.sent(f.Partner, f.RightID) == nil {
			return &Refusal{Key: KeyOrientation, Remedy: RemedyOrient, Field: "partenaire"}
		}
	case Closed:
		return c.allowClosing(f)
	}
	return nil
}

// allowClosed asks of a closed case: it can be opened again, and a person's wish not to be in it is heard at any time.
func (c *Case) allowClosed(f Fact) error {
	switch f.(type) {
	case Reopened:
		return nil
	case ConsentWithdrawn:
		if c.ClosedFor != CloseNotFollowed {
			return nil
		}
	}
	return &Refusal{Key: KeyClosed, Remedy: RemedyReopen}
}

func (c *Case) allowClosing(f Closed) error {
	if f.Reason == CloseUnreachable && !c.Unreachable() {
		return &Refusal{Key: KeyReachable, Remedy: RemedyTry, Field: "motif"}
	}
	if f.Reason == Finished {
		for _, r := range c.Current() {
			if r.Stage.Live() {
				return &Refusal{Key: KeyUnderWay, Remedy: RemedyEnd, Field: "motif", Right: r.RightID}
			}
		}
	}
	return nil
}

// allowCancelling asks whether what came after an event still stands without it.
func (c *Case) allowCancelling(f Cancelled) error {
	no := &Refusal{Key: KeyCancelling, Remedy: RemedyNothing, Field: "evenement"}
	if f.Event < 2 || f.Event > len(c.events) || c.cancelled[f.Event] { // the opening is what all rests on
		return no
	}
	switch c.events[f.Event-1].Fact.(type) {
	case Cancelled, ConsentWithdrawn, Moved: // a wish is not taken back for someone; another CCAS has the case
		return no
	}
	without := New(c.Code)
	for _, e := range c.events {
		if e.Number == f.Event || c.cancelled[e.Number] {
			continue
		}
		if _, is := e.Fact.(Cancelled); is {
			continue
		}
		if e.Number > f.Event {
			if err := without.Allow(e.Fact, e.At); err != nil {
				return &Refusal{Key: KeyCancelling, Remedy: RemedyCancelLater, Field: "evenement"}
			}
		}
		without.apply(e)
	}
	return nil
}

// from gives the stages that a fact about a right can follow, and what to do when the right is at another.
func from(f Fact) (stages []Stage, remedy RemedyKey) {
	switch f := f.(type) {
	case Planned, Filed:
		return []Stage{StageNoted, StagePlanned}, RemedyDiagnose
	case DocumentsReceived:
		return []Stage{StageNoted, StagePlanned, StageFiled, StageAppealed}, RemedyDiagnose
	case DocumentsAsked:
		return []Stage{StageFiled, StageAppealed}, RemedyFile
	case Opened:
		return []Stage{
			StageNoted, StagePlanned, StageFiled, StageAppealed, StageRefused, StageAbandoned, StageOpened,
		}, RemedyDiagnose
	case Refused:
		return []Stage{StageNoted, StagePlanned, StageFiled}, RemedyDiagnose
	case Appealed:
		return []Stage{StageRefused}, RemedyAnswer
	case AppealAnswered:
		return []Stage{StageAppealed}, RemedyAnswer
	case Abandoned:
		return []Stage{StageNoted, StagePlanned, StageFiled, StageAppealed, StageRefused}, RemedyDiagnose
	case Renewed, Lapsed:
		return []Stage{StageOpened}, RemedyAnswer
	case Diagnosed:
		return []Stage{
			StageNoted, StagePlanned, StageReceived, StageNoRight, StageRefused, StageAbandoned, StageLapsed,
		}, RemedyCancel
	case Reestimated:
		if f.Change == NewRight {
			return []Stage{StageNoRight, StageRefused, StageAbandoned, StageLapsed}, RemedyNothing
		}
		return []Stage{StageNoted, StagePlanned, StageFiled, StageAppealed, StageOpened}, RemedyNothing
	}
	return nil, ""
}

// allowRight asks what hangs on the right that a fact is about.
func (c *Case) allowRight(f Fact) error {
	stages, remedy := from(f)
	if stages == nil {
		return nil
	}
	id := f.(interface{ About() RightID }).About()
	r := c.Right(id)
	if r == nil {
		switch f := f.(type) {
		case Diagnosed:
			return nil
		case Reestimated:
			if f.Change == NewRight {
				return nil
			}
		}
		return &Refusal{Key: KeyNoRight, Remedy: RemedyDiagnose, Field: "aide", Right: id}
	}
	if !slices.Contains(stages, r.Stage) {
		key := KeyStage
		if _, is := f.(Diagnosed); is {
			key = KeyDiagnosis
		}
		return &Refusal{Key: key, Remedy: remedy, Right: id}
	}
	switch f := f.(type) {
	case DocumentsReceived:
		for _, d := range f.Documents {
			if !slices.Contains(r.Missing, d) {
				return &Refusal{Key: KeyDocument, Remedy: RemedyDocuments, Field: "pieces", Right: id}
			}
		}
	case Lapsed:
		return before(id, "le", f.On, r.Since)
	case Renewed:
		return before(id, "le", f.On, r.Since)
	case Appealed:
		return before(id, "le", f.On, r.Notified)
	case AppealAnswered:
		return before(id, "notifie_le", f.Notified, r.Appealed)
	case Refused:
		return before(id, "notifie_le", f.Notified, r.Filed)
	}
	return nil
}

// before refuses a day that lies before what it follows.
func before(id RightID, field string, d, floor Day) error {
	if floor.Known() && d < floor {
		return &Refusal{Key: KeyDay, Remedy: RemedyDay, Field: field, Right: id}
	}
	return nil
}

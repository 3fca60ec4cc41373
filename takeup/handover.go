package takeup

// Handover gives what a CCAS begins with that takes the case over from another: the facts that bring a new case to where this one
// stands, in order. Past contacts, notes and what was given up stay behind. To be taken before [Moved] closes the case here.
func (c *Case) Handover(from CCAS) []Fact {
	reception := c.Reception
	reception.Channel = FromOtherTown
	out := []Fact{CaseOpened{Reception: reception, Notice: c.Notice, Followed: true, Simulated: c.Simulated, From: from}}
	for _, r := range c.Current() {
		out = append(out, r.handover()...)
	}
	return out
}

// handover gives the facts that bring one right to its stage.
func (r *Right) handover() []Fact {
	id := r.RightID
	if r.Stage == StageAbandoned || r.Stage == StageLapsed {
		return nil
	}
	diagnosed := Diagnosed{RightID: id, Finding: r.Finding, Type: r.Type, Reason: r.Reason, Estimate: r.Estimate}
	if r.Stage == StageReceived || r.Stage == StageNoRight {
		return []Fact{diagnosed}
	}
	out := []Fact{diagnosed}
	if r.Noticed && r.Estimate != nil { // nobody has diagnosed it
		out[0] = Reestimated{RightID: id, Change: NewRight, Estimate: *r.Estimate}
	}
	if r.Mode != "" && (r.Stage == StagePlanned || r.Stage == StageFiled) {
		out = append(out, Planned{RightID: id, Mode: r.Mode, Where: r.Where, Missing: r.Missing, Mandate: r.Mandate})
	}
	if r.Filed.Known() {
		out = append(out, Filed{RightID: id, On: r.Filed, Proof: r.Proof})
	}
	if r.Stage == StageFiled && r.Appealed.Known() { // the refusal that was contested is undone; its own day was that of the appeal at the latest
		out = append(out, Refused{RightID: id, Reason: r.RefusedFor, Notified: r.Appealed}, Appealed{RightID: id, Remedy: r.Remedy, On: r.Appealed},
			AppealAnswered{RightID: id, Upheld: true, Notified: r.Notified})
	}
	if r.Stage == StageFiled && r.Asked.Known() {
		out = append(out, DocumentsAsked{RightID: id, Documents: r.Missing, By: r.AskedBy})
	}
	switch r.Stage {
	case StageOpened:
		out = append(out, Opened{RightID: id, Amount: r.Amount, Since: r.Since})
		if r.Renewed.Known() && r.Renewed >= r.Since {
			out = append(out, Renewed{RightID: id, On: r.Renewed})
		}
	case StageRefused, StageAppealed:
		out = append(out, Refused{RightID: id, Reason: r.RefusedFor, Notified: r.Notified})
		if r.Stage == StageAppealed {
			out = append(out, Appealed{RightID: id, Remedy: r.Remedy, On: r.Appealed})
		}
	}
	return out
}

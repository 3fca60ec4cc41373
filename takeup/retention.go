package takeup

// MaxRetention is how long a case can be kept after the last contact with the person, in months (CNIL, délibération 2023-095).
const MaxRetention = 24

// Retention is the first day on which each part of a case is no longer to be there.
type Retention struct {
	Contact Day // contact details
	Answers Day // the answers of the household, which only an open case is computed again from
	Case    Day // its events; [guichet/takeup/indicators.Lines] is what may stay
}

// Retention gives when the case is to be forgotten, for a number of months after the last contact: [MaxRetention], or less where an
// operator says so. Whoever does not want to be followed any more is forgotten at once. The days are unknown before the case is opened.
func (c *Case) Retention(months int) Retention {
	if !c.LastContact.Known() {
		return Retention{}
	}
	if months <= 0 || months > MaxRetention {
		months = MaxRetention
	}
	end := c.LastContact.months(months)
	r := Retention{Contact: end, Answers: end, Case: end}
	if c.ClosedFor != "" {
		closed := DayOf(c.ClosedAt)
		r.Contact, r.Answers = min(end, closed), min(end, closed)
		if c.ClosedFor == CloseNotFollowed {
			r.Case = closed
		}
	}
	return r
}

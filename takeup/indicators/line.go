// Package indicators counts what follow-up achieved, and says what of it can be published. It counts lines, which hold what indicators
// need and nothing more: a line stays when its case is purged, so that forgetting people loses no count.
package indicators

import "guichet/takeup"

// A Line is one person received, or one undertaking about one right, without a code, a day or an agent. The lines of one case bear
// nothing that ties them together: whoever keeps them keeps no order either.
type Line struct {
	Person *Person `json:"personne,omitempty"` // one of the two
	Right  *Right  `json:"droit,omitempty"`
}

// A Person is one who was received.
type Person struct {
	Month       takeup.Month    `json:"mois"`
	Channel     takeup.Channel  `json:"canal"`
	Language    takeup.Language `json:"langue"`
	Interpreter bool            `json:"interprete,omitempty"`
	Simulated   bool            `json:"simule,omitempty"`
	Likely      bool            `json:"droit_probable,omitempty"` // one right at least is likely and not received
}

// A Right is one undertaking about one right. Months are unknown for what did not happen.
type Right struct {
	Aid       string          `json:"aide"`
	Type      takeup.Type     `json:"type,omitempty"`
	Reason    takeup.Reason   `json:"motif,omitempty"`
	Channel   takeup.Channel  `json:"canal"`
	Language  takeup.Language `json:"langue"`
	Found     takeup.Month    `json:"repere,omitzero"` // unknown when another CCAS had found it
	Filed     takeup.Month    `json:"depose,omitzero"`
	Opened    takeup.Month    `json:"ouvert,omitzero"`
	Refused   takeup.Month    `json:"refuse,omitzero"`
	Abandoned takeup.Month    `json:"abandonne,omitzero"`
	Lapsed    takeup.Month    `json:"perdu,omitzero"`
	Why       takeup.Refuse   `json:"refus_motif,omitempty"` // the refusal
	Left      takeup.Leaving  `json:"abandon_motif,omitempty"`
	Renewals  int             `json:"renouvellements,omitempty"`

	DaysToFile *int           `json:"jours_depot,omitempty"`     // from found to filed
	DaysToOpen *int           `json:"jours_ouverture,omitempty"` // from found to opened
	DaysAnswer *int           `json:"jours_reponse,omitempty"`   // from filed to opened
	Estimated  *takeup.Amount `json:"estime,omitempty"`          // when it was found; of bounds, the lower
	Declared   *takeup.Amount `json:"declare,omitempty"`
}

// Passing gives the line of someone who was received and is not followed: no case is kept, and the visit counts.
func Passing(month takeup.Month, r takeup.Reception, simulated, likely bool) Line {
	return Line{Person: &Person{
		Month: month, Channel: r.Channel, Language: r.Language, Interpreter: r.Interpreter, Simulated: simulated, Likely: likely,
	}}
}

// Lines gives the lines of a case: none before it is opened, nor of one that should not have been. It is the same the day before the
// case is purged and ever after.
func Lines(c *takeup.Case) []Line {
	if c.OpenedAt.IsZero() || c.ClosedFor == takeup.CloseMistake {
		return nil
	}
	opened := takeup.DayOf(c.OpenedAt)
	person := Passing(opened.Month(), c.First, c.Simulated, false)
	var out []Line
	for _, r := range c.Rights {
		if !r.Found.Known() { // received already, or no right
			continue
		}
		person.Person.Likely = person.Person.Likely || r.Finding == takeup.Likely
		out = append(out, Line{Right: right(c, r, opened)})
	}
	return append([]Line{person}, out...)
}

func right(c *takeup.Case, r *takeup.Right, opened takeup.Day) *Right {
	l := &Right{
		Aid: r.Aid, Type: r.Type, Reason: r.Reason, Channel: c.First.Channel, Language: c.First.Language, Why: r.RefusedFor, Left: r.LeftFor,
		Renewals: r.Renewals, DaysToFile: days(r.Found, r.Filed), DaysToOpen: days(r.Found, r.Opened), DaysAnswer: days(r.Filed, r.Opened),
	}
	at := func(d takeup.Day) takeup.Month {
		if !d.Known() {
			return 0
		}
		return d.Month()
	}
	l.Found, l.Filed, l.Opened, l.Refused, l.Abandoned, l.Lapsed = at(r.Found), at(r.Filed), at(r.Opened), at(r.RefusedOn), at(r.Abandoned), at(r.Lapsed)
	if r.First != nil {
		l.Estimated = rounded(r.First.Min, r.First.Per)
	}
	if r.Opened.Known() {
		l.Declared = rounded(r.Amount.Cents, r.Amount.Per)
	}
	if c.From != "" && r.Found == opened {
		l.handed(r, opened)
	}
	return l
}

// rounded gives an amount to the euro: to the cent it could be looked up in the books of whoever pays it.
func rounded(c takeup.Cents, per takeup.Period) *takeup.Amount {
	return &takeup.Amount{Cents: (c + 50) / 100 * 100, Per: per}
}

// handed takes out what another CCAS did, and counts.
func (l *Right) handed(r *takeup.Right, opened takeup.Day) {
	l.Found, l.Estimated, l.DaysToFile, l.DaysToOpen = 0, nil, nil, nil
	if r.Filed <= opened {
		l.Filed = 0
	}
	if r.Opened <= opened {
		l.Opened, l.Declared, l.DaysAnswer = 0, nil, nil
	}
	if r.RefusedOn <= opened {
		l.Refused, l.Why = 0, ""
	}
}

// days gives how many days lie between two; none when one is unknown, zero when the first came later: what was asked for before it was
// found here took no time.
func days(from, to takeup.Day) *int {
	if !from.Known() || !to.Known() {
		return nil
	}
	n := max(0, int(to-from))
	return &n
}

package indicators

import (
	"slices"
	"strconv"

	"guichet/takeup"
)

// A Measure is what is counted.
type Measure string

// Measures of persons, by the month in which they were received.
const (
	Received  Measure = "recus"
	Simulated Measure = "simules"
	Assisted  Measure = "avec_interprete"
	Likely    Measure = "avec_droit" // with one right at least that is likely and not received
)

// Measures of rights, each by the month in which it happened.
const (
	Found     Measure = "reperes"
	Filed     Measure = "deposes"
	Opened    Measure = "ouverts"
	Refused   Measure = "refuses"
	Abandoned Measure = "abandonnes"
	Lapsed    Measure = "perdus" // at a renewal
)

// Measures of rights by the month in which they were found, once ninety days have passed since.
const (
	Elapsed    Measure = "echus"
	OpenedIn90 Measure = "ouverts_90_jours"
	DroppedOut Measure = "quittes" // given up, but by those who moved away or died
)

// within is the horizon at which the DREES measured what became of rights.
const within = 90

// What the DREES measured at the CAF's « rendez-vous des droits », three months after (Études et résultats 1058, 2018), in percent.
const (
	ConversionBenchmark = 63 // of those told of a likely right had one opened
	DropOutBenchmark    = 20 // did not pursue one step at least
)

// Measures gives all measures, in the order of a page.
func Measures() []Measure {
	return []Measure{
		Received, Assisted, Simulated, Likely, Found, Filed, Opened, Refused, Abandoned, Lapsed, Elapsed, OpenedIn90, DroppedOut,
	}
}

// nested are the measures that count a part of what another counts: the rest is a count too.
func nested() [][2]Measure {
	return [][2]Measure{
		{Received, Assisted}, {Received, Simulated}, {Received, Likely}, {Found, Elapsed}, {Elapsed, OpenedIn90}, {Elapsed, DroppedOut},
	}
}

// OfPersons says whether a measure counts persons; the others count rights.
func (m Measure) OfPersons() bool {
	return slices.Contains([]Measure{Received, Assisted, Simulated, Likely}, m)
}

// A Dimension is what a table is broken down by.
type Dimension string

// The dimensions. Persons have a channel, a language and a time only.
const (
	None       Dimension = ""
	ByAid      Dimension = "aide"
	ByType     Dimension = "type"
	ByReason   Dimension = "motif"
	ByChannel  Dimension = "canal"
	ByLanguage Dimension = "langue"
	ByEnd      Dimension = "issue" // why it was refused, or given up; of those two measures only
	ByMonth    Dimension = "mois"
	ByQuarter  Dimension = "trimestre"
)

// Unsaid is the value of a line that does not say.
const Unsaid = "non_dit"

// value gives where a line that counts for a measure in a month stands in a dimension.
func (l Line) value(d Dimension, m Measure, month takeup.Month) string {
	var v string
	switch d {
	case ByMonth:
		v = month.String()
	case ByQuarter:
		v = strconv.Itoa(month.Year()) + "-T" + strconv.Itoa(month.Quarter())
	case ByAid:
		v = l.Right.Aid
	case ByType:
		v = string(l.Right.Type)
	case ByEnd:
		if v = string(l.Right.Left); m == Refused {
			v = string(l.Right.Why)
		}
	case ByReason:
		v = string(l.Right.Reason)
	case ByChannel:
		v = string(l.channel())
	case ByLanguage:
		v = string(l.language())
	}
	if v == "" {
		return Unsaid
	}
	return v
}

func (l Line) channel() takeup.Channel {
	if l.Person != nil {
		return l.Person.Channel
	}
	return l.Right.Channel
}

func (l Line) language() takeup.Language {
	if l.Person != nil {
		return l.Person.Language
	}
	return l.Right.Language
}

// month gives the month in which a line counts for a measure; unknown when it does not. A month has elapsed when ninety days have
// passed since its last day.
func (l Line) month(m Measure, today takeup.Day) takeup.Month {
	if p := l.Person; p != nil {
		if m == Received || m == Assisted && p.Interpreter || m == Simulated && p.Simulated || m == Likely && p.Likely {
			return p.Month
		}
		return 0
	}
	r := l.Right
	switch m {
	case Found:
		return r.Found
	case Filed:
		return r.Filed
	case Opened:
		return r.Opened
	case Refused:
		return r.Refused
	case Abandoned:
		return r.Abandoned
	case Lapsed:
		return r.Lapsed
	}
	if !r.Found.Known() || r.Found.Last()+within >= today {
		return 0
	}
	switch {
	case m == Elapsed,
		m == OpenedIn90 && r.Opened.Known() && r.DaysToOpen != nil && *r.DaysToOpen <= within,
		m == DroppedOut && r.Abandoned.Known() && r.Left != takeup.LeftGone:
		return r.Found
	}
	return 0
}

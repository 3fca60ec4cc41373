package pages

import (
	"errors"
	"math"
	"slices"
	"strings"
	"time"

	"guichet/engine"
	"guichet/engine/profile"
)

const (
	monthsAhead = 12
	least       = 1.0 // the change of an amount, in EUR, that is worth telling
)

// A turn is a month in which something changes for a household that goes on living as it does.
type turn struct {
	When  string
	Why   []string // birthdays without which nothing of this would change, and the end of what a separation opened
	Ends  []string // what the household no longer has
	Opens []string // what it has from then on, or has more or less of
}

// ahead computes the rights of the coming months and gives those in which one of them begins, ends or changes. What is not decided
// is left out: nobody can say what becomes of it.
func (v *visit) ahead(c *asking, p profile.Profile, now *engine.Simulation) ([]turn, error) {
	var turns []turn
	today := timeOf(p.Date)
	before := rightsOf(now)
	for i := 1; i <= monthsAhead; i++ {
		first := time.Date(today.Year(), today.Month()+time.Month(i), 1, 0, 0, 0, 0, time.UTC)
		p.Date = profile.DateOfTime(first)
		s, err := v.p.engine.Simulate(&p)
		if refused := (*profile.Error)(nil); errors.As(err, &refused) {
			break // such a household cannot be computed any more: a child of thirty, a month too far back
		}
		if err != nil {
			return nil, err
		}
		after := rightsOf(s)
		if t, moved := v.turn(c, before, after); len(moved) > 0 {
			t.When = v.L.Month(first)
			if t.Why, err = v.why(c, p, after, moved); err != nil {
				return nil, err
			}
			turns = append(turns, t)
		}
		before = after
	}
	return turns, nil
}

// turn says what changes from one month to the next, and which rights do.
func (v *visit) turn(c *asking, before, after rights) (turn, []owner) {
	var t turn
	var moved []owner
	for _, aid := range v.p.engine.Set().Aids() {
		for _, whose := range append([]string{"foyer"}, c.adults()...) {
			was, known := before.of(aid.ID, whose)
			is, stays := after.of(aid.ID, whose)
			if !known || !stays || was.due == is.due && math.Abs(was.worth-is.worth) < least {
				continue
			}
			moved = append(moved, owner{aid.ID, whose})
			name := v.L.French(typeset(aid.Name))
			if aid.PerAdult && len(c.adults()) > 1 {
				name = v.L.T("erreur.pour", "Qui", name, "Message", v.L.T("pour."+whose))
			}
			told := func(r right) string {
				amount, per := v.amount(r.answer, aid)
				return strings.TrimSpace(amount + " " + per)
			}
			switch {
			case !is.due:
				t.Ends = append(t.Ends, v.L.T("avenir.fin", "Aide", name, "Montant", told(was)))
			case !was.due:
				t.Opens = append(t.Opens, v.L.T("avenir.debut", "Aide", name, "Montant", told(is)))
			default:
				t.Opens = append(t.Opens, v.L.T("avenir.change", "Aide", name, "Avant", told(was), "Apres", told(is)))
			}
		}
	}
	return t, moved
}

// rights are what is decided of one month.
type rights struct {
	due  map[owner]right
	open map[string]bool // aids of which something is not decided
}

type owner struct{ aid, whose string }

// A right is what an aid is to somebody in one month.
type right struct {
	due    bool
	worth  float64 // EUR per period; of an aid that pays nothing, what the household pays for it
	answer *engine.Aid
}

func rightsOf(s *engine.Simulation) rights {
	r := rights{map[owner]right{}, map[string]bool{}}
	for i := range s.Aids {
		switch x := &s.Aids[i]; x.Status {
		case engine.Eligible:
			worth := x.Amount.Net
			if x.Share != nil {
				worth = x.Share.Lo
			}
			r.due[owner{x.Aid, x.Amount.For}] = right{true, worth, x}
		case engine.Undecided:
			r.open[x.Aid] = true
		}
	}
	return r
}

// of gives what an aid is to somebody; false when that is not decided.
func (r rights) of(aid, whose string) (right, bool) {
	return r.due[owner{aid, whose}], !r.open[aid]
}

// later is by how many months a day is moved to see whether a right hangs on it.
const later = 3

// lag is how many months a right takes at most to follow a day whole: one that is the mean of a quarter follows it by thirds, from two
// months on (CSS, art. R843-1).
const lag = 4

// why says what makes the rights that moved in the month of p what they are: the birthdays of that month and of those before, and the day
// since which the claimant lives alone, each if a later day would leave those rights others. Two things that fall together are not a cause.
func (v *visit) why(c *asking, p profile.Profile, now rights, moved []owner) ([]string, error) {
	first := timeOf(p.Date)
	from, until := first.AddDate(0, -lag, 0), first.AddDate(0, 1, 0)
	postponed := func(d *profile.Date) { *d = profile.DateOfTime(timeOf(*d).AddDate(0, later, 0)) }
	var out []string
	for _, who := range c.everyone() {
		born := c.person(who).Birth
		years, falls := birthday(born, from, until)
		if !falls {
			continue
		}
		other := p
		switch i, child := childIndex(who); {
		case child:
			other.Children.Value = slices.Clone(p.Children.Value)
			postponed(&other.Children.Value[i].Birth)
		case who == spouse:
			partner := *p.Spouse
			postponed(&partner.Birth)
			other.Spouse = &partner
		default:
			postponed(&other.Claimant.Birth)
		}
		counts, err := v.counts(&other, now, moved)
		if err != nil {
			return nil, err
		}
		if counts {
			out = append(out, c.L.T("erreur.pour", "Qui", c.calls(who), "Message", c.L.N("age.ans", years)))
		}
	}
	if p.IsolatedFrom.Known() && timeOf(p.IsolatedFrom).AddDate(0, later, 0).Before(first) {
		other := p
		postponed(&other.IsolatedFrom)
		counts, err := v.counts(&other, now, moved)
		if err != nil {
			return nil, err
		}
		if counts {
			out = append(out, c.L.T("erreur.pour", "Qui", c.L.T("question.isole_depuis.nom"), "Message", c.L.Month(timeOf(p.IsolatedFrom))))
		}
	}
	return out, nil
}

// counts says whether another household has others of the rights that moved; one that cannot be computed tells nothing.
func (v *visit) counts(other *profile.Profile, now rights, moved []owner) (bool, error) {
	s, err := v.p.engine.Simulate(other)
	if refused := (*profile.Error)(nil); errors.As(err, &refused) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	then := rightsOf(s)
	return slices.ContainsFunc(moved, func(o owner) bool {
		is, was := now.due[o], then.due[o]
		return is.due != was.due || math.Abs(is.worth-was.worth) >= least || now.open[o.aid] != then.open[o.aid]
	}), nil
}

// birthday says whether who was born that day grows a year older from a day on and before another, less than a year later, and how old.
func birthday(birth profile.Date, from, until time.Time) (years int, falls bool) {
	if !birth.Known() {
		return 0, false
	}
	born := timeOf(birth)
	for year := from.Year(); year <= until.Year(); year++ {
		day := time.Date(year, born.Month(), born.Day(), 0, 0, 0, 0, time.UTC)
		if !day.Before(from) && day.Before(until) {
			return year - born.Year(), true
		}
	}
	return 0, false
}

// Package curve computes what an aid is worth against income, for typical households, by asking the engine: the picture of a
// rule that its author can check by eye.
package curve

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"guichet/engine"
	"guichet/engine/profile"
)

// Engine is what answers about a household.
type Engine interface {
	Simulate(*profile.Profile) (*engine.Simulation, error)
}

// A Chart holds the curves of one aid, all over the same incomes.
type Chart struct {
	Step, Last float64 // incomes go from 0 to Last by Step, in net EUR per month
	Top        float64 // of all amounts
	Curves     []Curve
	On         profile.Date // the day that is drawn: the one asked for, or a former one where that one is not decided
	Paid       bool         // by the household: what an aid that pays nothing asks of it
	Before     profile.Date // the former day that the curves show too; unknown when there is none
	open       bool         // what the day gives is not decided
}

// A Curve is what one household would receive of the aid, in net EUR per period of the aid, for each income.
type Curve struct {
	Household
	Now    []float64
	Before []float64 // on the former day of the chart; nil when it is what it was
}

// Income gives the i-th income of a chart.
func (c *Chart) Income(i int) float64 { return float64(i) * c.Step }

const (
	most      = 3     // curves of a chart
	far       = 12000 // EUR per month: beyond, no aid changes any more
	coarse    = 250   // between the incomes at which a curve is first looked at
	points    = 150   // of a curve, about
	shortest  = 1000  // EUR per month, of the incomes shown
	remembers = 512   // charts
)

// Charts makes the charts of one rule set and keeps them: rules do not change. It is safe for concurrent use.
type Charts struct {
	engine Engine
	mutex  sync.Mutex
	known  map[asked]*made
}

// A Question asks for the chart of an aid on a day, over what it was on the first of the former days on which it was something
// else. The former days are always the same for an aid and a day: those before its changes.
type Question struct {
	Aid     string
	Commune string // where the households live: its INSEE code
	On      profile.Date
	Former  []profile.Date
	Paid    bool // the aid pays nothing: what the household pays for it is drawn
}

// asked is what makes a question another one.
type asked struct {
	aid, commune string
	on           profile.Date
}

type made struct {
	once  sync.Once
	chart *Chart
	err   error
}

// New makes the charts of an engine, whose rules stay the same.
func New(e Engine) *Charts { return &Charts{engine: e, known: map[asked]*made{}} }

// Of gives the chart that q asks for. It has no curve when no typical household receives the aid. It is shared: it is not to be
// changed.
func (c *Charts) Of(q Question) (*Chart, error) {
	key := asked{q.Aid, q.Commune, q.On}
	c.mutex.Lock()
	if len(c.known) >= remembers {
		clear(c.known)
	}
	m := c.known[key]
	if m == nil {
		m = &made{}
		c.known[key] = m
	}
	c.mutex.Unlock()
	m.once.Do(func() { m.chart, m.err = c.draw(q) })
	return m.chart, m.err
}

// draw chooses the households that the aid serves, and how far their incomes go, then asks for every point.
func (c *Charts) draw(q Question) (*Chart, error) {
	for {
		chart, err := c.drawOn(q)
		if err != nil || len(chart.Curves) > 0 || !chart.open || len(q.Former) == 0 {
			return chart, err
		}
		q.On, q.Former = q.Former[0], q.Former[1:]
	}
}

// drawOn draws the day that q asks for.
func (c *Charts) drawOn(q Question) (*Chart, error) {
	chart := &Chart{On: q.On, Paid: q.Paid}
	reach := 0.0
	for _, h := range Households {
		look, err := c.amounts(h, q, q.On, coarse, far/coarse+1)
		if err != nil {
			return nil, err
		}
		if look == nil {
			chart.open = true
		}
		if !serves(look, chart.Paid) {
			continue
		}
		chart.Curves = append(chart.Curves, Curve{Household: h})
		reach = max(reach, settles(look)*coarse)
		if len(chart.Curves) == most {
			break
		}
	}
	if len(chart.Curves) == 0 {
		return chart, nil
	}
	chart.Step, chart.Last = scale(max(reach, shortest))
	n := int(math.Round(chart.Last/chart.Step)) + 1
	for i := range chart.Curves {
		k := &chart.Curves[i]
		var err error
		if k.Now, err = c.amounts(k.Household, q, q.On, chart.Step, n); err != nil {
			return nil, err
		}
		if k.Now == nil { // decided at each of the few incomes looked at, and not between them
			return &Chart{On: q.On, open: true}, nil
		}
		chart.Top = max(chart.Top, slices.Max(k.Now))
	}
	for _, day := range q.Former {
		changed, err := c.before(chart, q, day, n)
		if changed || err != nil {
			return chart, err
		}
	}
	return chart, nil
}

// before fills what the curves were on a former day, where that is something else, and says whether any was.
func (c *Charts) before(chart *Chart, q Question, day profile.Date, n int) (bool, error) {
	for i := range chart.Curves {
		k := &chart.Curves[i]
		was, err := c.amounts(k.Household, q, day, chart.Step, n)
		if err != nil {
			return false, err
		}
		if was != nil && !slices.Equal(k.Now, was) {
			k.Before, chart.Before = was, day
			chart.Top = max(chart.Top, slices.Max(was))
		}
	}
	return chart.Before.Known(), nil
}

// serves says whether a household receives something at more than one income, or pays something at one.
func serves(amounts []float64, paid bool) bool {
	n := 0
	for _, v := range amounts {
		if v > 0 {
			n++
		}
	}
	return n > 1 || n > 0 && paid
}

// settles gives the place from which the amounts stay what they are.
func settles(amounts []float64) float64 {
	i := len(amounts) - 1
	for i > 0 && amounts[i-1] == amounts[i] {
		i--
	}
	return float64(i)
}

// scale gives round steps for about as many points as a curve has, and the last income, a little beyond reach.
func scale(reach float64) (step, last float64) {
	for _, step = range []float64{10, 25, 50, 100} {
		if reach/step <= points {
			break
		}
	}
	const round = 500
	return step, math.Ceil(reach*1.05/round) * round
}

// amounts asks the engine for n incomes from 0 on; none where one of them is not decided, which would be a hole in the curve: a decree
// that is awaited, a commission.
func (c *Charts) amounts(h Household, q Question, on profile.Date, step float64, n int) ([]float64, error) {
	out := make([]float64, n)
	for i := range out {
		s, err := c.engine.Simulate(h.Profile(q.Commune, on, float64(i)*step))
		if err != nil {
			return nil, fmt.Errorf("drawing %s for %s: %w", q.Aid, h.ID, err)
		}
		for k := range s.Aids {
			switch a := &s.Aids[k]; {
			case a.Aid != q.Aid:
			case a.Status == engine.Undecided:
				return nil, nil
			case a.Share != nil:
				if a.Status == engine.Eligible {
					out[i] += a.Share.Lo
				}
			default:
				out[i] += a.Amount.Net
			}
		}
	}
	return out, nil
}

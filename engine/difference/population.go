package difference

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"guichet/engine/screening"
)

// A Population is what a change does to the households of a file. Nothing of a household is in it but, where asked for, the
// identifiers of some.
type Population struct {
	Households int       `json:"menages"`                 // answered by both sides
	Refused    int       `json:"refuses"`                 // unreadable or impossible
	Unchanged  int       `json:"inchanges"`               // no decided aid changes
	Refusals   []Refusal `json:"raisons_refus,omitempty"` // why households are refused, the most first
	Aids       []Effect  `json:"aides"`                   // those that change for someone or are undecided for someone, in the order of the rules
	Total      Effect    `json:"total"`                   // of all aids paid by the month together, per household
}

// A Refusal is a rule of the profile that households break; one that breaks several is counted for each. What they say is not told.
type Refusal struct {
	Rule       string `json:"regle"`
	Households int    `json:"menages"`
}

// An Effect is what a change does to one aid. Amounts are net EUR per period of the aid; the mean, the least and the greatest
// change are those of the households for which there is one, negative where they lose. Of an aid that pays nothing they are of what the
// household pays for it, and a right that opens or closes is counted without euros.
type Effect struct {
	Aid       string   `json:"aide"`
	Period    string   `json:"periode"`
	Gain      int      `json:"gagnent"`
	Lose      int      `json:"perdent"`
	Opened    int      `json:"droits_ouverts"` // of those who gain, had nothing before
	Closed    int      `json:"droits_fermes"`  // of those who lose, have nothing left
	Undecided int      `json:"indecis"`        // on either side
	Mean      float64  `json:"moyenne"`
	Least     float64  `json:"minimum"`
	Greatest  float64  `json:"maximum"`
	Total     float64  `json:"somme"`
	Gainers   []string `json:"ids_gagnent,omitempty"`
	Losers    []string `json:"ids_perdent,omitempty"`
	Reasons   []Reason `json:"raisons,omitempty"` // of the aids, not of their total: why, the most households first
}

// A Tally counts the lines of a [Pair], as the writer of a [screening.Run].
type Tally struct {
	Order []string // of the aids, as they are shown
	IDs   int      // how many identifiers to keep of who gains and who loses each aid

	households, refused, unchanged int
	refusals                       map[string]int // by the rule broken
	byAid                          map[string]*counted
	total                          counted
}

// counted is one effect in cents, whose sum is the same in any order.
type counted struct {
	Effect
	sum, least, greatest int64
	told                 int // the changes that are one of euros
	reasons              map[Reason]int
}

// Write counts whole lines.
func (t *Tally) Write(lines []byte) (int, error) {
	for line := range bytes.Lines(lines) {
		if screening.IsRefusal(line) {
			t.refused++
			if err := t.refuse(line); err != nil {
				return 0, err
			}
			continue
		}
		var o outcome
		if err := json.Unmarshal(line, &o); err != nil {
			return 0, fmt.Errorf("counting a household: %w", err)
		}
		t.count(o)
	}
	return len(lines), nil
}

// refuse counts the rules that a refused household breaks, each once.
func (t *Tally) refuse(line []byte) error {
	var refusal struct {
		Error struct {
			Problems []struct {
				Rule string `json:"regle"`
			} `json:"problemes"`
		} `json:"erreur"`
	}
	if err := json.Unmarshal(line, &refusal); err != nil {
		return fmt.Errorf("counting a refused household: %w", err)
	}
	if t.refusals == nil {
		t.refusals = map[string]int{}
	}
	broken := map[string]bool{}
	for _, p := range refusal.Error.Problems {
		if !broken[p.Rule] {
			broken[p.Rule] = true
			t.refusals[p.Rule]++
		}
	}
	return nil
}

func (t *Tally) count(o outcome) {
	t.households++
	if t.byAid == nil {
		t.byAid = map[string]*counted{}
	}
	changed := false
	month := effect{}
	for _, e := range o.Aids {
		c := t.byAid[e.Aid]
		if c == nil {
			c = &counted{Effect: Effect{Aid: e.Aid, Period: e.Period}, reasons: map[Reason]int{}}
			t.byAid[e.Aid] = c
		}
		for _, r := range e.Why {
			c.reasons[r]++
		}
		if e.Undecided {
			c.Undecided++
			month.Undecided = month.Undecided || e.Period == "mois"
			continue
		}
		changed = true
		c.add(e, o.ID, t.IDs)
		if e.Period == "mois" && !e.Paid {
			month.Before += e.Before
			month.After += e.After
		}
	}
	if !changed {
		t.unchanged++
	}
	if month.Undecided {
		t.total.Undecided++
	} else if month.Before != month.After {
		t.total.add(month, o.ID, t.IDs)
	}
}

func (c *counted) add(e effect, id string, ids int) {
	had, has := e.rights()
	d := e.After - e.Before
	if !e.Paid || had && has { // a right that pays nothing has no euros of its own
		if c.told == 0 {
			c.least, c.greatest = d, d
		}
		c.told++
		c.sum, c.least, c.greatest = c.sum+d, min(c.least, d), max(c.greatest, d)
	}
	if has && (!had || d > 0) {
		c.Gain++
		if !had {
			c.Opened++
		}
		c.Gainers = keep(c.Gainers, id, ids)
		return
	}
	c.Lose++
	if !has {
		c.Closed++
	}
	c.Losers = keep(c.Losers, id, ids)
}

func keep(ids []string, id string, most int) []string {
	if id == "" || len(ids) >= most {
		return ids
	}
	return append(ids, id)
}

// Population gives what was counted.
func (t *Tally) Population() *Population {
	p := &Population{Households: t.households, Refused: t.refused, Unchanged: t.unchanged, Aids: []Effect{}}
	for _, rule := range slices.Sorted(maps.Keys(t.refusals)) {
		p.Refusals = append(p.Refusals, Refusal{rule, t.refusals[rule]})
	}
	slices.SortStableFunc(p.Refusals, func(a, b Refusal) int { return cmp.Compare(b.Households, a.Households) })
	for _, aid := range t.Order {
		if c := t.byAid[aid]; c != nil {
			p.Aids = append(p.Aids, c.effect())
		}
	}
	t.total.Aid, t.total.Period = "total", "mois"
	p.Total = t.total.effect()
	// what is said of before and after in a total is of its changes only
	p.Total.Opened, p.Total.Closed = 0, 0
	return p
}

func (c *counted) effect() Effect {
	e := c.Effect
	e.Reasons = ranked(c.reasons)
	if n := c.told; n > 0 {
		e.Mean = float64((2*c.sum+sign(c.sum)*int64(n))/int64(2*n)) / 100 // to the nearest cent
	}
	e.Least, e.Greatest, e.Total = float64(c.least)/100, float64(c.greatest)/100, float64(c.sum)/100
	return e
}

func sign(v int64) int64 {
	if v < 0 {
		return -1
	}
	return 1
}

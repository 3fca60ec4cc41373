package difference

import (
	"cmp"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"guichet/engine"
	"guichet/engine/profile"
)

// A Reason is why an aid changes for some households, or cannot be told of. A household counts once for each of its reasons.
type Reason struct {
	Sense      Sense      `json:"sens"`
	Kind       ReasonKind `json:"sorte"`
	Aid        string     `json:"aide,omitempty"` // of a condition, a formula or a step; "" of what all aids share
	ID         string     `json:"id,omitempty"`   // of the condition, the barème, the formula or the step; the path of an answer
	Households int        `json:"menages"`
}

// Sense is what happens to the households that have a reason.
type Sense string

// The senses.
const (
	Opens     Sense = "ouvre"
	Closes    Sense = "ferme"
	Gains     Sense = "gagne"
	Loses     Sense = "perd"
	Uncertain Sense = "indecis"
)

// ReasonKind says what the reason is.
type ReasonKind string

// The kinds of reasons.
const (
	OfCondition ReasonKind = "condition"  // it held, and holds no more, or the contrary
	OfBareme    ReasonKind = "bareme"     // a value of the law that the amount is computed from changes, and so does what reads it
	OfFormula   ReasonKind = "formule"    // a formula that the amount is computed from changes, and so does what it gives
	OfStep      ReasonKind = "etape"      // the first step of the rule that gives another result, where no change of the month explains it
	OfAid       ReasonKind = "aide"       // only one side gives the aid
	OfDay       ReasonKind = "jour"       // the household itself, on another day
	OfScope     ReasonKind = "hors_champ" // what the rules do not cover yet, or [engine.Expired]
	OfAnswer    ReasonKind = "reponse"    // an answer that is missing
)

// explain gives each effect its reasons. Only a household for which something changes is answered once more, in full.
func (p Pair) explain(all []effect, then, since *profile.Profile) error {
	if !slices.ContainsFunc(all, func(e effect) bool { return !e.Undecided }) {
		return nil
	}
	c := p.causesOf(then.Date, since.Date)
	old, before, err := p.before.Inspect(then, c.names)
	if err != nil {
		return err
	}
	now, after, err := p.after.Inspect(since, c.names)
	if err != nil {
		return err
	}
	moved := func(name string) bool { return !reflect.DeepEqual(before[name], after[name]) }
	for i := range all {
		if e := &all[i]; !e.Undecided {
			e.Why = e.reasons(answersOf(old, e.Aid), answersOf(now, e.Aid), c, moved)
			if len(e.Why) == 0 {
				e.Why = []Reason{{Sense: e.sense(), Kind: OfDay}}
			}
		}
	}
	return nil
}

func answersOf(s *engine.Simulation, aid string) (out []*engine.Aid) {
	for i := range s.Aids {
		if s.Aids[i].Aid == aid {
			out = append(out, &s.Aids[i])
		}
	}
	return out
}

// sense says what happens to the household.
func (e effect) sense() Sense {
	switch had, has := e.rights(); {
	case !had && has:
		return Opens
	case had && !has:
		return Closes
	case e.After > e.Before:
		return Gains
	default:
		return Loses
	}
}

// reasons gives why an aid changes: the conditions that decide a right otherwise and what moved them or, when none does, what moved its
// amount.
func (e effect) reasons(old, now []*engine.Aid, c *causes, moved func(string) bool) (out []Reason) {
	sense := e.sense()
	if len(old) == 0 || len(now) == 0 {
		return []Reason{{Sense: sense, Kind: OfAid, Aid: e.Aid}}
	}
	switch sense {
	case Opens:
		out = turned(sense, e.Aid, old, now)
	case Closes:
		out = turned(sense, e.Aid, now, old)
	}
	flipped := len(out) > 0
	names := c.roots[e.Aid]
	if flipped {
		names = nil
		for _, r := range out {
			names = append(names, e.Aid+"."+r.ID)
		}
	}
	for _, r := range c.behind(e.Aid, names, moved) {
		r.Sense = sense
		out = append(out, r)
	}
	if flipped {
		return out
	}
	certain := len(out) > 0
	return append(out, stepped(sense, e.Aid, old, now, func(step string) bool { _, stirred := c.reads[e.Aid+"."+step]; return certain && stirred })...)
}

// turned gives the conditions that fail on one side and not on the other, for the same person.
func turned(sense Sense, aid string, failing, holding []*engine.Aid) (out []Reason) {
	for _, a := range failing {
		other := counterpart(a, holding)
		for _, c := range a.Conditions {
			i := slices.IndexFunc(other.Conditions, func(o engine.Condition) bool { return o.ID == c.ID })
			if c.Result != "non" || i >= 0 && other.Conditions[i].Result == "non" {
				continue
			}
			if r := (Reason{Sense: sense, Kind: OfCondition, Aid: aid, ID: c.ID}); !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
	}
	return out
}

// stepped gives the first step that both sides went through with another result, but those that are explained.
func stepped(sense Sense, aid string, old, now []*engine.Aid, explained func(string) bool) []Reason {
	for _, a := range now {
		other := counterpart(a, old)
		for _, s := range a.Steps {
			i := slices.IndexFunc(other.Steps, func(o engine.Step) bool { return o.ID == s.ID })
			if i >= 0 && other.Steps[i].Value != s.Value && !explained(s.ID) {
				return []Reason{{Sense: sense, Kind: OfStep, Aid: aid, ID: s.ID}}
			}
		}
	}
	return nil
}

// counterpart gives the answer of the other side for the same person, or its first.
func counterpart(a *engine.Aid, list []*engine.Aid) *engine.Aid {
	i := slices.IndexFunc(list, func(o *engine.Aid) bool { return o.Amount.For == a.Amount.For })
	return list[max(i, 0)]
}

var rank = regexp.MustCompile(`\[\d+\]`)

// uncertain gives why an aid is not decided: what the rules do not cover, or the answers that it lacks, whichever child they are of.
func uncertain(a *engine.Aid) (out []Reason) {
	if a.OutOfScope != "" {
		return []Reason{{Sense: Uncertain, Kind: OfScope, Aid: a.Aid, ID: a.OutOfScope}}
	}
	for _, path := range a.Missing {
		if r := (Reason{Sense: Uncertain, Kind: OfAnswer, ID: rank.ReplaceAllString(path, "")}); !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// ranked gives counted reasons, by what happens and then the most households first.
func ranked(counts map[Reason]int) []Reason {
	order := []Sense{Opens, Closes, Gains, Loses, Uncertain}
	first := []ReasonKind{OfCondition, OfBareme, OfFormula, OfStep}
	out := slices.SortedFunc(maps.Keys(counts), func(a, b Reason) int {
		return cmp.Or(
			cmp.Compare(slices.Index(order, a.Sense), slices.Index(order, b.Sense)), cmp.Compare(counts[b], counts[a]),
			cmp.Compare(slices.Index(first, a.Kind), slices.Index(first, b.Kind)), strings.Compare(a.Aid, b.Aid), strings.Compare(a.ID, b.ID),
		)
	})
	for i := range out {
		out[i].Households = counts[out[i]]
	}
	return out
}

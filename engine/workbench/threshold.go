package workbench

import (
	"math"
	"slices"
	"strings"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
)

// Threshold is what an aid answers on both sides of the limit of one of its conditions: the last cent of an answer with
// which the condition is as it was, the first with which it is not, and the cent before or after them.
type Threshold struct {
	Condition string  `json:"condition"`
	Example   string  `json:"example"` // from which the household is taken
	File      string  `json:"file"`
	Line      int     `json:"line"`
	Answer    string  `json:"answer"` // that is moved, as a path of the profile
	Points    []Point `json:"points"` // one cent under, at and over: three answers a cent apart
}

// Point is one answer and what follows from it.
type Point struct {
	Amount float64 `json:"amount"` // of the answer that is moved, EUR a month
	Value  float64 `json:"value"`  // of the condition, what is held against its limit
	Limit  float64 `json:"limit"`
	Result string  `json:"result"` // oui, non
	Status string  `json:"status"`
	Gross  float64 `json:"gross"` // the aid, EUR a period
}

// knobs are the answers by which a limit in euros can be neared, as the law counts different ones for different aids.
var knobs = func() []knob {
	kinds := []string{"autre", "salaire", "pension_alimentaire_percue", "retraite"}
	out := []knob{{"logement.loyer", func(p *profile.Profile, v float64) { p.Housing.Rent = profile.Some(v) }}}
	for _, kind := range kinds {
		out = append(out, knob{"demandeur.revenus." + kind, func(p *profile.Profile, v float64) { setIncome(&p.Claimant, kind, v) }})
	}
	return out
}()

type knob struct {
	path string
	set  func(p *profile.Profile, v float64)
}

func setIncome(who *profile.Person, kind string, v float64) {
	incomes := slices.DeleteFunc(slices.Clone(who.Incomes.Value), func(i profile.Income) bool { return i.Kind == kind })
	who.Incomes = profile.Some(append(incomes, profile.Income{Kind: kind, Net: profile.Some(v)}))
}

// dearest is the highest amount that an answer is moved to, in cents.
const dearest = 1_000_000

// Thresholds nears the limit of each condition of an aid that is one comparison of euros, from the households of its
// examples, until two answers a cent apart lie on both sides. A condition without an entry cannot be reached so.
func Thresholds(e *engine.Engine, a *ruleset.Aid) []Threshold {
	var out []Threshold
	for _, i := range a.Conditions {
		for _, x := range a.Examples {
			if t, ok := nearest(e, a.ID, i.ID, x); ok {
				out = append(out, t)
				break
			}
		}
	}
	return out
}

// nearest tries each knob on the household of one example.
func nearest(e *engine.Engine, aid, condition string, x ruleset.Example) (Threshold, bool) {
	for _, k := range knobs {
		at := func(cents int) (Point, bool) { return point(e, aid, condition, x, k, cents) }
		first, ok := at(0)
		if !ok {
			return Threshold{}, false // not a comparison of euros, or not decided
		}
		over := 0
		for c := 100; c <= dearest && over == 0; c *= 2 {
			if p, ok := at(c); ok && p.Result != first.Result {
				over = c
			}
		}
		if over == 0 {
			continue
		}
		under := over / 2
		if under < 100 {
			under = 0
		}
		for over-under > 1 {
			middle := (under + over) / 2
			if p, ok := at(middle); ok && p.Result == first.Result {
				under = middle
			} else {
				over = middle
			}
		}
		t := Threshold{Condition: condition, Example: x.Name, File: x.File, Line: x.Line, Answer: k.path}
		for _, c := range []int{under - 1, under, over} {
			if p, ok := at(c); ok && c >= 0 {
				t.Points = append(t.Points, p)
			}
		}
		if len(t.Points) == 3 {
			return t, true
		}
	}
	return Threshold{}, false
}

// point answers the household of an example with one answer set to so many cents; false when the condition is not a decided
// comparison of euros then.
func point(e *engine.Engine, aid, condition string, x ruleset.Example, k knob, cents int) (Point, bool) {
	p, err := profile.Decode(x.Profile)
	if err != nil || cents < 0 {
		return Point{}, false
	}
	out := Point{Amount: float64(cents) / 100}
	k.set(p, out.Amount)
	s, err := e.Simulate(p)
	if err != nil {
		return Point{}, false
	}
	answer := Best(s, aid)
	for _, c := range answer.Conditions {
		if c.ID != condition {
			continue
		}
		if c.Value == nil || c.Threshold == nil || !strings.HasPrefix(c.Unit, "EUR") || c.Value.Lo != c.Value.Hi || c.Threshold.Lo != c.Threshold.Hi {
			return Point{}, false
		}
		out.Value, out.Limit, out.Result = round(c.Value.Lo), round(c.Threshold.Lo), c.Result
		out.Status, out.Gross = string(answer.Status), answer.Amount.Gross
		return out, true
	}
	return Point{}, false
}

// round keeps four decimals, as amounts are shown.
func round(v float64) float64 { return math.Round(v*1e4) / 1e4 }

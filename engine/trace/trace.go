// Package trace tells the rule of one aid as it stands on one day: its conditions, its steps and its amount in order, each
// with its formula, its texts of law and the barèmes it reads; and, for a household, what the engine made of it.
//
// It holds identifiers and figures and no sentence: words are for package locales. Its JSON is the contract « trace.v1 »,
// described in docs/trace.md: the same rules, day and household give the same bytes.
package trace

import (
	"math"
	"slices"
	"strings"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/ruleset"
)

// Format names the shape of the JSON; it changes when a field changes its meaning.
const Format = "trace.v1"

// A Trace is the rule of one aid on one day.
type Trace struct {
	Format     string        `json:"format"`
	Rules      string        `json:"regles"` // hash of the rule set
	Aid        string        `json:"aide"`
	Name       string        `json:"nom"`
	Acronym    string        `json:"sigle,omitempty"`
	For        string        `json:"pour"`               // foyer or adulte
	Period     string        `json:"periode"`            // mois, an, unique
	Decision   string        `json:"decision,omitempty"` // commission, where one decides
	Date       string        `json:"date"`
	Version    string        `json:"version"`    // since when the formulas in force are
	OutOfScope []Line        `json:"hors_champ"` // what the rules do not cover
	Conditions []Line        `json:"conditions"`
	Steps      []Line        `json:"etapes"`
	Amount     Amount        `json:"montant"`
	Workings   []Line        `json:"intermediaires"` // what the lines above read, in the order in which they name it
	Baremes    []Bareme      `json:"baremes"`        // what any line reads, in the same order
	Answers    []*engine.Aid `json:"reponses"`       // about the household; empty without one
}

// A Line is one condition, step or working.
type Line struct {
	ID         string       `json:"id"` // a working's is qualified: rsa.majore
	Formula    string       `json:"formule"`
	Concerns   string       `json:"si,omitempty"` // of a condition or a step that concerns some households only: which
	Unit       string       `json:"unite,omitempty"`
	References []Reference  `json:"references"`
	Baremes    []string     `json:"baremes"`           // names, in the order of the formula
	Reads      []string     `json:"grandeurs"`         // qualified names of the quantities it reads
	Values     []Value      `json:"valeurs,omitempty"` // of a working: what the answer about a household made of it
	Term       formula.Term `json:"-"`
	Whom       formula.Term `json:"-"` // of Concerns
}

// A Value is what an answer made of a working, for the household or for one of its people. Bounds are told as in the answer.
type Value struct {
	For    string        `json:"pour"` // foyer, demandeur, conjoint, enfants[0]
	Figure engine.Figure `json:"-"`
	Worth  any           `json:"valeur"` // a number, {"min", "max"}, or oui, non, inconnu
}

// Worked tells beside each working what the answer about the household made of it.
func (t *Trace) Worked(made map[string][]engine.Worth) {
	for i := range t.Workings {
		l := &t.Workings[i]
		for _, w := range made[l.ID] {
			v := Value{For: w.For, Figure: w.Value}
			switch f := w.Value; {
			case f.Choice != "":
				v.Worth = f.Choice
			case f.Lo == f.Hi:
				v.Worth = plain(f.Lo)
			default:
				v.Worth = map[string]float64{"min": plain(f.Lo), "max": plain(f.Hi)}
			}
			l.Values = append(l.Values, v)
		}
	}
}

// plain keeps four decimals, as answers do, and gives what nothing bounds as they do.
func plain(v float64) float64 { return math.Round(max(-unbounded, min(unbounded, v))*1e4) / 1e4 }

// unbounded is the figure that stands for none in JSON, which has no infinity.
const unbounded = 1e12

// WorkingNames are the qualified names of the workings, in their order.
func (t *Trace) WorkingNames() []string {
	out := make([]string, len(t.Workings))
	for i, l := range t.Workings {
		out[i] = l.ID
	}
	return out
}

// An Amount is what is due and what is paid, in EUR per the trace's period; of an aid that pays nothing, what the household pays
// for it, and its ID is participation.
type Amount struct {
	Line
	Rounding string       `json:"arrondi"`       // the name of a barème
	Step     float64      `json:"pas"`           // EUR
	Mode     string       `json:"mode"`          // proche, inferieur, superieur
	Net      string       `json:"net,omitempty"` // the formula of what is paid, when it is not what is due
	NetTerm  formula.Term `json:"-"`
}

// Paid says whether it is the household that pays.
func (a *Amount) Paid() bool { return a.ID != "montant" }

// A Reference is where something stands in the law.
type Reference struct {
	Title string `json:"titre"`
	URL   string `json:"url"`
}

// Of tells the rule of an aid on a day; without a household, answers is nil.
func Of(set *ruleset.Set, aid *ruleset.Aid, on fact.Day, answers []*engine.Aid) *Trace {
	g := gatherer{set: set, aid: aid, month: on.Month()}
	t := &Trace{
		Format: Format, Rules: set.Hash(), Aid: aid.ID, Name: aid.Name, Acronym: aid.Acronym, For: "foyer", Period: aid.Period,
		Date: on.String(), Version: aid.VersionAt(on).From.String(),
		OutOfScope: g.items(aid.OutOfScope), Conditions: g.items(aid.Conditions), Steps: g.items(aid.Steps),
		Answers: answers,
	}
	if aid.PerAdult {
		t.For = "adulte"
	}
	if aid.Commission {
		t.Decision = "commission"
	}
	if answers == nil {
		t.Answers = []*engine.Aid{}
	}
	t.Amount = g.amount()
	t.Workings = g.workings()
	t.Baremes = g.values()
	return t
}

// Answers gives what a simulation says of one aid: one answer, or one for each adult concerned.
func Answers(s *engine.Simulation, aid string) []*engine.Aid {
	out := []*engine.Aid{}
	for i := range s.Aids {
		if s.Aids[i].Aid == aid {
			out = append(out, &s.Aids[i])
		}
	}
	return out
}

// Condition gives the answer's figures of a condition; nil when the answer does not hold it.
func Condition(a *engine.Aid, id string) *engine.Condition {
	if i := slices.IndexFunc(a.Conditions, func(c engine.Condition) bool { return c.ID == id }); i >= 0 {
		return &a.Conditions[i]
	}
	return nil
}

// Step gives the answer's value of a step; nil when a condition decided before it was reached.
func Step(a *engine.Aid, id string) *engine.Step {
	if i := slices.IndexFunc(a.Steps, func(s engine.Step) bool { return s.ID == id }); i >= 0 {
		return &a.Steps[i]
	}
	return nil
}

// Aids gives the identifiers of the other aids that the rule reads, in the order in which it names them.
func (t *Trace) Aids() []string {
	var out []string
	for _, lines := range [][]Line{t.OutOfScope, t.Conditions, t.Steps, {t.Amount.Line}, t.Workings} {
		for _, l := range lines {
			for _, name := range l.Reads {
				if aid, _, dotted := strings.Cut(name, "."); dotted && aid != t.Aid {
					out = once(out, aid)
				}
			}
		}
	}
	return out
}

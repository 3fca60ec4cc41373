package workbench

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
)

// How far an answer may lie from what its author worked out by hand: less than a cent for an amount, a cent for a step.
const (
	amountWithin = 0.005
	stepWithin   = 0.01
)

// Outcome is one example of an aid with what the rules answer to it.
type Outcome struct {
	Aid     string
	Example ruleset.Example
	Answer  engine.Aid // of the person who has the aid, when it is one for each adult
	Misses  []Miss     // empty when the example passes
}

// Miss is one thing that an example expects and does not get.
type Miss struct {
	What     string `json:"what"` // statut, montant, participation, the name of a precision, etape x; profil when it cannot be computed at all
	Expected string `json:"expected"`
	Got      string `json:"got"`
}

// RunExample answers one example of an aid and holds the answer against what its author expects.
func RunExample(e *engine.Engine, aid string, x ruleset.Example) Outcome {
	out := Outcome{Aid: aid, Example: x}
	p, err := profile.Decode(x.Profile)
	if err == nil {
		var s *engine.Simulation
		if s, err = e.Simulate(p); err == nil {
			if out.Answer = Best(s, aid); out.Answer.Aid == "" {
				out.Misses = []Miss{{"statut", x.Status, "l'aide n'est pas donnée dans la commune de cet exemple, ou pas encore à sa date"}}
				return out
			}
			out.Misses = misses(x, &out.Answer)
			return out
		}
	}
	out.Misses = []Miss{{"profil", x.Status, err.Error()}}
	return out
}

// Best gives the answer about an aid, that of the person who has it when it is one for each adult.
func Best(s *engine.Simulation, aid string) engine.Aid {
	var out engine.Aid
	for _, a := range s.Aids {
		if a.Aid == aid && (out.Aid == "" || a.Status == engine.Eligible) {
			out = a
		}
	}
	return out
}

func misses(x ruleset.Example, got *engine.Aid) []Miss {
	var out []Miss
	if x.Status != string(got.Status) {
		out = append(out, Miss{"statut", x.Status, string(got.Status)})
	}
	if x.Decided {
		switch a := got.Amount; {
		case !a.Decided:
			out = append(out, Miss{"montant", figure(x.Amount), fmt.Sprintf("de %s à %s : il manque %v", figure(a.Min), figure(a.Max), got.Missing)})
		case !within(x.Amount, a.Gross, amountWithin):
			out = append(out, Miss{"montant", figure(x.Amount), figure(a.Gross)})
		}
	}
	if a := got.Amount; x.Net != nil && !(a.Decided && within(*x.Net, a.Net, amountWithin)) {
		out = append(out, Miss{"net", figure(*x.Net), Show(engine.Figure{Lo: a.Net, Hi: max(a.Net, a.Max)})})
	}
	for _, b := range []struct {
		what string
		want *float64
		got  float64
	}{{"min", x.Min, got.Amount.Min}, {"max", x.Max, got.Amount.Max}} {
		if b.want != nil && (got.Amount.Decided || !within(*b.want, b.got, amountWithin)) {
			out = append(out, Miss{b.what, figure(*b.want), Show(engine.Figure{Lo: max(got.Amount.Min, got.Amount.Net), Hi: max(got.Amount.Max, got.Amount.Net)})})
		}
	}
	if s := got.Share; x.Share != nil && !(s != nil && s.Lo == s.Hi && within(*x.Share, s.Lo, amountWithin)) {
		told := "aucune"
		if s != nil {
			told = Show(*s)
		}
		out = append(out, Miss{"participation", figure(*x.Share), told})
	}
	for _, f := range x.Fields {
		told := ""
		for _, e := range got.Extra {
			if e.Field == f.Name {
				told = e.Value
			}
		}
		if told != f.Value {
			out = append(out, Miss{f.Name, f.Value, told})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(x.Steps)) {
		want := x.Steps[id]
		i := slices.IndexFunc(got.Steps, func(s engine.Step) bool { return s.ID == id })
		switch {
		case i < 0:
			out = append(out, Miss{"etape " + id, figure(want), "l'étape n'est pas dans la réponse"})
		case got.Steps[i].Value.Lo != got.Steps[i].Value.Hi || !within(want, got.Steps[i].Value.Lo, stepWithin):
			out = append(out, Miss{"etape " + id, figure(want), Show(got.Steps[i].Value)})
		}
	}
	return out
}

func within(want, got, by float64) bool { return math.Abs(want-got) <= by }

// Show writes a figure: a number, its bounds or a word.
func Show(f engine.Figure) string {
	switch {
	case f.Choice != "":
		return f.Choice
	case f.Lo == f.Hi:
		return figure(f.Lo)
	default:
		return "de " + figure(f.Lo) + " à " + figure(f.Hi)
	}
}

// figure writes a number with four decimals at most.
func figure(v float64) string {
	return strconv.FormatFloat(round(v), 'f', -1, 64)
}

// Package usefulness says which of the aids that a household may claim is worth the next hour: what it pays, what waiting costs, and
// how hard it is to ask for.
//
// # The score
//
// Three counts of points are added; the most useful aid has the most.
//
//   - Worth, 0 to 10: two points for each of five steps that the monthly amount reaches (25, 75, 150, 300 and 500 EUR; a yearly or a single
//     amount counts for a twelfth). An amount that is not decided counts for its lower bound. An aid that pays nothing, such as the
//     complémentaire santé solidaire, counts for the second step, 4 points: no amount can be said, and going without costs more than 25 EUR.
//   - Urgency, 0 to 6: 6 when the months before the claim are lost, 2 when some of them are paid or when no text says, 0 when nothing
//     has to be asked for.
//   - Ease, 0 to 3: 3 when nothing has to be asked for or a claim goes online, 1 on a paper form, 0 otherwise; many documents, more than
//     [Few], take one of them away.
//
// A right that comes by itself is easy but not urgent, so that what waits for the household's own step goes first. Equal scores are
// told apart by the monthly amount; what is still equal keeps the order of the rules.
package usefulness

import (
	"cmp"
	"slices"

	"guichet/engine"
	"guichet/engine/ruleset"
)

// Few is how many documents a claim may ask for and still be light.
const Few = 5

// steps are the monthly amounts, in EUR, that each are worth two points.
var steps = []float64{25, 75, 150, 300, 500}

// Effort is what it takes to get an aid.
type Effort string

// The efforts, lightest first.
const (
	Automatic Effort = "automatique" // it comes without a claim
	Online    Effort = "en_ligne"    // a claim online
	Form      Effort = "formulaire"  // a claim on a paper form
	Desk      Effort = "guichet"     // neither is known: at the body's desk
)

// A Score is how useful an aid is to claim now.
type Score struct {
	Worth, Urgency, Ease int     // points, as the package says
	Monthly              float64 // EUR per month, at least
	Effort               Effort
	Heavy                bool // many documents
	Losing               bool // each month that passes before the claim is lost
}

// Points is the whole score.
func (s Score) Points() int { return s.Worth + s.Urgency + s.Ease }

// Of scores what the engine says of an aid, whose identity the rules give.
func Of(x *engine.Aid, aid *ruleset.Aid) Score {
	s := Score{Monthly: monthly(x.Amount), Effort: effortOf(aid), Heavy: len(aid.Documents) > Few}
	for _, step := range steps {
		if s.Monthly >= step {
			s.Worth += 2
		}
	}
	if x.Share != nil {
		s.Worth = 4
	}
	switch {
	case s.Effort == Automatic:
	case len(aid.Backdating) > 0 && aid.BackMonths == 0 && aid.Period == "mois":
		s.Urgency, s.Losing = 6, true
	default:
		s.Urgency = 2
	}
	switch s.Effort {
	case Automatic, Online:
		s.Ease = 3
	case Form:
		s.Ease = 1
	}
	if s.Heavy && s.Ease > 0 && s.Effort != Automatic {
		s.Ease--
	}
	return s
}

// monthly gives what an amount is worth in a month, at least.
func monthly(a engine.Amount) float64 {
	v := a.Min
	if a.Decided {
		v = a.Net
	}
	if a.Period != "mois" {
		v /= 12
	}
	return v
}

func effortOf(aid *ruleset.Aid) Effort {
	switch {
	case len(aid.Unasked) > 0:
		return Automatic
	case aid.Online != "":
		return Online
	case aid.Form != "":
		return Form
	}
	return Desk
}

// Sort puts the most useful first. score gives the score of an item.
func Sort[T any](items []T, score func(T) Score) {
	slices.SortStableFunc(items, func(a, b T) int {
		x, y := score(a), score(b)
		return cmp.Or(cmp.Compare(y.Points(), x.Points()), cmp.Compare(y.Monthly, x.Monthly))
	})
}

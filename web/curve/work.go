package curve

import (
	"fmt"
	"math"
	"slices"

	"guichet/engine"
	"guichet/engine/profile"
)

// Work is what one household has each month as the wage of one of its adults grows and nothing else changes.
type Work struct {
	Who        string    // demandeur or conjoint: whose wage
	Step, Last float64   // wages go from 0 to Last by Step, in net EUR per month
	Aids       []float64 // the sum of the aids at each of them, in net EUR per month
	Others     float64   // what else the household earns, in net EUR per month
	Here       float64   // the wage of today; -1 when it varies
	AidsHere   float64   // the aids at that wage
	Left       []string  // the aids paid by the month that are not decided at some of the wages, and are counted at none
}

const (
	shortestWork = 3000 // EUR per month, the least that is shown
	stepsOfWork  = 40   // wages that the engine is asked about, at most
)

// worker says of which activities a wage can be imagined without changing what else is known of a person.
var worker = []string{"salarie", "demandeur_emploi", "inactif"}

// OfWork asks the engine about a household at wages of one of its adults: the one who earns the larger wage, the claimant when neither
// does. ok is false when a wage tells nothing: incomes are not all known, or that adult studies, is retired or works on his own account.
// The profile is not changed.
func OfWork(e Engine, p *profile.Profile) (w *Work, ok bool, err error) {
	w = &Work{Who: "demandeur", Here: -1}
	who := &p.Claimant
	for _, one := range adultsOf(p) {
		if !one.Incomes.Known || slices.ContainsFunc(one.Incomes.Value, func(i profile.Income) bool { return !i.Net.Known }) {
			return nil, false, nil
		}
	}
	if p.Spouse != nil && wageOf(*p.Spouse) > wageOf(p.Claimant) {
		w.Who, who = "conjoint", p.Spouse
	}
	if !slices.Contains(worker, who.Activity) || slices.ContainsFunc(who.Incomes.Value, func(i profile.Income) bool {
		return i.Kind == "independant" || i.Kind == "micro_entreprise"
	}) {
		return nil, false, nil
	}
	for _, one := range adultsOf(p) {
		for _, i := range one.Incomes.Value {
			if i.Kind == "pension_alimentaire_versee" {
				w.Others -= i.Net.Value
			} else {
				w.Others += i.Net.Value
			}
		}
	}
	w.Others -= wageOf(*who)
	if !varies(*who) {
		w.Here = wageOf(*who)
	}
	const round = 500
	w.Last = max(shortestWork, math.Ceil(w.Here*1.25/round)*round)
	w.Step = math.Ceil(w.Last/stepsOfWork/50) * 50
	n := int(w.Last/w.Step) + 1
	w.Last = float64(n-1) * w.Step
	wages := make([]float64, n, n+1)
	for i := range wages {
		wages[i] = float64(i) * w.Step
	}
	if w.Here >= 0 {
		wages = append(wages, w.Here)
	}
	answers := make([]*engine.Simulation, len(wages))
	for i, wage := range wages {
		if answers[i], err = e.Simulate(earning(p, w.Who, wage)); err != nil {
			return nil, false, fmt.Errorf("asking about another wage: %w", err)
		}
		for _, a := range answers[i].Aids {
			if a.Status == engine.Undecided && paidMonthly(&a) && !slices.Contains(w.Left, a.Aid) {
				w.Left = append(w.Left, a.Aid)
			}
		}
	}
	w.Aids = make([]float64, n)
	for i := range w.Aids {
		w.Aids[i] = monthly(answers[i], w.Left)
	}
	if w.Here >= 0 {
		w.AidsHere = monthly(answers[n], w.Left)
	}
	return w, slices.Max(w.Aids) > 0, nil
}

// Wage gives the i-th wage.
func (w *Work) Wage(i int) float64 { return float64(i) * w.Step }

func adultsOf(p *profile.Profile) []profile.Person {
	if p.Spouse == nil {
		return []profile.Person{p.Claimant}
	}
	return []profile.Person{p.Claimant, *p.Spouse}
}

func wageOf(p profile.Person) float64 {
	total := 0.0
	for _, i := range p.Incomes.Value {
		if i.Kind == "salaire" {
			total += i.Net.Value
		}
	}
	return total
}

func varies(p profile.Person) bool {
	return slices.ContainsFunc(p.Incomes.Value, func(i profile.Income) bool { return i.Kind == "salaire" && len(i.Months) > 0 })
}

// earning gives the household as it would be, had that adult long had that wage.
func earning(p *profile.Profile, whose string, wage float64) *profile.Profile {
	q := *p
	who := &q.Claimant
	if whose == "conjoint" {
		spouse := *p.Spouse
		q.Spouse, who = &spouse, &spouse
	}
	others := slices.DeleteFunc(slices.Clone(who.Incomes.Value), func(i profile.Income) bool { return i.Kind == "salaire" })
	switch {
	case wage > 0:
		who.Activity = "salarie"
		others = append(others, profile.Income{Kind: "salaire", Net: profile.Some(wage)})
	case who.Activity == "salarie":
		who.Activity = "inactif"
	}
	who.Incomes = profile.Some(others)
	return &q
}

func paidMonthly(a *engine.Aid) bool { return a.Amount.Period == "mois" && a.Share == nil }

// monthly sums what is paid by the month, but for the aids left out.
func monthly(s *engine.Simulation, left []string) float64 {
	total := 0.0
	for _, a := range s.Aids {
		if a.Status == engine.Eligible && paidMonthly(&a) && !slices.Contains(left, a.Aid) {
			total += a.Amount.Net
		}
	}
	return total
}

package engine

import (
	"cmp"
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

// Questions gives the missing answers that can still change something, the most useful first: those on which the
// entitlement to most aids hangs, then those on which only amounts do, each in the order in which a person would ask. What is received
// today comes last: it settles what the other answers leave open, a disability say, and most of them leave nothing.
func (e *Engine) Questions(p *profile.Profile) ([]Question, error) {
	w := e.workers.Get().(*Worker)
	defer e.workers.Put(w)
	return w.Questions(p)
}

// Questions does what [Engine.Questions] does.
func (w *Worker) Questions(p *profile.Profile) ([]Question, error) {
	if err := w.begin(p); err != nil {
		return nil, err
	}
	type weight struct {
		Question
		statuses, amounts int
	}
	weights := make([]weight, len(w.h.Questions))
	for i := range w.e.aids {
		a := &w.e.aids[i]
		if w.given(a, p) == fact.No || a.Expired(fact.Day(p.Date)) {
			continue
		}
		status, amount := w.undecided(a)
		for b, q := range w.h.Questions {
			x := &weights[b]
			switch {
			case status.Has(b):
				x.statuses++
			case amount.Has(b):
				x.amounts++
			default:
				continue
			}
			x.Fact = q
			x.Aids = append(x.Aids, a.ID)
		}
	}
	if err := w.k.Err(); err != nil {
		return nil, &RuleError{err}
	}
	weights = slices.DeleteFunc(weights, func(x weight) bool { return x.Fact == "" })
	slices.SortStableFunc(weights, func(a, b weight) int {
		return cmp.Or(cmp.Compare(received(a.Fact), received(b.Fact)), cmp.Compare(b.statuses, a.statuses), cmp.Compare(b.amounts, a.amounts), cmp.Compare(rank(a.Fact), rank(b.Fact)))
	})
	out := make([]Question, len(weights))
	for i, x := range weights {
		out[i] = x.Question
		out[i].Decides = "montant"
		if x.statuses > 0 {
			out[i].Decides = "statut"
		}
	}
	return out, nil
}

// undecided gives the questions on which the entitlement to an aid hangs, and those on which its amount does.
func (w *Worker) undecided(a *aid) (status, amount fact.Set) {
	persons := []int{0}
	if a.PerAdult {
		persons = w.h.Adults
	}
	for _, person := range persons {
		v := w.k.Number(a.Gross, person)
		amount = amount.Or(v.Miss)
		if a.Share != nil {
			amount = amount.Or(w.k.Number(a.Share, person).Miss)
		}
		if v.Lo <= 0 && v.Hi > 0 {
			status = status.Or(v.Miss)
		}
		if v.Hi > 0 && a.Where.Holds(w.h.Place) == fact.Either {
			status = status.Or(w.h.Place.Miss)
		}
		for _, i := range a.OutOfScope {
			status = status.Or(w.k.Truth(i.Quantity, person).Miss)
		}
	}
	return status, amount
}

// received gives 1 of a path of the aids received today, else 0.
func received(path string) int {
	if path == "prestations_percues" || strings.HasPrefix(path, "prestations_percues.") {
		return 1
	}
	return 0
}

// asked is the order in which a person would ask: who you are, who lives with you, where, on what.
var asked = []string{
	"naissance", "couple", "enfants", "commune", "logement.statut", "logement.regime", "logement.pret_signe_le", "logement.pret_pour", "logement.pret", "logement.loyer", "activite", "revenus", "isole_depuis",
	"enceinte", "handicap.taux", "handicap.rsdae", "nationalite", "titre_sejour", "sejour_regulier_depuis", "sejour_justifie", "scolarite",
	"garde_alternee", "inapte_travail", "epargne", "foyer_fiscal.rfr", "foyer_fiscal.parts", "logement.charges",
	"residence_commune_depuis", "quotient_familial", "charges_fixes",
}

// rank places a path in that order: the claimant before the spouse before the children.
func rank(path string) int {
	whose, rest, person := strings.Cut(path, ".")
	turn := 0
	switch {
	case whose == "demandeur":
	case whose == "conjoint":
		turn = 1
	case strings.HasPrefix(whose, "enfants["):
		turn = 2
	default:
		person = false
	}
	if !person {
		rest = path
	}
	if strings.HasPrefix(rest, "revenus.") {
		rest = "revenus"
	}
	i := slices.Index(asked, rest)
	if i < 0 {
		i = len(asked)
	}
	return i*4 + turn
}

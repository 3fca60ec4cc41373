package pages

import (
	"slices"
	"strconv"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

// The questions that are asked of several persons at once.
var (
	nationality = each{
		name: "nationalite", field: "nationalite", people: (*answers).everyone,
		values: fact.Nationalities, prefix: "nationalite.", nobody: "francaise", no: "nationalite.tous", yes: "nationalite.pas_tous", again: "nationalite.francaise",
		get: func(p *profile.Person) string { return p.Nationality },
		set: func(p *profile.Person, v string) { p.Nationality = v },
		also: func(a *answers, who, field string) bool {
			return a.person(who).Nationality == "" && (field == permitField || field == stayField || field == provenField)
		},
		changed: func(a *answers, who, value string) {
			p := a.person(who)
			if value != foreign {
				p.Permit = ""
			}
			if value != "" {
				p.StayProven = profile.Opt[bool]{}
				a.forget(func(path string) bool { return path == who+"."+provenField })
			}
			if value != foreign && value != european {
				p.StayFrom = 0
				a.forget(func(path string) bool { return path == who+"."+permitField || path == who+"."+stayField })
			}
		},
		follows: func(a *answers) int { return len(a.adults()) + min(1, len(a.children())) },
		beside:  map[string]besides{foreign: stay{claimant}},
	}
	// stayProven asks what an office appraises of a stay: of a European without work, of a receipt, of a foreigners' child.
	stayProven = func() each {
		q := yesNo("sejour_justifie", provenField, func(p *profile.Person) *profile.Opt[bool] { return &p.StayProven })
		q.people = func(a *answers) []string {
			return slices.DeleteFunc(a.everyone(), func(who string) bool { n := a.person(who).Nationality; return n != foreign && n != european })
		}
		q.nobody = ""
		return q
	}()
	pregnancy  = yesNo("enceinte", "enceinte", func(p *profile.Person) *profile.Opt[bool] { return &p.Pregnant })
	unfit      = yesNo("inapte", "inapte_travail", func(p *profile.Person) *profile.Opt[bool] { return &p.Unfit })
	disability = each{
		name: "handicap", field: "handicap.taux", people: (*answers).everyone,
		values: []string{"0", "50", "80"}, prefix: "handicap.", nobody: "0", no: "handicap.personne", yes: "handicap.quelquun",
		get: rateBand, set: setRateBand,
		// The restriction matters only to those whose rate is known to lie in between.
		also: func(a *answers, who, field string) bool { return field == restrictionField && !between(a.person(who)) },
		changed: func(a *answers, who, value string) {
			if value != "50" {
				a.person(who).WorkRestriction = profile.Opt[bool]{}
			}
			if value != "" {
				a.forget(func(path string) bool { return path == who+"."+restrictionField })
			}
		},
	}
	workRestriction = func() each {
		q := yesNo("rsdae", restrictionField, func(p *profile.Person) *profile.Opt[bool] { return &p.WorkRestriction })
		q.people = func(a *answers) []string {
			return slices.DeleteFunc(a.everyone(), func(who string) bool { return !between(a.person(who)) })
		}
		q.nobody = ""
		return q
	}()
	childActivity = each{
		name: "enfants_activite", field: "activite", people: (*answers).oldEnough, values: fact.Activities, prefix: "activite.",
		get: func(p *profile.Person) string { return p.Activity }, set: func(p *profile.Person, v string) { p.Activity = v },
	}
	childSchooling = each{
		name: "enfants_scolarite", field: "scolarite", people: (*answers).children, values: fact.Schools, prefix: "scolarite.",
		get: func(p *profile.Person) string { return p.Schooling }, set: func(p *profile.Person, v string) { p.Schooling = v },
	}
	childPermits = each{
		name: "enfants_titre", field: permitField, values: fact.Permits, prefix: "titre_sejour.",
		people: func(a *answers) []string {
			return slices.DeleteFunc(a.children(), func(who string) bool { n := a.person(who).Nationality; return n != foreign && n != european })
		},
		get: func(p *profile.Person) string { return p.Permit }, set: func(p *profile.Person, v string) { p.Permit = v },
		also: func(_ *answers, _, field string) bool { return field == stayField },
	}
	// childIncomes asks which child earns what; how much comes on a page of its own.
	childIncomes = each{
		name: "enfants_revenus", field: incomeField, people: (*answers).children,
		values: []string{none, "salaire", "bourse", "pension_alimentaire_percue", "autre"}, prefix: "revenus.",
		nobody: none, no: "question.enfants_revenus.aucun", yes: "reponse.oui",
		get: func(p *profile.Person) string {
			switch {
			case !p.Incomes.Known:
				return ""
			case len(p.Incomes.Value) == 0:
				return none
			}
			return p.Incomes.Value[0].Kind
		},
		set: func(p *profile.Person, v string) {
			switch {
			case v == "":
				p.Incomes = profile.Opt[[]profile.Income]{}
			case v == none:
				p.Incomes = profile.Some([]profile.Income{})
			default:
				p.Incomes = profile.Some(keepKinds(p.Incomes.Value, []string{v}))
			}
		},
		open:    func(p *profile.Person) bool { return !p.Incomes.Known },
		follows: func(a *answers) int { return len(a.children()) },
	}
)

const (
	european         = "ue"
	foreign          = "hors_ue"
	permitField      = "titre_sejour"
	stayField        = "sejour_regulier_depuis"
	provenField      = "sejour_justifie"
	restrictionField = "handicap.rsdae"
	incomeField      = "revenus"
)

// yesNo makes a question about a truth of each person.
func yesNo(name, field string, of func(*profile.Person) *profile.Opt[bool]) each {
	return each{
		name: name, field: field, people: (*answers).everyone,
		values: []string{"oui", "non"}, prefix: "reponse.", nobody: "non", no: "reponse.personne", yes: "reponse.quelquun",
		get: func(p *profile.Person) string {
			switch v := of(p); {
			case !v.Known:
				return ""
			case v.Value:
				return "oui"
			}
			return "non"
		},
		set: func(p *profile.Person, v string) {
			if *of(p) = (profile.Opt[bool]{}); v != "" {
				*of(p) = profile.Some(v == "oui")
			}
		},
	}
}

// rateBand gives the band of a disability rate by its lower bound, in percent: the decisions of the MDPH state bands,
// and the lower bound is what a person of that band can rely on.
func rateBand(p *profile.Person) string {
	switch v := p.DisabilityRate; {
	case !v.Known:
		return ""
	case v.Value >= 80:
		return "80"
	case v.Value >= 50:
		return "50"
	}
	return "0"
}

func setRateBand(p *profile.Person, v string) {
	rate, err := strconv.ParseFloat(v, 64)
	if p.DisabilityRate = (profile.Opt[float64]{}); err == nil {
		p.DisabilityRate = profile.Some(rate)
	}
}

// between says whether a person's rate lies in the band where the restriction of access to work counts.
func between(p *profile.Person) bool { return rateBand(p) == "50" }

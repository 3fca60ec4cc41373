// Package profiletest draws households for tests that hold of all of them: complete ones, ones of which something was
// forgotten, and the households that such a one may turn out to be.
package profiletest

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

// Communes are where the households live: of each zone, with arrondissements, whole cities, a former commune and Alsace.
var Communes = []string{"13055", "15014", "23096", "35238", "62041", "63113", "69123", "75119", "93055", "93066", "75056", "13201", "01059", "2A004", "67482"}

// Day draws a day on which rights are computed: of 2024 to 2026.
func Day(t *rapid.T) profile.Date {
	return profile.DateOf(rapid.IntRange(2024, 2026).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"))
}

// Draw draws a complete profile, valid and stating its date: couples and single people, children, foreigners, disabled
// people, every kind of income, steady and irregular. Some facts are left to the contract's defaults.
func Draw(t *rapid.T) *profile.Profile {
	return Complete(t, &profile.Profile{Date: Day(t)})
}

// Complete draws a complete profile that agrees with everything a partial one states. A partial profile without a date
// keeps none: its ages are those of today, which [CompleteAt] takes.
func Complete(t *rapid.T, partial *profile.Profile) *profile.Profile {
	return CompleteAt(t, partial, partial.Date)
}

// CompleteAt is [Complete] at a day that the profile need not state.
func CompleteAt(t *rapid.T, partial *profile.Profile, day profile.Date) *profile.Profile {
	p := Clone(partial)
	p.Complete = true
	d := drawer{t, p, day}
	d.couple()
	d.parents()
	d.children()
	d.isolation()
	d.dwelling()
	d.money()
	return p
}

// drawer fills what a profile leaves unknown.
type drawer struct {
	*rapid.T
	p   *profile.Profile
	day profile.Date
}

func (d *drawer) chance(label string, in int) bool {
	return rapid.IntRange(1, in).Draw(d.T, label) == 1
}

func (d *drawer) of(v *string, values []string, label string) {
	if *v == "" {
		*v = rapid.SampledFrom(values).Draw(d.T, label)
	}
}

// amount draws euros and cents, often none and sometimes the most there can be.
func (d *drawer) amount(most float64, label string) float64 {
	switch rapid.IntRange(0, 9).Draw(d.T, label+" size") {
	case 0, 1:
		return 0
	case 2:
		return most
	case 3:
		return rapid.Float64Range(0, most).Draw(d.T, label)
	}
	return float64(rapid.IntRange(0, int(min(most, 3000)*100)).Draw(d.T, label)) / 100
}

// date draws a day of the calendar between two, both included; high when there is none between.
func (d *drawer) date(low, high profile.Date, label string) profile.Date {
	if high <= low {
		return high
	}
	drawn := profile.Date(rapid.IntRange(int(low), int(high)).Draw(d.T, label))
	m := drawn.Day().Month()
	return min(max(profile.DateOf(m.Year(), m.Calendar(), min(int(drawn)&31+1, 28)), low), high)
}

// years moves a day by whole years, to the 28th of its month at the latest so that it is always in the calendar.
func years(day profile.Date, n int) profile.Date {
	m := day.Day().Month()
	return profile.DateOf(m.Year()+n, m.Calendar(), min(int(day)&31+1, 28))
}

func (d *drawer) couple() {
	if d.p.Couple == "" {
		switch {
		case d.p.Spouse != nil:
			d.of(&d.p.Couple, fact.Couples[1:], "couple")
		case d.p.IsolatedFrom.Known():
			d.p.Couple = fact.Couples[0]
		case len(d.p.Children.Value) >= fact.MaxPeople-1:
			d.p.Couple = fact.Couples[0]
		default:
			d.of(&d.p.Couple, fact.Couples, "couple")
		}
	}
	if d.p.Couple != fact.Couples[0] && d.p.Spouse == nil {
		d.p.Spouse = new(profile.Person)
	}
}

// parents: they are older than their children, than their stay and than their isolation.
func (d *drawer) parents() {
	latest := years(d.day, -14)
	if d.day.Day().Month() == latest.Day().Month()+14*12 && int(d.day)&31 >= 28 {
		latest = years(d.day, -15)
	}
	for i := range d.p.Children.Value {
		for _, known := range []profile.Date{d.p.Children.Value[i].Birth, d.p.Children.Value[i].StayFrom} {
			if known.Known() {
				latest = min(latest, years(known, -1))
			}
		}
	}
	claimant := latest
	for _, known := range []profile.Date{d.p.IsolatedFrom, d.p.ResidentFrom} {
		if known.Known() {
			claimant = min(claimant, years(known, -1))
		}
	}
	d.adult(&d.p.Claimant, claimant, "claimant")
	if d.p.Spouse != nil {
		d.adult(d.p.Spouse, latest, "spouse")
	}
}

func (d *drawer) adult(q *profile.Person, latest profile.Date, label string) {
	if q.StayFrom.Known() {
		latest = min(latest, q.StayFrom)
	}
	if !q.Birth.Known() {
		q.Birth = d.date(max(years(d.day, -119), min(latest, years(d.day, -90))), latest, label+" birth")
	}
	d.person(q, false, label)
}

func (d *drawer) children() {
	adults := 1
	if d.p.Spouse != nil {
		adults = 2
	}
	if !d.p.Children.Known {
		count := rapid.SampledFrom([]int{0, 0, 1, 1, 2, 2, 3, 4, 6, fact.MaxPeople - adults}).Draw(d.T, "children")
		d.p.Children = profile.Some(make([]profile.Person, count))
	}
	earliest := max(years(d.day, -29), d.p.Claimant.Birth+1)
	if d.p.Spouse != nil {
		earliest = max(earliest, d.p.Spouse.Birth+1)
	}
	if m := earliest.Day().Month(); int(earliest)&31+1 > 28 {
		earliest = profile.Date((int(m) + 1) * 32) // the next 1st: that day is in every calendar
	}
	for i := range d.p.Children.Value {
		q := &d.p.Children.Value[i]
		if !q.Birth.Known() {
			latest := d.day
			if q.StayFrom.Known() {
				latest = min(latest, q.StayFrom)
			}
			q.Birth = d.date(earliest, latest, "child birth")
		}
		d.person(q, true, "child")
	}
}

func (d *drawer) isolation() {
	if d.p.Couple == fact.Couples[0] && !d.p.IsolatedFrom.Known() && d.chance("isolated since", 2) {
		d.p.IsolatedFrom = d.date(d.p.Claimant.Birth, d.day, "isolation")
	}
}

func (d *drawer) person(q *profile.Person, child bool, label string) {
	d.residence(q)
	if q.Activity == "" && d.chance(label+" works", 2) {
		d.of(&q.Activity, fact.Activities, label+" activity")
	}
	if q.Schooling == "" && d.chance(label+" school", 4) {
		d.of(&q.Schooling, fact.Schools, label+" school")
	}
	d.flag(&q.Pregnant, label+" pregnant")
	d.flag(&q.WorkRestriction, label+" restricted")
	d.flag(&q.Unfit, label+" unfit")
	if child {
		d.flag(&q.SharedCustody, label+" shared")
	}
	if !q.DisabilityRate.Known && d.chance(label+" disabled", 3) {
		q.DisabilityRate = profile.Some(rapid.SampledFrom([]float64{0, 49.9, 50, 79, 80, 100}).Draw(d.T, label+" rate"))
	}
	d.incomes(q, child, label)
}

func (d *drawer) flag(v *profile.Opt[bool], label string) {
	if !v.Known && d.chance(label+" stated", 3) {
		*v = profile.Some(rapid.Bool().Draw(d.T, label))
	}
}

// residence draws a nationality that the permit and the proof allow, then the permit, the proof and the stay.
func (d *drawer) residence(q *profile.Person) {
	if q.Nationality == "" {
		values := []string{"francaise", "francaise", "francaise", "ue", "hors_ue"}
		if q.Permit != "" && q.Permit != "aucun" || q.StayProven.Known && !q.StayProven.Value {
			values = values[3:]
		}
		d.of(&q.Nationality, values, "nationality")
	}
	if q.Nationality != "francaise" {
		d.flag(&q.StayProven, "stay proven")
	}
	if q.Nationality == "hors_ue" && d.chance("permit", 2) {
		d.of(&q.Permit, fact.Permits, "permit")
	}
	if q.Nationality != "francaise" && !q.StayFrom.Known() && d.chance("stay", 2) {
		q.StayFrom = d.date(q.Birth, d.day, "stay")
	}
}

// incomes draws those of a person of whom none or some kinds are known.
func (d *drawer) incomes(q *profile.Person, child bool, label string) {
	if !q.Incomes.Known {
		kinds := 0
		if !child || d.chance(label+" earns", 5) {
			kinds = rapid.SampledFrom([]int{0, 1, 1, 1, 2, 3, fact.IncomeKinds}).Draw(d.T, label+" incomes")
		}
		order := rapid.Permutation(fact.Incomes).Draw(d.T, label+" kinds")
		q.Incomes = profile.Some(make([]profile.Income, kinds))
		for i := range kinds {
			q.Incomes.Value[i].Kind = order[i]
		}
	}
	for i := range q.Incomes.Value {
		if in := &q.Incomes.Value[i]; !in.Net.Known {
			d.income(in, label+" "+in.Kind)
		}
	}
}

// mostNet leaves room for the gross amount, which has the same bound.
const mostNet = 30_000

func (d *drawer) income(in *profile.Income, label string) {
	in.Net = profile.Some(d.amount(mostNet, label))
	if d.chance(label+" taxable", 3) {
		in.Taxable = profile.Some(in.Net.Value * rapid.Float64Range(0.9, 1.1).Draw(d.T, label+" ratio"))
	}
	if d.chance(label+" gross", 5) {
		in.Gross = profile.Some(in.Net.Value * rapid.Float64Range(1, 1.4).Draw(d.T, label+" gross ratio"))
	}
	if d.chance(label+" irregular", 3) {
		for back := range rapid.IntRange(1, 6).Draw(d.T, label+" months") {
			if month := d.day.Day().Month() - fact.Month(back*3/2); d.chance(label+" month", 2) {
				in.Months = append(in.Months, profile.MonthAmount{Month: month, Amount: d.amount(mostNet, label+" of a month")})
			}
		}
	}
	if d.chance(label+" years", 5) {
		year := d.day.Day().Month().Year() - rapid.IntRange(0, 4).Draw(d.T, label+" year")
		in.Years = append(in.Years, profile.YearAmount{Year: year, Amount: d.amount(12*mostNet, label+" of a year")})
	}
}

// dwelling: who owns or is put up pays no rent.
func (d *drawer) dwelling() {
	d.of(&d.p.Commune, Communes, "commune")
	h := &d.p.Housing
	free := []string{"proprietaire", "heberge_gratuitement", "sans_domicile"}
	if h.Status == "" {
		values := fact.Statuses
		if h.Rent.Known && h.Rent.Value > 0 {
			values = slices.DeleteFunc(slices.Clone(values), func(s string) bool { return slices.Contains(free, s) })
		}
		switch {
		case h.LoanSigned.Known() || h.Loan != "" || h.LoanFor != "":
			values = []string{"accedant"}
		case strings.HasPrefix(h.Regime, "chambre"):
			values = []string{"residence_etudiante"}
		case h.Regime == "conventionne_sans_travaux":
			values = []string{"foyer"}
		case h.Regime != "":
			values = []string{"foyer", "residence_etudiante"}
		}
		d.of(&h.Status, values, "status")
	}
	switch h.Status {
	case "foyer":
		d.of(&h.Regime, fact.Regimes[:3], "regime")
	case "residence_etudiante":
		d.of(&h.Regime, []string{"conventionne", "non_conventionne", "chambre", "chambre_rehabilitee"}, "regime")
	case "accedant":
		if h.LoanFor == "travaux" {
			d.of(&h.Loan, []string{"conventionne", "ordinaire"}, "loan")
		}
		if d.of(&h.Loan, fact.LoanKinds, "loan"); h.Loan == "pap" {
			d.of(&h.LoanFor, []string{"neuf", "ancien", "agrandissement"}, "loan for")
		}
		d.of(&h.LoanFor, fact.LoanPurposes, "loan for")
		if !h.LoanSigned.Known() {
			h.LoanSigned = d.date(years(d.day, -30), d.day, "loan signed")
		}
	}
	if !h.Rent.Known && !slices.Contains(free, h.Status) {
		h.Rent = profile.Some(d.amount(20_000, "rent"))
	}
	if !h.Charges.Known && d.chance("charges", 2) {
		h.Charges = profile.Some(d.amount(5_000, "charges"))
	}
}

func (d *drawer) money() {
	p := d.p
	if !p.TaxHousehold.Income.Known && d.chance("rfr", 3) {
		p.TaxHousehold.Income = profile.Some(d.amount(5_000_000, "rfr"))
	}
	if !p.TaxHousehold.Parts.Known && d.chance("parts", 3) {
		p.TaxHousehold.Parts = profile.Some(float64(rapid.IntRange(4, 20).Draw(d.T, "parts")) / 4)
	}
	if !p.Savings.Known && d.chance("savings", 3) {
		p.Savings = profile.Some(d.amount(10_000_000, "savings"))
	}
	if !p.Quotient.Known && d.chance("quotient", 3) {
		p.Quotient = profile.Some(d.amount(50_000, "quotient"))
	}
	if !p.FixedCharges.Known && d.chance("fixed charges", 3) {
		p.FixedCharges = profile.Some(d.amount(20_000, "fixed charges"))
	}
	if !p.ResidentFrom.Known() && d.chance("resident since", 3) {
		p.ResidentFrom = d.date(p.Claimant.Birth, d.day, "residence")
	}
	if !p.Received.Known && d.chance("received", 2) {
		for _, aid := range []string{"af", "rsa", "prime_activite", "aide_logement", "aah", "aspa"} {
			if d.chance("receives "+aid, 3) {
				p.Received.Value = append(p.Received.Value, profile.Benefit{Aid: aid, Amount: profile.Some(d.amount(2000, aid))})
			}
		}
		p.Received.Known = true
	}
}

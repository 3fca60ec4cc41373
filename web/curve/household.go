package curve

import (
	"guichet/engine/fact"
	"guichet/engine/profile"
)

// A Household is a typical one, whole but for its one income.
type Household struct {
	ID       string  // of its words: courbe.foyer.…
	Income   string  // the kind that varies, one of fact.Incomes
	Rent     float64 // EUR/month, of an unfurnished home
	activity string  // of who has the income, once there is some
	idle     string  // before
	adults   []int   // ages in years
	children []int
	rate     float64 // of the claimant's disability
}

// Commune is where typical households rent unless a chart says otherwise: Lille, in the second of the three zones of housing aid.
const Commune = "59350"

// Households are the typical ones, in the order in which an aid looks for those that it serves.
var Households = []Household{
	{ID: "seul", Income: "salaire", activity: "salarie", idle: "inactif", Rent: 450, adults: []int{35}},
	{ID: "parent", Income: "salaire", activity: "salarie", idle: "inactif", Rent: 550, adults: []int{35}, children: []int{8}},
	{ID: "couple_deux", Income: "salaire", activity: "salarie", idle: "inactif", Rent: 650, adults: []int{35, 35}, children: []int{6, 9}},
	{ID: "couple_trois", Income: "salaire", activity: "salarie", idle: "inactif", Rent: 750, adults: []int{35, 35}, children: []int{4, 8, 12}},
	{ID: "couple_bebe", Income: "salaire", activity: "salarie", idle: "inactif", Rent: 550, adults: []int{30, 30}, children: []int{1}},
	{ID: "retraite", Income: "retraite", activity: "retraite", idle: "retraite", Rent: 450, adults: []int{70}},
	{ID: "couple_retraite", Income: "retraite", activity: "retraite", idle: "retraite", Rent: 550, adults: []int{70, 70}},
	{ID: "handicap", Income: "salaire", activity: "salarie", idle: "inactif", Rent: 450, adults: []int{40}, rate: 80},
	{ID: "invalide", Income: "pension_invalidite", activity: "inactif", idle: "inactif", Rent: 450, adults: []int{50}},
	{ID: "handicap_pension", Income: "pension_invalidite", activity: "inactif", idle: "inactif", Rent: 450, adults: []int{50}, rate: 80},
}

// Profile gives the household in a commune on a day with an income, in net EUR per month. It has had that income for four
// years, has the same ages on any day, nothing else, and says so.
func (h Household) Profile(commune string, on profile.Date, income float64) *profile.Profile {
	p := &profile.Profile{
		Date: on, Complete: true, Commune: commune, Couple: "non",
		Housing: profile.Housing{Status: "locataire_vide", Rent: profile.Some(h.Rent)},
	}
	p.Claimant = profile.Person{Birth: born(on, h.adults[0]), Activity: h.idle, Incomes: profile.Some([]profile.Income{})}
	if h.rate > 0 {
		p.Claimant.DisabilityRate = profile.Some(h.rate)
	}
	if income > 0 {
		p.Claimant.Activity = h.activity
		p.Claimant.Incomes.Value = []profile.Income{{Kind: h.Income, Net: profile.Some(income)}}
	}
	if len(h.adults) > 1 {
		p.Couple = "marie"
		p.Spouse = &profile.Person{Birth: born(on, h.adults[1]), Activity: h.idle, Incomes: profile.Some([]profile.Income{})}
	}
	children := make([]profile.Person, len(h.children))
	for i, age := range h.children {
		children[i] = profile.Person{Birth: born(on, age)}
	}
	p.Children = profile.Some(children)
	return p
}

// born gives the birth of someone who is an age and six months on a day.
func born(on profile.Date, age int) profile.Date {
	return profile.Date(int(on.Day().Month()-fact.Month(12*age+6)) * 32)
}

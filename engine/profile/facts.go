package profile

import (
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/territory"
)

// longAgo is how long ago something began of which only the contract's default is known, in years: an isolation, "more than
// 18 months ago", or the life in the commune.
const longAgo = 20

// Facts fills h with what p states, for the month of its date, or of today when it has none. h is used again without
// allocating; what it held is lost. Of a fact that p does not state, h holds the default when p is complete and else the
// whole domain, with one question for each missing fact, numbered only as they are missing, in a stable order.
//
// Some facts follow from others and are never asked: the permit of a French or European person, the stay of a French
// person (from birth), the rent of a dwelling without rent, the isolation of a couple, an adult's shared custody. Seven
// facts have no default even in a complete profile: foyer_fiscal.rfr and foyer_fiscal.parts, which rules derive from the
// incomes; quotient_familial, which only a certificate tells; logement.regime of a home or a student residence and
// logement.pret, logement.pret_pour and logement.pret_signe_le of a loan, since any presumption would make a false right. They stay unknown there, and only a rule that
// reads them without deriving them is undecided; where the first of them is to be read, foyer_fiscal.rfr_selon tells, which no
// profile states.
//
// The error is an [*Error]: what [Profile.Check] says of p, or an income of which a derived amount is out of bounds.
func (p *Profile) Facts(h *fact.Household, today Date, conv *Conversions) error {
	c := checker{day: p.Day(today)}
	if c.profile(p); len(c.problems) > 0 {
		return c.err()
	}
	f := filler{h: h, p: p, day: c.day, conv: conv}
	f.household()
	return f.err()
}

// filler fills one household.
type filler struct {
	problems
	h      *fact.Household
	p      *Profile
	day    Date
	conv   *Conversions
	shared fact.Set // the one question that every fact of a generic person has
	tables int      // of h.Tables in use
}

func (f *filler) household() {
	h, p := f.h, f.p
	h.Month = f.day.Day().Month()
	h.People, h.Adults, h.Children, h.All = h.People[:0], h.Adults[:0], h.Children[:0], h.All[:0]
	h.Questions, h.Stated = h.Questions[:0], 0

	couple := f.couple()
	h.Choices[fact.Couple] = couple
	f.isolation(couple)
	f.place()
	f.dwelling()
	f.number(fact.TaxIncome, p.TaxHousehold.Income, false)
	f.taxIncomeFrom()
	f.number(fact.TaxParts, p.TaxHousehold.Parts, false)
	f.number(fact.Savings, p.Savings, p.Complete)
	f.number(fact.FamilyQuotient, p.Quotient, false)
	f.number(fact.FixedCharges, p.FixedCharges, p.Complete)
	f.resident()
	f.received()

	f.person(claimant, &p.Claimant, false)
	single := couple.Mask == 1
	switch {
	case p.Spouse != nil:
		f.person(spouse, p.Spouse, false)
	case single:
	case couple.Decided():
		f.person(spouse, &Person{}, false)
	default:
		f.generic(couple.Miss, 1, false)
	}
	switch {
	case p.Children.Known:
		for i := range p.Children.Value {
			f.person(firstChild+i, &p.Children.Value[i], true)
		}
	case !p.Complete:
		certain := 1
		if couple.Mask&1 == 0 {
			certain = 2
		}
		f.generic(f.ask("enfants"), fact.MaxPeople-certain, true)
	}
}

// ask gives the question for the missing fact of that path.
func (f *filler) ask(path string) fact.Set {
	f.h.Questions = append(f.h.Questions, path)
	return fact.Bit(len(f.h.Questions) - 1)
}

func (f *filler) state(i int) { f.h.Stated |= 1 << i }

// The places of the household's facts in fact.HouseholdFacts, which [fact.Household.Stated] counts by.
var (
	statedCouple    = householdFact("couple")
	statedIsolation = householdFact("isole_depuis")
	statedZone      = householdFact("zone_apl")
	statedTerritory = householdFact("territoire")
	statedHousing   = householdFact("logement.statut")
	statedResidence = householdFact("residence_commune_depuis")
	statedRegime    = householdFact("logement.regime")
	statedLoan      = householdFact("logement.pret")
	statedLoanFor   = householdFact("logement.pret_pour")
	statedLoanDay   = householdFact("logement.pret_signe_le")
)

func householdFact(name string) int {
	for i := range fact.HouseholdFacts {
		if fact.HouseholdFacts[i].Name == name {
			return i
		}
	}
	panic("profile: no fact " + name)
}

// every gives the choice of all the values of an enumeration.
func every(values []string) uint32 { return 1<<len(values) - 1 }

func only(values []string, v string) fact.Choice { return fact.Choice{Mask: 1 << index(values, v)} }

// couple: a spouse who is described leaves only the kind of couple open, and an isolation leaves none.
func (f *filler) couple() fact.Choice {
	switch p := f.p; {
	case p.Couple != "":
		f.state(statedCouple)
		return only(fact.Couples, p.Couple)
	case p.Complete:
		return only(fact.Couples, "non")
	case p.IsolatedFrom.Known(): // which no couple states
		return only(fact.Couples, "non")
	case p.Spouse != nil:
		return fact.Choice{Mask: every(fact.Couples) &^ 1, Miss: f.ask("couple")}
	}
	return fact.Choice{Mask: every(fact.Couples), Miss: f.ask("couple")}
}

func (f *filler) isolation(couple fact.Choice) {
	n := &f.h.Nums[fact.IsolatedFrom]
	switch {
	case f.p.IsolatedFrom.Known():
		f.state(statedIsolation)
		*n = known(f.p.IsolatedFrom)
	case f.p.Complete || couple.Mask&1 == 0:
		*n = known(f.day.yearsBefore(longAgo))
	default:
		*n = f.between(f.day.yearsBefore(maxAge), f.day, f.ask("isole_depuis"))
	}
}

func (f *filler) resident() {
	n := &f.h.Nums[fact.ResidentFrom]
	switch {
	case f.p.ResidentFrom.Known():
		f.state(statedResidence)
		*n = known(f.p.ResidentFrom)
	case f.p.Complete:
		*n = known(f.day.yearsBefore(longAgo))
	default:
		*n = f.between(f.day.yearsBefore(maxAge), f.day, f.ask("residence_commune_depuis"))
	}
}

// received: the list of what is received tells of every aid, but for those that it names as not known. Without a list, the list is
// asked for, once; an aid that it leaves open is a question of its own.
func (f *filler) received() {
	list := f.p.Received
	var whole fact.Set
	if !list.Known && !f.p.Complete {
		whole = f.ask("prestations_percues")
	}
	for i := range fact.HouseholdFacts {
		d := &fact.HouseholdFacts[i]
		if !fact.OfReceived[d.Name] {
			continue
		}
		_, aid, _ := strings.Cut(d.Name, ".")
		at := slices.IndexFunc(list.Value, func(b Benefit) bool { return b.Aid == aid })
		v := &f.h.Flags[d.Slot]
		switch {
		case !whole.Empty():
			*v = fact.Tri{V: fact.Either, Miss: whole}
		case at >= 0 && list.Value[at].Unknown:
			*v = fact.Tri{V: fact.Either, Miss: f.ask(d.Name)}
		default:
			*v = fact.Is(at >= 0)
			if list.Known {
				f.state(i)
			}
		}
	}
}

// place: a complete profile may leave the commune out only when it has no rent to which a zone matters; the zone is then
// the third, which is the law's for whatever is in no other, and no local law applies. The fictitious commune is in no other either.
func (f *filler) place() {
	z, t, place := &f.h.Choices[fact.Zone], &f.h.Choices[fact.Territory], &f.h.Place
	*place = fact.Place{}
	if f.p.Commune == territory.Fictitious {
		f.state(statedZone)
		f.state(statedTerritory)
		*z, *t, place.Commune = only(fact.Zones, "zone_3"), only(fact.Territories, "metropole"), territory.Fictitious
		return
	}
	if f.p.Commune != "" {
		if commune, ok := territory.Find(f.p.Commune); ok {
			f.state(statedZone)
			f.state(statedTerritory)
			*z, *t = only(fact.Zones, commune.Zone), only(fact.Territories, territoryOf(commune))
			place.Commune, place.Departement = commune.City(), commune.Departement()
			return
		}
	}
	if f.p.Complete {
		*z, *t = only(fact.Zones, "zone_3"), only(fact.Territories, "metropole")
		return
	}
	place.Miss = f.ask("commune")
	*z, *t = fact.Choice{Mask: every(fact.Zones), Miss: place.Miss}, fact.Choice{Mask: every(fact.Territories), Miss: place.Miss}
}

// territoryOf tells the départements that have a local health scheme (CSS L325-1) from the others.
func territoryOf(c territory.Commune) string {
	switch c.Departement() {
	case "57", "67", "68":
		return "alsace_moselle"
	default:
		return "metropole"
	}
}

// taxIncomeFrom: a complete profile that states no reference tax income leaves it to the incomes. Everywhere else it is the
// tax notice's, whose unknown figure covers what the incomes would give: to ask for them would settle nothing.
func (f *filler) taxIncomeFrom() {
	source := "avis"
	if f.p.Complete && !f.p.TaxHousehold.Income.Known {
		source = "revenus"
	}
	f.h.Choices[fact.TaxIncomeFrom] = only(fact.TaxSources, source)
}

// number fills a number of the household; absent, it is zero when none says so, else any of its domain.
func (f *filler) number(slot int, v Opt[float64], none bool) {
	for i := range fact.HouseholdFacts {
		if d := &fact.HouseholdFacts[i]; d.Kind == fact.Number && d.Slot == slot {
			switch {
			case v.Known:
				f.state(i)
				f.h.Nums[slot] = fact.Known(v.Value)
			case none:
				f.h.Nums[slot] = fact.Known(0)
			default:
				f.h.Nums[slot] = fact.Between(d.Min, d.Max, f.ask(d.Name))
			}
			return
		}
	}
}

func known(d Date) fact.Num { return fact.Known(float64(d)) }

func (f *filler) between(low, high Date, miss fact.Set) fact.Num {
	return fact.Between(float64(low), float64(high), miss)
}

package limit

import (
	"guichet/engine/fact"
)

// The values of the profile's enumerations that this law tells apart, as bits of [fact.Choice.Mask].
const (
	single  = 1 << 0 // of couple
	married = 1 << 1

	french   = 1 << 0 // of nationalite
	european = 1 << 1
	foreign  = 1 << 2

	residentCard = 1 << 0 // of titre_sejour
	stayCard     = 1 << 1
	refugee      = 1 << 2
	protected    = 1 << 3
	stateless    = 1 << 4
	receipt      = 1 << 5

	employee    = 1 << 0 // of activite
	independent = 1 << 1
	apprentice  = 1 << 2
	intern      = 1 << 3
	student     = 1 << 4
	jobseeker   = 1 << 5
	retired     = 1 << 6

	furnished = 1 << 1 // of logement.statut
	social    = 1 << 2
	shared    = 1 << 3
	tenant    = 1<<4 - 1
	home      = 1 << 4
	hall      = 1 << 5
	buyer     = 1 << 6
	owner     = 1 << 7
	hosted    = 1 << 8
)

// The kinds of income, as slots of [fact.Person.Incomes].
const (
	wage = iota
	selfEmployed
	micro
	unemployment
	sickness
	pension
	invalidity
	alimony
	alimonyPaid
	grant
	rental
	capital
	other
)

// Calculator computes one household after another without allocating. It is not safe for concurrent use.
type Calculator struct {
	law    *Law
	h      *fact.Household
	now    fact.Month
	status uint32
	regime uint32
	couple bool
	admits bool // see admitting
	zone   int
	earns  [fact.MaxPeople]bool // has some income at all, in whatever month

	states [reach]state
}

// reach is how many months, the one asked for first, the two aids look at as a whole: the oldest of the reference quarter and
// the one before it.
const reach = 6

// state is what one month's computation keeps for the aids that read it.
type state struct {
	hasDependants, hasFoyer, hasAmounts, hasRSA, hasHousing, hasBenefits, hasMinima bool

	dependants int
	foyer      foyer
	housing    housing
	amounts    amounts
	rsa        float64
	benefits   float64    // prestations_familiales_comptees
	aah, asi   [2]float64 // of each adult
	aspa       float64
}

// NewCalculator makes a calculator for a law.
func NewCalculator(l *Law) *Calculator { return &Calculator{law: l} }

// Rights gives the gross amounts of the revenu de solidarité active and of the prime d'activité, in EUR a month, of a complete
// household at the month of h.
func (c *Calculator) Rights(h *fact.Household) (rsa, ppa float64) {
	c.begin(h)
	return c.rsa(0), c.prime()
}

func (c *Calculator) begin(h *fact.Household) {
	c.h, c.now = h, h.Month
	c.status, c.regime = h.Choices[fact.HousingStatus].Mask, h.Choices[fact.HousingRegime].Mask
	c.couple = h.Choices[fact.Couple].Mask != single
	c.zone = int(h.Choices[fact.Zone].Mask >> 1) // 1, 2, 4 → 0, 1, 2
	c.admits = c.admitting()
	for i := range h.People {
		c.earns[i] = earns(&h.People[i])
	}
	for i := range c.states {
		s := &c.states[i]
		s.hasDependants, s.hasFoyer, s.hasAmounts, s.hasRSA, s.hasHousing, s.hasBenefits, s.hasMinima = false, false, false, false, false, false, false
	}
}

func earns(p *fact.Person) bool {
	for k := range p.Incomes {
		s := &p.Incomes[k]
		if s.Months != nil || s.Steady != [3]float64{} {
			return true
		}
	}
	return false
}

// at gives the law back months before the month asked for.
func (c *Calculator) at(back int) *month { return c.law.at(c.now - fact.Month(back)) }

// january gives how many months back January of the year d years away from that of the month back lies.
func (c *Calculator) january(back, d int) int {
	return int(c.now - (c.now - fact.Month(back)).January(d))
}

func nationality(p *fact.Person) uint32 { return p.Choices[fact.Nationality].Mask }
func permit(p *fact.Person) uint32      { return p.Choices[fact.Permit].Mask }
func activity(p *fact.Person) uint32    { return p.Choices[fact.Activity].Mask }

// since gives the full months from a day to the first of the month back.
func (c *Calculator) since(day fact.Num, back int) int {
	return fact.FullMonths(fact.Day(day.Lo), c.now-fact.Month(back))
}

// lived gives the age in months on the last day of the month back, negative before birth.
func (c *Calculator) lived(p *fact.Person, back int) int { return c.calendar(p.Nums[fact.Birth], back) }

// calendar gives the months of the calendar from that of a day to the month back.
func (c *Calculator) calendar(day fact.Num, back int) int {
	return fact.CalendarMonths(fact.Day(day.Lo), c.now-fact.Month(back))
}

// months gives the age in months on the first of the month back, negative before birth.
func (c *Calculator) months(p *fact.Person, back int) int { return c.since(p.Nums[fact.Birth], back) }

// age gives the age in full years of one who is that many months old.
func age(months int) float64 {
	if months < 0 {
		months -= 11
	}
	return float64(months / 12)
}

// income gives one month's amount.
func income(p *fact.Person, kind, face, back int) float64 {
	s := &p.Incomes[kind]
	if s.Months == nil {
		return s.Steady[face]
	}
	return s.Months[face][min(max(back, 0), fact.History-1)]
}

// net gives the net amounts of some kinds of income in one month.
func net(p *fact.Person, back int, kinds ...int) float64 {
	sum := 0.0
	for _, k := range kinds {
		sum += income(p, k, fact.Net, back)
	}
	return sum
}

// sum adds one income over the months from..to before the month back.
func sum(p *fact.Person, kind, face, back, from, to int) float64 {
	s := &p.Incomes[kind]
	if s.Months == nil {
		return float64(from-to+1) * s.Steady[face]
	}
	total := 0.0
	for i := from; i >= to; i-- {
		total += s.Months[face][min(max(back+i, 0), fact.History-1)]
	}
	return total
}

// mean is sum over a window, by the month.
func mean(p *fact.Person, kind, face, back, from, to int) float64 {
	s := &p.Incomes[kind]
	if s.Months == nil {
		return s.Steady[face]
	}
	return sum(p, kind, face, back, from, to) / float64(from-to+1)
}

// year adds one income over the twelve months that begin january months back.
func year(p *fact.Person, kind, january int) float64 {
	return sum(p, kind, fact.Taxable, 0, january, january-11)
}

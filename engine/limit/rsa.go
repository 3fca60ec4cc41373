package limit

import (
	"guichet/engine/fact"
)

// foyer is the household of the RSA and of the prime d'activité in one month.
type foyer struct {
	children int
	parts    float64 // parts_enfants
	counts   uint32  // the children who are of it, by bit of their place
	charge   bool    // charge_enfant
	raised   bool    // majore
}

func (c *Calculator) foyer(back int) *foyer {
	s := &c.states[back]
	if s.hasFoyer {
		return &s.foyer
	}
	s.hasFoyer = true
	f, l := foyer{}, c.at(back)
	limit := 12 * int(l.rsa.childAge)
	present, infant, pregnant := 0, false, false
	for _, i := range c.h.Adults {
		pregnant = pregnant || c.h.People[i].Flags[fact.Pregnant].V == fact.Yes
	}
	var ages [fact.MaxPeople]int
	for _, i := range c.h.Children {
		m := c.lived(&c.h.People[i], back)
		ages[i] = m
		pregnant = pregnant || c.months(&c.h.People[i], back) < 0
		if m >= 0 && m < limit {
			present++
		}
		infant = infant || m >= 0 && float64(m) < 12*l.rsa.infant
	}
	alone := !c.couple && (pregnant || infant || float64(c.since(c.h.Nums[fact.IsolatedFrom], back)) < l.rsa.months)
	share := l.rsa.second
	switch {
	case alone:
		share = l.rsa.aloneChild
	case present > 2:
		share = l.rsa.third
	case len(c.h.Adults)+present > 2:
		share = l.rsa.next
	}
	f.charge = pregnant
	halves := 0
	for _, i := range c.h.Children {
		if ages[i] < 0 || ages[i] >= limit {
			continue
		}
		if c.earns[i] && c.ownMeans(&c.h.People[i], back, l) >= l.rsa.base*share {
			continue
		}
		f.charge = true
		if !c.admitted(&c.h.People[i]) {
			continue
		}
		f.counts |= 1 << i
		f.children++
		if c.h.People[i].Flags[fact.SharedCustody].V == fact.Yes {
			halves++
		}
	}
	f.parts = float64(f.children) - (1-l.rsa.half)*float64(halves)
	f.raised = alone && f.charge
	s.foyer = f
	return &s.foyer
}

// ownMeans is ressources_propres of a person, in EUR a month.
func (c *Calculator) ownMeans(p *fact.Person, back int, l *month) float64 {
	w := l.quarter
	m := func(kind int) float64 { return mean(p, kind, fact.Net, back, w.From, w.To) }
	unreplaced := net(p, back, unemployment, sickness, pension, invalidity) <= 0
	work := 0.0
	if !unreplaced || activity(p)&(employee|independent|apprentice|intern) != 0 || net(p, back, wage, selfEmployed, micro) > 0 {
		work = m(wage) + m(selfEmployed) + m(micro) + m(sickness)
		if !unreplaced {
			work += m(unemployment)
		}
	}
	rest := m(pension) + m(invalidity) + m(alimony) + m(rental) + m(capital) + m(other)
	if unreplaced && net(p, back, alimony, rental, capital, other) <= 0 {
		rest -= l.rsa.base
	}
	return work + max(0, rest)
}

// worked is heures_travaillees: the hours at the minimum wage that three years of pay stand for.
func (c *Calculator) worked(p *fact.Person, back int, l *month) float64 {
	hours := 0.0
	for i := l.years.From; i >= l.years.To; i-- {
		hours += min(l.rsa.monthHours, income(p, wage, fact.Gross, back+i)/c.at(back+i).smicHourly)
	}
	return hours
}

// amounts are the figures that decide on the RSA of one month.
type amounts struct {
	full, earned, base float64 // montant_forfaitaire, revenus_foyer, base_ressources
	people             int     // nombre_personnes
	stays, studies     bool    // some parent does
	claimable          bool    // ouvre_droit
	old                bool    // age_suffisant
}

func (c *Calculator) amounts(back int) *amounts {
	s := &c.states[back]
	if s.hasAmounts {
		return &s.amounts
	}
	s.hasAmounts, s.amounts = true, amounts{}
	a := &s.amounts
	f, l := c.foyer(back), c.at(back)
	adults, oldest := 0, 0.0
	young := false
	for _, i := range c.h.Adults {
		p := &c.h.People[i]
		years := age(c.lived(p, back))
		oldest = max(oldest, years)
		stays := c.staysForRSA(p, back, l, f.raised)
		studies := f.raised || activity(p)&(student|intern) == 0
		a.studies = a.studies || studies
		if stays {
			adults++
		}
		if c.earns[i] {
			a.earned += c.ownMeans(p, back, l)
		}
		enough := f.charge || years >= l.rsa.age
		if !enough && c.earns[i] && c.worked(p, back, l) >= l.rsa.youngHours {
			young = true
			enough = years >= l.rsa.youngAge
		}
		a.claimable = a.claimable || stays && studies && enough
	}
	a.stays = adults > 0
	a.old = f.charge || oldest >= l.rsa.age || young && oldest >= l.rsa.youngAge
	for _, i := range c.h.Children {
		if c.earns[i] && f.counts>>i&1 != 0 {
			a.earned += c.ownMeans(&c.h.People[i], back, l)
		}
	}
	a.earned += l.rsa.yield * c.h.Nums[fact.Savings].Lo / 12
	adults = max(1, adults)
	a.people = adults + f.children

	a.full = l.rsa.base * l.coefficient(f.raised, float64(adults)+f.parts, f.parts)
	a.base = a.earned + (c.counted(back) + c.minima(back))
	return a
}

// coefficient is rsa.coefficient, for so many parts in all and so many of children.
func (l *month) coefficient(raised bool, parts, children float64) float64 {
	if raised {
		return l.rsa.alone + l.rsa.aloneChild*children
	}
	return 1 + l.rsa.second*min(parts-1, 1) + l.rsa.next*max(parts-2, 0) + (l.rsa.third-l.rsa.next)*max(children-2, 0)
}

// minima is aspa.montant, and the AAH, the MVA and the ASI of both.
func (c *Calculator) minima(back int) float64 {
	s := c.benefits(back)
	total := s.aspa + s.aah[0] + s.aah[1] + s.asi[0] + s.asi[1]
	if own := c.ownHome(back, s); own > 0 && c.withoutRSA(back) > 0 {
		total += own
	}
	return total
}

// benefits computes the AAH, the ASI and the ASPA of a month.
func (c *Calculator) benefits(back int) *state {
	s := &c.states[back]
	if !s.hasMinima {
		s.hasMinima = true
		s.aspa, s.asi, s.aah = c.oldAge(back), c.supplements(back), [2]float64{}
		for n, i := range c.h.Adults {
			s.aah[n] = c.disability(i, back, s.asi[n])
		}
	}
	return s
}

// rsa is rsa.montant.
func (c *Calculator) rsa(back int) float64 {
	s := &c.states[back]
	if s.hasRSA {
		return s.rsa
	}
	s.hasRSA, s.rsa = true, 0
	a, l := c.amounts(back), c.at(back)
	if !a.stays || !a.studies || !a.old || !a.claimable && len(c.h.Adults) > 1 || a.base >= a.full {
		return 0
	}
	dwelling := l.rsa.dwelling[a.people]
	if c.status&(owner|hosted|buyer) == 0 {
		dwelling = min(dwelling, c.withoutRSA(back))
	}
	due := l.cent.Of(max(0, a.full-a.base-dwelling))
	if a.base+dwelling < a.full && due >= l.rsa.least {
		s.rsa = l.cent.Of(due)
	}
	return s.rsa
}

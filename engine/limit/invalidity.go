package limit

import "guichet/engine/fact"

// supplements is asi.montant of each adult.
func (c *Calculator) supplements(back int) (asi [2]float64) {
	n, who := c.invalids(back)
	if n == 0 {
		return asi
	}
	l := c.at(back)
	top := c.invalidTop(l)
	means := c.leastMeans(back, top)
	if means >= top {
		return asi
	}
	due := top - means
	switch {
	case n == 2 || c.oldAgeOpen(back):
		due /= 2
	case c.couple:
		due = min(due, l.asi.one/12-l.asi.pension)
	}
	for i := range who {
		if who[i] {
			asi[i] = l.centDown.Of(max(0, due))
		}
	}
	return asi
}

// invalids is asi.allocataire of each adult, and how many they are.
func (c *Calculator) invalids(back int) (n int, who [2]bool) {
	l := c.at(back)
	for i, k := range c.h.Adults {
		p := &c.h.People[k]
		invalid := income(p, invalidity, fact.Gross, back)
		if invalid+income(p, pension, fact.Gross, back) <= 0 || invalid <= 0 && p.Nums[fact.DisabilityRate].Lo < l.asi.rate {
			continue
		}
		if !c.oldEnough(p, back, l) && c.stays(p, back, l, &l.residence.old) {
			n++
			who[i] = true
		}
	}
	return n, who
}

// invalidTop is asi.plafond_applicable, in EUR a month.
func (c *Calculator) invalidTop(l *month) float64 {
	if c.couple {
		return l.asi.two / 12
	}
	return l.asi.one / 12
}

// besideInvalid is aspa.conjoint_asi, where one adult alone may have the ASPA.
func (c *Calculator) besideInvalid(back int) bool {
	n, _ := c.invalids(back)
	top := c.invalidTop(c.at(back))
	return n > 0 && c.leastMeans(back, top) < top
}

// oldAgeOpen is aspa.ouverte.
func (c *Calculator) oldAgeOpen(back int) bool {
	l := c.at(back)
	top := l.aspa.one / 12
	if c.couple {
		top = l.aspa.two / 12
	}
	return c.pensioners(back, l) > 0 && c.leastMeans(back, top) < top
}

// ownHome is what mva.montant of both adults comes to where there is housing aid: each benefit looks at that in its own way.
func (c *Calculator) ownHome(back int, s *state) float64 {
	l := c.at(back)
	total := 0.0
	for n, i := range c.h.Adults {
		p := &c.h.People[i]
		if p.Nums[fact.DisabilityRate].Lo < l.aah.full || net(p, back, wage, selfEmployed, micro) > 0 {
			continue
		}
		beside := net(p, back, pension, invalidity) > 0 || c.pensioner(p, back, l) && c.pensionerShare(back) > 0
		if s.asi[n] > 0 || s.aah[n] >= l.aah.amount || s.aah[n] > 0 && beside {
			total += l.aah.ownHome
		}
	}
	if c.status&(home|hall) != 0 {
		return 0
	}
	return total
}

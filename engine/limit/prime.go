package limit

import (
	"guichet/engine/fact"
)

// prime is prime_activite.montant at the month asked for: the mean of the primes of the months of the reference quarter.
func (c *Calculator) prime() float64 {
	l := c.at(0)
	if !c.mayClaim(l) {
		return 0
	}
	total, worked := 0.0, 0.0
	for b := l.quarter.From; b >= l.quarter.To; b-- {
		due, pay := c.primeOf(b)
		total += due
		worked += pay
	}
	due := l.cent.Of(total / float64(l.quarter.From-l.quarter.To+1))
	if worked <= 0 || due < l.ppa.least {
		return 0
	}
	return l.cent.Of(due)
}

// mayClaim holds the conditions on persons: age, stay and studies, of one person in a couple.
func (c *Calculator) mayClaim(l *month) bool {
	raised := c.foyer(0).raised
	oldest := 0.0
	stays, studies, one := false, false, false
	for _, i := range c.h.Adults {
		p := &c.h.People[i]
		years := age(c.months(p, 0))
		oldest = max(oldest, years)
		s := c.staysForPrime(p, 0, l, raised)
		t := activity(p)&(student|intern|apprentice) == 0 || raised || !within(l.quarter, func(b int) bool { return c.pay(p, b) <= l.pf.pay })
		stays, studies = stays || s, studies || t
		one = one || s && t && years >= l.ppa.age
	}
	return oldest >= l.ppa.age && stays && studies && (len(c.h.Adults) < 2 || one)
}

// longSick is indemnites_longues.
func (c *Calculator) longSick(p *fact.Person, back int) bool {
	return !within(c.at(back).three, func(b int) bool { return income(p, sickness, fact.Net, back+b) <= 0 })
}

// pay is revenus_travail of a month.
func (c *Calculator) pay(p *fact.Person, back int) float64 {
	v := net(p, back, wage, selfEmployed, micro)
	if s := income(p, sickness, fact.Net, back); s > 0 && !c.longSick(p, back) {
		v += s
	}
	return v
}

// earnings are what a person's month brings to the prime.
type earnings struct{ work, bonus, others float64 }

func (c *Calculator) earnings(p *fact.Person, back int, l *month, aah float64) earnings {
	var e earnings
	e.work = c.pay(p, back)
	e.others = net(p, back, unemployment, pension, invalidity, alimony)
	if s := income(p, sickness, fact.Net, back); s > 0 && c.longSick(p, back) {
		e.others += s
	}
	if e.work >= l.ppa.aahHours*l.smicHourly {
		e.work += aah
	} else {
		e.others += aah
	}
	e.others += patrimony(p, c.january(back, -2)) / 12
	e.bonus = l.ppa.bonus * min(1, max(0, (e.work/l.smicHourly-l.ppa.from)/(l.ppa.to-l.ppa.from)))
	return e
}

// primeOf gives the prime of one month of the quarter, and the pay it rests on.
func (c *Calculator) primeOf(back int) (due, pay float64) {
	f, l := c.foyer(back), c.at(back)
	s := c.benefits(back)
	keep := 1 - l.ppa.fraction
	adults, deducted, bonus, others := 0, 0.0, 0.0, 0.0
	for n, i := range c.h.Adults {
		p := &c.h.People[i]
		counts := len(c.h.Adults) < 2 || c.staysForPrime(p, back, l, f.raised)
		if counts {
			adults++
		}
		if !c.earns[i] && s.aah[n] == 0 {
			continue
		}
		e := c.earnings(p, back, l, s.aah[n])
		others += e.others
		if !counts {
			deducted += e.work
			continue
		}
		pay += e.work
		deducted += keep * e.work
		bonus += e.bonus
	}
	for _, i := range c.h.Children {
		if c.earns[i] && f.counts>>i&1 != 0 {
			e := c.earnings(&c.h.People[i], back, l, 0)
			pay += e.work
			deducted += keep * e.work
			bonus += e.bonus
			others += e.others
		}
	}
	if pay <= 0 {
		return 0, pay
	}
	adults = max(1, adults)
	people := adults + f.children
	others += c.counted(back) + s.aspa + s.asi[0] + s.asi[1]
	if own := c.ownHome(back, s); own > 0 && c.housingAid(back) > 0 {
		others += own
	}

	coefficient := l.ppa.alone + l.ppa.aloneChild*f.parts
	if !f.raised {
		parts := float64(adults) + f.parts
		coefficient = 1 + l.ppa.second*min(parts-1, 1) + l.ppa.next*max(parts-2, 0) + (l.ppa.third-l.ppa.next)*max(f.parts-2, 0)
	}
	dwelling := l.ppa.dwelling[people]
	if c.status&(owner|hosted|buyer) == 0 {
		dwelling = min(dwelling, (1-l.crds)*c.housingAid(back))
	}
	return max(0, bonus+min(l.ppa.fraction*pay, l.ppa.base*coefficient-others-dwelling-deducted)), pay
}

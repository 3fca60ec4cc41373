package limit

import (
	"guichet/engine/fact"
)

// disability is aah.montant of a person whose ASI, served first, is supplement.
func (c *Calculator) disability(i, back int, supplement float64) float64 {
	p := &c.h.People[i]
	l := c.at(back)
	if !c.disabled(p, back, l) {
		return 0
	}
	top, means, pensions := c.disabilityMeans(p, back, l)
	advantages := pensions + supplement
	if c.pensioner(p, back, l) {
		advantages += c.pensionerShare(back)
	}
	if means >= top || advantages >= l.aah.amount {
		return 0
	}
	return l.cent.Of(max(0, min(l.aah.amount, top-means, l.aah.amount-advantages)))
}

// disabled is aah.ouvert.
func (c *Calculator) disabled(p *fact.Person, back int, l *month) bool {
	rate := p.Nums[fact.DisabilityRate].Lo
	if rate < l.aah.full && (rate < l.aah.part || p.Flags[fact.WorkRestriction].V != fact.Yes) {
		return false
	}
	a := age(c.months(p, back))
	if a < l.aah.age || rate < l.aah.full && a >= l.aah.unfit {
		return false
	}
	return (nationality(p) != foreign || inOrder(p)) && c.stays(p, back, l, &l.residence.disabled)
}

// disabilityMeans gives the ceiling, the resources and the pensions that the AAH is held against, in EUR a month.
func (c *Calculator) disabilityMeans(p *fact.Person, back int, l *month) (top, means, pensions float64) {
	top = l.aah.amount * (1 + l.aah.child*float64(c.dependants(back)))
	pensions = net(p, back, pension, invalidity)
	works := func(b int) bool { return net(p, b, wage, selfEmployed, micro) > 0 }
	working := works(back)
	replaced := net(p, back, unemployment, sickness, pension, invalidity) > 0
	kept := 1.0
	if !working {
		kept = 0
		if replaced {
			kept = 1 - l.aah.replaced
		}
	}
	if within(l.nine, func(b int) bool { return works(back + b) }) {
		w := l.three
		m := func(kind, face int) float64 { return mean(p, kind, face, back, w.From, w.To) }
		benefits := m(sickness, fact.Taxable)
		if working || replaced {
			benefits += m(unemployment, fact.Taxable)
		}
		means = l.workCounted(kept*(m(wage, fact.Net)+m(selfEmployed, fact.Net)+m(micro, fact.Net)), c.at(back+1).smicMonthly) +
			l.restCounted(benefits, m(pension, fact.Taxable)+m(invalidity, fact.Taxable)+m(alimony, fact.Taxable),
				m(rental, fact.Taxable)+m(capital, fact.Taxable)+m(other, fact.Taxable)-m(alimonyPaid, fact.Net))
		return top, max(0, means), pensions
	}
	january := c.january(back, -2)
	ly := c.at(january)
	benefits := year(p, sickness, january) / 12
	if replaced {
		benefits += year(p, unemployment, january) / 12
	}
	means = l.workCounted(kept*c.earned(p, january, ly)/12, c.at(c.january(back, -1)+1).smicMonthly) +
		ly.restCounted(benefits, yearPensions(p, january)/12,
			(patrimony(p, january)-sum(p, alimonyPaid, fact.Net, 0, january, january-11))/12)
	return top, max(0, means), pensions
}

// workCounted is activite_comptee: what is left of the pay of a month after both allowances.
func (l *month) workCounted(pay, smic float64) float64 {
	return max((1-l.aah.below)*pay, (1-l.aah.above)*pay-(l.aah.below-l.aah.above)*l.aah.threshold*smic)
}

// restCounted is hors_activite_comptee.
func (l *month) restCounted(benefits, pensions, others float64) float64 {
	return category(benefits, l.wages.rate, l.wages.least) + (1-l.aah.pensions)*category(pensions, l.pensions.rate, l.pensions.least) + others
}

func category(taxable, rate, least float64) float64 {
	return max(0, min((1-rate)*taxable, taxable-least/12))
}

// keeps is aah.conservee.
func (c *Calculator) keeps(p *fact.Person, back int, l *month) bool {
	if c.h.Flags[fact.ReceivesAAH].V != fact.Yes || p.Nums[fact.DisabilityRate].Lo < l.aah.full || age(c.months(p, back)) < l.aah.unfit || c.wholeAAH(p, back, l) <= 0 {
		return false
	}
	if c.h.Flags[fact.ReceivesAspa].V != fact.Yes {
		return true
	}
	for _, i := range c.h.Adults {
		if !c.eligible(&c.h.People[i], back, l) {
			return false
		}
	}
	return len(c.h.Adults) == 2
}

// eligible is aspa.admis.
func (c *Calculator) eligible(p *fact.Person, back int, l *month) bool {
	return c.oldEnough(p, back, l) && c.stays(p, back, l, &l.residence.old)
}

// pensioner is aspa.allocataire.
func (c *Calculator) pensioner(p *fact.Person, back int, l *month) bool {
	return c.eligible(p, back, l) && !c.keeps(p, back, l)
}

// oldEnough is aspa.age_requis.
func (c *Calculator) oldEnough(p *fact.Person, back int, l *month) bool {
	a := age(c.months(p, back))
	return a >= l.aspa.age || a >= l.aspa.unfit && (p.Flags[fact.Unfit].V == fact.Yes || p.Nums[fact.DisabilityRate].Lo >= l.aspa.rate)
}

// pensioners counts the adults who may have the ASPA.
func (c *Calculator) pensioners(back int, l *month) int {
	n := 0
	for _, i := range c.h.Adults {
		if c.pensioner(&c.h.People[i], back, l) {
			n++
		}
	}
	return n
}

// pensionerShare is aspa.part.
func (c *Calculator) pensionerShare(back int) float64 {
	if c.pensioners(back, c.at(back)) == 2 {
		return c.oldAge(back) / 2
	}
	return c.oldAge(back)
}

// oldAge is aspa.montant.
func (c *Calculator) oldAge(back int) float64 {
	l := c.at(back)
	n, beside := c.pensioners(back, l), 0.0
	if n == 0 {
		if beside = c.besideAAH(back, l); beside <= 0 {
			return 0
		}
	}
	top := l.aspa.one
	if c.couple {
		top = l.aspa.two
	}
	top /= 12
	means := c.leastMeans(back, top)
	if means >= top {
		return 0
	}
	most := l.aspa.one
	if n == 0 {
		return l.centDown.Of(max(0, min(beside, top-means)))
	} else if n == 2 {
		most = l.aspa.two
	} else if c.besideInvalid(back) {
		return l.centDown.Of(max(0, min(l.aspa.two/2/12, (top-means)/2)))
	}
	return l.centDown.Of(max(0, min(most/12, top-means)))
}

// besideAAH is the sum of aspa.place_sous_aah.
func (c *Calculator) besideAAH(back int, l *month) (total float64) {
	for _, i := range c.h.Adults {
		p := &c.h.People[i]
		if c.eligible(p, back, l) && c.keeps(p, back, l) {
			total += min(l.aspa.one/12, l.aah.amount-net(p, back, pension, invalidity)-c.wholeAAH(p, back, l))
		}
	}
	return total
}

// leastMeans gives the means that the ASPA and the ASI are held against, in EUR a month: those of the quarter or, when they
// reach the ceiling top, those of twelve months if they are lower.
func (c *Calculator) leastMeans(back int, top float64) float64 {
	l := c.at(back)
	months := l.aspa.offOne
	if c.couple {
		months = l.aspa.offTwo
	}
	off := months / l.aspa.period * c.at(c.january(back, 0)).smicMonthly
	goods := c.h.Nums[fact.Savings].Lo * l.aspa.yield / 12
	means := c.afterWork(back, l.three.From, l.three.To, off) + c.oldAgeMeans(back, l.three.From, l.three.To, false) + goods
	if means < top {
		return means
	}
	return min(means, c.afterWork(back, l.twelve.From, l.twelve.To, off)+c.oldAgeMeans(back, l.twelve.From, l.twelve.To, true)+goods)
}

// afterWork gives the pay of both, by the month, past the allowance.
func (c *Calculator) afterWork(back, from, to int, off float64) float64 {
	pay := 0.0
	for _, i := range c.h.Adults {
		p := &c.h.People[i]
		pay += mean(p, wage, fact.Gross, back, from, to) + mean(p, selfEmployed, fact.Taxable, back, from, to) + mean(p, micro, fact.Net, back, from, to)
	}
	return max(0, pay-off)
}

// oldAgeMeans gives pensions and other resources by the month; the pensions of the day alone, or those of the window.
func (c *Calculator) oldAgeMeans(back, from, to int, today bool) float64 {
	total := 0.0
	for _, i := range c.h.Adults {
		p := &c.h.People[i]
		m := func(kind, face int) float64 { return mean(p, kind, face, back, from, to) }
		if today {
			total += income(p, pension, fact.Gross, back) + income(p, invalidity, fact.Gross, back)
		} else {
			total += m(pension, fact.Gross) + m(invalidity, fact.Gross)
		}
		total += m(unemployment, fact.Gross) + m(sickness, fact.Gross) + m(alimony, fact.Net) + m(grant, fact.Net) +
			m(rental, fact.Net) + m(capital, fact.Net) + m(other, fact.Net)
		aah := 0.0
		for b := from; b >= to; b-- {
			aah += c.beforeOldAge(p, back+b)
		}
		total += aah / float64(from-to+1)
	}
	return total
}

// beforeOldAge is aah.avant_aspa of one who keeps it, or who has neither the ASPA nor a pension, as the ASPA counts it.
func (c *Calculator) beforeOldAge(p *fact.Person, back int) float64 {
	l := c.at(back)
	if !c.keeps(p, back, l) && (c.pensioner(p, back, l) || income(p, pension, fact.Gross, back)+income(p, invalidity, fact.Gross, back) != 0) {
		return 0
	}
	return c.wholeAAH(p, back, l)
}

// wholeAAH is aah.avant_aspa.
func (c *Calculator) wholeAAH(p *fact.Person, back int, l *month) float64 {
	if !c.disabled(p, back, l) {
		return 0
	}
	top, means, pensions := c.disabilityMeans(p, back, l)
	return max(0, min(l.aah.amount, top-means, l.aah.amount-pensions))
}

package limit

import (
	"guichet/engine/fact"
	"guichet/engine/formula"
)

// inCharge is enfant_a_charge, of a child who is that many months old at the end of the month.
func (c *Calculator) inCharge(p *fact.Person, lived, back int, l *month) bool {
	return lived >= 1 && (age(c.months(p, back)) < l.pf.schoolAge || float64(lived) < 12*l.pf.age && c.lowPay(p, back, l))
}

// lowPay is remuneration_limitee.
func (c *Calculator) lowPay(p *fact.Person, back int, l *month) bool {
	return mean(p, wage, fact.Net, back, l.six.From, l.six.To) <= l.pf.pay
}

// dependants is nombre_enfants_a_charge; the months that the two aids look at as a whole are kept.
func (c *Calculator) dependants(back int) int {
	if back < reach && c.states[back].hasDependants {
		return c.states[back].dependants
	}
	n, l := 0, c.at(back)
	for _, i := range c.h.Children {
		if p := &c.h.People[i]; c.inCharge(p, c.lived(p, back), back, l) {
			n++
		}
	}
	if back < reach {
		c.states[back].dependants, c.states[back].hasDependants = n, true
	}
	return n
}

// counted is rsa.prestations_familiales_comptees: the benefits that the minima count.
func (c *Calculator) counted(back int) float64 {
	if len(c.h.Children) == 0 {
		return 0
	}
	s := &c.states[back]
	if s.hasBenefits {
		return s.benefits
	}
	l := c.at(back)
	if !c.anyResides(back, &l.residence.family) {
		s.benefits, s.hasBenefits = 0, true
		return 0
	}
	r := resources{c: c, back: back, l: l}
	total := c.allowances(back, l, &r)
	total += min(c.supplement(back, l, &r), l.rsa.cf*l.bmaf)
	amount, orphans := c.support(back, l)
	total += min(amount, l.rsa.asf*l.bmaf*float64(orphans))
	total += c.infant(back, l, &r)
	s.benefits, s.hasBenefits = total, true
	return total
}

// resources are the resources of the year before last, computed when a benefit first asks.
type resources struct {
	c      *Calculator
	back   int
	l      *month
	known  bool
	total  float64 // ressources_familiales
	relief bool    // deux_revenus_ou_seul
}

func (r *resources) get() (total float64, relief bool) {
	if r.known {
		return r.total, r.relief
	}
	r.known, r.relief = true, true
	january := r.c.january(r.back, -2)
	l := r.c.at(january)
	for _, i := range r.c.h.Adults {
		p := &r.c.h.People[i]
		earned := r.c.earned(p, january, l)
		r.total += r.c.retained(p, r.back, january, r.l, l, earned)
		if r.c.couple && earned < l.ceiling {
			r.relief = false
		}
	}
	return r.total, r.relief
}

// lessWages and lessPensions apply the deductions of the income tax to a year's amount.
func (l *month) lessWages(v float64) float64 {
	return max(0, v-l.euro.Of(min(l.wages.most, max(l.wages.least, l.wages.rate*v))))
}

func (l *month) lessPensions(v float64) float64 {
	return max(0, v-l.euro.Of(min(l.pensions.most, max(l.pensions.least, l.pensions.rate*v))))
}

// earned is revenu_professionnel of the year that begins january months back.
func (c *Calculator) earned(p *fact.Person, january int, l *month) float64 {
	return l.lessWages(year(p, wage, january)) + profits(p, january)
}

func profits(p *fact.Person, january int) float64 {
	return year(p, selfEmployed, january) + year(p, micro, january)
}

func patrimony(p *fact.Person, january int) float64 {
	return year(p, rental, january) + year(p, capital, january) + year(p, other, january)
}

func yearPensions(p *fact.Person, january int) float64 {
	return year(p, pension, january) + year(p, invalidity, january) + year(p, alimony, january)
}

// jobless is chomage_indemnise or chomage_non_indemnise at the month back.
func jobless(p *fact.Person, back int, l *month) (paid, unpaid bool) {
	if activity(p) != jobseeker {
		return false, false
	}
	benefit, least := 0.0, fact.MaxIncome+1.0
	for i := l.two.From; i >= l.two.To; i-- {
		if net(p, back+i, wage, selfEmployed, micro) > 0 {
			return false, false
		}
		v := income(p, unemployment, fact.Net, back+i)
		benefit += v
		least = min(least, v)
	}
	return least > 0, benefit <= 0
}

// retained is ressources_retenues; l is the law of the month, ly that of the year of the incomes.
func (c *Calculator) retained(p *fact.Person, back, january int, l, ly *month, earned float64) float64 {
	paid, unpaid := jobless(p, back, l)
	if unpaid {
		return max(0, ly.lessPensions(yearPensions(p, january))+ly.lessWages(year(p, sickness, january))+patrimony(p, january)-year(p, alimonyPaid, january))
	}
	total := max(0, ly.lessWages(year(p, wage, january)+year(p, unemployment, january)+year(p, sickness, january))+profits(p, january)+
		ly.lessPensions(yearPensions(p, january))+patrimony(p, january)-year(p, alimonyPaid, january))
	if paid {
		return max(0, total-l.pf.unemployment*earned)
	}
	return total
}

// allowances is max(0, min(af.base, af.montant)).
func (c *Calculator) allowances(back int, l *month, r *resources) float64 {
	dependants := float64(c.dependants(back))
	n, twenties, halves := 0.0, 0.0, 0.0
	oldest, parts, oldestPart := 0, 0.0, 0.0
	for _, i := range c.h.Children {
		p := &c.h.People[i]
		if !c.admitted(p) {
			continue
		}
		m := c.lived(p, back)
		turning := float64(m) >= 12*l.pf.age && float64(m) < 12*(l.pf.age+1) && c.lowPay(p, back, l)
		if turning {
			twenties++
		}
		if !c.inCharge(p, m, back, l) {
			continue
		}
		n++
		alternate := p.Flags[fact.SharedCustody].V == fact.Yes
		if alternate {
			halves++
		}
		part := 0.0
		from := l.af.older
		if p.Nums[fact.Birth].Lo < l.af.bornBefore {
			from = l.af.kept
		}
		if float64(m) > 12*from {
			part = 1
			if alternate {
				part = l.af.half
			}
		}
		parts += part
		if m := c.months(p, back); m > oldest {
			oldest, oldestPart = m, part
		} else if m == oldest {
			oldestPart = max(oldestPart, part)
		}
	}
	lump := twenties >= 1 && n+twenties >= l.af.largest
	entitled := n
	if lump {
		entitled += twenties
	}
	if entitled < l.af.least {
		return 0
	}
	if n < l.af.fewest {
		parts = max(0, parts-oldestPart)
	}
	income, _ := r.get()
	shares := max(l.af.half, 1-(1-l.af.half)*halves/max(1, n))
	first, second := l.af.first+dependants*l.af.each, l.af.second+dependants*l.af.each
	t, over := rankOver(income, first, second)
	base := l.afBase(n, shares, t)
	extra := l.bmaf * l.af.extra.at(t) * parts
	more := 0.0
	if over > 0 {
		more = max(0, base+extra-over)
	}
	amount := min(l.afBase(n, shares, 1)+l.bmaf*l.af.extra.at(1)*parts, base+extra+more)
	if lump {
		t, over := rankOver(income, first+twenties*l.af.each, second+twenties*l.af.each)
		each := l.bmaf * l.af.lump.at(t)
		amount += twenties * each
		if over > 0 {
			amount += twenties * max(0, each-over)
		}
	}
	return max(0, min(base, l.cent.Of(amount)))
}

// rankOver gives the bracket of a family's resources, and what of them is above the last ceiling passed, by the month.
func rankOver(income, first, second float64) (rank int, over float64) {
	switch {
	case income > second:
		return 3, (income - second) / 12
	case income > first:
		return 2, (income - first) / 12
	}
	return 1, 0
}

func (l *month) afBase(n, shares float64, t int) float64 {
	two := 0.0
	if n >= l.af.least {
		two = l.af.two.at(t)
	}
	return l.bmaf * (two + max(0, n-2)*l.af.more.at(t)) * shares
}

// supplement is cf.montant.
func (c *Calculator) supplement(back int, l *month, r *resources) float64 {
	if float64(len(c.h.Children)) < l.cf.children {
		return 0
	}
	n, admitted, young := 0.0, 0.0, false
	for _, i := range c.h.Children {
		p := &c.h.People[i]
		m := c.lived(p, back)
		if m >= 1 && (age(c.months(p, back)) < l.pf.schoolAge || float64(m) < 12*l.cf.age && c.lowPay(p, back, l)) {
			n++
			if c.admitted(p) {
				admitted++
				young = young || float64(m) < 12*l.cf.least
			}
		}
	}
	if young || admitted < l.cf.children {
		return 0
	}
	income, relief := r.get()
	k := 1 + l.cf.firstTwo*min(2, n) + l.cf.others*max(0, n-2)
	top, high := l.cf.top*k, l.cf.highTop*k
	if relief {
		top += l.cf.double
		high += l.cf.highDouble
	}
	base := l.bmaf * l.cf.rate
	top += 12 * base
	switch {
	case income >= top:
		return 0
	case income <= high:
		return l.cent.Of(l.bmaf * l.cf.high)
	}
	return l.cent.Of(min(base, max(0, (top-income)/12)))
}

// support is asf.montant, and the children it is for.
func (c *Calculator) support(back int, l *month) (amount float64, children int) {
	if c.couple || c.calendar(c.h.Nums[fact.IsolatedFrom], back) < 1 {
		return 0, 0
	}
	for _, i := range c.h.Children {
		p := &c.h.People[i]
		if p.Flags[fact.SharedCustody].V != fact.Yes && c.admitted(p) && c.inCharge(p, c.lived(p, back), back, l) {
			children++
		}
	}
	if children == 0 {
		return 0, 0
	}
	received := 0.0
	for i := range c.h.People {
		received += income(&c.h.People[i], alimony, fact.Net, back)
	}
	due := max(0, float64(children)*l.bmaf*l.asf.rate-received)
	if due < l.asf.least {
		return 0, children
	}
	return l.cent.Of(due), children
}

// infant is rsa.paje_comptee.
func (c *Calculator) infant(back int, l *month, r *resources) float64 {
	var born [fact.MaxPeople]int
	young, baby := born[:0], false
	for _, i := range c.h.Children {
		p := &c.h.People[i]
		if m := c.lived(p, back); m >= 1 && float64(m) < 12*l.paje.age && c.admitted(p) {
			young = append(young, c.months(p, back))
			baby = baby || float64(m) <= l.rsa.baby
		}
	}
	if len(young) == 0 {
		return 0
	}
	together := 0
	for _, m := range young {
		same := 0
		for _, o := range young {
			if o == m {
				same++
			}
		}
		together = max(together, same)
	}
	if baby && c.foyer(back).raised {
		return 0
	}
	n := float64(c.dependants(back))
	income, relief := r.get()
	k := 1 + l.cf.firstTwo*min(2, n) + l.cf.others*max(0, n-2)
	full, top := l.cf.top*k, l.paje.top*k
	if relief {
		full += l.cf.double
		top += l.paje.double
	}
	rate := l.paje.part
	switch {
	case income > top:
		return 0
	case income <= full:
		rate = l.paje.full
	}
	return l.cent.Of(float64(together) * l.bmaf * rate)
}

// within says whether a window has a month for which f holds.
func within(w formula.Span, f func(back int) bool) bool {
	for i := w.From; i >= w.To; i-- {
		if f(i) {
			return true
		}
	}
	return false
}

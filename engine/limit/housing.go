package limit

import (
	"guichet/engine/fact"
	"guichet/engine/formula"
)

// housing is what the housing aid of one month is made of, whatever the resources it is held against.
type housing struct {
	work, others float64 // travail_du_foyer, autres_ressources_du_foyer, EUR a year
	forfait      float64 // of a student; 0 for any other
	student      bool

	rank                                int
	covered, rate, allowance, rentShare float64

	home homeAid // of a resident of a home
}

// housing computes the housing aid's parts for a tenant or a resident of a home.
func (c *Calculator) housing(back int) *housing {
	s := &c.states[back]
	if s.hasHousing {
		return &s.housing
	}
	s.hasHousing = true
	h, l := &s.housing, c.at(back)
	*h = housing{}
	c.yearlyIncome(h, back, l)

	dependants, aeeh := 0, false
	pregnant := false
	for _, i := range c.h.Adults {
		pregnant = pregnant || c.h.People[i].Flags[fact.Pregnant].V == fact.Yes
	}
	for _, i := range c.h.Children {
		p := &c.h.People[i]
		m := c.lived(p, back)
		switch {
		case m < 1:
			pregnant = pregnant || float64(m) > -l.al.pregnancy
		case c.dependant(p, i, m, back, l):
			dependants++
		}
		aeeh = aeeh || m >= 1 && p.Nums[fact.DisabilityRate].Lo >= l.al.aeeh && age(c.months(p, back)) < l.pf.age
	}
	disabled := aeeh
	for _, amount := range c.benefits(back).aah {
		disabled = disabled || amount > 0
	}
	if v := c.h.Nums[fact.Savings].Lo; v > l.al.savings && !disabled {
		h.others += l.al.yield * v
	}

	pair := c.couple || pregnant && !c.apl()
	h.rank = 1
	switch {
	case dependants > 0:
		h.rank = dependants + 2
	case pair:
		h.rank = 2
	}
	if c.lodged() {
		c.lodging(h, dependants, c.couple || pregnant, back, l)
		return h
	}
	a := &l.al
	rent, limit, charges := c.h.Nums[fact.Rent].Lo, &a.limit[c.zone], a.charges
	switch {
	case c.status == furnished || c.status == hall && c.regime == noAgreement:
		rent *= a.furnished
	case c.status == shared:
		limit = &a.shared[c.zone]
		charges = a.chargesShared.at(1)
		if c.couple || pregnant {
			charges = a.chargesShared.at(2)
		}
	}
	rent = l.rentEuro.Of(rent)
	top := limit.at(h.rank)
	eligible := min(rent, top)
	charges += float64(dependants) * a.each
	h.covered = min((1-a.minRate)*(eligible+charges), eligible+charges-a.min)
	h.rate = a.tf.at(h.rank) + l.rentRate.Of(brackets(a.tl, l.rentRatio.Of(eligible/a.reference.at(h.rank))))
	h.allowance = a.allowance.at(h.rank)
	h.rentShare = 1
	if !disabled {
		h.rentShare = max(0, min(1, (a.cut[c.zone]-rent/top)/(a.cut[c.zone]-a.high[c.zone])))
	}
	return h
}

// brackets applies marginal rates.
func brackets(bs []formula.Bracket, v float64) float64 {
	total := 0.0
	for i, b := range bs {
		top := v
		if i+1 < len(bs) {
			top = min(v, bs[i+1].From)
		}
		total += max(0, top-b.From) * b.Rate
	}
	return total
}

// yearlyIncome fills the resources of the household, and a student's forfait.
func (c *Calculator) yearlyIncome(h *housing, back int, l *month) {
	workers := 0
	for _, i := range c.h.Adults {
		if c.earns[i] {
			y := c.personYear(i, back, l)
			h.work += y.work
			h.others += y.others
			if y.counted && y.profession >= 12*l.bmaf {
				workers++
			}
		}
	}
	if c.couple && workers == len(c.h.Adults) {
		h.work -= l.al.bothWork
	}
	h.work = max(0, h.work)
	for _, i := range c.h.Children {
		if c.earns[i] {
			y := c.personYear(i, back, l)
			h.others += max(0, y.work+y.others-l.al.child)
		}
	}
	p := &c.h.People[0]
	if activity(p) == student && age(c.months(p, back)) < l.al.studyAge {
		h.student, h.forfait = true, l.al.student
		granted := income(p, grant, fact.Net, back) > 0
		switch {
		case c.lodged() && granted:
			h.forfait = l.homes.grant
		case c.lodged():
			h.forfait = l.homes.student
		case granted:
			h.forfait = l.al.grant
		}
	}
}

// personYear is what a person brings to the housing aid, in EUR a year.
type personYear struct {
	work, others float64 // travail_et_chomage, autres_ressources
	profession   float64 // revenu_travail
	counted      bool    // not chomage_non_indemnise
}

// personYear computes it, as seen from a month.
func (c *Calculator) personYear(i, back int, l *month) (y personYear) {
	p := &c.h.People[i]
	w := l.rolling
	rolling := func(kind int) float64 { return sum(p, kind, fact.Taxable, back, w.From, w.To) }
	january1, january2 := c.january(back, -1), c.january(back, -2)
	ir := c.at(january1)

	wages := rolling(wage)
	if activity(p)&(apprentice|intern) != 0 {
		wages = max(0, wages-12*l.smicMonthly)
	}
	benefits, sick := rolling(unemployment), rolling(sickness)
	costs := l.euro.Of(min(ir.wages.most, max(ir.wages.least, ir.wages.rate*(wages+benefits+sick))))
	afterWages := max(0, costs-wages)

	paid, unpaid := jobless(p, back, l)
	y.counted, y.profession = !unpaid, max(0, wages-costs)+profits(p, january2)
	if !unpaid {
		all := c.allAbated(p, i, back, l)
		keptWork, keptBenefits := 1.0, 1.0
		if all || paid {
			keptWork = 1 - l.al.situation
		}
		if all {
			keptBenefits = 1 - l.al.situation
		}
		y.work = keptWork*y.profession + keptBenefits*max(0, benefits-afterWages)
	}

	pensions := rolling(pension) + rolling(invalidity) + year(p, alimony, january1)
	y.others = max(0, sick-max(0, costs-wages-benefits)) +
		max(0, pensions-l.euro.Of(min(l.pensions.most, max(l.pensions.least, l.pensions.rate*pensions)))) +
		patrimony(p, january2) - year(p, alimonyPaid, january1)
	return y
}

// allAbated is abattement_complet.
func (c *Calculator) allAbated(p *fact.Person, i, back int, l *month) bool {
	if net(p, back, wage, selfEmployed, micro) <= 0 &&
		(activity(p) == retired || net(p, back, pension, invalidity) > 0 || c.disability(i, back, 0) > 0) { // an ASI, which tops up a pension, never takes the whole AAH
		return true
	}
	return !within(l.six, func(b int) bool { return income(p, sickness, fact.Net, back+b) <= 0 })
}

// dependant is enfant_du_foyer, of a child who is that many months old at the end of the month.
func (c *Calculator) dependant(p *fact.Person, i, lived, back int, l *month) bool {
	if age(c.months(p, back)) < l.pf.schoolAge || float64(lived) < 12*l.al.childAge && c.lowPay(p, back, l) {
		return true
	}
	if p.Nums[fact.DisabilityRate].Lo < l.al.disabled && p.Flags[fact.WorkRestriction].V != fact.Yes {
		return false
	}
	if !c.earns[i] {
		return true
	}
	y := c.personYear(i, back, l)
	return y.work+y.others <= l.al.child
}

// aid gives the aid for resources of r EUR a year before rounding: aide minorée, and what the réduction de loyer de solidarité takes.
func (c *Calculator) aid(h *housing, l *month, r float64) (reduced, relief float64) {
	if c.lodged() {
		return h.home.aid(l, r), 0
	}
	reduced = max(0, h.rentShare*max(0, h.covered-h.rate*max(0, r-h.allowance))-l.al.minus)
	if c.status == social && r < 12*l.al.rlsLimit[c.zone].at(h.rank) {
		relief = l.al.rlsPart * l.al.rls[c.zone].at(h.rank)
	}
	return reduced, relief
}

// threshold is the monthly aid below which nothing is paid.
func (c *Calculator) threshold(l *month) float64 {
	switch {
	case c.lodged():
		return l.homes.threshold
	case c.apl():
		return l.al.apl
	}
	return l.al.other
}

// rounded is arrondie(): what the threshold looks at.
func (l *month) rounded(reduced, relief float64) float64 {
	return max(0, l.euroDown.Of((1-l.crds)*reduced)+l.crds*reduced-relief)
}

// paid is payee(): what is paid once rounded.
func (l *month) paid(reduced, relief float64) float64 {
	return max(0, l.euroDown.Of((1-l.crds)*reduced)-l.cent.Of((1-l.crds)*relief))
}

// rents says whether the household can have an aid at all.
func (c *Calculator) rents(back int) bool {
	return c.status&(tenant|home|hall) != 0 && c.h.Nums[fact.Rent].Lo > 0 && c.anyResides(back, &c.at(back).residence.housing)
}

// withoutRSA is aide_logement.net_sans_neutralisation: the aid of a month in which the RSA is not yet received.
func (c *Calculator) withoutRSA(back int) float64 {
	if !c.rents(back) {
		return 0
	}
	h, l := c.housing(back), c.at(back)
	r := max(0, h.work+h.others)
	if h.student {
		r = h.forfait
	}
	reduced, relief := c.aid(h, l, l.hundred.Of(r))
	if l.rounded(reduced, relief) < c.threshold(l) || l.paid(reduced, relief) <= 0 {
		return 0
	}
	return l.cent.Of((1 - l.crds) * max(0, reduced-relief))
}

// housingAid is aide_logement.montant.
func (c *Calculator) housingAid(back int) float64 {
	if !c.rents(back) {
		return 0
	}
	h, l := c.housing(back), c.at(back)
	r := h.forfait
	if !h.student {
		work := h.work
		if work > 0 && c.rsa(back+1) > 0 {
			work = 0
		}
		r = max(0, work+h.others)
	}
	r = l.hundred.Of(r)
	reduced, relief := c.aid(h, l, r)
	if c.lodged() {
		if _, least := h.home.terms(l, r); least >= h.home.cost {
			return 0
		}
	} else if h.rate*max(0, r-h.allowance) >= h.covered || h.rentShare <= 0 {
		return 0
	}
	if l.rounded(reduced, relief) < c.threshold(l) || l.paid(reduced, relief) <= 0 {
		return 0
	}
	return l.cent.Of(max(0, reduced-relief))
}

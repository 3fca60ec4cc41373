package limit

import (
	"guichet/engine/fact"
	"guichet/engine/formula"
)

// The regimes of a home or a student residence, as [fact.Regimes] orders them.
const (
	agreement   = 1 << 0
	unimproved  = 1 << 1
	noAgreement = 1 << 2
	room        = 1 << 3
	renovated   = 1 << 4
)

// homesLaw is what the housing aid of homes adds to that of tenants.
type homesLaw struct {
	limit                         [3]ranks
	room, renovated, aged, others ranks
	minus, threshold, age         float64
	student, grant                float64
	first, second                 scale
	free                          float64 // r of the first scale, EUR a year by share
}

// scale is one of the two scales of homes.
type scale struct {
	top, cm, extra, net float64
	parts               ranks
	bands               []formula.Bracket
}

// homeAid is what the aid of a home is made of, whatever the resources it is held against.
type homeAid struct {
	first            bool
	cost, fee, parts float64 // EUR a month; shares
}

// lodged is aide_logement.en_foyer.
func (c *Calculator) lodged() bool {
	return c.status == home || c.status == hall && c.regime&(room|renovated) != 0
}

// apl is aide_logement.apl.
func (c *Calculator) apl() bool {
	return c.status == social || c.status == home && c.regime&(agreement|unimproved) != 0 || c.status == hall && c.regime == agreement
}

// lodging fills the parts of the aid of a home.
func (c *Calculator) lodging(h *housing, dependants int, pair bool, back int, l *month) {
	o := &l.homes
	adults := 1
	if pair {
		adults = 2
	}
	fee := c.h.Nums[fact.Rent].Lo + c.h.Nums[fact.Charges].Lo
	h.home = homeAid{first: c.status == home && c.regime == agreement, fee: fee, parts: o.second.parts.at(h.rank)}
	if h.home.first {
		h.home.parts = o.first.parts.at(h.rank)
	}
	if c.apl() {
		h.home.cost = min(fee, o.limit[c.zone].at(h.rank))
		return
	}
	rent := &o.others
	switch {
	case c.regime == room:
		rent = &o.room
	case c.regime == renovated:
		rent = &o.renovated
	case c.agedOrDisabled(back, l):
		rent = &o.aged
	}
	h.home.cost = rent.at(adults) + l.al.charges + float64(dependants)*l.al.each
}

// agedOrDisabled is aide_logement.age_ou_handicap.
func (c *Calculator) agedOrDisabled(back int, l *month) bool {
	for _, i := range c.h.Adults {
		p := &c.h.People[i]
		years := age(c.months(p, back))
		if years >= l.homes.age || p.Flags[fact.Unfit].V == fact.Yes && years >= l.aspa.unfit ||
			p.Nums[fact.DisabilityRate].Lo >= l.al.disabled || p.Flags[fact.WorkRestriction].V == fact.Yes ||
			years >= l.aspa.age && c.pensioner(p, back, l) && c.oldAge(back) > 0 {
			return true
		}
	}
	return false
}

// terms gives the coefficient and the least rent for resources of r EUR a year.
func (h *homeAid) terms(l *month, r float64) (coefficient, least float64) {
	o := &l.homes
	if h.first {
		s := &o.first
		return l.coefficientDown.Of(max(0, s.top-max(0, r-o.free*h.parts)/(s.cm*h.parts))), h.parts * (brackets(s.bands, r/h.parts) + s.extra) / 12
	}
	s := &o.second
	return l.coefficientDown.Of(max(0, s.top-r/(s.cm*h.parts))), (h.parts*brackets(s.bands, r/h.parts) + s.extra) / 12
}

// aid is aide_en_foyer.
func (h *homeAid) aid(l *month, r float64) float64 {
	coefficient, least := h.terms(l, r)
	net := l.homes.second.net
	if h.first {
		net = l.homes.first.net
	}
	return max(0, min(coefficient*max(0, h.cost-least)-l.homes.minus, h.cost-net, h.fee))
}

// homes reads the barèmes of homes.
func (r *reader) homes(m *month) {
	m.coefficientDown = r.round("coefficient")
	m.homes = homesLaw{
		limit: r.zoneRanks("al_foyer.plafond"),
		room:  r.ranks("al_foyer.loyer.chambre"), renovated: r.ranks("al_foyer.loyer.chambre_rehabilitee"),
		aged: r.ranks("al_foyer.loyer.age_ou_handicap"), others: r.ranks("al_foyer.loyer.autres"),
		minus: r.n("al_foyer.minoration"), threshold: r.n("al_foyer.seuil"), age: r.n("al_foyer.age"),
		student: r.n("al_foyer.etudiant.forfait"), grant: r.n("al_foyer.etudiant.forfait_boursier"),
		first: r.scale("al_foyer.premier"), second: r.scale("al_foyer.second"), free: r.n("al_foyer.premier.r"),
	}
}

func (r *reader) scale(name string) scale {
	return scale{
		top: r.n(name + ".maximum"), cm: r.n(name + ".cm"), extra: r.n(name + ".majoration"), net: r.n(name + ".depense_nette"),
		parts: r.ranks(name + ".parts"), bands: r.bands(name + ".tranches"),
	}
}

package limit

import "guichet/engine/fact"

// permits is one table of bareme.sejour: months of stay by title, infinite where the title opens nothing.
type permits [8]float64

// of gives the months that the title of p asks for.
func (t *permits) of(p *fact.Person) float64 {
	for i := range t {
		if permit(p) == 1<<i {
			return t[i]
		}
	}
	return t[len(t)-1]
}

// residence is the law on foreigners' stay.
type residence struct {
	rsa, prime, old, disabled, family, housing permits
	european                                   float64 // residence_ue
}

func (r *reader) residence(m *month) {
	s := &m.residence
	s.rsa, s.prime, s.old = r.permits("rsa"), r.permits("prime_activite"), r.permits("minimum_vieillesse")
	s.disabled, s.family, s.housing = r.permits("aah"), r.permits("prestations_familiales"), r.permits("aide_logement")
	s.european = r.n("sejour.residence_ue")
}

func (r *reader) permits(aid string) (t permits) {
	if v, ok := r.value("bareme.sejour." + aid); ok {
		copy(t[:], v.Keyed)
	}
	return t
}

func proven(p *fact.Person) bool { return p.Flags[fact.StayProven].V == fact.Yes }
func works(p *fact.Person) bool  { return activity(p)&(employee|independent|apprentice) != 0 }

// besideEuropean is epoux_europeen: the spouse, from elsewhere, of a European who may stay.
func (c *Calculator) besideEuropean(p *fact.Person) bool {
	if nationality(p) != foreign || c.h.Choices[fact.Couple].Mask != married || permit(p)&(residentCard|stayCard) == 0 && !proven(p) {
		return false
	}
	for _, i := range c.h.Adults {
		if q := &c.h.People[i]; nationality(q) == european && (c.established(q) || proven(q)) {
			return true
		}
	}
	return false
}

// established is installe_par_le_travail.
func (c *Calculator) established(p *fact.Person) bool {
	if works(p) {
		return true
	}
	for _, i := range c.h.Adults {
		if q := &c.h.People[i]; c.h.Choices[fact.Couple].Mask == married && nationality(q) == european && works(q) {
			return true
		}
	}
	return false
}

// stayed is duree_sejour.
func (c *Calculator) stayed(p *fact.Person, back int) float64 {
	return float64(max(0, c.since(p.Nums[fact.StayFrom], back)))
}

// settled is europeen_installe.
func (c *Calculator) settled(p *fact.Person, back int, l *month) bool {
	if nationality(p) == european && (c.established(p) || proven(p)) || c.besideEuropean(p) {
		return c.established(p) || c.stayed(p, back) >= l.residence.european
	}
	return false
}

// inOrder is titre_en_regle.
func inOrder(p *fact.Person) bool { return permit(p) != receipt || proven(p) }

// stays is what a minimum asks: sejour_rsa, sejour_minimum_vieillesse.
func (c *Calculator) stays(p *fact.Person, back int, l *month, t *permits) bool {
	switch nationality(p) {
	case french:
		return true
	case european:
		return c.settled(p, back, l)
	}
	return c.settled(p, back, l) || c.stayed(p, back) >= t.of(p)
}

// resides is sejour_prestations_familiales or sejour_aide_logement.
func (c *Calculator) resides(p *fact.Person, back int, t *permits) bool {
	switch nationality(p) {
	case french:
		return true
	case european:
		return c.established(p) || proven(p)
	}
	return inOrder(p) && c.stayed(p, back) >= t.of(p)
}

// anyResides says whether a parent does.
func (c *Calculator) anyResides(back int, t *permits) bool {
	for _, i := range c.h.Adults {
		if c.resides(&c.h.People[i], back, t) {
			return true
		}
	}
	return false
}

// staysForRSA is rsa.sejour_suffisant.
func (c *Calculator) staysForRSA(p *fact.Person, back int, l *month, raised bool) bool {
	return c.stays(p, back, l, &l.residence.rsa) || raised && nationality(p) == foreign && c.resides(p, back, &l.residence.family)
}

// staysForPrime is prime_activite.sejour_suffisant.
func (c *Calculator) staysForPrime(p *fact.Person, back int, l *month, raised bool) bool {
	return nationality(p) != foreign || c.besideEuropean(p) || c.stayed(p, back) >= l.residence.prime.of(p) ||
		raised && c.resides(p, back, &l.residence.family)
}

// admitting says whether the parents leave a foreign child nothing to prove; see [Calculator.admitted].
func (c *Calculator) admitting() bool {
	for _, i := range c.h.Adults {
		if p := &c.h.People[i]; nationality(p) != foreign || permit(p)&(refugee|protected|stateless) != 0 {
			return true
		}
	}
	return false
}

// admitted is enfant_admis.
func (c *Calculator) admitted(p *fact.Person) bool {
	return c.admits || nationality(p) != foreign || proven(p)
}

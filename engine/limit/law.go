package limit

import (
	"fmt"
	"math"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/ruleset"
)

// Law is what the barèmes are worth in every month, read once from a rule set.
type Law struct{ months []month }

// at gives the law of month m.
func (l *Law) at(m fact.Month) *month { return &l.months[m-formula.First] }

// rounding is one of arrondis.*.
type rounding = formula.Round

// ranks is a barème by rank.
type ranks struct {
	values []float64
	beyond float64
}

// at gives the value of rank r, 0 below the first.
func (t *ranks) at(r int) float64 {
	switch {
	case r < 1:
		return 0
	case r <= len(t.values):
		return t.values[r-1]
	}
	return t.values[len(t.values)-1] + float64(r-len(t.values))*t.beyond
}

// month is the law in force in one month. What no rule had yet is NaN, and a nil rounding or window is never reached.
type month struct {
	smicHourly, smicMonthly, crds, bmaf, ceiling float64
	quarter, rolling                             formula.Span // trimestre_reference, annee_glissante
	two, three, six, nine, twelve, years         formula.Span
	cent, centDown, euro, euroDown, hundred      rounding
	rentEuro, rentRatio, rentRate                rounding
	coefficientDown                              rounding

	wages, pensions struct{ rate, least, most float64 } // the deductions of the income tax

	pf struct{ schoolAge, age, pay, earner, unemployment float64 }

	af struct {
		least, older, kept, bornBefore, fewest, largest, half, first, second, each float64
		two, more, extra, lump                                                     ranks
	}
	cf struct {
		children, least, age, rate, high, top, double, firstTwo, others, highTop, highDouble float64
	}
	asf  struct{ rate, least float64 }
	paje struct{ age, full, part, top, double float64 }

	rsa struct {
		base, second, next, third, alone, aloneChild, months, infant, age, childAge, half float64
		youngAge, youngHours, monthHours, cf, asf, baby, yield, least                     float64
		dwelling                                                                          []float64 // base by persons
	}
	ppa struct {
		base, fraction, second, next, third, alone, aloneChild, from, to, bonus, aahHours, age, least float64
		dwelling                                                                                      []float64
	}
	al struct {
		limit, shared                                              [3]ranks
		reference, chargesShared, tf, allowance                    ranks
		high, cut                                                  [3]float64
		furnished, charges, each, minRate, min, minus              float64
		apl, other, situation, bothWork, child, childAge, disabled float64
		aeeh, pregnancy, savings, yield, student, grant, studyAge  float64
		tl                                                         []formula.Bracket
		rlsLimit, rls                                              [3]ranks
		rlsPart                                                    float64
	}
	homes homesLaw
	aah   struct {
		amount, child, full, part, age, unfit, threshold, below, above, replaced, pensions, ownHome float64
	}
	aspa struct {
		one, two, age, unfit, rate, offOne, offTwo, yield, period float64
	}
	residence residence
	asi       struct {
		one, two, pension, rate float64 // ceilings by the year, least pension by the month
	}
}

// NewLaw reads the barèmes of a rule set. The error names a barème that the set has not.
func NewLaw(set *ruleset.Set) (*Law, error) {
	l := &Law{months: make([]month, formula.Last-formula.First+1)}
	r := reader{set: set}
	for i := range l.months {
		r.month = formula.First + fact.Month(i)
		r.read(&l.months[i])
	}
	return l, r.err
}

// reader reads barèmes at one month.
type reader struct {
	set   *ruleset.Set
	month fact.Month
	err   error
}

// value gives a barème's value in force, false before its first and after its end.
func (r *reader) value(name string) (formula.Value, bool) {
	b, ok := r.set.Bareme(name)
	if !ok && r.err == nil {
		r.err = fmt.Errorf("no barème %s", name)
	}
	var v formula.Value
	found := false
	if ok {
		for _, d := range b.Values {
			if int(d.From)&31 > 0 && d.From.Month()+1 <= r.month || int(d.From)&31 == 0 && d.From.Month() <= r.month {
				v, found = d.Value, !d.Value.Ends
			}
		}
	}
	return v, found
}

func (r *reader) n(name string) float64 {
	if v, ok := r.value("bareme." + name); ok {
		return v.Number
	}
	return math.NaN()
}

func (r *reader) window(name string) formula.Span {
	if v, ok := r.value("fenetre." + name); ok {
		return *v.Window
	}
	return formula.Span{}
}

func (r *reader) round(name string) rounding {
	if v, ok := r.value("arrondis." + name); ok {
		return *v.Round
	}
	return rounding{}
}

func (r *reader) ranks(name string) ranks {
	if v, ok := r.value("bareme." + name); ok {
		return ranks{v.Ranks.Values, v.Ranks.Beyond}
	}
	return ranks{values: []float64{math.NaN()}}
}

func (r *reader) bands(name string) []formula.Bracket {
	v, _ := r.value("bareme." + name)
	return v.Brackets
}

func (r *reader) zones(name string) [3]float64 {
	if v, ok := r.value("bareme." + name); ok {
		return [3]float64(v.Keyed)
	}
	return [3]float64{math.NaN(), math.NaN(), math.NaN()}
}

func (r *reader) zoneRanks(name string) (out [3]ranks) {
	if v, ok := r.value("bareme." + name); ok {
		for i, x := range v.Both {
			out[i] = ranks{x.Values, x.Beyond}
		}
	}
	return out
}

// dwelling gives the amounts of a forfait logement by number of persons, 0 upwards.
func (r *reader) dwelling(aid string, base float64) []float64 {
	rate, parts := r.ranks(aid+".forfait_logement.taux"), r.ranks(aid+".forfait_logement.parts")
	out := make([]float64, fact.MaxPeople+1)
	for i := range out {
		out[i] = base * rate.at(i) * parts.at(i)
	}
	return out
}

func (r *reader) read(m *month) {
	m.smicHourly, m.smicMonthly = r.n("smic.horaire"), r.n("smic.mensuel")
	m.crds, m.bmaf = r.n("crds.taux"), r.n("pf.bmaf")
	m.ceiling = r.n("pf.biactivite.part_plafond") * r.n("pss.annuel")
	m.quarter, m.rolling = r.window("trimestre_reference"), r.window("annee_glissante")
	m.two, m.three, m.six = r.window("deux_mois"), r.window("trois_mois"), r.window("six_mois")
	m.nine, m.twelve, m.years = r.window("neuf_mois"), r.window("douze_mois"), r.window("trois_ans")
	m.cent, m.centDown, m.euro = r.round("centime"), r.round("centime_tronque"), r.round("euro")
	m.euroDown, m.hundred = r.round("euro_inferieur"), r.round("centaine_superieure")
	m.rentEuro, m.rentRatio, m.rentRate = r.round("loyer"), r.round("rapport_loyer"), r.round("taux_loyer")
	m.wages.rate, m.wages.least, m.wages.most = r.n("ir.salaires.taux"), r.n("ir.salaires.minimum"), r.n("ir.salaires.maximum")
	m.pensions.rate, m.pensions.least, m.pensions.most = r.n("ir.pensions.taux"), r.n("ir.pensions.minimum"), r.n("ir.pensions.maximum")
	r.residence(m)
	r.family(m)
	r.minima(m)
	r.housing(m)
	r.homes(m)
}

func (r *reader) family(m *month) {
	m.pf.schoolAge, m.pf.age = r.n("pf.age_fin_scolarite"), r.n("pf.age_limite")
	m.pf.pay = r.n("pf.remuneration.part_smic") * r.n("pf.remuneration.heures") * m.smicHourly
	m.pf.unemployment = r.n("pf.abattement_chomage")

	af := &m.af
	af.least, af.fewest, af.largest = r.n("af.nombre_minimal"), r.n("af.majoration.nombre_enfants"), r.n("af.forfait.nombre_enfants")
	af.older, af.kept, af.bornBefore = r.n("af.majoration.age"), r.n("af.majoration.age_maintenu"), r.n("af.majoration.nes_avant")
	af.half = r.n("af.part_residence_alternee")
	af.first, af.second, af.each = r.n("af.plafond.premier"), r.n("af.plafond.second"), r.n("af.plafond.par_enfant")
	af.two, af.more = r.ranks("af.taux.deuxieme_enfant"), r.ranks("af.taux.enfant_suivant")
	af.extra, af.lump = r.ranks("af.majoration.taux"), r.ranks("af.forfait.taux")

	cf := &m.cf
	cf.children, cf.least, cf.age = r.n("cf.nombre_enfants"), r.n("cf.age_minimal"), r.n("cf.age_limite")
	cf.rate, cf.high = r.n("cf.taux"), r.n("cf.taux_majore")
	cf.top, cf.double = r.n("cf.plafond.base"), r.n("cf.plafond.double_activite")
	cf.firstTwo, cf.others = r.n("cf.plafond.premiers_enfants"), r.n("cf.plafond.enfants_suivants")
	cf.highTop, cf.highDouble = r.n("cf.plafond_majore.base"), r.n("cf.plafond_majore.double_activite")

	m.asf.rate, m.asf.least = r.n("asf.taux"), r.n("asf.minimum_verse")
	m.paje.age, m.paje.full, m.paje.part = r.n("paje.age_limite"), r.n("paje.taux_plein"), r.n("paje.taux_partiel")
	m.paje.top, m.paje.double = r.n("paje.plafond.partiel"), r.n("paje.plafond.partiel_double_activite")
}

func (r *reader) minima(m *month) {
	x := &m.rsa
	x.base, x.least = r.n("rsa.montant_base"), r.n("rsa.minimum")
	x.second, x.next, x.third = r.n("rsa.majoration.deuxieme_personne"), r.n("rsa.majoration.personne_suivante"), r.n("rsa.majoration.troisieme_enfant")
	x.alone, x.aloneChild = r.n("rsa.majoration.isolement"), r.n("rsa.majoration.isolement_enfant")
	x.months, x.infant = r.n("rsa.majoration.duree"), r.n("rsa.majoration.age_enfant")
	x.age, x.childAge, x.half = r.n("rsa.age_minimum"), r.n("rsa.age_enfant"), r.n("rsa.part_garde_alternee")
	x.youngAge, x.youngHours, x.monthHours = r.n("rsa.jeune_actif.age_minimum"), r.n("rsa.jeune_actif.heures"), r.n("rsa.jeune_actif.heures_mois")
	x.cf, x.asf, x.baby = r.n("rsa.prestations.complement_familial"), r.n("rsa.prestations.soutien_familial"), r.n("rsa.prestations.mois_sans_paje")
	x.yield, x.dwelling = r.n("rsa.epargne.rendement"), r.dwelling("rsa", x.base)

	p := &m.ppa
	p.base, p.fraction, p.age, p.least = r.n("ppa.montant_base"), r.n("ppa.fraction"), r.n("ppa.age_minimum"), r.n("ppa.minimum")
	p.second, p.next, p.third = r.n("ppa.majoration.deuxieme_personne"), r.n("ppa.majoration.personne_suivante"), r.n("ppa.majoration.troisieme_enfant")
	p.alone, p.aloneChild = r.n("ppa.majoration.isolement"), r.n("ppa.majoration.isolement_enfant")
	p.from, p.to, p.bonus = r.n("ppa.bonification.heures_min"), r.n("ppa.bonification.heures_max"), r.n("ppa.bonification.taux")*p.base
	p.aahHours, p.dwelling = r.n("ppa.aah.heures"), r.dwelling("ppa", p.base)

	a := &m.aah
	a.amount, a.child, a.full, a.part = r.n("aah.montant"), r.n("aah.majoration_enfant"), r.n("aah.taux_plein"), r.n("aah.taux_restriction")
	a.age, a.unfit = r.n("aah.age"), r.n("aah.age_inaptitude")
	a.threshold, a.below, a.above = r.n("aah.abattement.seuil"), r.n("aah.abattement.sous_seuil"), r.n("aah.abattement.au_dela")
	a.replaced, a.pensions = r.n("aah.abattement.remplacement"), r.n("aah.abattement.pensions")
	a.ownHome = r.n("aah.majoration_vie_autonome")

	s := &m.aspa
	s.one, s.two, s.period = r.n("aspa.maximum.seul"), r.n("aspa.maximum.couple"), r.n("aspa.periode")
	s.age, s.unfit, s.rate = r.n("aspa.age"), r.n("aspa.age_inaptitude"), r.n("aspa.taux_incapacite")
	s.yield = r.n("aspa.rendement_biens")
	s.offOne, s.offTwo = r.n("aspa.abattement_travail.seul"), r.n("aspa.abattement_travail.couple")

	i := &m.asi
	i.one, i.two = r.n("asi.plafond.seul"), r.n("asi.plafond.couple")
	i.pension, i.rate = r.n("asi.pension_minimum"), r.n("asi.taux_invalidite")
}

func (r *reader) housing(m *month) {
	a := &m.al
	a.limit, a.shared = r.zoneRanks("al.loyer.plafond"), r.zoneRanks("al.loyer.plafond_colocation")
	a.reference, a.chargesShared = r.ranks("al.loyer.reference"), r.ranks("al.charges.colocation")
	a.tf, a.allowance = r.ranks("al.participation.tf"), r.ranks("al.abattement")
	a.high, a.cut = r.zones("al.degressivite.premier"), r.zones("al.degressivite.second")
	a.furnished, a.charges, a.each = r.n("al.loyer.part_meuble"), r.n("al.charges.base"), r.n("al.charges.par_personne")
	a.minRate, a.min, a.minus = r.n("al.participation.taux_minimal"), r.n("al.participation.minimum"), r.n("al.minoration")
	a.apl, a.other = r.n("al.seuil.apl"), r.n("al.seuil.allocation")
	a.situation, a.bothWork = r.n("al.abattement_situation"), r.n("al.abattement_deux_actifs")
	a.child, a.childAge, a.disabled = r.n("al.aspa_multiple")*r.n("aspa.maximum.seul"), r.n("al.age_enfant"), r.n("al.taux_incapacite")
	a.aeeh, a.pregnancy = r.n("al.aeeh.taux"), r.n("al.grossesse_restante")
	a.savings, a.yield = r.n("al.patrimoine.seuil"), r.n("al.patrimoine.taux")
	a.student, a.grant, a.studyAge = r.n("al.etudiant.forfait"), r.n("al.etudiant.forfait_boursier"), r.n("al.etudiant.age_max")
	a.tl = r.bands("al.participation.tl")
	a.rlsLimit, a.rls, a.rlsPart = r.zoneRanks("rls.plafond"), r.zoneRanks("rls.montant"), r.n("rls.part")
}

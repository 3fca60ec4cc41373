package profile

import "guichet/engine/fact"

// The statuses of which the dwelling has further facts.
const (
	home             = "foyer"
	studentResidence = "residence_etudiante"
	buyer            = "accedant"
)

// dwelling: a complete profile that states no dwelling states that there is none.
func (f *filler) dwelling() {
	status := f.p.Housing.Status
	s := &f.h.Choices[fact.HousingStatus]
	switch {
	case status != "":
		f.state(statedHousing)
		*s = only(fact.Statuses, status)
	case f.p.Complete:
		*s = only(fact.Statuses, "sans_domicile")
	default:
		*s = fact.Choice{Mask: every(fact.Statuses), Miss: f.ask("logement.statut")}
	}
	f.regime()
	f.loan()
	f.number(fact.Rent, f.p.Housing.Rent, f.p.Complete || rentFree(status))
	f.number(fact.Charges, f.p.Housing.Charges, f.p.Complete)
}

// detail gives the question for a fact that only some dwellings have: it is asked once the status is known.
func (f *filler) detail(path string) fact.Set {
	if s := f.h.Choices[fact.HousingStatus]; !s.Decided() {
		return s.Miss
	}
	return f.ask(path)
}

// regime: only a home and a student residence have one to ask for.
func (f *filler) regime() {
	r, h := &f.h.Choices[fact.HousingRegime], &f.p.Housing
	switch {
	case h.Regime != "":
		f.state(statedRegime)
		*r = only(fact.Regimes, h.Regime)
	case f.has(home, studentResidence):
		*r = fact.Choice{Miss: f.detail("logement.regime")}
		for i, v := range fact.Regimes {
			if h.Status == "" || regimeFits(h.Status, v) {
				r.Mask |= 1 << i
			}
		}
	default:
		*r = only(fact.Regimes, "non_conventionne")
	}
}

// loan: only of an owner who repays one are its facts asked. Elsewhere another loan of the day of the computation stands for it,
// which no rule reads.
func (f *filler) loan() {
	f.ofLoan(fact.LoanKind, fact.LoanKinds, f.p.Housing.Loan, "ordinaire", statedLoan, "logement.pret")
	f.ofLoan(fact.LoanPurpose, fact.LoanPurposes, f.p.Housing.LoanFor, "ancien", statedLoanFor, "logement.pret_pour")
	n := &f.h.Nums[fact.LoanSigned]
	switch signed := f.p.Housing.LoanSigned; {
	case signed.Known():
		f.state(statedLoanDay)
		*n = known(signed)
	case f.has(buyer):
		*n = f.between(f.day.yearsBefore(maxAge), f.day, f.detail("logement.pret_signe_le"))
	default:
		*n = known(f.day)
	}
}

// ofLoan fills what a loan is, or is for; no loan has the value given elsewhere.
func (f *filler) ofLoan(slot int, domain []string, said, elsewhere string, stated int, path string) {
	c := &f.h.Choices[slot]
	switch {
	case said != "":
		f.state(stated)
		*c = only(domain, said)
	case f.has(buyer):
		*c = fact.Choice{Mask: every(domain), Miss: f.detail(path)}
	default:
		*c = only(domain, elsewhere)
	}
}

// has says whether the dwelling is, or may still be, of one of these statuses.
func (f *filler) has(statuses ...string) bool {
	for _, s := range statuses {
		if f.h.Choices[fact.HousingStatus].Mask&only(fact.Statuses, s).Mask != 0 {
			return true
		}
	}
	return false
}

// regimeFits says whether a home or a student residence can have that regime.
func regimeFits(status, regime string) bool {
	switch status {
	case home:
		return regime != "chambre" && regime != "chambre_rehabilitee"
	case studentResidence:
		return regime != "conventionne_sans_travaux"
	}
	return false
}

package profile

import (
	"slices"
	"strings"

	"guichet/engine/fact"
)

func (c *checker) dwelling(p *Profile) {
	h := &p.Housing
	c.choice("logement.statut", "", h.Status, fact.Statuses)
	c.choice("logement.regime", "", h.Regime, fact.Regimes)
	c.number("logement.loyer", "", h.Rent, 0, limit(fact.Rent))
	c.number("logement.charges", "", h.Charges, 0, limit(fact.Charges))
	if rentFree(h.Status) && h.Rent.Known && h.Rent.Value > 0 {
		c.add("logement.loyer", "ce statut de logement ne paie pas de loyer", "retirez loyer, ou corrigez logement.statut")
	}
	c.regime(p)
	c.loan(p)
	if !p.Complete || c.gaps {
		return
	}
	if h.Status == "" && h.Rent.Known && h.Rent.Value > 0 {
		c.add("logement.statut", "un loyer est donné sans le statut du logement, dans un profil complet", "donnez logement.statut : "+strings.Join(fact.Statuses, ", "))
	}
	if p.Commune == "" && h.Status != "" && !rentFree(h.Status) {
		c.add("commune", "la commune du logement manque dans un profil complet", communeRemedy)
	}
}

// regime: it is said of the dwellings that have one, and a complete profile names which.
func (c *checker) regime(p *Profile) {
	h := &p.Housing
	if h.Regime == "" || index(fact.Regimes, h.Regime) < 0 || h.Status != "" && index(fact.Statuses, h.Status) < 0 {
		return
	}
	if h.Status == "" && !p.Complete || regimeFits(h.Status, h.Regime) {
		return
	}
	fits := slices.DeleteFunc(slices.Clone(fact.Regimes), func(r string) bool { return !regimeFits(h.Status, r) })
	if len(fits) == 0 {
		c.add("logement.regime", "ce régime est celui d'un foyer ou d'une résidence étudiante", "retirez regime, ou donnez logement.statut : "+home+" ou "+studentResidence)
		return
	}
	c.add("logement.regime", "ce régime n'existe pas pour ce statut de logement", "donnez "+strings.Join(fits, ", "))
}

// loan: it is said of an owner who repays it, and was signed before the day of the computation.
func (c *checker) loan(p *Profile) {
	h := &p.Housing
	c.choice("logement.pret", "", h.Loan, fact.LoanKinds)
	c.choice("logement.pret_pour", "", h.LoanFor, fact.LoanPurposes)
	if h.Regime != "" || h.Status != "" && h.Status != buyer || h.Status == "" && p.Complete && !c.gaps {
		for _, x := range []struct {
			name string
			said bool
		}{{"pret", h.Loan != ""}, {"pret_pour", h.LoanFor != ""}, {"pret_signe_le", h.LoanSigned.Known()}} {
			if x.said {
				c.add("logement."+x.name, "seul un accédant rembourse un prêt", "retirez "+x.name+", ou donnez logement.statut : "+buyer)
			}
		}
		return
	}
	if h.Loan == "pap" && h.LoanFor == "travaux" {
		c.add("logement.pret_pour", "un prêt aidé par l'État ne paie pas des travaux seuls", "donnez neuf, ancien ou agrandissement, ou corrigez logement.pret")
	}
	switch {
	case !h.LoanSigned.Known():
	case c.day != 0 && h.LoanSigned > c.day:
		c.add("logement.pret_signe_le", "la date est après celle du calcul", "donnez une date au plus tard égale à « date »")
	case c.day != 0 && h.LoanSigned < c.day.yearsBefore(maxAge):
		c.add("logement.pret_signe_le", "la date remonte à plus de 120 ans", "donnez une date plus récente")
	}
}

// rentFree says whether nobody of that status pays a rent or a monthly repayment for the dwelling.
func rentFree(status string) bool {
	return status == "proprietaire" || status == "heberge_gratuitement" || status == "sans_domicile"
}

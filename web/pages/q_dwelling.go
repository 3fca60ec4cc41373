package pages

import (
	"maps"
	"net/url"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

// regime asks of a home or a student residence how its benefit is worked out.
type regime struct{}

const regimePath = "logement.regime"

// regimes are the values of fact.Regimes that a dwelling can have, the most frequent first.
var regimes = map[string][]string{
	"foyer":               {"conventionne", "conventionne_sans_travaux", "non_conventionne"},
	"residence_etudiante": {"chambre", "chambre_rehabilitee", "conventionne", "non_conventionne"},
}

func (regime) key() string { return "regime" }

func (regime) owns(_ *answers, path string) bool { return path == regimePath }

func (regime) ask(c *asking, in url.Values) form {
	const topic = "question.regime."
	status := c.Profile.Housing.Status
	return form{
		words{c.L.T(topic + "titre." + status), c.L.T(topic + "aide." + status), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")},
		[]field{c.radio("regime", "regime."+status+".", regimes[status], in).heading()},
	}
}

func (regime) fill(c *asking) url.Values {
	return fillChoice("regime", c.Profile.Housing.Regime, c.unsaid(regimePath))
}

func (regime) read(c *asking, in url.Values) []mistake {
	said, wrong := c.readChoice("regime", regimes[c.Profile.Housing.Status], in)
	if wrong != nil {
		return wrong
	}
	if said == "" {
		c.leave(regimePath)
	}
	c.Profile.Housing.Regime = said
	return nil
}

func (regime) recall(c *asking) (string, bool) {
	h := c.Profile.Housing
	return c.recallChoice("regime."+h.Status+".", h.Regime, c.unsaid(regimePath))
}

// loan asks an owner when the loan that they repay was signed.
type loan struct{}

const loanPath = "logement.pret_signe_le"

func (loan) key() string { return "pret" }

func (loan) owns(_ *answers, path string) bool { return path == loanPath }

func (loan) ask(c *asking, in url.Values) form {
	const topic = "question.pret."
	signed := c.month("pret", in)
	signed.Label = c.L.T(topic + "nom")
	return form{
		words{c.L.T(topic + "titre"), c.L.T(topic + "aide"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")},
		[]field{signed.heading(), c.dontKnowBox("pret", in)},
	}
}

func (loan) fill(c *asking) url.Values {
	in := url.Values{}
	fillDate(in, "pret", c.Profile.Housing.LoanSigned)
	if c.unsaid(loanPath) {
		in.Set("pret."+dontKnow, "oui")
	}
	return in
}

func (loan) read(c *asking, in url.Values) []mistake {
	month, unknown, wrong := c.readMonth("pret", loanPath, in)
	if wrong != nil {
		return wrong
	}
	if unknown {
		c.leave(loanPath)
		month = 0
	}
	c.Profile.Housing.LoanSigned = month
	return nil
}

func (loan) recall(c *asking) (string, bool) {
	signed := c.Profile.Housing.LoanSigned
	if !signed.Known() {
		return "", c.unsaid(loanPath)
	}
	return c.L.Month(timeOf(signed)), true
}

// loanKind asks what the loan paid, and which loan it is.
type loanKind struct{}

const (
	loanKindPath    = "logement.pret"
	loanPurposePath = "logement.pret_pour"
)

func (loanKind) key() string { return "pret_nature" }

func (loanKind) owns(_ *answers, path string) bool {
	return path == loanKindPath || path == loanPurposePath
}

func (loanKind) ask(c *asking, in url.Values) form {
	const topic = "question.pret_nature."
	purpose := c.radio("pret_pour", "pret_pour.", fact.LoanPurposes, in)
	purpose.Label = c.L.T(topic + "pour")
	kind := c.radio("pret", "pret.", fact.LoanKinds, in)
	kind.Label = c.L.T(topic + "genre")
	return form{
		words{c.L.T(topic + "titre"), c.L.T(topic + "aide"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")},
		[]field{purpose, kind},
	}
}

func (loanKind) fill(c *asking) url.Values {
	in := fillChoice("pret_pour", c.Profile.Housing.LoanFor, c.unsaid(loanPurposePath))
	maps.Copy(in, fillChoice("pret", c.Profile.Housing.Loan, c.unsaid(loanKindPath)))
	return in
}

func (loanKind) read(c *asking, in url.Values) []mistake {
	purpose, wrong := c.readChoice("pret_pour", fact.LoanPurposes, in)
	kind, bad := c.readChoice("pret", fact.LoanKinds, in)
	if wrong = append(wrong, bad...); wrong != nil {
		return wrong
	}
	if kind == "pap" && purpose == "travaux" {
		return c.mistaken("pret", "erreur.ensemble")
	}
	if purpose == "" {
		c.leave(loanPurposePath)
	}
	if kind == "" {
		c.leave(loanKindPath)
	}
	c.Profile.Housing.LoanFor, c.Profile.Housing.Loan = purpose, kind
	return nil
}

func (loanKind) recall(c *asking) (string, bool) {
	h := c.Profile.Housing
	var said []string
	if h.LoanFor != "" {
		said = append(said, c.L.T("pret_pour."+h.LoanFor))
	}
	if h.Loan != "" {
		said = append(said, c.L.T("pret."+h.Loan))
	}
	return c.L.Row(said), len(said) > 0 || c.unsaid(loanPurposePath) || c.unsaid(loanKindPath)
}

// forgetDwelling forgets what was said of a dwelling that is another.
func (c *asking) forgetDwelling() {
	h := &c.Profile.Housing
	h.Regime, h.Loan, h.LoanFor, h.LoanSigned = "", "", "", 0
	h.Rent, h.Charges = profile.Opt[float64]{}, profile.Opt[float64]{}
	c.forget(func(path string) bool {
		switch path {
		case regimePath, loanPath, loanKindPath, loanPurposePath, rentPath, chargesPath:
			return true
		}
		return false
	})
}

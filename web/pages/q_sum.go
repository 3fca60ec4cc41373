package pages

import (
	"net/url"

	"guichet/engine/profile"
)

// sum asks for one amount of the whole household: its savings, or what local aids look at.
type sum struct {
	path  string // of the profile; the page and its field are called so too
	per   string // message of the unit
	unit  string // as rule files write it
	most  float64
	value func(*profile.Profile) *profile.Opt[float64]
}

// The amounts that are asked, held to what profiles are refused beyond.
var (
	savings = sum{"epargne", "montants.eur", "EUR", 10_000_000, func(p *profile.Profile) *profile.Opt[float64] { return &p.Savings }}

	familyQuotient = sum{"quotient_familial", "montants.par_mois", "EUR/mois", 50_000, func(p *profile.Profile) *profile.Opt[float64] { return &p.Quotient }}
	fixedCharges   = sum{"charges_fixes", "montants.par_mois", "EUR/mois", 20_000, func(p *profile.Profile) *profile.Opt[float64] { return &p.FixedCharges }}
)

func (q sum) key() string { return q.path }

func (q sum) owns(_ *answers, path string) bool { return path == q.path }

func (q sum) ask(c *asking, in url.Values) form {
	topic := "question." + q.path + "."
	return form{
		words{c.L.T(topic + "titre"), c.L.T(topic + "aide"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")},
		[]field{c.money(q.path, c.L.T(topic+"montant"), q.per, in), c.dontKnowBox(q.path, in)},
	}
}

func (q sum) fill(c *asking) url.Values {
	in := url.Values{}
	c.fillMoney(in, q.path, *q.value(c.Profile), q.path)
	return in
}

func (q sum) read(c *asking, in url.Values) []mistake {
	amount, wrong := c.readMoney(q.path, q.path, q.most, in)
	*q.value(c.Profile) = amount
	if !amount.Known {
		c.leave(q.path)
	}
	return wrong
}

func (q sum) recall(c *asking) (string, bool) {
	v := *q.value(c.Profile)
	if !v.Known {
		return "", c.unsaid(q.path)
	}
	return c.L.Unit(v.Value, q.unit), true
}

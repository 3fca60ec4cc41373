package pages

import (
	"net/url"
	"slices"
	"strings"

	"guichet/engine/profile"
)

// housing asks what the dwelling is, and beside what is rented for how much: who leaves that empty is asked on a page of its own.
type housing struct{}

const housingPath = "logement.statut"

// statuses are the values of fact.Statuses, the most frequent first.
var statuses = []string{
	"locataire_hlm", "locataire_vide", "locataire_meuble", "colocataire", "foyer", "residence_etudiante", "heberge_gratuitement", "accedant", "proprietaire", "sans_domicile",
}

func (housing) key() string { return "logement" }

func (housing) owns(_ *answers, path string) bool { return path == housingPath }

func (housing) ask(c *asking, in url.Values) form {
	const topic = "question.logement."
	list := c.radio("logement", "logement.", statuses, in)
	for i, o := range list.Options {
		if slices.Contains(statuses, o.Value) && !slices.Contains(rentFree, o.Value) && c.useful(rentPath) {
			list.Options[i].More = []field{c.rent(rentName(o.Value), o.Value, in)}
		}
	}
	return form{
		words{c.L.T(topic + "titre"), c.L.T("question.plus_proche"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")}, []field{list.heading()},
	}
}

// rentName names the field of the rent of one kind of dwelling.
func rentName(status string) string { return "loyer." + status }

func (housing) fill(c *asking) url.Values {
	h := c.Profile.Housing
	in := fillChoice("logement", h.Status, c.unsaid(housingPath))
	if h.Status != "" && h.Rent.Known {
		in.Set(rentName(h.Status), c.L.Number(h.Rent.Value))
	}
	return in
}

func (housing) read(c *asking, in url.Values) []mistake {
	said, wrong := c.readChoice("logement", statuses, in)
	if wrong != nil {
		return wrong
	}
	if said == "" {
		c.leave(housingPath)
	}
	if said != c.Profile.Housing.Status {
		c.forgetDwelling()
	}
	c.Profile.Housing.Status = said
	if strings.TrimSpace(in.Get(rentName(said))) != "" {
		c.Profile.Housing.Rent, wrong = c.readMoney(rentName(said), rentPath, maxRent, in)
	}
	return wrong
}

func (housing) recall(c *asking) (string, bool) {
	return c.recallChoice("logement.", c.Profile.Housing.Status, c.unsaid(housingPath))
}

// rent asks what the dwelling costs a month.
type rent struct{}

const (
	rentPath    = "logement.loyer"
	chargesPath = "logement.charges"
	maxRent     = 20_000 // EUR/month, as profiles are refused
	maxCharges  = 5_000
)

func (rent) key() string { return "loyer" }

func (rent) owns(_ *answers, path string) bool { return path == rentPath || path == chargesPath }

// asksCharges says whether the charges are worth asking for.
func (rent) asksCharges(c *asking) bool {
	return c.useful(chargesPath) || c.Profile.Housing.Charges.Known || c.unsaid(chargesPath)
}

// rentFree lists the dwellings for which a household pays charges only.
var rentFree = []string{"proprietaire", "heberge_gratuitement", "sans_domicile"}

func (rent) rentFree(c *asking) bool { return slices.Contains(rentFree, c.Profile.Housing.Status) }

// rent makes the field of what a dwelling of that kind costs.
func (c *asking) rent(name, status string, in url.Values) field {
	label := "question.loyer.montant"
	if own := label + "." + status; c.L.Has(own) {
		label = own
	}
	return c.money(name, c.L.T(label), "montants.par_mois", in)
}

func (q rent) ask(c *asking, in url.Values) form {
	const topic = "question.loyer."
	if q.rentFree(c) {
		charges := c.money("charges", c.L.T(topic+"charges"), "montants.par_mois", in)
		charges.Hint = c.L.T(topic + "charges_aide")
		return form{
			words{c.L.T(topic + "titre.libre"), "", c.L.T(topic + "pourquoi.libre"), c.L.T(topic + "charges")},
			[]field{charges, c.dontKnowBox("charges", in)},
		}
	}
	variant := ""
	if v := "." + c.Profile.Housing.Status; c.L.Has(topic + "titre" + v) {
		variant = v
	}
	amount := c.rent("loyer", c.Profile.Housing.Status, in)
	f := form{words{c.L.T(topic + "titre" + variant), c.L.T(topic + "aide"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")}, []field{amount, c.dontKnowBox("loyer", in)}}
	if variant != "" {
		f.Hint = ""
		if c.L.Has(topic + "aide" + variant) {
			f.Hint = c.L.T(topic + "aide" + variant)
		}
	}
	if q.asksCharges(c) {
		charges := c.money("charges", c.L.T(topic+"charges"), "montants.par_mois", in)
		charges.Hint = c.L.T(topic + "charges_aide")
		f.Fields = slices.Insert(f.Fields, 1, charges)
	}
	return f
}

func (rent) fill(c *asking) url.Values {
	in := url.Values{}
	c.fillMoney(in, "loyer", c.Profile.Housing.Rent, rentPath)
	c.fillMoney(in, "charges", c.Profile.Housing.Charges, chargesPath)
	return in
}

func (q rent) read(c *asking, in url.Values) []mistake {
	if q.rentFree(c) {
		charges, wrong := c.readMoney("charges", chargesPath, maxCharges, in)
		c.Profile.Housing.Charges = charges
		if !charges.Known {
			c.leave(chargesPath)
		}
		return wrong
	}
	amount, wrong := c.readMoney("loyer", rentPath, maxRent, in)
	if q.asksCharges(c) && in.Get("charges") != "" {
		charges, bad := c.readMoney("charges", chargesPath, maxCharges, in)
		wrong = append(wrong, bad...)
		c.Profile.Housing.Charges = charges
	} else if q.asksCharges(c) {
		c.Profile.Housing.Charges = profile.Opt[float64]{}
		c.leave(chargesPath)
	}
	c.Profile.Housing.Rent = amount
	if !amount.Known {
		c.leave(rentPath)
	}
	return wrong
}

func (q rent) recall(c *asking) (string, bool) {
	h := c.Profile.Housing
	if q.rentFree(c) {
		if !h.Charges.Known {
			return "", c.unsaid(chargesPath)
		}
		return c.L.Unit(h.Charges.Value, "EUR/mois"), true
	}
	if !h.Rent.Known {
		return "", c.unsaid(rentPath)
	}
	return c.L.Unit(h.Rent.Value, "EUR/mois"), true
}

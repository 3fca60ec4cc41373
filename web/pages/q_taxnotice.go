package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"guichet/engine/profile"
)

// taxNotice asks for the figures of the tax notice.
type taxNotice struct{}

const (
	taxIncomePath = "foyer_fiscal.rfr"
	taxSourcePath = "foyer_fiscal.rfr_selon"
	taxPartsPath  = "foyer_fiscal.parts"
	maxTaxIncome  = 5_000_000 // EUR/year, as profiles are refused
	maxTaxParts   = 20
)

func (taxNotice) key() string { return "foyer_fiscal" }

func (taxNotice) owns(_ *answers, path string) bool {
	return path == taxIncomePath || path == taxSourcePath || path == taxPartsPath
}

func (taxNotice) asksParts(c *asking) bool {
	return c.useful(taxPartsPath) || c.Profile.TaxHousehold.Parts.Known || c.unsaid(taxPartsPath)
}

func (q taxNotice) ask(c *asking, in url.Values) form {
	const topic = "question.foyer_fiscal."
	income := c.money("rfr", c.L.T(topic+"rfr"), "montants.par_an", in)
	income.Hint = c.L.T(topic+"rfr_aide", "Annee", strconv.Itoa(timeOf(c.Today).Year()-2))
	f := form{words{c.L.T(topic + "titre"), "", c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")}, []field{income, c.dontKnowBox("rfr", in)}}
	if q.asksParts(c) {
		f.Fields = slices.Insert(f.Fields, 1, field{
			Shape: "number", ID: fieldID("parts"), Name: "parts", Label: c.L.T(topic + "parts"), Hint: c.L.T(topic + "parts_aide"), Value: in.Get("parts"),
		})
	}
	return f
}

func (taxNotice) fill(c *asking) url.Values {
	in := url.Values{}
	c.fillMoney(in, "rfr", c.Profile.TaxHousehold.Income, taxIncomePath)
	c.fillMoney(in, "parts", c.Profile.TaxHousehold.Parts, taxPartsPath)
	return in
}

func (q taxNotice) read(c *asking, in url.Values) []mistake {
	income, wrong := c.readMoney("rfr", taxIncomePath, maxTaxIncome, in)
	c.Profile.TaxHousehold.Income = income
	if !income.Known {
		c.leave(taxIncomePath)
	}
	if !q.asksParts(c) {
		return wrong
	}
	text := strings.TrimSpace(in.Get("parts"))
	c.Profile.TaxHousehold.Parts = profile.Opt[float64]{}
	if text == "" {
		c.leave(taxPartsPath)
		return wrong
	}
	parts, ok := parseAmount(text)
	if !ok || parts < 1 || parts > maxTaxParts {
		return append(wrong, c.mistaken("parts", "erreur.parts")...)
	}
	c.Profile.TaxHousehold.Parts = profile.Some(parts)
	return wrong
}

func (taxNotice) recall(c *asking) (string, bool) {
	t := c.Profile.TaxHousehold
	var words []string
	if t.Income.Known {
		words = append(words, c.L.Unit(t.Income.Value, "EUR/an"))
	}
	if t.Parts.Known {
		words = append(words, c.L.Unit(t.Parts.Value, "parts"))
	}
	return strings.Join(words, "\n"), len(words) > 0 || c.unsaid(taxIncomePath) || c.unsaid(taxPartsPath)
}

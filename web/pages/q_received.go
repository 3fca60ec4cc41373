package pages

import (
	"net/url"
	"slices"
	"strings"

	"guichet/engine/profile"
)

// received asks which aids the household receives today.
type received struct{}

const receivedPath = "prestations_percues"

func (received) key() string { return "prestations" }

func (received) owns(_ *answers, path string) bool { return under(path, receivedPath) }

func (received) ask(c *asking, in url.Values) form {
	const topic = "question.prestations."
	list := field{Shape: "checks", ID: fieldID("aide"), Name: "aide"}
	for i, aid := range c.Aids {
		o := option{
			ID: list.ID + "-" + aid.ID, Value: aid.ID, Label: aid.Name, Hint: aid.Acronym, Checked: slices.Contains(in["aide"], aid.ID),
			Picture: purposeOf(aid.ID).picture,
		}
		if aid.Monthly {
			o.More = []field{c.money("montant."+aid.ID, c.L.T(topic+"montant"), "montants.par_mois", in)}
		}
		if i == 0 {
			o.ID = list.ID
		}
		list.Options = append(list.Options, o)
	}
	list.Options = append(list.Options, c.apart(list, none, c.L.T(topic+"aucune"), "", in), c.apart(list, dontKnow, c.L.T("question.nsp"), c.L.T("question.nsp_aide"), in))
	return form{words{c.L.T(topic + "titre"), c.L.T(topic + "aide"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")}, []field{list.heading()}}
}

func (received) fill(c *asking) url.Values {
	in := url.Values{}
	list := c.Profile.Received
	switch {
	case list.Known && len(list.Value) == 0:
		in.Set("aide", none)
	case list.Known:
		for _, b := range list.Value {
			in.Add("aide", b.Aid)
			if b.Amount.Known {
				in.Set("montant."+b.Aid, c.L.Number(b.Amount.Value))
			}
		}
	case c.unsaid(receivedPath):
		in.Set("aide", dontKnow)
	}
	return in
}

func (received) read(c *asking, in url.Values) []mistake {
	ticked := in["aide"]
	if len(ticked) == 0 {
		return c.mistaken("aide", "erreur.cocher")
	}
	for apart, label := range map[string]string{none: "question.prestations.aucune", dontKnow: "question.nsp"} {
		if slices.Contains(ticked, apart) && len(ticked) > 1 {
			return c.mistaken("aide", "erreur.cocher_exclusif", "Choix", c.L.T(label))
		}
	}
	if ticked[0] == dontKnow {
		c.Profile.Received = profile.Opt[[]profile.Benefit]{}
		c.leave(receivedPath)
		return nil
	}
	list := []profile.Benefit{}
	var wrong []mistake
	for _, aid := range c.Aids {
		if !slices.Contains(ticked, aid.ID) {
			continue
		}
		benefit := profile.Benefit{Aid: aid.ID}
		if name := "montant." + aid.ID; aid.Monthly && strings.TrimSpace(in.Get(name)) != "" {
			amount, bad := c.readMoney(name, "", profile.MaxBenefit, in)
			benefit.Amount = amount
			wrong = append(wrong, bad...)
		}
		list = append(list, benefit)
	}
	if len(list) == 0 && ticked[0] != none {
		return c.mistaken("aide", "erreur.cocher")
	}
	c.Profile.Received = profile.Some(list)
	return wrong
}

func (received) recall(c *asking) (string, bool) {
	list := c.Profile.Received
	if !list.Known {
		return "", c.unsaid(receivedPath)
	}
	if len(list.Value) == 0 {
		return c.L.T("question.prestations.aucune"), true
	}
	var words []string
	for _, b := range list.Value {
		text := c.aidName(b.Aid)
		if b.Amount.Known {
			text = c.L.T("erreur.pour", "Qui", text, "Message", c.L.Unit(b.Amount.Value, "EUR/mois"))
		}
		words = append(words, text)
	}
	return strings.Join(words, "\n"), true
}

// aidName gives the legal name of an aid.
func (c *asking) aidName(id string) string {
	for _, aid := range c.Aids {
		if aid.ID == id {
			return aid.Name
		}
	}
	return id
}

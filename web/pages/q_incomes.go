package pages

import (
	"net/url"
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

// incomes asks which kinds of money an adult receives, and how much of each. Only what changes from month to month is asked again,
// month by month, on the next page.
type incomes struct{ who string }

// The fields of one kind: its amount a month, and the box of one that changes.
func netName(kind string) string     { return kind + ".net" }
func variesName(kind string) string  { return kind + ".varie" }
func (q incomes) of(k string) string { return q.path() + "." + k }

// kinds are the values of fact.Incomes, the most frequent first.
var kinds = []string{
	"salaire", "chomage", "retraite", "indemnites_journalieres", "pension_invalidite", "independant", "micro_entreprise",
	"pension_alimentaire_percue", "pension_alimentaire_versee", "bourse", "locatif", "capital", "autre",
}

func (q incomes) key() string  { return "revenus." + q.who }
func (q incomes) path() string { return q.who + "." + incomeField }

// Once the kinds are known, what is missing of them is amounts.
func (q incomes) owns(a *answers, path string) bool {
	return under(path, q.path()) && !a.person(q.who).Incomes.Known
}

func (q incomes) ask(c *asking, in url.Values) form {
	const topic = "question.revenus."
	list := field{Shape: "checks", ID: fieldID("revenu"), Name: "revenu"}
	for i, kind := range kinds {
		o := option{
			ID: list.ID + "-" + kind, Value: kind, Label: c.L.T("revenus." + kind), Checked: slices.Contains(in["revenu"], kind), More: c.monthly(kind, in),
			Picture: pictures["revenus."+kind],
		}
		if i == 0 {
			o.ID = list.ID
		}
		if hint := "revenus." + kind + ".aide"; c.L.Has(hint) {
			o.Hint = c.L.T(hint)
		}
		list.Options = append(list.Options, o)
	}
	list.Options = append(list.Options, c.apart(list, none, c.L.T("revenus.aucun"), "", in), c.apart(list, dontKnow, c.L.T("question.nsp"), c.L.T("question.nsp_aide"), in))
	return form{words{c.L.T(topic + "titre." + q.who), c.L.T(topic + "aide"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom." + q.who)}, []field{list.heading()}}
}

// monthly makes the fields of one kind: left empty, it is not known.
func (c *asking) monthly(kind string, in url.Values) []field {
	net := c.money(netName(kind), c.L.T("montants.combien"), "montants.euros", in)
	net.Hint, net.Slip = c.L.T("montants.vide"), c.slip(kind)
	varies := variesName(kind)
	return []field{net, {Shape: "checks", ID: fieldID(varies), Name: varies, Options: []option{
		{ID: fieldID(varies), Value: "oui", Label: c.L.T("montants.varie"), Hint: c.L.T("montants.varie_suite"), Checked: in.Get(varies) != ""},
	}}}
}

// apart makes the option of a list of boxes that goes with no other.
func (c *asking) apart(list field, value, label, hint string, in url.Values) option {
	picture := pictures["reponse.non"]
	if value == dontKnow {
		picture = pictures["question.nsp"]
	}
	return option{
		ID: list.ID + "-" + value, Value: value, Label: label, Hint: hint, Checked: slices.Contains(in[list.Name], value), Apart: true, Picture: picture,
	}
}

func (q incomes) fill(c *asking) url.Values {
	in := url.Values{}
	p := c.person(q.who)
	switch {
	case p.Incomes.Known && len(p.Incomes.Value) == 0:
		in.Set("revenu", none)
	case p.Incomes.Known:
		for _, income := range p.Incomes.Value {
			in.Add("revenu", income.Kind)
			switch {
			case steady(income):
				in.Set(netName(income.Kind), c.L.Number(income.Net.Value))
			case !c.unsaid(q.of(income.Kind)):
				in.Set(variesName(income.Kind), "oui")
			}
		}
	case c.unsaid(q.path()):
		in.Set("revenu", dontKnow)
	}
	return in
}

func (q incomes) read(c *asking, in url.Values) []mistake {
	ticked := in["revenu"]
	if len(ticked) == 0 {
		return c.mistaken("revenu", "erreur.cocher")
	}
	for apart, label := range map[string]string{none: "revenus.aucun", dontKnow: "question.nsp"} {
		if slices.Contains(ticked, apart) && len(ticked) > 1 {
			return c.mistaken("revenu", "erreur.cocher_exclusif", "Choix", c.L.T(label))
		}
	}
	p := c.person(q.who)
	switch ticked[0] {
	case dontKnow:
		p.Incomes = profile.Opt[[]profile.Income]{}
		c.leave(q.path())
		return nil
	case none:
		p.Incomes = profile.Some([]profile.Income{})
		return nil
	}
	for _, kind := range ticked {
		if !slices.Contains(fact.Incomes, kind) {
			return c.mistaken("revenu", "erreur.cocher")
		}
	}
	list := keepKinds(p.Incomes.Value, ticked)
	var wrong []mistake
	for i := range list {
		bad := q.readKind(c, &list[i], in)
		wrong = append(wrong, c.each(bad, len(list), list[i].Kind)...)
	}
	p.Incomes = profile.Some(list)
	return wrong
}

// readKind reads the amount of one kind, which is new or already known.
func (q incomes) readKind(c *asking, income *profile.Income, in url.Values) []mistake {
	path := q.of(income.Kind)
	c.forget(func(p string) bool { return p == path })
	switch {
	case in.Get(variesName(income.Kind)) != "":
		if steady(*income) {
			*income = profile.Income{Kind: income.Kind} // the months are asked next
		}
		return nil
	case strings.TrimSpace(in.Get(netName(income.Kind))) == "":
		*income = profile.Income{Kind: income.Kind}
		c.leave(path)
		return nil
	}
	net, wrong := c.readMoney(netName(income.Kind), path, fact.MaxIncome, in)
	*income = profile.Income{Kind: income.Kind, Net: net}
	return wrong
}

// steady says whether an income is known to be the same each month.
func steady(income profile.Income) bool { return income.Net.Known && len(income.Months) == 0 }

// each says of which of several kinds a mistake speaks.
func (c *asking) each(bad []mistake, kinds int, kind string) []mistake {
	if kinds > 1 {
		for i := range bad {
			bad[i].Text = c.L.T("erreur.pour", "Qui", c.L.T("revenus."+kind), "Message", bad[i].Text)
		}
	}
	return bad
}

// keepKinds gives the incomes of the given kinds: those already known with their amounts, the others without.
func keepKinds(known []profile.Income, ticked []string) []profile.Income {
	list := []profile.Income{}
	for _, kind := range kinds {
		if !slices.Contains(ticked, kind) {
			continue
		}
		if i := slices.IndexFunc(known, func(in profile.Income) bool { return in.Kind == kind }); i >= 0 {
			list = append(list, known[i])
		} else {
			list = append(list, profile.Income{Kind: strings.Clone(kind)})
		}
	}
	return list
}

func (q incomes) recall(c *asking) (string, bool) {
	p := c.person(q.who)
	switch {
	case p.Incomes.Known && len(p.Incomes.Value) == 0:
		return c.L.T("revenus.aucun"), true
	case p.Incomes.Known:
		var names []string
		for _, income := range p.Incomes.Value {
			name := c.L.T("revenus." + income.Kind)
			switch {
			case steady(income):
				name = c.L.T("erreur.pour", "Qui", name, "Message", c.L.Unit(income.Net.Value, "EUR/mois"))
			case c.unsaid(q.of(income.Kind)):
				name = c.L.T("erreur.pour", "Qui", name, "Message", c.L.T("verifier.nsp"))
			}
			names = append(names, name)
		}
		return strings.Join(names, "\n"), true
	}
	return "", c.unsaid(q.path())
}

package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"guichet/engine/profile"
)

// childBirths asks when each child was born, and whether some live in turn with their other parent.
type childBirths struct{}

const (
	birthField   = ".naissance"
	custodyField = ".garde_alternee"
)

func (childBirths) key() string { return "enfants.naissance" }

func (childBirths) owns(a *answers, path string) bool {
	who, _ := whose(path)
	_, child := childIndex(who)
	return child && (path == who || path == who+birthField || path == who+custodyField)
}

func (q childBirths) ask(c *asking, in url.Values) form {
	const topic = "question.enfants_naissance."
	children := c.children()
	f := form{words: words{c.L.N(topic+"titre", len(children)), c.L.T("question.naissance.aide"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")}}
	for i := range children {
		name := q.name(i)
		day := c.date(name, in)
		if day.Label = c.L.T("personne.enfant", "I", i+1); len(children) == 1 {
			day = day.heading()
		}
		box := c.dontKnowBox(name, in)
		box.Options[0].Label, box.Options[0].Hint = c.L.T(topic+dontKnow), ""
		box.Label = day.Label
		f.Fields = append(f.Fields, day, box)
	}
	if c.asksCustody() {
		f.Fields = append(f.Fields, c.custody(in))
	}
	return f
}

func (childBirths) name(i int) string { return "enfant" + strconv.Itoa(i+1) }

// asksCustody says whether it still counts, or was said, where a child lives.
func (c *asking) asksCustody() bool {
	return slices.ContainsFunc(c.children(), func(who string) bool {
		return c.useful(who+custodyField) || c.person(who).SharedCustody.Known || c.unsaid(who+custodyField) || slices.Contains(c.Was, who+custodyField)
	})
}

// custody makes the list of whether a child lives in turn with the other parent.
func (c *asking) custody(in url.Values) field {
	list := field{Shape: "radio", ID: fieldID("garde"), Name: "garde", Label: c.L.T("question.garde.titre"), Hint: c.L.T("question.garde.aide")}
	list.Options = []option{
		{ID: list.ID, Value: none, Label: c.L.T("question.garde.aucun"), Checked: in.Get("garde") == none},
		{ID: list.ID + "-oui", Value: "oui", Label: c.L.T("reponse.oui"), Checked: in.Get("garde") == "oui"},
		c.dontKnowOption("garde", in),
	}
	if children := c.children(); len(children) > 1 {
		which := field{Shape: "checks", ID: fieldID("garde.qui"), Name: "garde.qui", Label: c.L.T("question.qui")}
		for i := range children {
			value := strconv.Itoa(i)
			o := option{ID: which.ID + "-" + value, Value: value, Label: c.L.T("personne.enfant", "I", i+1), Checked: slices.Contains(in["garde.qui"], value)}
			if i == 0 {
				o.ID = which.ID
			}
			which.Options = append(which.Options, o)
		}
		list.Options[1].More = []field{which}
	}
	return list
}

func (q childBirths) fill(c *asking) url.Values {
	in := url.Values{}
	for i, who := range c.children() {
		child := c.person(who)
		fillDate(in, q.name(i), child.Birth)
		if c.unsaid(who + birthField) {
			in.Set(q.name(i)+"."+dontKnow, "oui")
		}
		switch {
		case child.SharedCustody.Known && child.SharedCustody.Value:
			in.Set("garde", "oui")
			in.Add("garde.qui", strconv.Itoa(i))
		case in.Get("garde") == "oui":
		case child.SharedCustody.Known:
			in.Set("garde", none)
		case c.unsaid(who + custodyField):
			in.Set("garde", dontKnow)
		}
	}
	return in
}

func (q childBirths) read(c *asking, in url.Values) []mistake {
	var wrong []mistake
	children := c.children()
	for i, who := range children {
		day, unknown, bad := c.readDate(q.name(i), who+birthField, in)
		if bad == nil && !unknown {
			bad = c.checkChildBirth(q.name(i), who, day)
		}
		if len(children) > 1 {
			for j := range bad {
				bad[j].Text = c.L.T("erreur.pour", "Qui", c.L.T("personne.enfant", "I", i+1), "Message", bad[j].Text)
			}
		}
		wrong = append(wrong, bad...)
		c.person(who).Birth = day
		if unknown {
			c.leave(who + birthField)
		}
	}
	if c.asksCustody() {
		wrong = append(wrong, c.readCustody(children, in)...)
	}
	return wrong
}

// maxChildAge is the age above which nobody is a dependent child, as profiles are refused.
const maxChildAge = 30

func (c *asking) checkChildBirth(name, who string, day profile.Date) []mistake {
	at := fieldID(name) + "-annee"
	parents := []profile.Date{c.Profile.Claimant.Birth}
	if c.Profile.Spouse != nil {
		parents = append(parents, c.Profile.Spouse.Birth)
	}
	i, _ := childIndex(who)
	switch {
	case slices.ContainsFunc(parents, func(parent profile.Date) bool { return parent.Known() && day <= parent }):
		return []mistake{{at, c.L.T("erreur.plus_vieux", "Qui", c.L.T("personne.enfant", "I", i+1))}}
	case int(c.Today-day) > maxChildAge*12*32:
		return []mistake{{at, c.L.T("erreur.enfant_age", "Max", maxChildAge)}}
	}
	return nil
}

func (c *asking) readCustody(children []string, in url.Values) []mistake {
	said := in.Get("garde")
	switch said {
	case dontKnow, none, "oui":
	default:
		return c.mistaken("garde", "erreur.choisir")
	}
	shared := in["garde.qui"]
	if said == "oui" && len(children) == 1 {
		shared = []string{"0"}
	}
	if said == "oui" && !slices.ContainsFunc(shared, func(s string) bool { n, err := strconv.Atoi(s); return err == nil && n >= 0 && n < len(children) }) {
		return c.mistaken("garde.qui", "erreur.cocher_qui")
	}
	for i, who := range children {
		if said == dontKnow {
			c.person(who).SharedCustody = profile.Opt[bool]{}
			c.leave(who + custodyField)
			continue
		}
		c.person(who).SharedCustody = profile.Some(said == "oui" && slices.Contains(shared, strconv.Itoa(i)))
	}
	return nil
}

func (q childBirths) recall(c *asking) (string, bool) {
	var words []string
	said := false
	for i, who := range c.children() {
		child := c.person(who)
		text := ""
		switch {
		case child.Birth.Known():
			text = c.L.Date(timeOf(child.Birth))
		case c.unsaid(who + birthField):
			text = c.L.T("verifier.nsp")
		default:
			continue
		}
		said = true
		if child.SharedCustody.Known && child.SharedCustody.Value {
			text += " (" + strings.ToLower(c.L.T("question.garde.nom")) + ")"
		}
		words = append(words, c.L.T("erreur.pour", "Qui", c.L.T("personne.enfant", "I", i+1), "Message", text))
	}
	return strings.Join(words, "\n"), said
}

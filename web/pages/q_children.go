package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"guichet/engine/fact"
)

// dependants asks which children depend on the household: a row for each, with the day of birth, and whether some live in turn with
// their other parent. Rows are added and taken away by buttons that show the page again.
type dependants struct{}

const (
	childrenPath = "enfants"
	birthField   = ".naissance"
	custodyField = ".garde_alternee"

	someChildren = "oui"
	rowsField    = "lignes"  // how many rows the form shows
	newRow       = "nouveau" // the row that was just added
	goneRow      = "retire"  // set when one was just taken away
	originField  = ".de"     // of a row: the place of the child that it speaks of, empty for one nobody has spoken of yet
)

// firstRows is how many rows wait for a household of which nothing is known: enough for most on one page.
const firstRows = 3

// maxChildren is how many children a household may have besides two adults.
const maxChildren = fact.MaxPeople - 2

func (dependants) key() string { return childrenPath }

// What is said of children nobody has counted yet hangs on whether there are any.
func (dependants) owns(a *answers, path string) bool {
	if path == childrenPath || !a.Profile.Children.Known && under(path, childrenPath) {
		return true
	}
	who, _ := whose(path)
	_, child := childIndex(who)
	return child && (path == who || path == who+birthField || path == who+custodyField)
}

// row names the fields of a row, counted from 0.
func (dependants) row(i int) string { return "enfant" + strconv.Itoa(i+1) }

// rows is how many rows a form shows.
func (dependants) rows(in url.Values) int {
	n, err := strconv.Atoi(in.Get(rowsField))
	if err != nil {
		return firstRows
	}
	return min(max(n, 1), maxChildren)
}

func (q dependants) ask(c *asking, in url.Values) form {
	const topic = "question.enfants."
	list := field{Shape: "radio", ID: fieldID("enfants"), Name: "enfants"}
	list.Options = []option{
		{ID: list.ID, Value: none, Label: c.L.T("enfants.aucun"), Checked: in.Get("enfants") == none, Picture: pictures["enfants.aucun"]},
		{
			ID: list.ID + "-oui", Value: someChildren, Label: c.L.T("reponse.oui"), Checked: in.Get("enfants") == someChildren, More: []field{q.list(c, in)},
			Picture: topics[childrenPath],
		},
		c.dontKnowOption("enfants", in),
	}
	if c.asksCustody() {
		list.Options[1].More = append(list.Options[1].More, c.custody(q.rows(in), in))
	}
	return form{words{c.L.T(topic + "titre"), c.L.T(topic + "aide"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")}, []field{list.heading()}}
}

// list makes the rows.
func (q dependants) list(c *asking, in url.Values) field {
	n := q.rows(in)
	list := field{
		Shape: "rows", ID: fieldID(rowsField), Name: rowsField, Value: strconv.Itoa(n), Label: c.L.N("question.enfants_naissance.titre", n), Hint: c.L.T("enfants.lignes_aide"),
		Focus: in.Has(goneRow),
	}
	for i := range n {
		name := q.row(i)
		day := c.date(name, in)
		day.Label = c.L.T("personne.enfant", "I", i+1)
		day.Parts[0].Focus = in.Get(newRow) == strconv.Itoa(i)
		box := c.dontKnowBox(name, in)
		box.Options[0].Label, box.Options[0].Hint, box.Options[0].Picture = c.L.T("question.enfants_naissance."+dontKnow), "", ""
		box.Label = day.Label
		from := field{Shape: "hidden", Name: name + originField, Value: in.Get(name + originField)}
		list.Rows = append(list.Rows, row{
			Label: day.Label, Fields: []field{day, box, from}, Remove: actRemove + strconv.Itoa(i), RemoveLabel: c.L.T("enfants.retirer"),
			RemoveWhich: c.L.T("verifier.modifier_quoi", "Quoi", day.Label),
		})
	}
	if n < maxChildren {
		list.Unit = c.L.T("enfants.ajouter")
	}
	return list
}

// asksCustody says whether it still counts, or was said, where a child lives.
func (c *asking) asksCustody() bool {
	return !c.Profile.Children.Known || slices.ContainsFunc(c.children(), func(who string) bool {
		return c.useful(who+custodyField) || c.person(who).SharedCustody.Known || c.unsaid(who+custodyField) || slices.Contains(c.Was, who+custodyField)
	})
}

// custody makes the list of whether a child of n rows lives in turn with the other parent.
func (c *asking) custody(n int, in url.Values) field {
	list := field{Shape: "radio", ID: fieldID("garde"), Name: "garde", Label: c.L.T("question.garde.titre"), Hint: c.L.T("question.garde.aide")}
	list.Options = []option{
		{ID: list.ID, Value: none, Label: c.L.T("question.garde.aucun"), Checked: in.Get("garde") == none, Picture: pictures["question.garde.aucun"]},
		{ID: list.ID + "-oui", Value: "oui", Label: c.L.T("reponse.oui"), Checked: in.Get("garde") == "oui", Picture: pictures["reponse.oui"]},
		c.dontKnowOption("garde", in),
	}
	if n > 1 {
		which := field{Shape: "checks", ID: fieldID("garde.qui"), Name: "garde.qui", Label: c.L.T("question.qui")}
		for i := range n {
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

func (q dependants) fill(c *asking) url.Values {
	in := url.Values{}
	switch {
	case c.unsaid(childrenPath):
		in.Set("enfants", dontKnow)
		return in
	case !c.Profile.Children.Known:
		return in
	case len(c.Profile.Children.Value) == 0:
		in.Set("enfants", none)
		return in
	}
	in.Set("enfants", someChildren)
	in.Set(rowsField, strconv.Itoa(len(c.Profile.Children.Value)))
	for i, who := range c.children() {
		child := c.person(who)
		in.Set(q.row(i)+originField, strconv.Itoa(i))
		fillDate(in, q.row(i), child.Birth)
		if c.unsaid(who + birthField) {
			in.Set(q.row(i)+"."+dontKnow, "oui")
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

func (q dependants) recall(c *asking) (string, bool) {
	if !c.Profile.Children.Known {
		return "", c.unsaid(childrenPath)
	}
	n := len(c.Profile.Children.Value)
	if n == 0 {
		return c.L.T("enfants.aucun"), true
	}
	words := []string{c.L.N("enfants.nombre", n)}
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
		if child.SharedCustody.Known && child.SharedCustody.Value {
			text += " (" + c.L.Lower(c.L.T("question.garde.nom")) + ")"
		}
		words = append(words, c.L.T("erreur.pour", "Qui", c.L.T("personne.enfant", "I", i+1), "Message", text))
	}
	return strings.Join(words, "\n"), true
}

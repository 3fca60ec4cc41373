package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/profile"
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
			text += " (" + strings.ToLower(c.L.T("question.garde.nom")) + ")"
		}
		words = append(words, c.L.T("erreur.pour", "Qui", c.L.T("personne.enfant", "I", i+1), "Message", text))
	}
	return strings.Join(words, "\n"), true
}

// A child as a row tells it.
type told struct {
	row  int
	from int // the place of the child so far; -1 for one nobody has spoken of yet
	born profile.Date
}

func (q dependants) read(c *asking, in url.Values) []mistake {
	asked := c.asksCustody()
	switch in.Get("enfants") {
	case dontKnow:
		c.arrangeChildren(nil)
		c.Profile.Children = profile.Opt[[]profile.Person]{}
		c.leave(childrenPath)
		return nil
	case none:
		c.arrangeChildren(nil)
		return nil
	case someChildren:
	default:
		return c.mistaken("enfants", "erreur.choisir")
	}
	list, wrong := q.readRows(c, in)
	if wrong == nil && len(list) == 0 {
		wrong = c.mistaken(q.row(0), "erreur.enfants_aucun")
	}
	if wrong != nil {
		return wrong
	}
	var kept []int
	for _, child := range list {
		kept = append(kept, child.from)
	}
	c.arrangeChildren(kept)
	for i, child := range list {
		c.person(childName(i)).Birth = child.born
		if !child.born.Known() {
			c.leave(childName(i) + birthField)
		}
	}
	if asked {
		return c.readCustody(list, in)
	}
	return nil
}

// readRows reads the rows that tell of a child: a row left empty tells of none, unless it spoke of one before.
func (q dependants) readRows(c *asking, in url.Values) ([]told, []mistake) {
	var list []told
	var wrong []mistake
	n := q.rows(in)
	for i := range n {
		name := q.row(i)
		child := told{row: i, from: q.origin(c, name, in, list)}
		path := ""
		if child.from >= 0 {
			path = childName(child.from) + birthField
		}
		var bad []mistake
		switch empty := strings.TrimSpace(in.Get(name+".jour")+in.Get(name+".mois")+in.Get(name+".annee")) == "" && in.Get(name+"."+dontKnow) == ""; {
		case empty && child.from < 0:
			continue
		case empty:
			bad = c.mistaken(name, "erreur.enfant_vide")
		default:
			var unknown bool
			child.born, unknown, bad = c.readDate(name, path, in)
			if bad == nil && !unknown {
				bad = c.checkChildBirth(name, i, child.born)
			}
		}
		if n > 1 {
			for j := range bad {
				bad[j].Text = c.L.T("erreur.pour", "Qui", c.L.T("personne.enfant", "I", i+1), "Message", bad[j].Text)
			}
		}
		list, wrong = append(list, child), append(wrong, bad...)
	}
	return list, wrong
}

// origin gives the place of the child that a row spoke of before; no two rows speak of one child.
func (dependants) origin(c *asking, name string, in url.Values, before []told) int {
	from, err := strconv.Atoi(in.Get(name + originField))
	if err != nil || from < 0 || from >= len(c.Profile.Children.Value) || slices.ContainsFunc(before, func(t told) bool { return t.from == from }) {
		return -1
	}
	return from
}

// maxChildAge is the age above which nobody is a dependent child, as profiles are refused.
const maxChildAge = 30

func (c *asking) checkChildBirth(name string, i int, day profile.Date) []mistake {
	at := fieldID(name) + "-annee"
	parents := []profile.Date{c.Profile.Claimant.Birth}
	if c.Profile.Spouse != nil {
		parents = append(parents, c.Profile.Spouse.Birth)
	}
	switch {
	case slices.ContainsFunc(parents, func(parent profile.Date) bool { return parent.Known() && day <= parent }):
		return []mistake{{at, c.L.T("erreur.plus_vieux", "Qui", c.L.T("personne.enfant", "I", i+1))}}
	case int(c.Today-day) > maxChildAge*12*32:
		return []mistake{{at, c.L.T("erreur.enfant_age", "Max", maxChildAge)}}
	}
	return nil
}

func (c *asking) readCustody(list []told, in url.Values) []mistake {
	said := in.Get("garde")
	switch said {
	case dontKnow, none, "oui":
	default:
		return c.mistaken("garde", "erreur.choisir")
	}
	shared := func(child told) bool {
		return said == "oui" && (len(list) == 1 || slices.Contains(in["garde.qui"], strconv.Itoa(child.row)))
	}
	if said == "oui" && !slices.ContainsFunc(list, shared) {
		return c.mistaken("garde.qui", "erreur.cocher_qui")
	}
	for i, child := range list {
		if said == dontKnow {
			c.person(childName(i)).SharedCustody = profile.Opt[bool]{}
			c.leave(childName(i) + custodyField)
			continue
		}
		c.person(childName(i)).SharedCustody = profile.Some(shared(child))
	}
	return nil
}

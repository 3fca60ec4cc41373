package pages

import (
	"net/url"
	"strconv"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

// howManyChildren asks how many children depend on the household.
type howManyChildren struct{}

const (
	childrenPath = "enfants"
	manyChildren = 6 // from here on the number is typed
	moreChildren = "plus"
)

// maxChildren is how many children a household may have besides two adults.
const maxChildren = fact.MaxPeople - 2

func (howManyChildren) key() string { return childrenPath }

// What is said of children nobody has counted yet hangs on their number.
func (howManyChildren) owns(a *answers, path string) bool {
	return path == childrenPath || !a.Profile.Children.Known && under(path, childrenPath)
}

func (howManyChildren) ask(c *asking, in url.Values) form {
	const topic = "question.enfants."
	list := field{Shape: "radio", ID: fieldID("enfants"), Name: "enfants"}
	add := func(value, label string, more ...field) {
		o := option{ID: fieldID("enfants") + "-" + value, Value: value, Label: label, Checked: in.Get("enfants") == value, More: more}
		if len(list.Options) == 0 {
			o.ID = list.ID
		}
		list.Options = append(list.Options, o)
	}
	add("0", c.L.T("enfants.aucun"))
	for n := 1; n < manyChildren; n++ {
		add(strconv.Itoa(n), c.L.N("enfants.nombre", n))
	}
	add(moreChildren, c.L.T("enfants.plus"), field{Shape: "number", ID: fieldID("combien"), Name: "combien", Label: c.L.T("enfants.combien"), Value: in.Get("combien")})
	list.Options = append(list.Options, c.dontKnowOption("enfants", in))
	return form{words{c.L.T(topic + "titre"), c.L.T(topic + "aide"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")}, []field{list.heading()}}
}

func (howManyChildren) fill(c *asking) url.Values {
	n := len(c.Profile.Children.Value)
	switch {
	case c.unsaid(childrenPath):
		return url.Values{"enfants": {dontKnow}}
	case !c.Profile.Children.Known:
		return url.Values{}
	case n >= manyChildren:
		return url.Values{"enfants": {moreChildren}, "combien": {strconv.Itoa(n)}}
	}
	return url.Values{"enfants": {strconv.Itoa(n)}}
}

func (q howManyChildren) read(c *asking, in url.Values) []mistake {
	chosen := in.Get("enfants")
	if chosen == dontKnow {
		c.Profile.Children = profile.Opt[[]profile.Person]{}
		c.forget(func(path string) bool { return strings.HasPrefix(path, childrenPath+"[") })
		c.leave(childrenPath)
		return nil
	}
	n, err := strconv.Atoi(chosen)
	if chosen == moreChildren {
		if n, err = strconv.Atoi(strings.TrimSpace(in.Get("combien"))); err != nil || n < 1 || n > maxChildren {
			return c.mistaken("combien", "erreur.nombre_enfants", "Min", manyChildren, "Max", maxChildren)
		}
	} else if err != nil || n < 0 || n >= manyChildren {
		return c.mistaken("enfants", "erreur.choisir")
	}
	list := make([]profile.Person, n)
	copy(list, c.Profile.Children.Value)
	c.Profile.Children = profile.Some(list)
	c.forget(func(path string) bool {
		who, _ := whose(path)
		i, child := childIndex(who)
		return child && i >= n
	})
	return nil
}

func (howManyChildren) recall(c *asking) (string, bool) {
	if !c.Profile.Children.Known {
		return "", c.unsaid(childrenPath)
	}
	if n := len(c.Profile.Children.Value); n > 0 {
		return c.L.N("enfants.nombre", n), true
	}
	return c.L.T("enfants.aucun"), true
}

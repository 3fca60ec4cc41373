package pages

import (
	"net/url"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

// couple asks whether the claimant lives with a partner.
type couple struct{}

func (couple) key() string { return "couple" }

// What is said of a spouse nobody knows of yet hangs on whether there is one.
func (couple) owns(a *answers, path string) bool {
	return path == "couple" || a.Profile.Spouse == nil && under(path, spouse)
}

func (couple) ask(c *asking, in url.Values) form {
	return form{
		words{c.L.T("question.couple.titre"), c.L.T("question.couple.aide"), c.L.T("question.couple.pourquoi"), c.L.T("question.couple.nom")},
		[]field{c.radio("couple", "couple.", fact.Couples, in).heading()},
	}
}

func (couple) fill(c *asking) url.Values {
	return fillChoice("couple", c.Profile.Couple, c.unsaid("couple"))
}

func (couple) read(c *asking, in url.Values) []mistake {
	said, wrong := c.readChoice("couple", fact.Couples, in)
	if wrong != nil {
		return wrong
	}
	c.Profile.Couple = said
	switch said {
	case "":
		c.leave("couple")
		c.withoutSpouse()
	case fact.Couples[0]:
		c.withoutSpouse()
	default:
		if c.Profile.Spouse == nil {
			c.Profile.Spouse = &profile.Person{}
		}
		c.Profile.IsolatedFrom = 0
		c.forget(func(path string) bool { return path == "isole_depuis" })
	}
	return nil
}

// withoutSpouse drops what was said of a spouse who is no more.
func (c *asking) withoutSpouse() {
	c.Profile.Spouse = nil
	c.forget(func(path string) bool { return under(path, spouse) })
}

func (couple) recall(c *asking) (string, bool) {
	return c.recallChoice("couple.", c.Profile.Couple, c.unsaid("couple"))
}

// fillChoice gives the value of a list of which one answer was chosen.
func fillChoice(name, value string, unsaid bool) url.Values {
	switch {
	case value != "":
		return url.Values{name: {value}}
	case unsaid:
		return url.Values{name: {dontKnow}}
	}
	return url.Values{}
}

// readChoice reads which answer was chosen; "" is "I don't know".
func (c *asking) readChoice(name string, values []string, in url.Values) (string, []mistake) {
	chosen := in.Get(name)
	if chosen == dontKnow {
		return "", nil
	}
	for _, v := range values {
		if v == chosen {
			return strings.Clone(v), nil
		}
	}
	return "", c.mistaken(name, "erreur.choisir")
}

// recallChoice says in words which answer was chosen.
func (c *asking) recallChoice(prefix, value string, unsaid bool) (string, bool) {
	if value == "" {
		return "", unsaid
	}
	return c.L.T(prefix + value), true
}

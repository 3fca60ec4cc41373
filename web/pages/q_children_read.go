package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"guichet/engine/profile"
)

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
		who := childName(i)
		p, young := c.person(who), !c.mayWork(who)
		p.Birth = child.born
		if !child.born.Known() {
			c.leave(who + birthField)
		}
		switch {
		case !c.mayWork(who):
			p.Activity = "inactif" // at school: nobody has to be asked
		case young:
			p.Activity = ""
		}
	}
	if asked {
		return c.readCustody(list, in)
	}
	return nil
}

// workAge is the age from which one may work, as an apprentice: article L6222-1 of the code du travail.
const workAge = 15

// MayWork says whether who was born on a day is old enough to work on another.
func MayWork(birth, day profile.Date) bool { return int(day-birth) >= workAge*12*32 }

// mayWork says whether somebody is old enough to work, or may be.
func (a *answers) mayWork(who string) bool {
	birth := a.person(who).Birth
	return !birth.Known() || MayWork(birth, profile.DateOfTime(a.Since))
}

// oldEnough lists the children who may work.
func (a *answers) oldEnough() []string {
	return slices.DeleteFunc(a.children(), func(who string) bool { return !a.mayWork(who) })
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

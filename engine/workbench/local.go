package workbench

import (
	"net/url"
	"path"
	"strings"

	"guichet/engine/ruleset"
	"guichet/engine/territory"
)

// expiryWarned is how many months before its deliberation ends an aid is told of: a council meets a few times a year.
const expiryWarned = 3

// deliberations tells of local aids that are no longer computed, or will not be soon, and of those that still cite the
// deliberation of the model they were copied from.
func (c *check) deliberations() {
	for _, a := range c.Set.Aids() {
		if !a.Where.Local() {
			continue
		}
		v := a.VersionAt(c.day)
		last := a.Versions[len(a.Versions)-1]
		switch {
		case c.day < a.From, v.From < last.From && v.Until.Month()+1 >= last.From.Month(): // the next version takes over in time
		case a.Expired(c.day):
			c.find(Expiry, Alarm, v.Place, "« %s » n'est plus calculée : sa délibération valait jusqu'au %s ; ajoutez une version, ou repoussez « valable_jusqu_au: »", a.ID, v.Until)
		case monthsBetween(c.day, v.Until) < expiryWarned:
			c.find(Expiry, Warning, v.Place, "« %s » ne sera plus calculée après le %s : préparez la version suivante", a.ID, v.Until)
		}
	}
	models := map[string]ruleset.Place{}
	for _, s := range c.Statements {
		c.ofModel(models, s.Quantity.Namespace, s.Place, s.References)
	}
	for _, name := range c.Set.Baremes() {
		b, _ := c.Set.Bareme(name)
		for _, v := range b.Values {
			c.ofModel(models, path.Base(path.Dir(v.Place.File)), v.Place, v.Reference)
		}
	}
	for _, at := range models {
		c.find(Provenance, Warning, at, "la délibération citée est encore celle du modèle : mettez la vôtre sous « references: »")
	}
}

// ofModel notes the first place in each file of a local aid, of a real place, that cites an address of no site at all: those of
// the models.
func (c *check) ofModel(first map[string]ruleset.Place, aid string, at ruleset.Place, refs []ruleset.Reference) {
	a, ok := c.Set.Aid(aid)
	if !ok || !a.Where.Local() || a.Where.Commune == territory.Fictitious {
		return
	}
	for _, r := range refs {
		u, err := url.Parse(r.URL)
		if err != nil || !strings.HasSuffix(u.Hostname(), ".example") {
			continue
		}
		if was, ok := first[at.File]; !ok || at.Line < was.Line {
			first[at.File] = at
		}
	}
}

package workbench

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/ruleset"
)

// How old the last check of a value may be, in full months.
const (
	warnedAfter = 12
	failedAfter = 18
)

// official are the sites on which the law itself is read.
var official = []string{"www.legifrance.gouv.fr", "www.service-public.fr", "www.service-public.gouv.fr"}

// provenance warns of what rests on no official text: each value of a barème, and each step and condition of an aid of the
// State, wants one reference at least on Légifrance or Service-Public; a local aid rests on a deliberation, wherever it is
// published. That there is a reference, over https, is the loader's.
func (c *check) provenance() {
	for _, name := range c.Set.Baremes() {
		b, _ := c.Set.Bareme(name)
		for _, v := range b.Values {
			if !isLocal(v.Place.File) && !rests(v.Reference) {
				c.find(Provenance, Warning, v.Place, "%s : cette valeur ne cite ni Légifrance ni Service-Public", name)
			}
		}
	}
	c.procedures()
	for _, s := range c.Statements {
		national := strings.HasPrefix(s.Place.File, "national/")
		if national && len(s.References) > 0 && !rests(s.References) {
			c.find(Provenance, Warning, s.Place, "« %s » ne cite ni Légifrance ni Service-Public", s.Quantity.Name)
		}
	}
}

// procedures warns of a rule of procedure of an aid of the State that rests on no official text.
func (c *check) procedures() {
	for _, a := range c.Set.Aids() {
		if a.Where.Local() {
			continue
		}
		told := map[string][]ruleset.Reference{"sans_demande": a.Unasked}
		if a.Silence != nil {
			told["silence"] = a.Silence.References
		}
		if a.Appeal != nil {
			told["recours"] = a.Appeal.References
		}
		if a.Renewal != nil {
			told["renouvellement"] = a.Renewal.References
		}
		for _, name := range slices.Sorted(maps.Keys(told)) {
			if refs := told[name]; len(refs) > 0 && !rests(refs) {
				c.find(Provenance, Warning, a.Place, "%s, « %s » : ne cite ni Légifrance ni Service-Public", a.ID, name)
			}
		}
	}
}

// isLocal says whether a file is of a local aid.
func isLocal(file string) bool {
	return strings.HasPrefix(file, "commune/") || strings.HasPrefix(file, "departement/")
}

// rests says whether one of the references is on an official site.
func rests(refs []ruleset.Reference) bool {
	return slices.ContainsFunc(refs, func(r ruleset.Reference) bool {
		u, err := url.Parse(r.URL)
		return err == nil && u.Scheme == "https" && slices.Contains(official, u.Host)
	})
}

// ages tells of values that were last held against their source too long ago, once for all those of a file that were checked
// on the same day.
func (c *check) ages() {
	type batch struct {
		file string
		day  fact.Day
	}
	first, count := map[batch]ruleset.Place{}, map[batch]int{}
	var order []batch
	add := func(at ruleset.Place, day fact.Day) {
		k := batch{at.File, day}
		if count[k] == 0 {
			first[k] = at
			order = append(order, k)
		}
		if at.Line < first[k].Line {
			first[k] = at
		}
		count[k]++
	}
	for _, name := range c.Set.Baremes() {
		b, _ := c.Set.Bareme(name)
		for _, v := range b.Values {
			add(v.Place, v.CheckedOn)
		}
	}
	for _, a := range c.Set.Aids() {
		if a.CheckedOn > 0 {
			add(a.Place, a.CheckedOn)
		}
	}
	for _, k := range order {
		months := monthsBetween(k.day, c.day) // below zero when it was verified since
		switch {
		case k.day > max(c.day, c.now):
			c.find(Age, Error, first[k], "« verifie_le: %s » est dans l'avenir (valeurs : %d)", k.day, count[k])
		case months >= failedAfter:
			c.find(Age, Error, first[k], "rien n'a été relu depuis le %s, soit %d mois, limite %d (valeurs : %d)", k.day, months, failedAfter, count[k])
		case months >= warnedAfter:
			c.find(Age, Warning, first[k], "rien n'a été relu depuis le %s, soit %d mois : à relire avant %d (valeurs : %d)", k.day, months, failedAfter, count[k])
		}
	}
}

// monthsBetween counts the full months from a day to a later one.
func monthsBetween(from, to fact.Day) int {
	n := int(to.Month() - from.Month())
	if int(to)&31 < int(from)&31 {
		n--
	}
	return n
}

// revaluations raises an alarm for each barème whose latest day of revaluation has passed without a value of that day or after.
func (c *check) revaluations() {
	for _, r := range c.Set.Revaluations() {
		due := r.LastDue(c.day)
		for _, name := range r.Baremes {
			b, _ := c.Set.Bareme(name)
			last := b.Values[len(b.Values)-1]
			if last.From < r.Since(due) {
				c.find(Revaluation, Alarm, last.Place, "%s devait être revalorisé le %s (%s) : sa dernière valeur est du %s", name, due, r.Reference[0].Title, last.From)
			}
		}
	}
}

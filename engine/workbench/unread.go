package workbench

import (
	"slices"
	"strings"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/ruleset"
)

// always is the end of what a formula in force reads.
const always = fact.Month(1 << 20)

// unread warns of what nothing reads: a value of the law, a quantity, a function. It is most often the right one, that a slip in a
// formula put another in place of. What a barème is revalued by reads nothing of it.
func (c *check) unread() {
	needed := map[*formula.Quantity]bool{}
	for _, a := range c.Set.Aids() {
		for _, q := range a.Needs {
			needed[q] = true
		}
	}
	until, onDay := map[string]reading{}, map[string]bool{}
	for _, name := range engine.ConversionBaremes() {
		until[name] = reading{end: always}
	}
	called := map[key]bool{}
	for _, q := range c.Set.Plan().Quantities {
		formulas, since := q.Formulas(), q.Since()
		for i, f := range formulas {
			end := always
			if i+1 < len(since) {
				end = since[i+1]
			}
			f.Term().Each(func(t formula.Term) {
				switch {
				case t.Kind == formula.Parameter:
					if was, read := until[t.Name]; !read || was.end < end {
						until[t.Name] = reading{end, q.QualifiedName()}
					}
				case t.Kind == formula.Operation && t.Name == "au":
					onDay[t.Of[1].Name] = true
				}
			})
			for _, name := range f.Calls() {
				called[key{q.Namespace, name}] = true
			}
		}
	}
	c.unreadBaremes(until)
	c.overtaken(onDay)
	c.unreadQuantities(needed)
	c.aside()
	c.unpaid()
	for _, t := range c.Texts {
		if k := (key{t.Namespace, t.Name}); t.Function && !called[k] {
			c.find(Unread, Warning, t.Place(0), "aucune formule n'appelle « %s »", t.Name)
		}
	}
}

type key struct{ namespace, name string }

// unreadQuantities tells of the quantities of each file that no aid reads, together.
func (c *check) unreadQuantities(needed map[*formula.Quantity]bool) {
	first, names := map[string]ruleset.Place{}, map[string][]string{}
	for _, s := range c.Statements {
		file, name := s.Place.File, s.Quantity.QualifiedName()
		if needed[s.Quantity] || slices.Contains(names[file], name) {
			continue
		}
		names[file] = append(names[file], name)
		if was, ok := first[file]; !ok || s.Place.Line < was.Line {
			first[file] = s.Place
		}
	}
	for file, at := range first {
		c.find(Unread, Warning, at, "aucune aide ne lit ce qui se calcule ici, une formule devait-elle le nommer ? %s", strings.Join(names[file], ", "))
	}
}

// reading is until when formulas read a barème, and the last that does.
type reading struct {
	end fact.Month
	by  string
}

// unreadBaremes tells of each barème that no formula reads, or none any more though it goes on.
func (c *check) unreadBaremes(until map[string]reading) {
	for _, name := range c.Set.Baremes() {
		b, _ := c.Set.Bareme(name)
		last, read := until[name]
		switch {
		case !read:
			c.find(Unread, Warning, b.Place, "aucune formule ne lit %s : un autre barème est-il lu à sa place ? Sinon, enlevez-le", name)
		case last.end != always && !b.Values[len(b.Values)-1].Value.Ends:
			at := b.Values[len(b.Values)-1].Place
			if i := slices.IndexFunc(b.Values, func(v ruleset.DatedValue) bool { return v.InForce() >= last.end }); i >= 0 {
				at = b.Values[i].Place
			}
			c.find(Unread, Warning, at, "aucune formule ne lit plus %s à partir de %s, où « %s » change : lit-elle un autre barème à sa place ? Sinon, mettez-y fin : « %s-01: {valeur: ~, reference: … } »",
				name, last.end, last.by, last.end)
		}
	}
}

// overtaken tells of each value that another takes the place of before a month begins: rights are computed by the month, unless a
// formula looks the barème up at a day.
func (c *check) overtaken(onDay map[string]bool) {
	for _, name := range c.Set.Baremes() {
		b, _ := c.Set.Bareme(name)
		for i := 0; i+1 < len(b.Values) && !onDay[name]; i++ {
			if v, next := b.Values[i], b.Values[i+1]; v.InForce() == next.InForce() {
				c.find(Unread, Warning, v.Place, "cette valeur de %s n'est jamais lue : les droits se calculent par mois, et celle du %s vaut dès le même, %s",
					name, next.From, next.InForce())
			}
		}
	}
}

// aside tells of steps that a later version begins and that nothing is computed from: one that is misspelt stands beside the right one.
func (c *check) aside() {
	read := map[string]bool{}
	for _, q := range c.Set.Plan().Quantities {
		for _, f := range q.Formulas() {
			f.Term().Each(func(t formula.Term) {
				if t.Kind == formula.Named {
					read[t.Name] = true
				}
			})
		}
	}
	for _, a := range c.Set.Aids() {
		for _, i := range a.Steps {
			at := slices.IndexFunc(c.Statements, func(s ruleset.Statement) bool { return s.Quantity == i.Quantity })
			if s := c.Statements[at]; s.From > a.Versions[0].From && !read[i.Quantity.QualifiedName()] {
				c.find(Unread, Warning, s.Place, "l'étape « %s » commence ici, et ni une condition ni le montant n'en dépend : porte-t-elle bien le nom de celle qu'elle change ?", i.ID)
			}
		}
	}
}

// unpaid tells of an amount that is stated again without the « net: » that it had: all of it would be paid.
func (c *check) unpaid() {
	last := map[*formula.Quantity]string{}
	for _, s := range c.Statements {
		a, ok := c.Set.Aid(s.Quantity.Namespace)
		if !ok || s.Quantity != a.Net || a.Net == a.Gross {
			continue
		}
		if before := last[s.Quantity]; before != "" && s.Text == "" {
			c.find(Unread, Warning, s.Place, "le montant n'a plus son « net: » (%s) : sans lui, tout ce qui est dû est payé ; recopiez-le, ou écrivez « net: montant »", before)
		}
		last[s.Quantity] = s.Text
	}
}

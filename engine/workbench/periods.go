package workbench

import (
	"guichet/engine/ruleset"
)

// periods refuses gaps: between two values of a barème, and between the day from which an aid is formalised and the first of
// its formulas. Their order, and that no day has two, is the loader's.
func (c *check) periods() {
	for _, name := range c.Set.Baremes() {
		b, _ := c.Set.Bareme(name)
		for i, v := range b.Values {
			if v.Value.Ends && i+1 < len(b.Values) {
				c.find(Periods, Error, v.Place, "%s n'a pas de valeur du %s au %s : les périodes se suivent sans trou",
					name, v.From, b.Values[i+1].From)
			}
		}
	}
	for _, a := range c.Set.Aids() {
		for i := 1; i < len(a.Versions); i++ {
			if before, v := a.Versions[i-1], a.Versions[i]; before.Until > 0 && before.Until.Month()+1 < v.From.Month() {
				c.find(Periods, Warning, v.Place, "« %s » n'est pas calculée entre le %s, où finit une délibération, et le %s, où commence la suivante",
					a.ID, before.Until, v.From)
			}
		}
		first, last := a.Versions[0].From, a.Versions[len(a.Versions)-1].From
		at := c.amountPlace(a)
		if first > a.From {
			c.find(Periods, Error, at, "« %s » est dite formalisée depuis le %s, mais sa première version est du %s", a.ID, a.From, first)
		}
		if last > a.Until || a.From > a.Until {
			c.find(Periods, Error, at, "« %s » n'est formalisée que jusqu'au %s, mais elle a une version du %s", a.ID, a.Until, last)
		}
	}
}

// amountPlace gives where the amount of an aid is stated first.
func (c *check) amountPlace(a *ruleset.Aid) ruleset.Place {
	for _, s := range c.Statements {
		if s.Quantity == a.Priced() {
			return s.Place
		}
	}
	return ruleset.Place{}
}

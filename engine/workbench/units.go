package workbench

import (
	"guichet/engine/formula"
	"guichet/engine/ruleset"
)

// paidIn is the unit of an amount, by the period for which it is paid.
var paidIn = map[string]string{"mois": "EUR/mois", "an": "EUR/an", "unique": "EUR"}

// units infers what each formula is measured in, from the facts, the barèmes and what other quantities say, and refuses
// contradictions. A unit that cannot be followed is no fault of the formula.
func (c *check) units() {
	m := &measures{check: c, of: map[*formula.Quantity]formula.Unit{}}
	by := map[*formula.Quantity][]ruleset.Statement{}
	for _, s := range c.Statements {
		by[s.Quantity] = append(by[s.Quantity], s)
	}
	c.spelt()
	for _, q := range c.Set.Plan().Quantities { // what is read comes before what reads it
		m.quantity(q, by[q])
	}
}

// spelt warns of units that no formula can be followed by, and of values of the law without a description: it is what people read.
func (c *check) spelt() {
	unknown := func(at ruleset.Place, units ...string) {
		for _, unit := range units {
			if unit != "" && unit != "date" && !formula.ParseUnit(unit).Known() {
				c.find(Units, Warning, at, "« %s » n'est pas une unité que l'on sait suivre : EUR, EUR/mois, EUR/an, mois, ans, jours, heures, part, pourcent, personnes", unit)
			}
		}
	}
	for _, name := range c.Set.Baremes() {
		b, _ := c.Set.Bareme(name)
		unknown(b.Place, b.Unit, b.Conversion)
		if b.Description == "" {
			c.find(Texts, Warning, b.Place, "%s n'a pas de « description: » : c'est ce qu'on en lit", name)
		}
	}
	for _, s := range c.Statements {
		unknown(s.Place, s.Unit, s.Conversion)
	}
}

// measures are the units found so far.
type measures struct {
	*check
	of map[*formula.Quantity]formula.Unit
}

func (m *measures) names() formula.Units {
	return formula.Units{
		Quantity: func(q *formula.Quantity) formula.Unit { return m.of[q] },
		Table: func(name string) formula.Unit {
			b, _ := m.Set.Bareme(name)
			return formula.ParseUnit(b.Unit).Converting(formula.ParseUnit(b.Conversion))
		},
		Rates: func(name string) formula.Unit {
			b, _ := m.Set.Bareme(name)
			return formula.ParseUnit("part").Converting(formula.ParseUnit(b.Conversion))
		},
	}
}

// quantity finds the unit of one quantity: the one it declares, or the one all its formulas come to.
func (m *measures) quantity(q *formula.Quantity, statements []ruleset.Statement) {
	var declared, found formula.Unit
	for _, s := range statements {
		said := m.said(s)
		if s.Formula == nil {
			continue
		}
		unit, errs := s.Formula.Measure(m.names())
		for _, e := range errs {
			m.find(Units, Error, s.Within(e.From), "%s", e)
		}
		if q.Bool {
			continue
		}
		switch {
		case !unit.Fits(said):
			m.find(Units, Error, s.Place, "« %s » est en %s, mais sa formule donne %s", q.Name, said, unit)
		case s.Unit != "" || said.Known():
		case !unit.Known() && len(errs) == 0 && s.Text != "":
			m.find(Units, Warning, s.Place, "« %s » n'a pas d'unité, et sa formule ne la dit pas : écrivez « unite: »", q.Name)
		}
		if declared.Known() && said.Known() && !declared.Fits(said) {
			m.find(Units, Error, s.Place, "« %s » change d'unité d'une version à l'autre : %s puis %s", q.Name, declared, said)
		}
		if said.Known() {
			declared = said
		}
		if unit.Known() {
			found = unit
		}
	}
	if declared.Known() {
		found = declared
	}
	m.of[q] = found
}

// said gives the unit that a statement declares; that of an amount is the one of its period.
func (m *measures) said(s ruleset.Statement) formula.Unit {
	if s.Amount {
		if a, ok := m.Set.Aid(s.Quantity.Namespace); ok {
			return formula.ParseUnit(paidIn[a.Period])
		}
	}
	return formula.ParseUnit(s.Unit).Converting(formula.ParseUnit(s.Conversion))
}

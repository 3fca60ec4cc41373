package profile

import (
	"strconv"
	"strings"

	"guichet/engine/fact"
)

func (c *checker) income(person string, list []Income, i int) {
	in := &list[i]
	if index(fact.Incomes, in.Kind) < 0 {
		c.add(person+".revenus", "une sorte de revenu inconnue", "les sortes acceptées sont : "+strings.Join(fact.Incomes, ", "))
		return
	}
	for j := range i {
		if list[j].Kind == in.Kind {
			c.add(person+".revenus."+in.Kind, "champ répété", repeated(in.Kind))
		}
	}
	if !in.Net.Known && !c.gaps && (in.Taxable.Known || in.Gross.Known || len(in.Months)+len(in.Years) > 0) {
		c.add(person+".revenus."+in.Kind+".net", "le montant net manque alors que d'autres montants de ce revenu sont donnés", "donnez net ; sans lui ce revenu est inconnu en entier")
	}
	if !within(in.Net) || !within(in.Taxable) || !within(in.Gross) {
		path := person + ".revenus." + in.Kind
		c.number(path, ".net", in.Net, 0, fact.MaxIncome)
		c.number(path, ".imposable", in.Taxable, 0, fact.MaxIncome)
		c.number(path, ".brut", in.Gross, 0, fact.MaxIncome)
	}
	for j, m := range in.Months {
		late := c.day != 0 && m.Month > c.day.Day().Month()
		twice := hasMonth(in.Months[:j], m.Month)
		if !late && !twice && within(Some(m.Amount)) {
			continue
		}
		path := person + ".revenus." + in.Kind + ".mois." + string(appendMonth(nil, m.Month))
		c.number(path, "", Some(m.Amount), 0, fact.MaxIncome)
		if late {
			c.add(path, "le mois est après la date du calcul", "donnez des mois au plus tard égaux à celui de « date »")
		}
		if twice {
			c.add(path, "mois répété", "donnez chaque mois une seule fois")
		}
	}
	for j, y := range in.Years {
		late := c.day != 0 && y.Year > c.day.Day().Month().Year()
		twice := hasYear(in.Years[:j], y.Year)
		if !late && !twice && y.Amount >= 0 && y.Amount <= maxYearly {
			continue
		}
		path := person + ".revenus." + in.Kind + ".annees." + strconv.Itoa(y.Year)
		c.number(path, "", Some(y.Amount), 0, maxYearly)
		if late {
			c.add(path, "l'année est après la date du calcul", "donnez des années au plus tard égales à celle de « date »")
		}
		if twice {
			c.add(path, "année répétée", "donnez chaque année une seule fois")
		}
	}
}

// maxYearly is the largest taxable amount of one kind of income in a year, in EUR.
const maxYearly = 12 * fact.MaxIncome

func within(v Opt[float64]) bool { return !v.Known || v.Value >= 0 && v.Value <= fact.MaxIncome }

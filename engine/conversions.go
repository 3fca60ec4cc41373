package engine

import (
	"fmt"

	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
)

// converted is the conversion of incomes in force from one month on.
type converted struct {
	from fact.Month
	c    *profile.Conversions
}

// The dated parameters by which a taxable or a gross amount follows from a net one: conventions of the national simulator,
// for callers who know only what reaches the account.
var conversionNames = []string{
	"salaire.part_brut", "csg_crds_non_deductible", "assiette_csg", "chomage.csg", "chomage.crds",
	"chomage.taux_retraite_complementaire", "retraite.part_brut",
}

// ConversionBaremes names the barèmes that the engine itself reads, by which it converts the incomes of a profile.
func ConversionBaremes() []string {
	out := make([]string, len(conversionNames))
	for i, name := range conversionNames {
		out[i] = "bareme.revenus." + name
	}
	return out
}

// conversions reads the parameters bareme.revenus.* at each month at which one of them changes.
func conversions(set *ruleset.Set) ([]converted, error) {
	months := []fact.Month{fact.MonthOf(2021, 1)}
	for _, name := range conversionNames {
		b, ok := set.Bareme("bareme.revenus." + name)
		if !ok {
			return nil, fmt.Errorf("le barème bareme.revenus.%s manque : il convertit les revenus nets", name)
		}
		for _, v := range b.Values {
			if m := v.From.Month(); m > months[0] {
				months = append(months, m)
			}
		}
	}
	var out []converted
	for _, m := range months {
		out = append(out, converted{m, conversionsAt(set, m)})
	}
	return out, nil
}

func conversionsAt(set *ruleset.Set, m fact.Month) *profile.Conversions {
	v := make([]float64, len(conversionNames))
	for i, name := range conversionNames {
		b, _ := set.Bareme("bareme.revenus." + name)
		v[i] = b.Table.At(m)
	}
	wage, csg, base, csgUnemployed, crds, pensionFund, pension := v[0], v[1], v[2], v[3], v[4], v[5], v[6]
	c := profile.Unconverted()
	c.Taxable[incomeSlot("salaire")] = 1 + csg*base/wage
	c.Gross[incomeSlot("salaire")] = 1 / wage
	c.Gross[incomeSlot("chomage")] = 1 / (1 - ((csgUnemployed+crds)*base + pensionFund))
	c.Gross[incomeSlot("retraite")] = 1 / pension
	return c
}

func incomeSlot(kind string) int {
	for i, k := range fact.Incomes {
		if k == kind {
			return i
		}
	}
	panic("engine: no income " + kind)
}

// conversionsOn gives the conversion in force at month m.
func (e *Engine) conversionsOn(m fact.Month) *profile.Conversions {
	c := e.conversions[0].c
	for _, x := range e.conversions[1:] {
		if x.from <= m {
			c = x.c
		}
	}
	return c
}

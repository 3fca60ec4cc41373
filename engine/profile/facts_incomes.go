package profile

import "guichet/engine/fact"

// Conversions are the factors by which the taxable and the gross amount of an income follow from its net one where the
// profile does not state them, by kind in the order of fact.Incomes. They are dated parameters of the rules, not ours.
type Conversions struct {
	Taxable, Gross [fact.IncomeKinds]float64
}

// Unconverted gives the conversions in which the three amounts of every kind are the same.
func Unconverted() *Conversions {
	c := new(Conversions)
	for i := range fact.IncomeKinds {
		c.Taxable[i], c.Gross[i] = 1, 1
	}
	return c
}

func (f *personFiller) incomes(list Opt[[]Income]) {
	q := f.q
	if !list.Known {
		if f.p.Complete {
			return // no income at all: the zero Series
		}
		miss := f.shared
		if miss.Empty() {
			miss = f.ask(names()[f.who].incomes)
		}
		for i := range q.Incomes {
			q.Incomes[i] = fact.Series{Unknown: true, Miss: miss}
		}
		return
	}
	q.Stated |= fact.StatedIncomes
	unknown := 0 // kinds, by bit
	for i := range list.Value {
		in := &list.Value[i]
		kind := index(fact.Incomes, in.Kind)
		switch {
		case in.Net.Known:
			q.Stated |= 1 << (fact.StatedIncome + kind)
			f.income(&q.Incomes[kind], in, kind)
		case !f.p.Complete:
			unknown |= 1 << kind
		}
	}
	for kind := range fact.IncomeKinds { // asked in the order of the kinds, however the caller listed them
		if unknown>>kind&1 != 0 {
			q.Incomes[kind] = fact.Series{Unknown: true, Miss: f.ask(names()[f.who].kinds[kind])}
		}
	}
}

// income fills the three faces of one income, month by month only where it varies.
func (f *personFiller) income(s *fact.Series, in *Income, kind int) {
	taxable, gross := f.conv.Taxable[kind], f.conv.Gross[kind] // of a month's net
	net := in.Net.Value
	s.Steady = [...]float64{fact.Net: net, fact.Taxable: net * taxable, fact.Gross: net * gross}
	if in.Taxable.Known {
		s.Steady[fact.Taxable] = in.Taxable.Value
		if net > 0 {
			taxable = in.Taxable.Value / net
		}
	}
	if in.Gross.Known {
		s.Steady[fact.Gross] = in.Gross.Value
		if net > 0 {
			gross = in.Gross.Value / net
		}
	}
	f.bound(s.Steady[fact.Taxable], kind, "imposable")
	f.bound(s.Steady[fact.Gross], kind, "brut")
	if len(in.Months)+len(in.Years) == 0 {
		return
	}
	s.Months = f.table()
	for face := range s.Months {
		for back := range s.Months[face] {
			s.Months[face][back] = s.Steady[face]
		}
	}
	for _, m := range in.Months {
		if back := int(f.h.Month - m.Month); back >= 0 && back < fact.History {
			s.Months[fact.Net][back] = m.Amount
			s.Months[fact.Taxable][back] = m.Amount * taxable
			s.Months[fact.Gross][back] = m.Amount * gross
			f.bound(m.Amount*max(taxable, gross), kind, "mois")
		}
	}
	for _, y := range in.Years { // the year's own amount wins over its months'
		last := int(f.h.Month - fact.MonthOf(y.Year, 12))
		for back := max(last, 0); back <= min(last+11, fact.History-1); back++ {
			s.Months[fact.Taxable][back] = y.Amount / 12
		}
	}
}

// bound refuses an amount, stated or derived, beyond the domain that formulas count on.
func (f *personFiller) bound(v float64, kind int, field string) {
	if !(v <= fact.MaxIncome) {
		f.add(names()[f.who].kinds[kind]+"."+field, "le montant déduit du net dépasse le maximum", "corrigez net et imposable, ou donnez un montant d'au plus "+decimal(fact.MaxIncome))
	}
}

// table gives a table of h that no income uses yet.
func (f *filler) table() *fact.Table {
	if f.tables == len(f.h.Tables) {
		f.h.Tables = append(f.h.Tables, new(fact.Table))
	}
	f.tables++
	return f.h.Tables[f.tables-1]
}

package profile

import "guichet/engine/fact"

// maxMonths and maxYears bound the single months and years of one income.
const (
	maxMonths = 120
	maxYears  = 20
)

func (d *decoder) incomes(list *Opt[[]Income]) {
	if !d.open('{', "un objet : {\"salaire\": net par mois}, {} s'il n'y a aucun revenu") {
		return
	}
	list.Known = true
	var seen uint32
	for first := true; d.member(&first); {
		i := d.named(fact.Incomes, &seen)
		if i < 0 {
			continue
		}
		if list.Value == nil {
			list.Value = make([]Income, 0, 2)
		}
		list.Value = append(list.Value, Income{Kind: fact.Incomes[i]})
		in := &list.Value[len(list.Value)-1]
		d.enter(in.Kind)
		switch c := d.peek(); {
		case c == 'n':
			d.null()
		case c == '{':
			d.income(in)
		case c == '-' || c >= '0' && c <= '9':
			in.Net = Some(d.readNumber())
		default:
			d.wrongType("un montant net par mois en euros, ou un objet {\"net\": …}")
		}
		d.leave()
	}
}

func (d *decoder) income(in *Income) {
	d.pos++
	var seen uint32
	for first := true; d.member(&first); {
		i := d.field(incomeFields, &seen)
		if i < 0 {
			continue
		}
		d.enter(incomeFields[i])
		switch incomeFields[i] {
		case "net":
			d.number(&in.Net)
		case "imposable":
			d.number(&in.Taxable)
		case "brut":
			d.number(&in.Gross)
		case "mois":
			d.months(in)
		case "annees":
			d.years(in)
		}
		d.leave()
	}
}

func (d *decoder) months(in *Income) {
	if !d.open('{', "un objet : {\"2026-05\": net du mois}") {
		return
	}
	n := 0
	for first := true; d.member(&first); {
		n++
		month, ok := readMonth(d.key)
		if !ok {
			d.note(place(n)+" n'est pas un mois", "écrivez chaque mois sous la forme AAAA-MM")
			d.skip()
			continue
		}
		d.enterKey(d.key)
		var amount Opt[float64]
		switch {
		case hasMonth(in.Months, month):
			d.note("mois répété", "donnez chaque mois une seule fois")
			d.skip()
		case len(in.Months) == maxMonths:
			d.note("trop de mois", "donnez au plus 120 mois ; les 48 derniers suffisent")
			d.skip()
		default:
			if d.number(&amount); amount.Known {
				if in.Months == nil {
					in.Months = make([]MonthAmount, 0, 4)
				}
				in.Months = append(in.Months, MonthAmount{month, amount.Value})
			}
		}
		d.leave()
	}
}

func hasMonth(list []MonthAmount, m fact.Month) bool {
	for i := range list {
		if list[i].Month == m {
			return true
		}
	}
	return false
}

func (d *decoder) years(in *Income) {
	if !d.open('{', "un objet : {\"2024\": montant imposable de l'année}") {
		return
	}
	n := 0
	for first := true; d.member(&first); {
		n++
		year, ok := digits(d.key)
		if !ok || len(d.key) != 4 || year < 1000 {
			d.note(place(n)+" n'est pas une année", "écrivez chaque année sous la forme AAAA")
			d.skip()
			continue
		}
		d.enterKey(d.key)
		var amount Opt[float64]
		switch {
		case hasYear(in.Years, year):
			d.note("année répétée", "donnez chaque année une seule fois")
			d.skip()
		case len(in.Years) == maxYears:
			d.note("trop d'années", "donnez au plus 20 années ; les 4 dernières suffisent")
			d.skip()
		default:
			if d.number(&amount); amount.Known {
				in.Years = append(in.Years, YearAmount{year, amount.Value})
			}
		}
		d.leave()
	}
}

func hasYear(list []YearAmount, year int) bool {
	for i := range list {
		if list[i].Year == year {
			return true
		}
	}
	return false
}

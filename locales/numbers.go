package locales

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Number writes v with at most two decimals, none when it is whole.
func (p Printer) Number(v float64) string {
	text := strconv.FormatFloat(math.Abs(v), 'f', 2, 64)
	whole, cents, _ := strings.Cut(text, ".")
	var b strings.Builder
	if v < 0 && text != "0.00" {
		b.WriteString("\u2212")
	}
	for i, digit := range whole {
		if i > 0 && p.style.parts(len(whole), len(whole)-i) {
			b.WriteString(p.style.thousands)
		}
		b.WriteRune(digit)
	}
	if cents != "00" {
		b.WriteString(p.style.decimal + cents)
	}
	return b.String()
}

// parts says whether a separator stands before the last n of digits digits.
func (s style) parts(digits, n int) bool {
	switch {
	case s.sparing && digits == 4:
		return false
	case s.indian && n > 3:
		return n%2 == 1
	default:
		return n%3 == 0
	}
}

// Money writes v euros: cents when there are any.
func (p Printer) Money(v float64) string {
	n, minus := strings.CutPrefix(p.Number(v), "\u2212")
	n = strings.Replace(p.style.euros, "0", n, 1)
	if minus {
		n = "\u2212" + n
	}
	return p.Isolated(n)
}

// Percent writes a share of one as percents.
func (p Printer) Percent(v float64) string {
	text := strings.Replace(strconv.FormatFloat(math.Round(v*1e6)/1e4, 'f', -1, 64), ".", p.style.decimal, 1)
	return p.T("unite.pourcent", "V", text)
}

// Date writes a day in full.
func (p Printer) Date(t time.Time) string {
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = p.T("date.premier")
	}
	return p.T("date.jour", "J", day, "M", p.monthName("date.nom.", t), "A", strconv.Itoa(t.Year()))
}

// Month writes a month and its year, to stand by itself: after a preposition some languages would bend it.
func (p Printer) Month(t time.Time) string {
	return p.T("date.mois", "M", p.monthName("date.seul.", t), "A", strconv.Itoa(t.Year()))
}

func (p Printer) monthName(key string, t time.Time) string {
	return p.T(key + strconv.Itoa(int(t.Month())))
}

// Unit writes v with one of the units of the rule files ("EUR/mois", "ans", …); a unit that the language does not know
// follows the number as it is.
func (p Printer) Unit(v float64, unit string) string {
	switch unit {
	case "", "nombre", "coefficient", "zone", "part", "rang":
		return p.fine(v)
	case "EUR":
		return p.Money(v)
	case "taux":
		return p.Percent(v)
	case "pourcent", "%":
		return p.Percent(v / 100)
	case "date":
		return p.Date(dayOf(int(v)))
	case "oui_non", "booleen":
		if v == 0 {
			return p.T("non")
		}
		return p.T("oui")
	}
	if per, ok := strings.CutPrefix(unit, "EUR/"); ok && p.Has("unite.eur."+per) {
		return p.T("unite.eur."+per, "V", p.Money(v))
	}
	key := "unite." + strings.NewReplacer("/", "_").Replace(unit)
	switch {
	case !p.Has(key):
		return p.fine(v) + "\u00a0" + unit
	case v == math.Trunc(v) && math.Abs(v) < 1e9:
		return p.N(key, int(v))
	default:
		return p.print(decimalCount(key, v, p.fine(v)))
	}
}

// fine writes a number without a unit: small ones keep the five decimals that the law gives its rates (0.29101).
func (p Printer) fine(v float64) string {
	r := math.Round(v*1e5) / 1e5
	if math.Abs(v) >= 100 || r == math.Trunc(r) {
		return p.Number(v)
	}
	return strings.Replace(strconv.FormatFloat(r, 'f', -1, 64), ".", p.style.decimal, 1)
}

// dayOf decodes a day of a formula: month*32 + day-1, months counted from year 0.
func dayOf(code int) time.Time {
	month := code >> 5
	return time.Date(month/12, time.Month(month%12+1), code&31+1, 0, 0, 0, 0, time.UTC)
}

package pages

import (
	"cmp"
	"log/slog"
	"math"
	"slices"
	"strconv"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/engine/territory"
	"guichet/web/curve"
	"guichet/web/telling"
)

// chartView is the picture of an aid's amounts against income: one drawing for each typical household, over the same incomes
// and amounts.
type chartView struct {
	Now, Before string // the days that are drawn, in words; Before is "" when only one is
	Drawn, Open string // what is drawn, in words, and why it is not that of the day asked for
	Where       string // what all households have in common, in words
	Last, Top   string // the corner of the drawings, in EUR
	X, Y        []tick
	Drawings    []drawing
}

// tick is a round figure of an axis; At is where it stands, from the beginning of the axis.
type tick struct{ At, Words string }

// drawing is one household's: its lines are lists of « income,amount » in EUR.
type drawing struct {
	ID, Household, Income string
	Summary               string // what the line shows, in words
	Line, Area, Before    string
	Rows                  []chartRow
}

type chartRow struct{ Income, Now, Before string }

// chart draws an aid on a day, over what it was before the last change; nil when no typical household receives it.
func (v *visit) chart(aid *ruleset.Aid, on fact.Day, history []historyRow) *chartView {
	from, until := v.p.engine.Set().Formalised()
	if on < from || on > until {
		return nil // the engine computes all aids together, or none
	}
	var former []profile.Date
	for _, r := range history {
		if before := dayBefore(r.month); r.month <= on.Month() && before.Day() >= from {
			former = append(former, before)
		}
	}
	lives := cmp.Or(aid.Where.Commune, curve.Commune)
	if largest, ok := territory.Largest(aid.Where.Departement); ok {
		lives = largest.Code
	}
	// The amounts of a day are those of its month: one picture serves them all.
	first := max(fact.Day(int(on.Month())*32), aid.From, from)
	c, err := v.p.charts.Of(curve.Question{Aid: aid.ID, Commune: lives, On: profile.Date(first), Former: former, Paid: aid.Share != nil})
	if err != nil {
		v.p.log.Error("an aid has no picture", slog.Any("error", err))
		return nil
	}
	if len(c.Curves) == 0 {
		return nil
	}
	view := &chartView{Now: v.L.Date(telling.Day(on))}
	if c.On != profile.Date(first) {
		view.Now = v.L.Date(telling.Day(c.On.Day()))
		view.Open = v.L.T("courbe.pas_decide", "Date", view.Now)
	}
	one, two := "courbe.une_date", "courbe.deux_dates"
	if c.Paid {
		one, two = "courbe.participation", "courbe.participation_deux"
	}
	if view.Drawn = v.L.T(one, "Date", view.Now); c.Before.Known() {
		view.Drawn = v.L.T(two, "Date", view.Now, "Avant", v.L.Date(telling.Day(c.Before.Day())))
	}
	if place, ok := territory.Find(lives); ok {
		view.Where = v.L.T("courbe.hypotheses", "Commune", place.Name)
	}
	if c.Before.Known() {
		view.Before = v.L.Date(telling.Day(c.Before.Day()))
	}
	x, y := even(c.Last, 8), even(c.Top, 4)
	top := math.Ceil(c.Top/y) * y
	view.Last, view.Top = plainNumber(c.Last), plainNumber(top)
	apart := math.Ceil(c.Last / x / 3) // there is no room for the words of more
	for at := 0.0; at <= c.Last; at += apart * x {
		view.X = append(view.X, tick{plainNumber(100*at/c.Last) + "%", v.L.Money(at)})
	}
	for at := y; at <= top; at += y {
		view.Y = append(view.Y, tick{plainNumber(100-100*at/top) + "%", v.L.Money(at)})
	}
	for i := range c.Curves {
		k := &c.Curves[i]
		d := drawing{
			ID: "courbe-" + strconv.Itoa(i+1), Household: v.L.T("courbe.foyer."+k.ID, "Loyer", v.L.Money(k.Rent)), Income: v.L.T("courbe.revenu." + k.Income),
			Line: points(c, k.Now), Summary: v.summary(c, k.Now, aid.Period),
		}
		d.Area = "0,0 " + d.Line + " " + view.Last + ",0"
		if k.Before != nil {
			d.Before = points(c, k.Before)
		}
		for at := 0.0; at <= c.Last; at += x {
			n := int(math.Round(at / c.Step))
			row := chartRow{Income: v.L.Money(at), Now: v.L.Money(k.Now[n])}
			switch {
			case k.Before != nil:
				row.Before = v.L.Money(k.Before[n])
			case c.Before.Known():
				row.Before = row.Now
			}
			d.Rows = append(d.Rows, row)
		}
		view.Drawings = append(view.Drawings, d)
	}
	return view
}

// dayBefore gives the day before a month.
func dayBefore(m fact.Month) profile.Date {
	return profile.DateOfTime(telling.Day(fact.Day(int(m)*32)).AddDate(0, 0, -1))
}

// summary tells a curve in words: its highest point, and how it ends.
func (v *visit) summary(c *curve.Chart, amounts []float64, period string) string {
	highest, end := 0, len(amounts)-1
	for i, a := range amounts {
		if a > amounts[highest] {
			highest = i
		}
	}
	last := amounts[end]
	for end > 0 && amounts[end-1] == last {
		end--
	}
	if c.Paid {
		return v.paying(c, amounts, period)
	}
	most := v.L.Money(amounts[highest]) + " " + v.L.T("periode."+period)
	switch {
	case end == 0:
		return v.L.T("courbe.constante", "Montant", most)
	case last == 0:
		return v.L.T("courbe.finit", "Montant", most, "Revenu", v.L.Money(c.Income(highest)), "Fin", v.L.Money(c.Income(end)))
	default:
		return v.L.T("courbe.reste", "Montant", most, "Revenu", v.L.Money(c.Income(highest)), "Fin", v.L.Money(c.Income(end)), "Reste", v.L.Money(last))
	}
}

// paying tells in words what a household pays for an aid: from what income on, how much at most, and where the right ends.
func (v *visit) paying(c *curve.Chart, amounts []float64, period string) string {
	begins := slices.IndexFunc(amounts, func(a float64) bool { return a > 0 })
	ends := len(amounts)
	for ends > 0 && amounts[ends-1] == 0 {
		ends--
	}
	return v.L.T("courbe.payante", "Debut", v.L.Money(c.Income(begins)), "Fin", v.L.Money(c.Income(ends)),
		"Montant", v.L.Money(slices.Max(amounts))+" "+v.L.T("periode."+period))
}

// points writes a curve, without the points that lie on the line between their neighbours.
func points(c *curve.Chart, amounts []float64) string {
	var b strings.Builder
	for i := 0; i < len(amounts); {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(plainNumber(c.Income(i)) + "," + plainNumber(amounts[i]))
		if i == len(amounts)-1 {
			break
		}
		j := i + 1
		for j+1 < len(amounts) && straight(amounts[i:j+2]) {
			j++
		}
		i = j
	}
	return b.String()
}

// straight says whether amounts lie on one line, to the cents that rounding adds.
func straight(amounts []float64) bool {
	first, last, n := amounts[0], amounts[len(amounts)-1], float64(len(amounts)-1)
	for i, a := range amounts {
		if math.Abs(first+(last-first)*float64(i)/n-a) > 0.02 {
			return false
		}
	}
	return true
}

// even gives a round step that divides a length into most parts or fewer.
func even(length float64, most int) float64 {
	step := math.Pow(10, math.Floor(math.Log10(max(length, 1)/float64(most))))
	for _, by := range []float64{1, 2.5, 5, 10} {
		if length/(step*by) <= float64(most)+1e-9 {
			return step * by
		}
	}
	return step * 10
}

// plainNumber writes a number for a program: with a point, in cents at most.
func plainNumber(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

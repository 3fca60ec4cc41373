package pages

import (
	"log/slog"
	"math"
	"slices"
	"strings"

	"guichet/engine/profile"
	"guichet/web/curve"
)

// workView is the picture of what the household has as a wage moves: what it earns, and the aids on top.
type workView struct {
	Whose             string // what the words of the axis say: whose wage
	Summary           string // of today's wage, or of how far the aids go
	Without           string // the aids that no answer decides yet
	Last, Top         string // the corner of the drawing, in EUR
	Earned, All, Aids string // lines, and the area between them
	X, Y              []tick
	Here              *point // today's wage; nil when it varies
	Rows              []workRow
}

// point is a place in a drawing, from its beginning and its top.
type point struct{ X, Y string }

type workRow struct {
	Wage, Aids, All string
	Here            bool
}

// work draws the household at other wages; nil when there is nothing to draw.
func (v *visit) work(p *profile.Profile) *workView {
	w, ok, err := curve.OfWork(v.p.engine, p)
	if err != nil {
		v.p.log.Error("a household has no picture", slog.Any("error", err))
		return nil
	}
	if !ok {
		return nil
	}
	view := &workView{Whose: v.L.T("travail.salaire." + w.Who)}
	earned, all := make([]float64, len(w.Aids)), make([]float64, len(w.Aids))
	for i := range w.Aids {
		earned[i] = max(w.Wage(i)+w.Others, 0)
		all[i] = earned[i] + w.Aids[i]
	}
	const lines, words = 4, 500
	y := even(slices.Max(all), lines)
	top := math.Ceil(slices.Max(all)/y) * y
	view.Last, view.Top = plainNumber(w.Last), plainNumber(top)
	as := &curve.Chart{Step: w.Step}
	view.Earned, view.All = points(as, earned), points(as, all)
	back := strings.Fields(view.Earned)
	slices.Reverse(back)
	view.Aids = view.All + " " + strings.Join(back, " ")
	for at := 0.0; at <= w.Last; at += 1000 {
		view.X = append(view.X, tick{plainNumber(100*at/w.Last) + "%", v.L.Money(at)})
	}
	for at := y; at <= top; at += y {
		view.Y = append(view.Y, tick{plainNumber(100-100*at/top) + "%", v.L.Money(at)})
	}
	row := func(wage, aids float64, here bool) workRow {
		return workRow{v.L.Money(wage), v.L.Money(roundCents(aids)), v.L.Money(roundCents(max(wage+w.Others, 0) + aids)), here}
	}
	own := w.Here < 0
	for i := range w.Aids {
		wage := w.Wage(i)
		if !own && w.Here <= wage {
			view.Rows, own = append(view.Rows, row(w.Here, w.AidsHere, true)), true
			if w.Here == wage {
				continue
			}
		}
		if math.Mod(wage, words) == 0 {
			view.Rows = append(view.Rows, row(wage, w.Aids[i], false))
		}
	}
	if w.Here >= 0 {
		total := max(w.Here+w.Others, 0) + w.AidsHere
		view.Here = &point{plainNumber(100*w.Here/w.Last) + "%", plainNumber(100-100*total/top) + "%"}
		view.Summary = v.L.T("travail.resume", "Salaire", v.L.Money(w.Here), "Aides", v.L.Money(roundCents(w.AidsHere)), "Total", v.L.Money(roundCents(total)))
	}
	var without []string
	for _, id := range w.Left {
		if aid, known := v.p.engine.Set().Aid(id); known {
			without = append(without, v.L.French(typeset(aid.Name)))
		}
	}
	if len(without) > 0 {
		view.Without = v.L.T("travail.sans", "Aides", v.L.List(without))
	}
	return view
}

package pages

import (
	"math"
	"strings"

	"guichet/engine"
	"guichet/web/telling"
)

// conditions writes each condition of an aid with its figures.
func (v *visit) conditions(x *engine.Aid) []conditionLine {
	lines := make([]conditionLine, 0, len(x.Conditions))
	for _, k := range x.Conditions {
		line := conditionLine{Class: "maybe", Icon: "i-q", State: v.L.T("resultats.condition." + k.Result), Label: v.L.T("condition." + x.Aid + "." + k.ID)}
		switch k.Result {
		case "oui":
			line.Class, line.Icon = "yes", "i-ok"
		case "non":
			line.Class, line.Icon = "no", "i-no"
		}
		line.money = strings.HasPrefix(k.Unit, "EUR")
		switch value, limit := k.Value, k.Threshold; {
		case value != nil && limit != nil && bare(k):
		case value != nil && limit != nil && limit.Lo == 0 && limit.Hi == 0:
			line.Figures = v.L.T("resultats.figure_seule", "Valeur", v.figure(*value, k.Unit))
		case value != nil && limit != nil:
			line.Figures = v.L.T("resultats.figure", "Valeur", v.figure(*value, short(k.Unit)), "Limite", v.figure(*limit, k.Unit))
		case value != nil && value.Choice != "oui" && value.Choice != "non" && value.Choice != "inconnu":
			line.Figures = v.L.T("resultats.figure_seule", "Valeur", v.figure(*value, k.Unit))
		}
		line.Gap = v.gap(k)
		lines = append(lines, line)
	}
	return lines
}

// short drops the period of a unit that is said again right after.
func short(unit string) string {
	if strings.HasPrefix(unit, "EUR/") {
		return "EUR"
	}
	return unit
}

// bare says whether the figures of a condition tell a reader nothing: a bare number against none or one.
func bare(k engine.Condition) bool {
	return (k.Unit == "" || k.Unit == "part") && k.Threshold.Lo == k.Threshold.Hi && (k.Threshold.Lo == 0 || k.Threshold.Lo == 1)
}

// gap says by how much money a condition fails; "" when it does not, or is about something else. An amount of nothing is
// not a near miss: it is what another condition made of it.
func (v *visit) gap(k engine.Condition) string {
	if k.Result != "non" || k.Value == nil || k.Threshold == nil || !strings.HasPrefix(k.Unit, "EUR") {
		return ""
	}
	if k.Value.Hi <= 0 || k.Value.Lo != k.Value.Hi || k.Threshold.Lo != k.Threshold.Hi {
		return ""
	}
	d := math.Abs(k.Value.Lo - k.Threshold.Lo)
	if d < 0.005 {
		return ""
	}
	return v.L.T("resultats.ecart", "Ecart", v.L.Money(roundCents(d)))
}

// unbounded is the figure from which a bound says nothing to a reader.
const unbounded = 1e6

// figure writes a figure in its unit, or its bounds when it is not known exactly.
func (v *visit) figure(f engine.Figure, unit string) string {
	switch {
	case f.Choice == "inconnu":
		return v.L.T("resultats.inconnu")
	case f.Choice == "oui" || f.Choice == "non":
		return v.L.T(f.Choice)
	case f.Choice != "":
		return telling.Teller{Words: v.L}.Choice(f.Choice)
	case f.Lo == f.Hi:
		return v.L.Unit(f.Lo, unit)
	case f.Hi >= unbounded && f.Lo <= 0, unit == "date":
		return v.L.T("resultats.inconnu")
	case f.Hi >= unbounded:
		return v.L.T("resultats.au_moins", "Min", v.L.Unit(f.Lo, unit))
	case f.Lo <= 0:
		return v.L.T("resultats.bornes_sup", "Max", v.L.Unit(f.Hi, unit))
	}
	return v.L.T("resultats.bornes", "Min", v.L.Unit(f.Lo, unit), "Max", v.L.Unit(f.Hi, unit))
}

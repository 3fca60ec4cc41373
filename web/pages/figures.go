package pages

import (
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
		line.follows = line.money && line.Class == "no" && k.Floor && k.Value != nil && k.Value.Hi <= 0
		line.Figures = v.teller().Figures(&k)
		line.Gap = v.gap(k)
		lines = append(lines, line)
	}
	return lines
}

// teller puts what the engine says into the words of the visit.
func (v *visit) teller() telling.Teller { return telling.Teller{Words: v.L} }

// gap says by how much money a condition fails, and on which side of its limit; "" when it does not, or is about something else. An amount of nothing is
// not a near miss: it is what another condition made of it.
func (v *visit) gap(k engine.Condition) string {
	if k.Result != "non" || k.Value == nil || k.Threshold == nil || !strings.HasPrefix(k.Unit, "EUR") {
		return ""
	}
	if k.Value.Hi <= 0 || k.Value.Lo != k.Value.Hi || k.Threshold.Lo != k.Threshold.Hi {
		return ""
	}
	switch d := k.Value.Lo - k.Threshold.Lo; {
	case d >= 0.005:
		return v.L.T("resultats.ecart_dessus", "Ecart", v.L.Money(roundCents(d)))
	case d <= -0.005:
		return v.L.T("resultats.ecart_dessous", "Ecart", v.L.Money(roundCents(-d)))
	}
	return ""
}

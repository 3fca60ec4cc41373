package pages

import (
	"cmp"
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/engine/trace"
	"guichet/web/telling"
)

// historyRow is one day on which the rule of an aid changed.
type historyRow struct {
	Chip               chip // where the rule from that day on stands in time
	Day, Date, Address string
	Current            bool // the day of the page lies in its time
	First              bool // the first day for which the aid is formalised
	Values             []valueChange
	Formulas           []string // what is computed in another way
	References         []ruleset.Reference
	month              fact.Month // the first that takes it
}

// valueChange is a value of the law that is another from a day on. Of a table, neither the old nor the new is told here.
type valueChange struct{ What, Anchor, Before, After string }

// valueHistory is one value of the law with all that it was.
type valueHistory struct {
	Anchor, Name, What string
	Rows               []datedValue
}

type datedValue struct {
	Chip                 chip
	Current              bool
	Date, Value, Checked string
	References           []ruleset.Reference
}

// standing tells whether what starts in a month, and ends where the next one starts, is in force in the month of the page.
func (v *visit) standing(from, next, on fact.Month) chip {
	switch {
	case from > on:
		return chip{"todo", "i-clock", v.L.T("aides.a_venir")}
	case next > 0 && next <= on:
		return chip{"", "i-dash", v.L.T("aides.ancienne")}
	default:
		return chip{"yes", "i-ok", v.L.T("aides.en_vigueur")}
	}
}

// history lists every day on which a formula of the rule or a value that it reads changed, the latest first.
func (v *visit) history(aid *ruleset.Aid, rule *trace.Trace, on fact.Day) []historyRow {
	h := historian{v, aid, map[fact.Month]*historyRow{}}
	h.at(aid.From, aid.From.Month()).First = true
	for _, version := range aid.Versions {
		h.at(max(version.From, aid.From), max(version.InForce(), aid.From.Month())).cite(version.References)
	}
	h.formulas(rule)
	for _, b := range rule.Baremes {
		known, _ := v.p.engine.Set().Bareme(b.Name) // the trace took it from there
		for i, x := range known.Values {
			if i > 0 && x.From > aid.From && x.From <= aid.Until {
				r := h.at(x.From, x.InForce())
				r.Values = append(r.Values, v.valueChange(known, i))
				r.cite(x.Reference)
			}
		}
	}
	out := make([]historyRow, 0, len(h.rows))
	for _, r := range h.rows {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b historyRow) int { return cmp.Compare(b.month, a.month) })
	next := fact.Month(0)
	for i := range out {
		out[i].Chip = v.standing(out[i].month, next, on.Month())
		out[i].Current = out[i].Chip.Class == "yes"
		next = out[i].month
	}
	return out
}

// historian gathers the rows of one history.
type historian struct {
	v    *visit
	aid  *ruleset.Aid
	rows map[fact.Month]*historyRow
}

// at gives the row of what starts on a day, and so counts from a month on.
func (h historian) at(from fact.Day, month fact.Month) *historyRow {
	r := h.rows[month]
	if r == nil {
		r = &historyRow{month: month, Date: from.String(), Day: h.v.L.Date(telling.Day(from))}
		if first := max(from, fact.Day(int(month)*32)); first <= h.aid.Until { // the first day of which the page tells it
			r.Address = h.v.aidAddress(h.aid.ID) + "?date=" + first.String()
		}
		h.rows[month] = r
	}
	return r
}

// formulas notes what the rule computes in another way from a month on.
func (h historian) formulas(rule *trace.Trace) {
	set := h.v.p.engine.Set()
	s := telling.Speaker{Words: h.v.L, Set: set}
	var all []*formula.Quantity
	for _, items := range [][]*ruleset.Item{h.aid.OutOfScope, h.aid.Conditions, h.aid.Steps} {
		for _, i := range items {
			all = append(all, i.Quantity)
		}
	}
	for _, l := range rule.Workings {
		all = append(all, set.Universe().Quantities[l.ID])
	}
	for _, q := range append(all, h.aid.Priced()) {
		for _, month := range q.Since() {
			if month <= h.aid.From.Month() || month > h.aid.Until.Month() {
				continue
			}
			r := h.at(fact.Day(int(month)*32), month)
			if label := s.Label(q.Namespace, q.Name); !slices.Contains(r.Formulas, label) {
				r.Formulas = append(r.Formulas, label)
			}
		}
	}
}

func (r *historyRow) cite(refs []ruleset.Reference) {
	for _, ref := range refs {
		if !slices.Contains(r.References, ref) {
			r.References = append(r.References, ref)
		}
	}
}

func (v *visit) valueChange(b *ruleset.Bareme, i int) valueChange {
	s := telling.Speaker{Words: v.L, Set: v.p.engine.Set()}
	c := valueChange{What: s.Description(b), Anchor: anchorOf(b.Name)}
	if b.Table.Shape == formula.Scalar || b.Table.Shape == formula.DateOf || b.Table.Shape == formula.Window {
		c.After = s.Value(b.Table.Shape, b.Unit, nil, b.Values[i].Value)
		c.Before = s.Value(b.Table.Shape, b.Unit, nil, b.Values[i-1].Value)
	}
	return c
}

// valueHistories lists the values of the law that the rule reads, each with all that it was, the latest first.
func (v *visit) valueHistories(rule *trace.Trace, on fact.Day) []valueHistory {
	s := telling.Speaker{Words: v.L, Set: v.p.engine.Set(), Month: on.Month()}
	out := make([]valueHistory, 0, len(rule.Baremes))
	for _, b := range rule.Baremes {
		known, _ := v.p.engine.Set().Bareme(b.Name) // the trace took it from there
		said := func(x formula.Value) string {
			return cmp.Or(s.Value(known.Table.Shape, known.Unit, known.Table.Domain, x), v.L.T("aides.valeur_finie"))
		}
		h := valueHistory{Anchor: anchorOf(b.Name), Name: b.Name, What: s.Description(known)}
		for i, x := range slices.Backward(known.Values) {
			next := fact.Month(0)
			if i+1 < len(known.Values) {
				next = known.Values[i+1].InForce()
			}
			standing := v.standing(x.InForce(), next, on.Month())
			h.Rows = append(h.Rows, datedValue{
				Chip: standing, Current: standing.Class == "yes", Date: v.L.Date(telling.Day(x.From)), Value: said(x.Value),
				Checked: v.L.Date(telling.Day(x.CheckedOn)), References: x.Reference,
			})
		}
		out = append(out, h)
	}
	return out
}

// checked says when the value that was held against its text the longest ago was; "" where one is known at second hand only, or without
// a value.
func (v *visit) checked(rule *trace.Trace) string {
	oldest := ""
	for _, b := range rule.Baremes {
		known, _ := v.p.engine.Set().Bareme(b.Name) // the trace took it from there
		if slices.ContainsFunc(known.Values, func(x ruleset.DatedValue) bool { return x.Reading != "texte" }) {
			return ""
		}
		if b.CheckedOn != "" && (oldest == "" || b.CheckedOn < oldest) {
			oldest = b.CheckedOn
		}
	}
	day, err := profile.ParseDate(oldest)
	if err != nil {
		return ""
	}
	return v.L.T("aides.verifiees", "Date", v.L.Date(telling.Day(day.Day())))
}

// anchorOf gives the place of a value of the law in the page.
func anchorOf(name string) string { return strings.NewReplacer(".", "-", "_", "-").Replace(name) }

package ruleset

import (
	"errors"
	"maps"
	"slices"

	"guichet/engine/fact"
	"guichet/engine/formula"
)

// finish orders the quantities, refuses circles, and makes the aids.
func (l *loader) finish() {
	var all, roots []*formula.Quantity
	for _, key := range slices.Sorted(maps.Keys(l.drafts)) {
		all = append(all, l.drafts[key].q)
	}
	for _, f := range l.folders() {
		if f.aid != "" {
			l.makeAid(f)
		}
	}
	l.arrange()
	if len(l.errs) > 0 {
		return
	}
	for _, a := range l.set.aids {
		roots = append(roots, a.roots()...)
	}
	plan, err := formula.NewPlan(all, roots)
	if err != nil {
		l.faultOfPlan(err)
		return
	}
	for _, a := range l.set.aids {
		a.Needs = plan.Closure(a.roots())
	}
	l.set.plan, l.set.universe = plan, l.uni
}

// faultOfPlan places a circle at the first formula on it.
func (l *loader) faultOfPlan(err error) {
	if c, ok := errors.AsType[*formula.Circle](err); ok {
		l.drafts[c.Path[0].QualifiedName()].states[0].entry.at.fault("%s", err)
		return
	}
	l.errs = append(l.errs, Problem{File: "ensemble.yaml", Message: err.Error()})
}

func (l *loader) makeAid(f *folder) {
	a := &Aid{ID: f.aid, Where: f.where, Identity: *f.identity, Examples: f.examples}
	for _, v := range f.versions {
		ver := Version{From: v.from, Until: v.until, Place: v.ends.orTop(v.top).begins()}
		for _, e := range v.entries {
			for _, r := range e.refs {
				if !slices.Contains(ver.References, r) {
					ver.References = append(ver.References, r)
				}
			}
		}
		a.Versions = append(a.Versions, ver)
		for _, e := range v.entries {
			d := l.drafts[f.aid+"."+e.name]
			switch e.section {
			case conditions:
				a.Conditions = l.shownOnly(l.addItem(a.Conditions, d, f.versions[0].from), d)
			case steps:
				a.Steps = l.shownOnly(l.addItem(a.Steps, d, f.versions[0].from), d)
			case outOfScope:
				a.OutOfScope = l.addItem(a.OutOfScope, d, f.versions[0].from)
			}
		}
		for _, p := range v.precise {
			l.addPrecision(a, p)
		}
	}
	a.Eligible = l.drafts[f.aid+".eligible"].q
	gross, net, paid := l.drafts[f.aid+".montant"], l.drafts[f.aid+".montant_net"], l.drafts[f.aid+".participation"]
	asked := paid != nil && paid.section == share // and no step of that name
	switch {
	case asked && gross == nil:
		a.Gross, a.Net, a.Share = a.Eligible, a.Eligible, paid.q
		a.amounts = amountsOf(paid, nil)
	case !asked && gross != nil && net != nil:
		a.Gross, a.Net = gross.q, net.q
		a.amounts = amountsOf(gross, net)
	default:
		l.errs = append(l.errs, Problem{File: f.path, Message: "« montant: » manque, ou « participation: » pour une aide qui ne verse rien"})
		return
	}
	l.set.byID[f.aid] = a
	l.readWords(a, f.words)
	if a.Where.Local() && len(f.versions) > 0 {
		a.From, a.Until = f.versions[0].from, f.versions[len(f.versions)-1].until
		l.checkWords(a, f)
	}
	l.checkBaremes(a)
}

// amountsOf gives what the files say of an amount: its two states go together, as one entry makes both. A share has no net.
func amountsOf(gross, net *draft) []AmountRule {
	out := make([]AmountRule, len(gross.states))
	for i, s := range gross.states {
		out[i] = AmountRule{From: s.from, Rounding: s.entry.rounds, References: s.entry.refs, Formula: s.entry.formula.text()}
		if net == nil {
			continue
		}
		if n := net.states[i].entry.formula; !n.absent() {
			out[i].Net = n.text()
		}
	}
	return out
}

// addItem adds what the files say of one condition or step, once. One that a later file begins does not exist before it.
func (l *loader) addItem(items []*Item, d *draft, first fact.Day) []*Item {
	if slices.ContainsFunc(items, func(i *Item) bool { return i.ID == d.q.Name }) {
		return items
	}
	it := &Item{ID: d.q.Name, Quantity: d.q}
	if d.states[0].from > first {
		it.meta = append(it.meta, itemMeta{from: inForce(first), ended: true})
	}
	for _, s := range d.states {
		unit := s.entry.unit
		if unit == "" {
			unit = l.unitOf(d.q.FormulaAt(inForce(s.from)))
		}
		it.meta = append(it.meta, itemMeta{from: inForce(s.from), ended: s.entry.ends, unit: unit, references: s.entry.refs})
	}
	return append(items, it)
}

// shownOnly tells the item of d whom it concerns, when not everyone.
func (l *loader) shownOnly(items []*Item, d *draft) []*Item {
	if si := l.drafts[d.q.QualifiedName()+ShownSuffix]; si != nil {
		items[slices.IndexFunc(items, func(i *Item) bool { return i.Quantity == d.q })].Shown = si.q
	}
	return items
}

// unitOf gives what the figures of a comparison are measured in, as one of its sides says.
func (l *loader) unitOf(f *formula.Formula) string {
	for _, name := range f.Compared() {
		if b := l.set.baremes[name]; b != nil {
			return b.Unit
		}
		if d := l.drafts[name]; d != nil && d.states[0].entry.unit != "" {
			return d.states[0].entry.unit
		}
	}
	return ""
}

func (l *loader) addPrecision(a *Aid, p precision) {
	if slices.ContainsFunc(a.Precisions, func(o Precision) bool { return o.Field == p.field }) {
		return
	}
	out := Precision{Field: p.field, Values: p.values}
	for _, v := range p.values {
		out.When = append(out.When, l.drafts[a.ID+"."+p.field+"_"+v].q)
	}
	a.Precisions = append(a.Precisions, out)
}

// roots gives what an answer about the aid evaluates.
func (a *Aid) roots() []*formula.Quantity {
	out := []*formula.Quantity{a.Eligible, a.Gross, a.Net}
	if a.Share != nil {
		out = append(out, a.Share)
	}
	for _, items := range [][]*Item{a.Conditions, a.Steps, a.OutOfScope} {
		for _, i := range items {
			out = append(out, i.Quantity)
			if i.Shown != nil {
				out = append(out, i.Shown)
			}
		}
	}
	for _, p := range a.Precisions {
		out = append(out, p.When...)
	}
	return out
}

// arrange puts the aids in the order of ensemble.yaml, which names each national one. Local aids that it does not name follow
// in the order of their folders.
func (l *loader) arrange() {
	places := l.orderN.items()
	for i, id := range l.order {
		a := l.set.byID[id]
		if a == nil || slices.Contains(l.order[:i], id) {
			places[i].fault("« %s » n'est pas une aide de cet ensemble, ou y est deux fois", id)
			continue
		}
		l.set.aids = append(l.set.aids, a)
	}
	for _, f := range l.folders() {
		switch id := f.aid; {
		case l.set.byID[id] == nil || slices.Contains(l.order, id):
		case f.where.Local():
			l.set.aids = append(l.set.aids, l.set.byID[id])
		default:
			l.errs = append(l.errs, Problem{File: "ensemble.yaml", Message: "l'aide « " + id + " » n'y est pas nommée : son ordre d'affichage manque"})
		}
	}
}

package difference

import (
	"maps"
	"reflect"
	"slices"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
)

// causes are the quantities that change by themselves from one month of one side to a month of the other, since their formula is another
// or a barème that they read is worth something else, and the ways from there to the amounts.
type causes struct {
	names []string            // of the quantities that change by themselves or read one that does
	found map[string][]Reason // why each of the former changes
	reads map[string][]string // of each of them all, those that it reads
	roots map[string][]string // of each aid, its amounts
}

// causesOf gives the causes between two days, found once for each pair of months.
func (p Pair) causesOf(before, after profile.Date) *causes {
	at := moment{fact.Day(before).Month(), fact.Day(after).Month()}
	if known, ok := p.causes.Load(at); ok {
		return known.(*causes)
	}
	found := findCauses(p.before.Set(), p.after.Set(), at)
	p.causes.Store(at, found)
	return found
}

func findCauses(before, after *ruleset.Set, at moment) *causes {
	changed := map[string]bool{}
	for _, name := range slices.Concat(before.Baremes(), after.Baremes()) {
		a, _ := before.Bareme(name)
		b, _ := after.Bareme(name)
		changed[name] = !reflect.DeepEqual(worth(a, at.before).plain(), worth(b, at.after).plain())
	}
	old, now := before.Universe().Quantities, after.Universe().Quantities
	all := map[string]*formula.Quantity{}
	maps.Copy(all, old)
	maps.Copy(all, now)
	c := &causes{found: map[string][]Reason{}, reads: map[string][]string{}, roots: map[string][]string{}}
	for name, q := range all {
		if reasons := changesOfQuantity(q, termAt(old[name], at.before), termAt(now[name], at.after), changed); len(reasons) > 0 {
			c.found[name], c.reads[name] = reasons, nil
		}
	}
	c.stir(before, at.before)
	c.stir(after, at.after)
	c.names = slices.Sorted(maps.Keys(c.reads))
	for _, aid := range slices.Concat(before.Aids(), after.Aids()) {
		for _, q := range []*formula.Quantity{aid.Net, aid.Priced()} {
			if name := q.QualifiedName(); !slices.Contains(c.roots[aid.ID], name) {
				c.roots[aid.ID] = append(c.roots[aid.ID], name)
			}
		}
	}
	return c
}

// stir notes what reads a cause, through any number of quantities: the plan has what is read before what reads it.
func (c *causes) stir(set *ruleset.Set, m fact.Month) {
	for _, q := range set.Plan().Quantities {
		reader := q.QualifiedName()
		termAt(q, m).Each(func(t formula.Term) {
			if _, stirred := c.reads[t.Name]; stirred && t.Kind == formula.Named && !slices.Contains(c.reads[reader], t.Name) {
				c.reads[reader] = append(c.reads[reader], t.Name)
			}
		})
	}
}

// behind gives why quantities of an aid moved: the causes from which a way leads to one of them on which every quantity moved. Whether
// one is entitled to the aid is no part of the way: conditions are told by themselves.
func (c *causes) behind(aid string, names []string, moved func(string) bool) (out []Reason) {
	seen := map[string]bool{aid + ".eligible": true}
	var visit func(name string)
	visit = func(name string) {
		if seen[name] || !moved(name) {
			return
		}
		seen[name] = true
		for _, r := range c.found[name] {
			if !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
		for _, read := range c.reads[name] {
			visit(read)
		}
	}
	for _, name := range names {
		visit(name)
	}
	return out
}

func termAt(q *formula.Quantity, m fact.Month) formula.Term {
	if q == nil {
		return formula.Term{}
	}
	return q.FormulaAt(m).Term()
}

// changesOfQuantity gives what of a quantity changes: its formula, the author's functions in it written out, and the barèmes that it reads.
func changesOfQuantity(q *formula.Quantity, old, now formula.Term, changed map[string]bool) (out []Reason) {
	if !reflect.DeepEqual(old, now) {
		out = append(out, Reason{Kind: OfFormula, Aid: q.Namespace, ID: q.Name})
	}
	for _, t := range []formula.Term{old, now} {
		t.Each(func(t formula.Term) {
			r := Reason{Kind: OfBareme, ID: t.Name}
			if t.Kind == formula.Parameter && changed[t.Name] && !slices.Contains(out, r) {
				out = append(out, r)
			}
		})
	}
	return out
}

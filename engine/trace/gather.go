package trace

import (
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/ruleset"
)

// gatherer makes the lines of one trace, and keeps what they read in the order in which they read it.
type gatherer struct {
	set     *ruleset.Set
	aid     *ruleset.Aid
	month   fact.Month
	shown   []string // qualified names of the conditions and steps
	reads   []string // quantities that are neither
	baremes []string
}

func (g *gatherer) items(items []*ruleset.Item) []Line {
	out := []Line{}
	for _, i := range items {
		unit, refs, ok := i.InForce(g.month)
		if !ok {
			continue
		}
		f := i.Quantity.FormulaAt(g.month)
		l := g.line(i.ID, f.Text, f.Term())
		if i.Shown != nil {
			l = g.concerned(l, i)
		}
		l.Unit, l.References = unit, references(refs)
		g.shown = append(g.shown, i.Quantity.QualifiedName())
		out = append(out, l)
	}
	return out
}

// concerned tells which households the line of i concerns. The engine's formula of a condition is then « not (si) or (author's) ».
func (g *gatherer) concerned(l Line, i *ruleset.Item) Line {
	si := i.Shown.FormulaAt(g.month)
	if text, ok := strings.CutPrefix(l.Formula, "not ("+si.Text+") or ("); ok && i.Quantity.Bool {
		l = g.line(l.ID, strings.TrimSuffix(text, ")"), l.Term.Of[1])
	}
	whom := g.line(l.ID, si.Text, si.Term())
	l.Concerns, l.Whom = whom.Formula, whom.Term
	for _, name := range whom.Baremes {
		l.Baremes = once(l.Baremes, name)
	}
	for _, name := range whom.Reads {
		l.Reads = once(l.Reads, name)
	}
	return l
}

// line makes one line, and notes what it reads.
func (g *gatherer) line(id, text string, t formula.Term) Line {
	l := Line{ID: id, Formula: text, References: []Reference{}, Baremes: []string{}, Reads: []string{}, Term: t}
	t.Each(func(part formula.Term) {
		switch part.Kind {
		case formula.Parameter:
			l.Baremes = once(l.Baremes, part.Name)
		case formula.Named:
			l.Reads = once(l.Reads, part.Name)
		}
	})
	for _, name := range l.Baremes {
		g.baremes = once(g.baremes, name)
	}
	for _, name := range l.Reads {
		g.reads = once(g.reads, name)
	}
	return l
}

// amount tells what is due and what is paid.
func (g *gatherer) amount() Amount {
	rule := g.aid.AmountAt(g.month)
	a := Amount{Line: g.line(g.aid.Priced().Name, rule.Formula, g.aid.DueAt(g.month)), Rounding: rule.Rounding, Net: rule.Net}
	a.Unit, a.References = unitOf(g.aid.Period), references(rule.References)
	g.baremes = once(g.baremes, rule.Rounding)
	if v, ok := g.value(rule.Rounding); ok {
		a.Step, a.Mode = v.Value.Round.Step, ruleset.ModeNames[v.Value.Round.Mode]
	}
	if rule.Net != "" {
		a.NetTerm = g.aid.Net.FormulaAt(g.month).Term()
		paid := g.line("montant_net", rule.Net, a.NetTerm)
		a.Baremes = union(a.Baremes, paid.Baremes)
	}
	return a
}

func unitOf(period string) string {
	if period == "unique" {
		return "EUR"
	}
	return "EUR/" + period
}

// told are the quantities that the amount itself tells: the trace has a place of its own for them.
var told = map[string]bool{"montant": true, "montant_net": true, "eligible": true}

// workings tells what the lines read and is not shown: of this aid and what all share, not of other aids, which have traces
// of their own.
func (g *gatherer) workings() []Line {
	out := []Line{}
	for n := 0; n < len(g.reads); n++ { //nolint:intrange // each line may add to what is read
		name := g.reads[n]
		q := g.set.Universe().Quantities[name]
		if slices.Contains(g.shown, name) || q.Namespace != "" && q.Namespace != g.aid.ID || q.Namespace == g.aid.ID && told[q.Name] || q == g.aid.Share {
			continue
		}
		f := q.FormulaAt(g.month)
		l := g.line(name, f.Text, f.Term())
		l.Unit = q.Unit
		out = append(out, l)
	}
	return out
}

func references(list []ruleset.Reference) []Reference {
	out := make([]Reference, len(list))
	for i, r := range list {
		out[i] = Reference(r)
	}
	return out
}

// once adds name to list unless it is there.
func once(list []string, name string) []string {
	if slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}

func union(list, more []string) []string {
	for _, name := range more {
		list = once(list, name)
	}
	return list
}

package difference

import (
	"cmp"
	"maps"
	"slices"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/ruleset"
)

// A FormulaChange is a formula, a condition or a function that is another from one month on.
type FormulaChange struct {
	Aid     string `json:"aide,omitempty"` // "" of what all share
	Section string `json:"section"`        // condition, etape, hors_champ, montant, calcul, fonction
	ID      string `json:"id"`
	Kind    Kind   `json:"changement"`
	Since   string `json:"depuis,omitempty"` // as of a barème; "" of a function, which has no date
	Before  string `json:"avant,omitempty"`
	After   string `json:"apres,omitempty"`

	References []Reference `json:"references"` // of the new text, or of the old one when there is no new one

	Old, New Phrase `json:"-"`
}

// A Phrase is what one side says, for whoever puts it into words.
type Phrase struct {
	Month fact.Month
	Term  formula.Term // without a kind where there is only a text: of a rounding, of a function
}

// text is what one side says of a name in one month.
type text struct {
	text string
	term formula.Term
	refs []ruleset.Reference
	ok   bool
}

// entry is one name of one side: when its texts start, and what they are.
type entry struct {
	section string
	starts  []fact.Month
	at      func(fact.Month) text
}

type key struct{ aid, id string }

func formulas(before, after Side) []FormulaChange {
	a, b := entries(before.Set), entries(after.Set)
	out := []FormulaChange{}
	for _, k := range keys(a, b) {
		old, now := a[k], b[k]
		section := cmp.Or(now.section, old.section)
		var last [2]text
		for _, m := range moments(before, after, old.starts, now.starts) {
			x, y := old.in(m.before), now.in(m.after)
			if x.text == y.text && x.ok == y.ok {
				last = [2]text{}
				continue
			}
			if last[0].text == x.text && last[1].text == y.text && (last[0].ok || last[1].ok) {
				continue
			}
			last = [2]text{x, y}
			refs := y.refs
			if !y.ok {
				refs = x.refs
			}
			out = append(out, FormulaChange{
				Aid: k.aid, Section: section, ID: k.id, Kind: kindOf(x.ok, y.ok), Since: m.since(),
				Before: x.text, After: y.text, References: references(refs), Old: Phrase{m.before, x.term}, New: Phrase{m.after, y.term},
			})
		}
	}
	return append(out, functions(before.Set, after.Set)...)
}

// keys gives the names that either side has, in order.
func keys[T any](a, b map[key]T) []key {
	all := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.SortFunc(all, func(x, y key) int { return cmp.Or(cmp.Compare(x.aid, y.aid), cmp.Compare(x.id, y.id)) })
	return slices.Compact(all)
}

func (e entry) in(m fact.Month) text {
	if e.at == nil || m < e.starts[0] {
		return text{}
	}
	return e.at(m)
}

// entries gives every name of a set with its texts. What the engine derives (an aid's « eligible ») is left out.
func entries(set *ruleset.Set) map[key]entry {
	out := map[key]entry{}
	for _, q := range set.Universe().Quantities {
		out[key{q.Namespace, q.Name}] = entry{"calcul", q.Since(), func(m fact.Month) text {
			f := q.FormulaAt(m)
			return text{text: one(f.Text), term: f.Term(), ok: true}
		}}
	}
	for _, a := range set.Aids() {
		delete(out, key{a.ID, "eligible"})
		for section, items := range map[string][]*ruleset.Item{"condition": a.Conditions, "etape": a.Steps, "hors_champ": a.OutOfScope} {
			for _, i := range items {
				out[key{a.ID, i.ID}] = entry{section, i.Quantity.Since(), itemText(i)}
			}
		}
		amount := func(part func(ruleset.AmountRule, fact.Month) (string, formula.Term)) entry {
			return entry{"montant", a.Priced().Since(), func(m fact.Month) text {
				rule := a.AmountAt(m)
				s, term := part(rule, m)
				return text{one(s), term, rule.References, s != ""}
			}}
		}
		priced := a.Priced().Name
		out[key{a.ID, priced}] = amount(func(r ruleset.AmountRule, m fact.Month) (string, formula.Term) { return r.Formula, a.DueAt(m) })
		out[key{a.ID, priced + "_arrondi"}] = amount(func(r ruleset.AmountRule, _ fact.Month) (string, formula.Term) { return r.Rounding, formula.Term{} })
		if a.Share == nil {
			out[key{a.ID, "montant_net"}] = amount(func(r ruleset.AmountRule, m fact.Month) (string, formula.Term) {
				return r.Net, a.Net.FormulaAt(m).Term()
			})
		}
	}
	return out
}

func itemText(i *ruleset.Item) func(fact.Month) text {
	return func(m fact.Month) text {
		_, refs, ok := i.InForce(m)
		if !ok {
			return text{}
		}
		f := i.Quantity.FormulaAt(m)
		return text{one(f.Text), f.Term(), refs, true}
	}
}

// functions compares the authors' own functions, which do not change from one version to another of the same set.
func functions(before, after *ruleset.Set) []FormulaChange {
	a, b := bodies(before.Universe()), bodies(after.Universe())
	var out []FormulaChange
	for _, k := range keys(a, b) {
		if a[k] != b[k] {
			out = append(out, FormulaChange{
				Aid: k.aid, Section: "fonction", ID: k.id, Kind: kindOf(a[k] != "", b[k] != ""), Before: a[k], After: b[k], References: []Reference{},
			})
		}
	}
	return out
}

func bodies(u *formula.Universe) map[key]string {
	out := map[key]string{}
	for namespace, list := range u.Functions {
		for name, f := range list {
			out[key{namespace, name}] = one(f.Body)
		}
	}
	return out
}

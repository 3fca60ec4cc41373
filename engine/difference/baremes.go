package difference

import (
	"reflect"
	"slices"

	"guichet/engine/fact"
	"guichet/engine/ruleset"
)

// A BaremeChange is a value of the law that is another from one month on.
type BaremeChange struct {
	Name        string `json:"nom"`
	Description string `json:"description"`
	Unit        string `json:"unite"`
	Kind        Kind   `json:"changement"`
	Since       string `json:"depuis,omitempty"` // the first day of the month from which two sets differ so; "" between two days
	Before      any    `json:"avant"`            // as [ruleset.Plain] gives it; null when there is none
	After       any    `json:"apres"`

	BeforeReferences []Reference `json:"references_avant"`
	AfterReferences  []Reference `json:"references_apres"`

	Old, New Worth `json:"-"`
}

// A Worth is what a barème is worth on one side; Bareme is nil when nothing is in force.
type Worth struct {
	Bareme *ruleset.Bareme
	Value  ruleset.DatedValue
}

func (w Worth) plain() any {
	if w.Bareme == nil {
		return nil
	}
	return ruleset.Plain(w.Bareme.Table, w.Value.Value)
}

func baremes(before, after Side) []BaremeChange {
	out := []BaremeChange{}
	names := slices.Concat(before.Set.Baremes(), after.Set.Baremes())
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		a, _ := before.Set.Bareme(name)
		b, _ := after.Set.Bareme(name)
		out = append(out, changesOf(name, a, b, moments(before, after, starts(a), starts(b)))...)
	}
	return out
}

// changesOf gives the changes of one barème, each told once for as long as the two values stay what they are.
func changesOf(name string, a, b *ruleset.Bareme, at []moment) []BaremeChange {
	var out []BaremeChange
	var told bool
	var lastOld, lastNew any
	for _, m := range at {
		old, now := worth(a, m.before), worth(b, m.after)
		x, y := old.plain(), now.plain()
		if reflect.DeepEqual(x, y) {
			told = false
			continue
		}
		if told && reflect.DeepEqual(x, lastOld) && reflect.DeepEqual(y, lastNew) {
			continue
		}
		told, lastOld, lastNew = true, x, y
		known := now.Bareme
		if known == nil {
			known = old.Bareme
		}
		out = append(out, BaremeChange{
			Name: name, Description: known.Description, Unit: known.Unit, Kind: kindOf(old.Bareme != nil, now.Bareme != nil),
			Since: m.since(), Before: x, After: y, Old: old, New: now,
			BeforeReferences: references(old.Value.Reference), AfterReferences: references(now.Value.Reference),
		})
	}
	return out
}

func worth(b *ruleset.Bareme, m fact.Month) Worth {
	if b == nil {
		return Worth{}
	}
	v, ok := b.ValueAt(m)
	if !ok {
		return Worth{}
	}
	return Worth{b, v}
}

func starts(b *ruleset.Bareme) []fact.Month {
	if b == nil {
		return nil
	}
	out := make([]fact.Month, len(b.Values))
	for i, v := range b.Values {
		out[i] = v.InForce()
	}
	return out
}

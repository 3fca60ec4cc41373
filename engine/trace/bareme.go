package trace

import (
	"guichet/engine/formula"
	"guichet/engine/ruleset"
)

// A Bareme is a value of the law as it stands on the trace's day. What each month of the past is held against is that
// month's own value.
type Bareme struct {
	Name        string        `json:"nom"`
	Description string        `json:"description"`
	Unit        string        `json:"unite"`
	Since       string        `json:"depuis,omitempty"` // "" when nothing is in force
	Value       any           `json:"valeur"`           // as [ruleset.Plain] gives it; null when nothing is in force
	References  []Reference   `json:"references"`
	CheckedOn   string        `json:"verifie_le,omitempty"`
	Shape       formula.Shape `json:"-"`
	Worth       formula.Value `json:"-"`
}

func (g *gatherer) value(name string) (ruleset.DatedValue, bool) {
	b, ok := g.set.Bareme(name)
	if !ok {
		return ruleset.DatedValue{}, false
	}
	return b.ValueAt(g.month)
}

func (g *gatherer) values() []Bareme {
	out := make([]Bareme, 0, len(g.baremes))
	for _, name := range g.baremes {
		b, ok := g.set.Bareme(name)
		if !ok {
			continue
		}
		x := Bareme{Name: name, Description: b.Description, Unit: b.Unit, References: []Reference{}, Shape: b.Table.Shape}
		if v, ok := b.ValueAt(g.month); ok {
			x.Since, x.Value, x.Worth = v.From.String(), ruleset.Plain(b.Table, v.Value), v.Value
			x.References, x.CheckedOn = references(v.Reference), v.CheckedOn.String()
		}
		out = append(out, x)
	}
	return out
}

package ruleset

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"guichet/engine/fact"
	"guichet/engine/formula"
)

// Bareme is one dated value of the law.
type Bareme struct {
	Name        string // as formulas say it: bareme.rsa.montant_base
	Description string
	Unit        string // EUR/mois, part, ans…
	Conversion  string // what multiplying by it converts, as a unit: an/mois for a rate that makes a yearly amount monthly
	Values      []DatedValue
	Table       *formula.Table
	Place       Place
}

// DatedValue is what a barème is worth from one day on.
type DatedValue struct {
	From      fact.Day
	Value     formula.Value
	Reference []Reference
	Cells     [][]Reference // of a table by enumeration: what each of its values rests on
	Reading   string        // how it was read: texte, officiel, compilation, presse
	CheckedOn fact.Day      // the day the value was last held against its source
	Leap      bool          // it is far from the value before it, and meant to be
	Place     Place
}

// InForce gives the first month that takes the value.
func (v DatedValue) InForce() fact.Month { return inForce(v.From) }

// ValueAt gives what the barème is worth at month m; false before its first value and from its end on.
func (b *Bareme) ValueAt(m fact.Month) (DatedValue, bool) {
	var at DatedValue
	found := false
	for _, v := range b.Values {
		if inForce(v.From) <= m {
			at, found = v, true
		}
	}
	return at, found && !at.Value.Ends
}

// parameter is what a barème may be called: identifiers with points between them.
var parameter = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$`)

var readings = []string{"texte", "officiel", "compilation", "presse"}

// domains are the enumerations by which a barème may be keyed.
var domains = func() map[string][]string {
	out := map[string][]string{}
	for _, facts := range [][]fact.Fact{fact.HouseholdFacts, fact.PersonFacts} {
		for _, f := range facts {
			if f.Kind == fact.Enum {
				out[f.Name] = f.Values
			}
		}
	}
	return out
}()

// readBaremes reads one file of barèmes: of a local aid, whose name is theirs, or of the group that the file names.
func readBaremes(top node, group string) []*Bareme {
	keys := []string{"verifie_le", "references", "baremes"}
	if group == "" {
		keys = append([]string{"groupe"}, keys...)
	}
	f := top.fields(keys...)
	if group == "" {
		group = f["groupe"].text()
	}
	if group == "" {
		top.fault("« groupe: » manque : il donne leur nom aux barèmes du fichier")
		return nil
	}
	root := "bareme." + group
	if group == "fenetre" || group == "arrondis" {
		root = group
	}
	refs := references{}
	refs.read(f["references"])
	var checked fact.Day
	if f["verifie_le"].absent() {
		top.fault("« verifie_le: » manque : le jour où les valeurs ont été relues")
	} else {
		checked = f["verifie_le"].date()
	}
	var out []*Bareme
	for _, p := range f["baremes"].pairs() {
		if b := readBareme(root+"."+p.key, p, refs, checked); b != nil {
			out = append(out, b)
		}
	}
	return out
}

func readBareme(name string, p pair, refs references, checked fact.Day) *Bareme {
	f := p.value.fields("description", "unite", "conversion", "lecture", "par", "valeurs", "verifie_le")
	b := &Bareme{Name: name, Description: f["description"].text(), Unit: f["unite"].text(), Conversion: f["conversion"].text(), Place: p.at.begins()}
	if b.Unit == "" {
		p.at.fault("« unite: » manque")
	}
	if !parameter.MatchString(p.key) {
		p.at.fault("« %s » n'est pas un nom de barème : lettres minuscules sans accent, chiffres, _, et un point entre deux parties", p.key)
	}
	reading := readReading(f["lecture"].orTop(p.at))
	if !f["verifie_le"].absent() {
		checked = f["verifie_le"].date()
	}
	shape, domain, ok := shapeOf(f["par"], b.Unit)
	if !ok {
		return nil
	}
	b.Table = formula.NewTable(name, shape, domain)
	var last fact.Day
	for _, v := range f["valeurs"].pairs() {
		day, ok := v.day()
		if !ok {
			continue
		}
		if day <= last {
			v.at.fault("les dates vont en ordre croissant")
		}
		last = day
		vf := v.value.fields("valeur", "reference", "verifie_le", "lecture", "saut")
		d := DatedValue{From: day, CheckedOn: checked, Reading: reading, Reference: refs.cite(vf["reference"]), Place: v.at.begins()}
		if !vf["lecture"].absent() {
			d.Reading = readReading(vf["lecture"])
		}
		if !vf["saut"].absent() {
			if d.Leap = vf["saut"].text() == "voulu"; !d.Leap {
				vf["saut"].fault("« saut: voulu » est la seule valeur admise : la valeur s'éloigne de la précédente, et le texte le veut ainsi")
			}
		}
		if !vf["verifie_le"].absent() {
			d.CheckedOn = vf["verifie_le"].date()
		}
		if vf["valeur"].absent() {
			v.at.fault("« valeur: » manque")
			continue
		}
		if shape == formula.ByEnum && !vf["valeur"].null() {
			d.readCells(vf["valeur"], domain, refs)
		} else {
			d.Value = readValue(vf["valeur"], shape, domain)
		}
		if len(d.Reference) == 0 {
			v.at.fault("cette valeur n'a pas de référence")
		}
		b.Values = append(b.Values, d)
		b.Table.From(inForce(day), d.Value)
		b.Table.Since(day, d.Value)
	}
	if len(f["valeurs"].pairs()) == 0 {
		p.at.fault("« valeurs: » manque")
	}
	return b
}

func readReading(n node) string {
	r := n.text()
	if !slices.Contains(readings, r) {
		n.fault("« lecture: » dit comment la valeur a été lue : %s", strings.Join(readings, ", "))
	}
	return r
}

// shapeOf reads « par: ».
func shapeOf(n node, unit string) (formula.Shape, []string, bool) {
	by := n.texts()
	switch {
	case len(by) == 0 && unit == "date":
		return formula.DateOf, nil, true
	case len(by) == 0:
		return formula.Scalar, nil, true
	case len(by) == 2 && by[1] == "rang" && domains[by[0]] != nil:
		return formula.ByBoth, domains[by[0]], true
	case len(by) == 1:
		switch by[0] {
		case "rang":
			return formula.ByRank, nil, true
		case "tranche":
			return formula.Brackets, nil, true
		case "fenetre":
			return formula.Window, nil, true
		case "arrondi":
			return formula.Rounding, nil, true
		}
		if d := domains[by[0]]; d != nil {
			return formula.ByEnum, d, true
		}
	}
	n.fault("« par: » attend une énumération du profil (zone_apl, …), rang, tranche, fenetre, arrondi, ou [énumération, rang]")
	return 0, nil, false
}

func readValue(n node, shape formula.Shape, domain []string) formula.Value {
	if n.null() {
		return formula.Value{Ends: true}
	}
	switch shape {
	case formula.Scalar:
		return formula.Value{Number: n.number()}
	case formula.DateOf:
		return formula.Value{Number: float64(n.date())}
	case formula.ByRank:
		r := readRanks(n)
		return formula.Value{Ranks: &r}
	case formula.ByBoth:
		v := formula.Value{Both: make([]formula.Ranks, len(domain))}
		for i, x := range byKey(n, domain) {
			v.Both[i] = readRanks(x)
		}
		return v
	case formula.Brackets:
		return formula.Value{Brackets: readBrackets(n)}
	case formula.Window:
		f := n.fields("de", "a")
		w := &formula.Span{From: f["de"].orTop(n).integer(), To: f["a"].orTop(n).integer()}
		if w.From < w.To {
			n.fault("une fenêtre va du mois le plus ancien (de) au plus récent (a)")
		}
		return formula.Value{Window: w}
	default:
		return formula.Value{Round: readRounding(n)}
	}
}

// never is written in a table by enumeration where no figure is enough.
const never = "jamais"

// readCells reads a table by enumeration. Each of its values is a number, « jamais », or one of these with its own reference:
// {valeur: 60, reference: L262-4}. What the values cite, the whole table does.
func (v *DatedValue) readCells(n node, domain []string, refs references) {
	whole := v.Reference
	v.Value.Keyed, v.Cells = make([]float64, len(domain)), make([][]Reference, len(domain))
	for i, x := range byKey(n, domain) {
		v.Cells[i] = whole
		switch x.n.(type) {
		case *ast.MappingNode, *ast.MappingValueNode:
			f := x.fields("valeur", "reference")
			if own := refs.cite(f["reference"]); len(own) > 0 {
				v.Cells[i] = own
			}
			x = f["valeur"].orTop(x)
		}
		if s, ok := x.n.(*ast.StringNode); ok && s.Value == never {
			v.Value.Keyed[i] = math.Inf(1)
		} else {
			v.Value.Keyed[i] = x.number()
		}
		for _, r := range v.Cells[i] {
			if !slices.Contains(v.Reference, r) {
				v.Reference = append(slices.Clip(v.Reference), r)
			}
		}
	}
}

// byKey gives one node for each value of the domain, none more and none less.
func byKey(n node, domain []string) []node {
	f := n.fields(domain...)
	out := make([]node, len(domain))
	for i, d := range domain {
		out[i] = f[d]
		if f[d].absent() {
			n.fault("la valeur pour « %s » manque", d)
			out[i] = n
		}
	}
	return out
}

func readRanks(n node) formula.Ranks {
	f := n.fields("rangs", "au_dela")
	var r formula.Ranks
	for _, v := range f["rangs"].items() {
		r.Values = append(r.Values, v.number())
	}
	if len(r.Values) == 0 {
		n.fault("« rangs: [1er, 2e, …] » manque")
	}
	if !f["au_dela"].absent() {
		r.Beyond = f["au_dela"].number()
	}
	return r
}

func readBrackets(n node) []formula.Bracket {
	var out []formula.Bracket
	for _, i := range n.items() {
		f := i.fields("depuis", "taux")
		b := formula.Bracket{From: f["depuis"].orTop(i).number(), Rate: f["taux"].orTop(i).number()}
		if b.Rate < 0 || len(out) > 0 && b.From <= out[len(out)-1].From {
			i.fault("les tranches vont en ordre croissant et leurs taux sont positifs")
		}
		out = append(out, b)
	}
	return out
}

func readRounding(n node) *formula.Round {
	f := n.fields("pas", "mode")
	r := &formula.Round{Step: f["pas"].orTop(n).number()}
	if r.Step <= 0 {
		n.fault("« pas: » est un nombre positif")
		r.Step = 1
	}
	switch f["mode"].text() {
	case "proche":
	case "inferieur":
		r.Mode = formula.Down
	case "superieur":
		r.Mode = formula.Up
	default:
		n.fault("« mode: » est proche, inferieur ou superieur")
	}
	return r
}

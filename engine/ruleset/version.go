package ruleset

import (
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/formula"
)

// version is one version file as read: what it says of each name, before any formula is compiled.
type version struct {
	from      fact.Day
	top       node
	functions []function
	entries   []entry // in the order of the file
	precise   []precision
	until     fact.Day // of a local aid: the last day of its deliberation
	ends      node     // where that stands
}

// section is where an entry stands in its file, and so what it is for.
type section string

const (
	perPerson  section = "par_personne"
	workings   section = "calculs"
	steps      section = "etapes"
	conditions section = "conditions"
	outOfScope section = "hors_champ"
	amount     section = "montant"
	net        section = "net"
	share      section = "participation"
	all        section = "eligible"
	precisely  section = "precisions"
	shown      section = "si"
)

// entry is one quantity as one file states it.
type entry struct {
	section section
	name    string
	at      node // its key
	formula node // the scalar that holds its text
	before  string
	after   string // around the text: what the engine adds to an author's formula
	bool    bool
	person  bool
	yearly  bool
	ends    bool // « name: ~ »: from this version on there is no such condition
	unit    string
	convert string // see [Bareme.Conversion]
	refs    []Reference
	rounds  string // of an amount: the name of its rounding
	roundAt node   // and where that stands
	si      node   // of a step or a condition: the households that it concerns, when not all
}

// ShownSuffix makes the name of whether a step or a condition concerns the household.
const ShownSuffix = "_si"

type function struct {
	formula.Function
	at, body node
}

// precision is one further field of the answer: the first value whose condition holds.
type precision struct {
	field  string
	values []string
}

// join adds to v what another file of the same day says, of a subject of its own.
func (v *version) join(other *version) {
	v.functions = append(v.functions, other.functions...)
	v.entries = append(v.entries, other.entries...)
	v.precise = append(v.precise, other.precise...)
}

// readVersion reads one version file of a folder. An aid's person says whether its conditions and amount are those of each
// adult.
func readVersion(top node, from fact.Day, of *folder, person bool) *version {
	refs := of.refs
	keys := []string{"references", "fonctions", "par_personne", "calculs"}
	if of.aid != "" {
		keys = append(keys, "etapes", "conditions", "montant", "participation", "hors_champ", "precisions")
	}
	if of.where.Local() {
		keys = append(keys, "valable_jusqu_au")
	}
	f := top.fields(keys...)
	refs.read(f["references"])
	v := &version{from: from, top: top, ends: f["valable_jusqu_au"]}
	switch {
	case !v.ends.absent():
		v.until = v.ends.date()
	case of.where.Local():
		top.fault("« valable_jusqu_au: AAAA-MM-JJ » manque : le dernier jour de la délibération, après lequel l'aide n'est plus calculée")
	}
	for _, p := range f["fonctions"].pairs() {
		v.functions = append(v.functions, readFunction(p, refs))
	}
	for _, s := range []section{perPerson, workings, steps, conditions, outOfScope} {
		for _, p := range f[string(s)].pairs() {
			e := readEntry(p, s, refs)
			e.person = s == perPerson || person && s != workings
			if s == conditions && !e.si.absent() { // it holds of the households that it does not concern
				e.before, e.after = "not ("+e.si.text()+") or (", ")"
			}
			v.entries = append(v.entries, e)
			if !e.si.absent() {
				v.entries = append(v.entries, entry{section: shown, name: p.key + ShownSuffix, at: p.at, formula: e.si, bool: true, person: e.person})
			}
		}
	}
	for _, p := range f["precisions"].pairs() {
		d := precision{field: p.key}
		for _, x := range p.value.pairs() {
			d.values = append(d.values, x.key)
			v.entries = append(v.entries, entry{
				section: precisely, name: p.key + "_" + x.key, at: x.at, formula: x.value, bool: true, person: person,
			})
		}
		v.precise = append(v.precise, d)
	}
	if m := f["montant"]; !m.absent() {
		v.readAmount(m, person, refs)
	}
	if m := f["participation"]; !m.absent() {
		if !f["montant"].absent() {
			m.fault("une aide verse un « montant: » ou demande une « participation: », pas les deux")
		}
		v.readShare(m, person, refs)
	}
	return v
}

func readFunction(p pair, refs references) function {
	f := p.value.fields("parametres", "formule", "reference")
	refs.cite(f["reference"]) // only held to be defined: the quantity that calls the function cites what it rests on
	fn := function{at: p.at, body: f["formule"]}
	fn.Name, fn.Parameters, fn.Body = p.key, f["parametres"].texts(), f["formule"].text()
	if len(fn.Parameters) == 0 || fn.Body == "" {
		p.at.fault("une fonction a « parametres: [x] » et « formule: »")
	}
	return fn
}

func readEntry(p pair, s section, refs references) entry {
	e := entry{section: s, name: p.key, at: p.at}
	if p.value.null() {
		if s != conditions && s != outOfScope {
			p.at.fault("seule une condition peut prendre fin (« %s: ~ »)", p.key)
		}
		e.ends, e.bool = true, true
		return e
	}
	keys := []string{"formule", "condition", "unite", "conversion", "reference", "pas"}
	if s == steps || s == conditions {
		keys = append(keys, "si")
	}
	f := p.value.fields(keys...)
	if f["formule"].absent() == f["condition"].absent() {
		p.at.fault("« formule: » (un nombre) ou « condition: » (oui ou non) est attendu, l'un des deux")
	}
	e.formula = f["formule"]
	if !f["condition"].absent() {
		e.formula, e.bool = f["condition"], true
	}
	if (s == conditions || s == outOfScope) && !e.bool {
		p.at.fault("« condition: » est attendu ici")
	}
	if !f["pas"].absent() {
		if e.yearly = f["pas"].text() == "an"; !e.yearly {
			f["pas"].fault("« pas: an » est la seule valeur admise ; sans lui, la quantité vaut par mois")
		}
	}
	e.si = f["si"]
	e.unit, e.convert = f["unite"].text(), f["conversion"].text()
	e.refs = refs.cite(f["reference"])
	if (s == steps || s == conditions || s == outOfScope) && len(e.refs) == 0 {
		p.at.fault("« reference: » manque : chaque étape et chaque condition dit son texte")
	}
	if s == steps && e.unit == "" && !e.bool {
		p.at.fault("« unite: » manque")
	}
	return e
}

// readAmount reads « montant: », as two quantities: what is due before CRDS, and what is paid.
func (v *version) readAmount(m node, person bool, refs references) {
	f := m.fields("formule", "arrondi", "net", "reference")
	if !v.readRounded(amount, m, f, person, refs) {
		return
	}
	n := entry{section: net, name: "montant_net", at: m, formula: f["net"], person: person}
	if f["net"].absent() {
		n.before = of(person, "montant")
	}
	v.entries = append(v.entries, n)
}

// readShare reads « participation: », what the household pays for an aid that pays nothing itself.
func (v *version) readShare(m node, person bool, refs references) {
	v.readRounded(share, m, m.fields("formule", "arrondi", "reference"), person, refs)
}

// readRounded reads a rounded amount of whoever is entitled, named as its section.
func (v *version) readRounded(s section, m node, f map[string]node, person bool, refs references) bool {
	e := entry{section: s, name: string(s), at: m, formula: f["formule"], person: person, refs: refs.cite(f["reference"])}
	if f["formule"].absent() || f["arrondi"].absent() || len(e.refs) == 0 {
		m.fault("« %s: » demande formule, arrondi (le nom d'un arrondi de arrondis.*) et reference", s)
		return false
	}
	e.rounds, e.roundAt = "arrondis."+f["arrondi"].text(), f["arrondi"]
	e.before = of(person, "eligible") + " ? arrondi(" + e.rounds + ", "
	e.after = ") : 0"
	v.entries = append(v.entries, e)
	return true
}

// of names a quantity of the aid, or of its person.
func of(person bool, name string) string {
	if person {
		return "personne." + name
	}
	return name
}

// text gives the whole text to compile.
func (e *entry) text() string {
	t := ""
	if !e.formula.absent() {
		t = e.formula.text()
	}
	if e.before != "" || e.after != "" {
		return e.before + t + e.after
	}
	return t
}

// fault notes what is wrong with the text of e at one of its characters.
func (e *entry) fault(err *formula.Error) {
	from := err.From - len([]rune(e.before))
	if from < 0 && !e.roundAt.absent() { // what the engine adds before an amount names nothing else of the author's
		e.roundAt.fault("%s", err.Message)
		return
	}
	if e.formula.absent() || from < 0 || from > len([]rune(e.formula.text())) {
		e.at.fault("%s", err.Message)
		return
	}
	e.formula.faultInside(from, "%s", err.Message)
}

// allOf gives the text of the condition that holds when all conditions in force do.
func allOf(names []string, person bool) string {
	if len(names) == 0 {
		return "true"
	}
	names = slices.Clone(names)
	for i := range names {
		names[i] = of(person, names[i])
	}
	return strings.Join(names, " and ")
}

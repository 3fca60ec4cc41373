package ruleset

import (
	"slices"

	"guichet/engine/fact"
	"guichet/engine/formula"
)

// Set is one whole, checked rule set. It never changes once loaded and is safe for concurrent use.
type Set struct {
	hash     string
	aids     []*Aid
	byID     map[string]*Aid
	baremes  map[string]*Bareme
	names    []string // of the barèmes, in order
	universe *formula.Universe
	plan     *formula.Plan

	revaluations []Revaluation
	equivalents  map[string][]Equivalent // by aid, "" for what all share
	words        Words
}

// Aid is one aid with all its versions.
type Aid struct {
	ID    string
	Where Locality
	Identity
	Versions   []Version // oldest first
	Examples   []Example
	Conditions []*Item // in the order shown
	Steps      []*Item
	OutOfScope []*Item // what its rules do not yet cover
	Precisions []Precision

	Eligible *formula.Quantity
	Gross    *formula.Quantity // before CRDS; of an aid that pays nothing, the right to it: 1 or 0
	Net      *formula.Quantity // what is paid; of an aid that pays nothing, as Gross
	Share    *formula.Quantity // what the household pays for an aid that pays nothing, EUR per period; nil for the others
	Needs    []*formula.Quantity

	amounts []AmountRule // oldest first
}

// AmountRule is what a rule file says of the amount of an aid, or of what the household pays for it.
type AmountRule struct {
	From       fact.Day
	Formula    string // the author's text, before rounding
	Rounding   string // the name of a barème: arrondis.centime
	Net        string // the author's text of what is paid; "" when all that is due is
	References []Reference
}

// Priced is the quantity that tells euros: what is due or, of an aid that pays nothing, what the household pays for it.
func (a *Aid) Priced() *formula.Quantity {
	if a.Share != nil {
		return a.Share
	}
	return a.Gross
}

// AmountAt gives what the rules in force at month m say of the quantity that [Aid.Priced] names.
func (a *Aid) AmountAt(m fact.Month) AmountRule {
	at := a.amounts[0]
	for _, x := range a.amounts[1:] {
		if inForce(x.From) <= m {
			at = x
		}
	}
	return at
}

// DueAt gives the author's formula of the quantity that [Aid.Priced] names at month m, before rounding: the engine's own is
// « eligible ? round(author's) : 0 ».
func (a *Aid) DueAt(m fact.Month) formula.Term { return a.Priced().FormulaAt(m).Term().Of[1].Of[1] }

// Version is one day from which formulas of an aid changed.
type Version struct {
	From       fact.Day
	Until      fact.Day // of a local aid: the last day of its deliberation; 0 when none bounds it
	References []Reference
	Place      Place // of « valable_jusqu_au: », or of the file's first line
}

// InForce gives the first month that takes the version's formulas.
func (v Version) InForce() fact.Month { return inForce(v.From) }

// Item is one condition or one step of an aid.
type Item struct {
	ID       string
	Quantity *formula.Quantity
	Shown    *formula.Quantity // of a step or a condition: whether it concerns the household; nil when it concerns all
	meta     []itemMeta
}

type itemMeta struct {
	from       fact.Month
	ended      bool
	unit       string
	references []Reference
}

// InForce says whether the item exists at month m, and gives its unit and references then.
func (i *Item) InForce(m fact.Month) (unit string, refs []Reference, ok bool) {
	at := i.meta[0]
	for _, x := range i.meta[1:] {
		if x.from <= m {
			at = x
		}
	}
	return at.unit, at.references, !at.ended
}

// StatedBy says whether a version states the item, that is begins, changes or ends it, and whether it ends it.
func (i *Item) StatedBy(v Version) (stated, ended bool) {
	at := slices.IndexFunc(i.meta, func(m itemMeta) bool { return m.from == v.InForce() })
	return at >= 0, at >= 0 && i.meta[at].ended
}

// Precision is a further field of the answer (the type of housing aid): the first value whose condition holds.
type Precision struct {
	Field  string
	Values []string
	When   []*formula.Quantity
}

// Hash identifies the whole set: sha256 over every file, « sha256:… ».
func (s *Set) Hash() string { return s.hash }

// Aids gives all aids in the order in which they are shown.
func (s *Set) Aids() []*Aid { return s.aids }

// Aid gives one aid by its identifier.
func (s *Set) Aid(id string) (*Aid, bool) {
	a, ok := s.byID[id]
	return a, ok
}

// Bareme gives one barème by its name (bareme.rsa.montant_base).
func (s *Set) Bareme(name string) (*Bareme, bool) {
	b, ok := s.baremes[name]
	return b, ok
}

// Baremes gives the names of all barèmes, in order.
func (s *Set) Baremes() []string { return s.names }

// Plan gives the plan that evaluates every aid of the set.
func (s *Set) Plan() *formula.Plan { return s.plan }

// Universe gives what formulas may name; tests compile formulas of their own in it.
func (s *Set) Universe() *formula.Universe { return s.universe }

// Formalised gives the days for which every national aid of the set answers, or every aid when none is national.
func (s *Set) Formalised() (from, until fact.Day) {
	for _, local := range []bool{false, true} {
		for _, a := range s.aids {
			switch {
			case a.Where.Local() != local:
			case until == 0:
				from, until = a.From, a.Until
			default:
				from, until = max(from, a.From), min(until, a.Until)
			}
		}
		if until > 0 {
			break
		}
	}
	return from, until
}

// Expired says whether the deliberation that fixes the aid has ended before a day: it is then no longer computed.
func (a *Aid) Expired(d fact.Day) bool {
	until := a.VersionAt(d).Until
	return until > 0 && d > until
}

// VersionAt gives the version of a in force on a day, the first one before it.
func (a *Aid) VersionAt(d fact.Day) Version {
	v := a.Versions[0]
	for _, x := range a.Versions[1:] {
		if x.From <= d {
			v = x
		}
	}
	return v
}

// References gives the references of the item at each of its versions, oldest first.
func (i *Item) References() [][]Reference {
	out := make([][]Reference, len(i.meta))
	for j, m := range i.meta {
		out[j] = m.references
	}
	return out
}

// Equivalents gives the changes of an aid's formulas that its author shows to be without effect; aid is "" for what all share.
func (s *Set) Equivalents(aid string) []Equivalent { return s.equivalents[aid] }

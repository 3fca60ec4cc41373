package profiletest

import (
	"slices"

	"pgregory.net/rapid"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

// Clone gives a deep copy of p.
func Clone(p *profile.Profile) *profile.Profile {
	c := *p
	c.Claimant = clonePerson(p.Claimant)
	if p.Spouse != nil {
		s := clonePerson(*p.Spouse)
		c.Spouse = &s
	}
	c.Children.Value = slices.Clone(p.Children.Value)
	for i := range c.Children.Value {
		c.Children.Value[i] = clonePerson(c.Children.Value[i])
	}
	c.Received.Value = slices.Clone(p.Received.Value)
	return &c
}

func clonePerson(q profile.Person) profile.Person {
	q.Incomes.Value = slices.Clone(q.Incomes.Value)
	for i := range q.Incomes.Value {
		in := &q.Incomes.Value[i]
		in.Months, in.Years = slices.Clone(in.Months), slices.Clone(in.Years)
	}
	return q
}

// Forget gives a partial profile: p without some of what it states, its date kept. p is one of the households that it may
// turn out to be. What p leaves to a default is unknown in it.
func Forget(t *rapid.T, p *profile.Profile) *profile.Profile {
	q := Clone(p)
	q.Complete = false
	f := forgetter{t, rapid.SampledFrom([]int{2, 2, 4, 10}).Draw(t, "forget one in")}
	f.text(&q.Commune)
	f.text(&q.Couple)
	f.date(&q.IsolatedFrom)
	f.text(&q.Housing.Status)
	f.text(&q.Housing.Regime)
	f.text(&q.Housing.Loan)
	f.text(&q.Housing.LoanFor)
	f.date(&q.Housing.LoanSigned)
	forget(f, &q.Housing.Rent)
	forget(f, &q.Housing.Charges)
	forget(f, &q.TaxHousehold.Income)
	forget(f, &q.TaxHousehold.Parts)
	forget(f, &q.Savings)
	forget(f, &q.Quotient)
	forget(f, &q.FixedCharges)
	f.date(&q.ResidentFrom)
	forget(f, &q.Received)
	f.person(&q.Claimant)
	if q.Spouse != nil {
		if f.does() {
			q.Spouse = nil
		} else {
			f.person(q.Spouse)
		}
	}
	for i := range q.Children.Value {
		f.person(&q.Children.Value[i])
	}
	forget(f, &q.Children)
	return q
}

type forgetter struct {
	*rapid.T
	in int
}

func (f forgetter) does() bool { return rapid.IntRange(1, f.in).Draw(f.T, "forget") == 1 }

func forget[T any](f forgetter, v *profile.Opt[T]) {
	if v.Known && f.does() {
		*v = profile.Opt[T]{}
	}
}

func (f forgetter) text(v *string) {
	if *v != "" && f.does() {
		*v = ""
	}
}

func (f forgetter) date(v *profile.Date) {
	if v.Known() && f.does() {
		*v = 0
	}
}

func (f forgetter) person(q *profile.Person) {
	f.date(&q.Birth)
	f.text(&q.Nationality)
	f.text(&q.Permit)
	f.date(&q.StayFrom)
	forget(f, &q.StayProven)
	f.text(&q.Activity)
	f.text(&q.Schooling)
	forget(f, &q.Pregnant)
	forget(f, &q.DisabilityRate)
	forget(f, &q.WorkRestriction)
	forget(f, &q.Unfit)
	forget(f, &q.SharedCustody)
	for i := range q.Incomes.Value {
		if f.does() {
			q.Incomes.Value[i] = profile.Income{Kind: q.Incomes.Value[i].Kind}
		}
	}
	forget(f, &q.Incomes)
}

// Inside says whether a complete household is one of those that a partial one may turn out to be: every fact of it lies
// within what the partial one leaves open. It gives the path of the first that does not.
func Inside(partial, complete *fact.Household) (outside string) {
	for _, f := range fact.HouseholdFacts {
		if f.Name == "foyer_fiscal.rfr_selon" {
			continue // the whole domain of the figure covers what the incomes give, wherever it is to be read
		}
		if !covers(f, values{partial.Nums[:], partial.Flags[:], partial.Choices[:]}, values{complete.Nums[:], complete.Flags[:], complete.Choices[:]}) {
			return f.Name
		}
	}
	if path := insideAll(partial, partial.Adults, complete, complete.Adults); path != "" {
		return path
	}
	return insideAll(partial, partial.Children, complete, complete.Children)
}

// values are those of a household or of a person, by their slots.
type values struct {
	nums    []fact.Num
	flags   []fact.Tri
	choices []fact.Choice
}

// covers says whether b leaves open no value of a fact that a does not.
func covers(f fact.Fact, a, b values) bool {
	switch f.Kind {
	case fact.Enum:
		return b.choices[f.Slot].Mask&^a.choices[f.Slot].Mask == 0
	case fact.Flag:
		return b.flags[f.Slot].V&^a.flags[f.Slot].V == 0
	default:
		return coversNum(a.nums[f.Slot], b.nums[f.Slot])
	}
}

func coversNum(a, b fact.Num) bool { return a.Lo <= b.Lo && b.Hi <= a.Hi }

// insideAll compares lists of persons in order; the last one of the partial list may stand for many.
func insideAll(partial *fact.Household, a []int, complete *fact.Household, b []int) string {
	for _, place := range a {
		q := &partial.People[place]
		n := 0
		for n < q.Most && len(b) > 0 {
			if path := insideOne(q, &complete.People[b[0]]); path != "" {
				return profile.PathOf(partial, place) + "." + path
			}
			b = b[1:]
			n++
		}
		if n < q.Least {
			return profile.PathOf(partial, place)
		}
	}
	if len(b) > 0 {
		return profile.PathOf(complete, b[0])
	}
	return ""
}

func insideOne(a, b *fact.Person) string {
	for _, f := range fact.PersonFacts {
		if !covers(f, values{a.Nums[:], a.Flags[:], a.Choices[:]}, values{b.Nums[:], b.Flags[:], b.Choices[:]}) {
			return f.Name
		}
	}
	for k := range a.Incomes {
		for face := range fact.Faces {
			for back := range fact.History {
				if !coversNum(a.Incomes[k].At(face, back), b.Incomes[k].At(face, back)) {
					return "revenus." + fact.Incomes[k]
				}
			}
		}
	}
	return ""
}

package profile

import "guichet/engine/fact"

// generic adds one person who stands for none to most persons of whom nothing is known; all their facts wait for the
// question that tells how many there are.
func (f *filler) generic(miss fact.Set, most int, child bool) {
	f.shared = miss
	who := spouse
	if child {
		who = firstChild
	}
	f.person(who, &Person{}, child)
	f.shared = fact.Set{}
	q := &f.h.People[len(f.h.People)-1]
	q.Least, q.Most, q.Miss = 0, most, miss
}

// personFiller fills one person; who is their place in names.
type personFiller struct {
	*filler
	q   *fact.Person
	who int
}

func (f *filler) person(who int, s *Person, child bool) {
	h := f.h
	place := len(h.People)
	if place < cap(h.People) {
		h.People = h.People[:place+1]
		h.People[place] = fact.Person{}
	} else {
		h.People = append(h.People, fact.Person{})
	}
	h.All = append(h.All, place)
	if child {
		h.Children = append(h.Children, place)
	} else {
		h.Adults = append(h.Adults, place)
	}
	q := &h.People[place]
	q.Child, q.Least, q.Most = child, 1, 1

	pf := personFiller{f, q, who}
	pf.birth(s.Birth)
	pf.residence(s)
	pf.choice(fact.Activity, s.Activity, "inactif")
	pf.schooling(s.Schooling)
	pf.flag(fact.Pregnant, s.Pregnant)
	pf.disability(s.DisabilityRate)
	pf.flag(fact.WorkRestriction, s.WorkRestriction)
	pf.flag(fact.Unfit, s.Unfit)
	if child {
		pf.flag(fact.SharedCustody, s.SharedCustody)
	} else {
		q.Flags[fact.SharedCustody] = fact.Is(false)
	}
	pf.incomes(s.Incomes)
}

// The places of a person's facts in fact.PersonFacts, by kind and slot.
var (
	personNumber = placesOf(func(k fact.Kind) bool { return k == fact.Number || k == fact.Date })
	personFlag   = placesOf(func(k fact.Kind) bool { return k == fact.Flag })
	personChoice = placesOf(func(k fact.Kind) bool { return k == fact.Enum })
)

func placesOf(of func(fact.Kind) bool) (places [len(fact.Person{}.Nums) + len(fact.Person{}.Flags) + len(fact.Person{}.Choices)]int) {
	for i, f := range fact.PersonFacts {
		if of(f.Kind) {
			places[f.Slot] = i
		}
	}
	return places
}

// askOf gives the question for fact i of fact.PersonFacts.
func (f *personFiller) askOf(i int) fact.Set {
	if !f.shared.Empty() {
		return f.shared
	}
	return f.ask(names()[f.who].facts[i])
}

func (f *personFiller) state(i int) { f.q.Stated |= 1 << i }

func (f *personFiller) birth(birth Date) {
	n, i := &f.q.Nums[fact.Birth], personNumber[fact.Birth]
	switch {
	case birth.Known():
		f.state(i)
		*n = known(birth)
	case f.q.Child:
		*n = f.between(f.day.yearsBefore(maxChildAge), f.day, f.askOf(i))
	default:
		*n = f.between(f.day.yearsBefore(maxAge), f.day.yearsBefore(minAdultAge), f.askOf(i))
	}
}

// residence fills nationality, permit and stay. A person's regular stay began at their birth at the earliest. That of a French
// person has nothing to prove.
func (f *personFiller) residence(s *Person) {
	f.choice(fact.Nationality, s.Nationality, french)
	nationality := s.Nationality
	if nationality == "" && f.p.Complete {
		nationality = french
	}
	if s.Permit == "" && (nationality == french || nationality == european) {
		f.q.Choices[fact.Permit] = only(fact.Permits, noPermit)
	} else {
		f.choice(fact.Permit, s.Permit, noPermit)
	}
	birth := f.q.Nums[fact.Birth]
	n, i := &f.q.Nums[fact.StayFrom], personNumber[fact.StayFrom]
	switch {
	case s.StayFrom.Known():
		f.state(i)
		*n = known(s.StayFrom)
	case f.p.Complete || nationality == french:
		*n = birth
	default:
		*n = fact.Between(birth.Lo, float64(f.day), f.askOf(i))
	}
	if f.flag(fact.StayProven, s.StayProven); !s.StayProven.Known && (f.p.Complete || nationality == french) {
		f.q.Flags[fact.StayProven] = fact.Is(true)
	}
}

func (f *personFiller) choice(slot int, v, none string) {
	i := personChoice[slot]
	values := fact.PersonFacts[i].Values
	switch {
	case v != "":
		f.state(i)
		f.q.Choices[slot] = only(values, v)
	case f.p.Complete:
		f.q.Choices[slot] = only(values, none)
	default:
		f.q.Choices[slot] = fact.Choice{Mask: every(values), Miss: f.askOf(i)}
	}
}

func (f *personFiller) flag(slot int, v Opt[bool]) {
	i := personFlag[slot]
	switch {
	case v.Known:
		f.state(i)
		f.q.Flags[slot] = fact.Is(v.Value)
	case f.p.Complete:
		f.q.Flags[slot] = fact.Is(false)
	default:
		f.q.Flags[slot] = fact.Tri{V: fact.Either, Miss: f.askOf(i)}
	}
}

func (f *personFiller) disability(rate Opt[float64]) {
	n, i := &f.q.Nums[fact.DisabilityRate], personNumber[fact.DisabilityRate]
	switch {
	case rate.Known:
		f.state(i)
		*n = fact.Known(rate.Value)
	case f.p.Complete:
		*n = fact.Known(0)
	default:
		*n = fact.Between(fact.PersonFacts[i].Min, fact.PersonFacts[i].Max, f.askOf(i))
	}
}

// schooling: by default that of the age reached in the calendar year in which the school year of the day began. School
// begins in the autumn of the year of the third birthday (Code de l'éducation, art. L131-1 and L131-5), and each level
// takes its usual number of years from there: 3 to 5 maternelle, 6 to 10 elementaire, 11 to 14 college, 15 to 17 lycee, 18
// and 19 superieur. It is a convention: who repeated or skipped a year says so in scolarite.
func (f *personFiller) schooling(v string) {
	none := ""
	if v == "" && f.p.Complete {
		none = schoolOf(Date(f.q.Nums[fact.Birth].Lo), f.day)
	}
	f.choice(fact.Schooling, v, none)
}

// schoolOf gives the usual level at a day of someone born at another.
func schoolOf(birth, day Date) string {
	const september = 9
	month := day.Day().Month()
	year := month.Year()
	if month.Calendar() < september {
		year--
	}
	switch age := year - birth.Day().Month().Year(); {
	case age < 3:
		return "non_scolarise"
	case age < 6:
		return "maternelle"
	case age < 11:
		return "elementaire"
	case age < 15:
		return "college"
	case age < 18:
		return "lycee"
	case age < 20:
		return "superieur"
	}
	return "non_scolarise"
}

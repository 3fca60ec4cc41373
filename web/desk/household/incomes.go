package household

import (
	"slices"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

// mainKinds are the kinds of income that have a row of their own at once; the others are folded until they are asked for.
func (l *list) mainKinds(who string) []string {
	q := l.Person(who)
	if _, child := ChildIndex(who); child {
		if !l.every && tooYoung(q, l.today) {
			return nil
		}
		return []string{"salaire"}
	}
	main := []string{"salaire", "chomage", "retraite"}
	switch q.Activity {
	case "independant":
		main = append(main, "independant", "micro_entreprise")
	case "etudiant":
		main = append(main, "bourse")
	case "inactif":
		main = append(main, "pension_invalidite")
	}
	return main
}

// incomes adds the rows of a person's incomes: one for each kind, and one that says that there is nothing else. Until it does, the
// kinds left empty are unknown.
func (l *list) incomes(who string) {
	_, child := ChildIndex(who)
	main := l.mainKinds(who)
	row := func(kind string, folded bool) Row {
		r := Row{
			Name: who + incomesName + "." + kind, Section: SectionMoney, Topic: "revenus", Who: who, Kind: Amount, Unit: "montants.eur", Income: kind, Folded: folded,
			Label: "revenus." + kind, Ask: "revenus." + kind,
		}
		r.get = func(p *profile.Profile) string { return incomeText(person(p, who), kind) }
		return r
	}
	for _, kind := range main {
		l.add(row(kind, false))
	}
	var folded []Row
	for _, kind := range fact.Incomes {
		if slices.Contains(main, kind) {
			continue
		}
		r := row(kind, true)
		if r.Text(l.State) != "" && r.Text(l.State) != "0" || l.IsUnsaid(r.Name) {
			r.Folded = false
			l.add(r)
			continue
		}
		folded = append(folded, r)
	}
	l.rows = append(l.rows, folded...)
	rest := Row{
		Name: who + incomesName, Section: SectionMoney, Topic: "revenus", Who: who, Kind: Choice, Values: []string{None}, Prefix: "revenus.",
		Label: "revenus.autre", Ask: "question.revenus.titre." + who,
	}
	if child {
		rest.Ask = "question.enfants_revenus.titre_un"
	}
	rest.get = func(p *profile.Profile) string {
		if q := person(p, who); q != nil && incomesEnded(q) {
			return None
		}
		return ""
	}
	l.add(rest)
}

// incomesEnded says whether it is known which incomes a person has: a kind that is not listed is none.
func incomesEnded(q *profile.Person) bool {
	if !q.Incomes.Known {
		return false
	}
	return len(q.Incomes.Value) < fact.IncomeKinds || !slices.ContainsFunc(q.Incomes.Value, func(in profile.Income) bool { return !in.Net.Known })
}

func incomeText(q *profile.Person, kind string) string {
	if q == nil {
		return ""
	}
	for _, in := range q.Incomes.Value {
		if in.Kind == kind {
			return number(in.Net)
		}
	}
	return ""
}

// readIncomes makes the incomes of a person from their rows.
func (b *reading) readIncomes(who string, rows []Row) {
	q := b.next.Person(who)
	if q == nil {
		return
	}
	ended, some := b.typed(who+incomesName) == None, false
	old := q.Incomes.Value
	var read []profile.Income
	for _, r := range rows {
		if r.Who != who || r.Income == "" {
			continue
		}
		was := profile.Income{Kind: r.Income}
		if i := slices.IndexFunc(old, func(in profile.Income) bool { return in.Kind == r.Income }); i >= 0 {
			was = old[i]
		}
		text := b.typed(r.Name)
		switch {
		case text == "" && b.ticked(r.Name):
			b.next.leave(r.Name)
			read = append(read, profile.Income{Kind: r.Income})
			continue
		case text == "" && ended:
			continue
		case text == "":
			read = append(read, profile.Income{Kind: r.Income})
			continue
		case text == number(was.Net): // with what a sheet says of its months
			read = append(read, was)
		default:
			net, bad := amount(text, fact.MaxIncome)
			if bad != nil {
				b.wrong[r.Name] = *bad
			}
			read = append(read, profile.Income{Kind: r.Income, Net: net})
		}
		some = true
	}
	slices.SortStableFunc(read, func(x, y profile.Income) int { return placeOf(old, x.Kind) - placeOf(old, y.Kind) })
	q.Incomes = profile.Opt[[]profile.Income]{}
	if ended || some {
		q.Incomes = profile.Some(read)
	}
	if ended && read == nil {
		q.Incomes.Value = []profile.Income{}
	}
}

// placeOf keeps the kinds of a list in its order, and new ones after them in that of the law.
func placeOf(list []profile.Income, kind string) int {
	if i := slices.IndexFunc(list, func(in profile.Income) bool { return in.Kind == kind }); i >= 0 {
		return i
	}
	return len(list) + slices.Index(fact.Incomes, kind)
}

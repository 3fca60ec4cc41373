package pages

import (
	"fmt"
	"slices"

	"guichet/engine"
	"guichet/engine/territory"
	"guichet/locales"
)

// questions lists every page that could be asked of this household, in the order in which people expect them. The
// engine says which are useful; this order only settles what it leaves open.
func (a *answers) questions() []question {
	list := []question{self(claimant), couple{}}
	if a.Profile.Spouse != nil {
		list = append(list, self(spouse))
	}
	list = append(list, isolated{}, dependants{}, commune{}, resident{}, housing{}, regime{}, loan{}, loanKind{}, rent{}, childActivity, childSchooling)
	for _, who := range a.adults() {
		list = append(list, incomes{who}, amounts{who})
	}
	list = append(list, childIncomes)
	for _, who := range a.children() {
		list = append(list, amounts{who})
	}
	list = append(list, nationality)
	for _, who := range a.adults() {
		list = append(list, stay{who})
	}
	return append(list, childPermits, stayProven, health, workRestriction, wealth, familyQuotient, fixedCharges, received{})
}

// find gives the page called key, nil when this household has none.
func (a *answers) find(key string) question {
	for _, q := range a.questions() {
		if q.key() == key {
			return q
		}
	}
	return nil
}

// asking looks up which facts are still useful.
func (v *visit) asking(a *answers) (*asking, error) {
	c := &asking{answers: a, L: v.L, Today: v.today(), Useful: map[string]engine.Question{}}
	if !v.L.IsFrench() {
		c.french, _ = v.p.texts.Printer(locales.Source)
	}
	for _, aid := range v.p.engine.Set().Aids() {
		c.Aids = append(c.Aids, nameOf(aid))
		c.Models = c.Models || aid.Where.Commune == territory.Fictitious
	}
	ranked, err := v.ranked(a)
	for _, q := range ranked {
		c.Useful[q.Fact] = q
	}
	return c, err
}

// ranked gives the facts that can still change something, the most useful first. Nobody may change the list.
func (v *visit) ranked(a *answers) ([]engine.Question, error) {
	household := string(a.Profile.AppendJSON(nil))
	if v.rankedFor == household {
		return v.ranking, nil
	}
	ranking, err := v.rank(a)
	if err == nil {
		v.rankedFor, v.ranking = household, ranking
	}
	return ranking, err
}

// rank asks the engine which facts can still change something. What the household receives today comes last, once: it
// changes hardly any right, but tells what is left to claim.
func (v *visit) rank(a *answers) ([]engine.Question, error) {
	p := *a.Profile
	p.Date = v.today()
	ranked, err := v.p.engine.Questions(&p)
	if err != nil {
		return nil, fmt.Errorf("asking for the useful questions: %w", err)
	}
	if a.Profile.Received.Known || slices.ContainsFunc(ranked, func(q engine.Question) bool { return under(q.Fact, receivedPath) }) {
		return ranked, nil
	}
	s, err := v.p.engine.Simulate(&p)
	if err != nil {
		return nil, fmt.Errorf("simulating: %w", err)
	}
	var open []string
	for _, aid := range s.Aids {
		if aid.Status != engine.NotEligible {
			open = append(open, aid.Aid)
		}
	}
	if len(open) > 0 {
		ranked = append(ranked, engine.Question{Fact: receivedPath, Aids: open})
	}
	return ranked, nil
}

// pending lists the pages to ask, the next one first: those that own a fact that can still change something and to
// which the visitor has not said "I don't know".
func (v *visit) pending(a *answers) ([]question, error) {
	ranked, err := v.ranked(a)
	if err != nil {
		return nil, err
	}
	all := a.questions()
	rank := func(fact string) int {
		return slices.IndexFunc(all, func(q question) bool { return q.owns(a, fact) })
	}
	open := slices.DeleteFunc(slices.Clone(ranked), func(q engine.Question) bool { return a.unsaid(q.Fact) || rank(q.Fact) < 0 })
	var pages []question
	for _, q := range open {
		page := all[rank(q.Fact)]
		if !slices.ContainsFunc(pages, func(p question) bool { return p.key() == page.key() }) {
			pages = append(pages, page)
		}
	}
	pages = ahead(pages, housing{}, rent{}) // what it costs is asked in other words of an owner than of a tenant
	for _, who := range a.adults() {
		pages = ahead(pages, self(who), incomes{who}) // who one is, before one's money
	}
	return pages, nil
}

// ahead moves the page called as first is before the one called as second, where both are to be asked.
func ahead(pages []question, first, second question) []question {
	at := func(q question) int {
		return slices.IndexFunc(pages, func(p question) bool { return p.key() == q.key() })
	}
	from, to := at(first), at(second)
	if to < 0 || to > from {
		return pages
	}
	moved := pages[from]
	return slices.Insert(slices.Delete(pages, from, from+1), to, moved)
}

// settle notes "I don't know" for every fact that page was to settle and that the engine still misses, so that no
// question is asked twice.
func (v *visit) settle(a *answers, page question) error {
	ranked, err := v.ranked(a)
	if err != nil {
		return err
	}
	for _, q := range ranked {
		if page.owns(a, q.Fact) {
			a.leave(q.Fact)
		}
	}
	return nil
}

// remaining bounds how many questions are left after this page; false when the answers so far do not bound it.
func (v *visit) remaining(a *answers, current string) (int, bool, error) {
	pages, err := v.pending(a)
	if err != nil {
		return 0, false, err
	}
	left, bounded := 0, true
	for _, p := range pages {
		if p.key() == current {
			if opens(p) {
				bounded = false
			}
			left += follows(a, p)
			continue
		}
		if opens(p) {
			bounded = false
		}
		left += 1 + follows(a, p)
	}
	return left, bounded, nil
}

// opens says whether the answer to a page can add persons, and with them questions that nothing bounds yet.
func opens(q question) bool {
	switch q.(type) {
	case couple, dependants:
		return true
	}
	return false
}

// follows is how many further pages an answer to q can open at most.
func follows(a *answers, q question) int {
	switch q := q.(type) {
	case incomes:
		return 1
	case housing:
		return 1
	case joined:
		if q.name == health.name {
			return 1 // the restriction that hangs on the rate of a disability
		}
	case each:
		if q.follows != nil {
			return q.follows(a)
		}
	}
	return 0
}

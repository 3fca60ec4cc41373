package household

import (
	"errors"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/engine/profile"
	"guichet/web/pages"
)

// reading is a form being read.
type reading struct {
	in    url.Values
	was   *State
	next  *State
	p     *profile.Profile // of next
	today profile.Date
	wrong map[string]Problem // by row

	changed map[string]bool // rows whose text is another than before
}

func (b *reading) typed(name string) string { return strings.TrimSpace(b.in.Get(name)) }

// ticked says whether the box of "ne sait pas" beside a field is ticked.
func (b *reading) ticked(name string) bool { return b.in.Get(name+"."+DontKnow) != "" }

// Apply gives the household that a form makes of s: the rows are those that the form shows, which [Rows] gave for s; what no row
// shows stays as it is. A row whose text cannot be taken is unknown in the household, and its problem is told; s does not change. A
// value typed beside a ticked "ne sait pas" counts: who comes back with the document need not untick the box.
func (s *State) Apply(rows []Row, in url.Values, today profile.Date) (*State, map[string]Problem, error) {
	next, err := s.Clone()
	if err != nil {
		return nil, nil, err
	}
	b := &reading{in: in, was: s, next: next, p: next.Profile, today: today, wrong: map[string]Problem{}, changed: map[string]bool{}}
	next.forget(func(name string) bool { return slices.ContainsFunc(rows, func(r Row) bool { return r.Name == name }) })
	for i := range rows {
		r := &rows[i]
		if r.Income != "" || receives(r.Name) || r.set == nil && r.Values == nil {
			continue
		}
		b.row(r, s)
	}
	for _, who := range append(s.Adults(), s.Children()...) {
		if slices.ContainsFunc(rows, func(r Row) bool { return r.Name == who+incomesName }) {
			b.readIncomes(who, rows)
		}
	}
	if slices.ContainsFunc(rows, func(r Row) bool { return r.Name == receivedName }) {
		b.readReceived(rows)
	}
	b.people()
	b.agree()
	maps.DeleteFunc(b.wrong, func(name string, _ Problem) bool { // of somebody who has just left the household
		who, _, field := strings.Cut(name, ".")
		_, child := ChildIndex(who)
		return field && (child || who == Spouse) && next.Person(who) == nil
	})
	if err := b.together(); err != nil {
		return nil, nil, err
	}
	return next, b.wrong, nil
}

// row reads one row.
func (b *reading) row(r *Row, was *State) {
	text := b.typed(r.Name)
	if !b.in.Has(r.Name) && !b.ticked(r.Name) && !r.Buttons() {
		return // not a field of this form
	}
	if text == DontKnow || text == "" && b.ticked(r.Name) {
		b.next.leave(r.Name)
		text = ""
	}
	if r.set == nil || text == r.Text(was) {
		return
	}
	b.changed[r.Name] = true
	if r.Kind == Choice && text != "" && !slices.Contains(r.Values, text) {
		text = ""
	}
	if bad := r.set(b, text); bad != nil {
		b.wrong[r.Name] = *bad
	}
}

// Answer puts one value into a row, as the buttons of the next question do.
func (s *State) Answer(r *Row, value string, today profile.Date) (*State, error) {
	in := url.Values{r.Name: {value}}
	if r.Kind != Choice {
		in = url.Values{}
		if value == DontKnow {
			in.Set(r.Name+"."+DontKnow, "oui")
		}
	}
	if r.Values != nil && r.set == nil && value == DontKnow { // the rest of a list: nothing of it is known
		next, err := s.Clone()
		if err == nil {
			next.leave(r.Name)
		}
		return next, err
	}
	next, _, err := s.Apply([]Row{*r}, in, today)
	return next, err
}

// setChildren makes room for as many children as were typed; those already known come first.
func setChildren(b *reading, text string) *Problem {
	if text == "" {
		b.p.Children = profile.Opt[[]profile.Person]{}
		return nil
	}
	adults := 1
	if b.p.Spouse != nil || b.p.Couple != "" && b.p.Couple != single {
		adults = 2
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > maxPeople-adults {
		return &Problem{Key: "erreur.nombre_enfants", Max: float64(maxPeople - adults)}
	}
	list := b.p.Children.Value[:min(n, len(b.p.Children.Value))]
	for len(list) < n {
		list = append(list, profile.Person{})
	}
	b.p.Children = profile.Some(list)
	b.next.forget(func(name string) bool {
		who, _, _ := strings.Cut(name, ".")
		i, child := ChildIndex(who)
		return child && i >= n
	})
	return nil
}

// people makes the spouse that a couple has, and takes away the one that a single person has not.
func (b *reading) people() {
	switch b.p.Couple {
	case "":
	case single:
		b.p.Spouse = nil
		b.next.forget(func(name string) bool { return strings.HasPrefix(name, Spouse+".") })
	default:
		if b.p.Spouse == nil {
			b.p.Spouse = &profile.Person{}
		}
	}
}

// agree drops what does not go with an answer that was just given elsewhere: a permit of somebody who is French, the rent of an owner.
func (b *reading) agree() {
	p := b.p
	if p.Couple != "" && p.Couple != single {
		p.IsolatedFrom = 0
	}
	for _, who := range b.next.Children() {
		if b.changed[who+".naissance"] {
			b.school(b.next.Person(who), b.was.Person(who))
		}
	}
	for _, who := range append(b.next.Adults(), b.next.Children()...) {
		q := b.next.Person(who)
		if b.changed[who+".nationalite"] {
			q.StayProven = profile.Opt[bool]{}
			if q.Nationality != foreign {
				q.Permit = ""
			}
			if q.Nationality != foreign && q.Nationality != european {
				q.StayFrom = 0
			}
		}
		if b.changed[who+".handicap.taux"] && (q.DisabilityRate.Value < 50 || q.DisabilityRate.Value >= 80) {
			q.WorkRestriction = profile.Opt[bool]{}
		}
		q.StayFrom = since(q.StayFrom, q.Birth)
	}
	p.IsolatedFrom, p.ResidentFrom = since(p.IsolatedFrom, p.Claimant.Birth), since(p.ResidentFrom, p.Claimant.Birth)
	if !b.changed["logement.statut"] {
		return
	}
	h := &p.Housing
	if rentFree(h.Status) {
		h.Rent = profile.Opt[float64]{}
	}
	if !slices.Contains(regimesOf(h.Status), h.Regime) {
		h.Regime = ""
	}
	if h.Status != "accedant" {
		h.LoanSigned, h.Loan, h.LoanFor = 0, "", ""
	}
}

// school says that a child who is too young to work does not, as the residents' pages do; one who turns out to be older is asked.
func (b *reading) school(q, was *profile.Person) {
	switch {
	case tooYoung(q, b.today):
		q.Activity = "inactif"
	case was != nil && tooYoung(was, b.today):
		q.Activity = ""
	}
}

// tooYoung says whether somebody is known to be too young to work.
func tooYoung(q *profile.Person, today profile.Date) bool {
	return q.Birth.Known() && !pages.MayWork(q.Birth, today)
}

// since moves the first day of the month of a birth to the birth: only a month was said.
func since(d, birth profile.Date) profile.Date {
	if d.Known() && d < birth && d.Day().Month() == birth.Day().Month() {
		return birth
	}
	return d
}

// together holds the answers against each other, as profiles are refused: what was just changed is told, and unknown until it is
// mended.
func (b *reading) together() error {
	for range 2 * maxPeople {
		refused := (*profile.Error)(nil)
		err := b.p.Check(b.today)
		if err == nil {
			return nil
		}
		if !errors.As(err, &refused) {
			return err
		}
		rows := every(b.next)
		for _, problem := range refused.Problems {
			name := b.blame(problem.Path)
			r := Find(rows, name)
			if r == nil || r.set == nil {
				return err
			}
			b.wrong[r.Name] = b.why(r)
			_ = r.set(b, "")
		}
	}
	return errors.New("a household that nothing mends")
}

// blame gives the row to correct for a problem at a path: the birth that was just changed, where what stood there before does not go
// with it any more.
func (b *reading) blame(path string) string {
	if b.changed[path] {
		return path
	}
	who, field, _ := strings.Cut(path, ".")
	var births []string
	switch {
	case field == "naissance":
		births = b.next.Adults()
	case field == "sejour_regulier_depuis":
		births = []string{who}
	case path == "isole_depuis" || path == "residence_commune_depuis":
		births = []string{Claimant}
	}
	for _, other := range births {
		if name := other + ".naissance"; b.changed[name] {
			return name
		}
	}
	return path
}

// why gives the words for an answer that does not go with the others.
func (b *reading) why(r *Row) Problem {
	q := b.next.Person(r.Who)
	if q == nil || r.Name != r.Who+".naissance" {
		return Problem{Key: "erreur.ensemble"}
	}
	_, child := ChildIndex(r.Who)
	switch {
	case child && (q.Birth <= b.p.Claimant.Birth || b.p.Spouse != nil && q.Birth <= b.p.Spouse.Birth):
		return Problem{Key: "erreur.plus_vieux", Who: r.Who}
	case child:
		return Problem{Key: "erreur.enfant_age", Max: maxChildAge}
	case int(b.today-q.Birth) < minAdultAge*12*32:
		return Problem{Key: "erreur.trop_jeune"}
	}
	return Problem{Key: "erreur.ensemble"}
}

// The ages that a profile takes, in years.
const (
	minAdultAge = 14
	maxChildAge = 30
	maxAge      = 120
	longAgo     = 3 // beyond every delay that the law counts from a separation: a year alone says enough
)

var (
	dayText   = regexp.MustCompile(`^(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{4})$|^(\d{2})(\d{2})(\d{4})$`)
	isoText   = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`)
	monthText = regexp.MustCompile(`^(\d{1,2})[\s/.\-]+(\d{4})$|^(\d{2})(\d{4})$`)
	yearText  = regexp.MustCompile(`^\d{4}$`)
	shortYear = regexp.MustCompile(`[\s/.\-]\d{2}$`)
)

// date reads a day, or a month as its first day, that is not in the future: with slashes, points, spaces, or figures alone.
func (b *reading) date(r Row, text string) (profile.Date, *Problem) {
	if text == "" {
		return 0, nil
	}
	var d, m, y string
	pick := func(re *regexp.Regexp, parts int) bool {
		found := re.FindStringSubmatch(text)
		if found == nil {
			return false
		}
		if found[1] == "" {
			found = found[parts:]
		}
		if d, m, y = "1", found[1], found[2]; parts == 3 {
			d, m, y = found[1], found[2], found[3]
		}
		return true
	}
	wrong := &Problem{Key: "erreur.date_fausse"}
	switch {
	case r.Kind == Month:
		wrong = &Problem{Key: "erreur.mois_faux"}
		if yearText.MatchString(text) && r.Name == "isole_depuis" {
			if year, _ := strconv.Atoi(text); year <= b.today.Day().Month().Year()-longAgo {
				text = "01/" + text
			}
		}
		if !pick(monthText, 2) {
			return 0, orShort(text, wrong)
		}
	case isoText.MatchString(text):
		found := isoText.FindStringSubmatch(text)
		y, m, d = found[1], found[2], found[3]
	case !pick(dayText, 3):
		return 0, orShort(text, wrong)
	}
	day, _ := strconv.Atoi(d)
	month, _ := strconv.Atoi(m)
	year, _ := strconv.Atoi(y)
	if year < 1000 {
		return 0, &Problem{Key: "erreur.date_annee"}
	}
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || at.Day() != day || int(at.Month()) != month {
		return 0, wrong
	}
	date := profile.DateOf(year, month, day)
	switch {
	case date > b.today:
		return 0, &Problem{Key: "erreur.date_future"}
	case int(b.today-date) > maxAge*12*32:
		return 0, &Problem{Key: "erreur.date_ancienne"}
	}
	return date, nil
}

// orShort tells a year of two figures from what is no date at all.
func orShort(text string, wrong *Problem) *Problem {
	if shortYear.MatchString(text) {
		return &Problem{Key: "erreur.date_annee"}
	}
	return wrong
}

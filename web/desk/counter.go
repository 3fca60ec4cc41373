package desk

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/takeup/people"
	"guichet/web/desk/household"
	"guichet/web/pages"
	"guichet/web/seal"
	"guichet/web/telling"
)

// The counter is one page: a visitor's household on it, and what it is entitled to. Each answer posts the whole form and gives the
// whole page; a small script does that without leaving it.

// counterAddress is where the page is.
const counterAddress = Home + "/comptoir"

// The fields of the page's form, beside the rows.
const (
	counterSealed   = "etat"
	counterAction   = "vers"
	counterLanguage = "langue"
	counterCode     = "code" // of a resident's sheet
)

// What its buttons ask for.
const (
	doUpdate   = "maj"
	doNext     = "suivant"
	doChild    = "enfant"
	doNoChild  = "enfant:" // followed by the place of the child
	doAnswer   = "repondre:"
	doQuick    = "express"
	doComplete = "complet"
)

// counterPolicy is the page's own: our own script, and what it asks of the page it is on.
const counterPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// counter is what the page needs beside the desk.
type counter struct {
	pages     *pages.Pages
	states    *seal.Sealer
	handovers *Handovers
	aids      []string
}

func (d *Desk) newCounter(key []byte, p *pages.Pages) (*counter, error) {
	states, err := seal.New(key, "comptoir", counterLife, d.clock)
	if err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	handovers, err := NewHandovers(key, d.clock, func(tag string) bool { _, ok := d.texts.Printer(tag); return ok })
	if err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	c := &counter{pages: p, states: states, handovers: handovers}
	for _, aid := range d.engine.Set().Aids() {
		c.aids = append(c.aids, aid.ID)
	}
	return c, nil
}

func (d *Desk) counterRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/comptoir", right: people.Counter, serve: (*visit).beginCounter},
		{method: http.MethodPost, pattern: "/comptoir", right: people.Counter, serve: (*visit).answerCounter},
		{method: http.MethodPost, pattern: "/comptoir/feuille", right: people.Counter, serve: (*visit).printSheet},
	}
}

// today is the day that rights are computed for.
func (v *visit) today() profile.Date { return profile.DateOfTime(v.at) }

// beginCounter shows the page for a new visitor. Another one who is under way stays so, in their own tab.
func (v *visit) beginCounter() { v.counterPage(v.newVisitor(), posted{}) }

// posted is what a form brought that the household does not hold.
type posted struct {
	in     url.Values
	wrong  map[string]household.Problem
	scan   string // what is wrong with the code of a sheet
	notice string // something to tell
	target string // id of where to go on
}

// counterForm reads a posted form and its visitor; false when there is none, which is then answered.
func (v *visit) counterForm() (url.Values, *counterState, bool) {
	if err := v.r.ParseForm(); err != nil {
		v.refused()
		return nil, nil, false
	}
	s, err := v.openCounter(v.r.PostForm.Get(counterSealed))
	if err != nil {
		v.visitorOver(err)
		return nil, nil, false
	}
	return v.r.PostForm, s, true
}

// visitorOver answers the form of a visitor who is not at the counter any more.
func (v *visit) visitorOver(err error) {
	why := "illisible"
	switch {
	case errors.Is(err, errOver):
		why = "suivant"
	case errors.Is(err, seal.ErrExpired):
		why = "vieux"
	}
	heading := v.L.T("comptoir.fini.titre")
	v.show(http.StatusGone, "message", messagePage{
		frame: v.frame(heading, "comptoir"), Heading: heading, Text: v.L.T("comptoir.fini." + why), Target: counterAddress, Button: v.L.T("comptoir.fini.bouton"),
	})
}

// answerCounter takes in the form of the page and does what its button asks.
func (v *visit) answerCounter() {
	in, s, ok := v.counterForm()
	if !ok {
		return
	}
	action := in.Get(counterAction)
	if action == doNext {
		all := v.visitors()
		all.close(s.Visitor)
		v.keepVisitors(all)
		v.goTo(counterAddress)
		return
	}
	if code := strings.TrimSpace(in.Get(counterCode)); code != "" {
		v.scan(s, in, code)
		return
	}
	next, p, err := v.take(s, in)
	if err == nil {
		err = v.act(next, &p, action)
	}
	if err != nil {
		v.faulty(err)
		return
	}
	v.counterPage(next, p)
}

// take puts what the form says into the household.
func (v *visit) take(s *counterState, in url.Values) (*counterState, posted, error) {
	rows, err := v.counterRows(s)
	if err != nil {
		return nil, posted{}, err
	}
	next, wrong, err := s.Apply(rows, in, v.today())
	if err != nil {
		return nil, posted{}, err
	}
	out := s.with(next)
	if tag := in.Get(counterLanguage); v.d.counter.handovers.offered(tag) {
		out.Language = tag
	}
	return out, posted{in: in, wrong: wrong}, nil
}

// act does what a button asks for, on the household that the form gave.
func (v *visit) act(s *counterState, p *posted, action string) error {
	switch {
	case action == doChild:
		s.AddChild()
		delete(p.wrong, "enfants")
		p.target = fieldID(household.Child(len(s.Children())-1) + ".naissance")
	case strings.HasPrefix(action, doNoChild):
		if i, err := strconv.Atoi(strings.TrimPrefix(action, doNoChild)); err == nil && i >= 0 && i < len(s.Children()) {
			s.RemoveChild(i)
			p.moveUp(i)
			p.target = fieldID("enfants")
		}
	case action == doQuick, action == doComplete:
		s.Quick = action == doQuick
	case strings.HasPrefix(action, doAnswer):
		name, value, _ := strings.Cut(strings.TrimPrefix(action, doAnswer), ":")
		rows, err := v.counterRows(s)
		if err != nil {
			return err
		}
		row := household.Find(rows, name)
		if row == nil || row.Name != name || value != household.DontKnow && !slices.Contains(row.Values, value) {
			return nil
		}
		if s.State, err = s.Answer(row, value, v.today()); err != nil {
			return err
		}
		delete(p.wrong, name)
		p.target = nextID
	}
	return nil
}

// moveUp moves what was typed for the children after the i-th one place up, as the children themselves.
func (p *posted) moveUp(i int) {
	moved := func(name string) (string, bool) {
		who, field, _ := strings.Cut(name, ".")
		j, child := household.ChildIndex(who)
		switch {
		case !child || j < i:
			return name, true
		case j == i:
			return "", false
		}
		return household.Child(j-1) + "." + field, true
	}
	in, wrong := url.Values{}, map[string]household.Problem{}
	for name, values := range p.in {
		if to, ok := moved(name); ok {
			in[to] = values
		}
	}
	for name, problem := range p.wrong {
		if to, ok := moved(name); ok {
			wrong[to] = problem
		}
	}
	p.in, p.wrong = in, wrong
}

// scan opens the household of a resident's sheet. It takes the place of everything on the page: two households are never mixed.
func (v *visit) scan(s *counterState, in url.Values, code string) {
	sheet, err := v.d.counter.pages.Household(code)
	if err != nil {
		next, p, fault := v.take(s, in)
		if fault != nil {
			v.faulty(fault)
			return
		}
		if p.scan = v.L.T("feuille.ouvrir.illisible"); errors.Is(err, seal.ErrExpired) {
			p.scan = v.L.T("feuille.ouvrir.vieille")
		}
		v.counterPage(next, p)
		return
	}
	next := s.with(&household.State{Profile: sheet.Profile, Unsaid: sheet.Unsaid})
	if v.d.counter.handovers.offered(sheet.Language) {
		next.Language = sheet.Language
	} else if tag := in.Get(counterLanguage); v.d.counter.handovers.offered(tag) {
		next.Language = tag
	}
	p := posted{notice: v.L.T("comptoir.feuille.ouverte"), target: nextID}
	if !s.Empty() {
		p.notice = v.L.T("comptoir.feuille.remplace")
	}
	v.counterPage(next, p)
}

// printSheet answers with the resident's own sheet for the household of the form; with the page when there is something to correct.
func (v *visit) printSheet() {
	in, s, ok := v.counterForm()
	if !ok {
		return
	}
	next, p, err := v.take(s, in)
	switch {
	case err != nil:
		v.faulty(err)
	case len(p.wrong) > 0:
		v.counterPage(next, p)
	default:
		v.d.counter.pages.ServeSheet(v.w, v.r, next.Language, next.Profile, next.Unsaid)
	}
}

// faulty answers a fault of ours. The engine's error may speak of the household, so nobody repeats it.
func (v *visit) faulty(err error) {
	refused := (*profile.Error)(nil)
	if errors.As(err, &refused) {
		if _, until := v.d.engine.Set().Formalised(); v.today().Day() > until {
			v.d.log.ErrorContext(v.ctx(), "the rules are not written for today: an update of the program is wanted", "until", until.String())
			v.outdated(v.L.Date(telling.Day(until)))
			return
		}
		v.d.log.ErrorContext(v.ctx(), "the engine refused a household that the counter had accepted", "problems", len(refused.Problems))
		v.refused()
		return
	}
	panic(fmt.Errorf("counter: %w", err)) // the server's last resort answers and counts it
}

// dated gives the household on the day of the visit, as the engine takes it.
func (v *visit) dated(s *counterState) *profile.Profile {
	p := *s.Profile
	p.Date = v.today()
	return &p
}

// ranked gives the facts that can still change something, the most useful first.
func (v *visit) ranked(s *counterState) ([]engine.Question, household.Useful, error) {
	questions, err := v.d.engine.Questions(v.dated(s))
	if err != nil {
		return nil, nil, fmt.Errorf("asking for the useful questions: %w", err)
	}
	useful := household.Useful{}
	for _, q := range questions {
		useful[q.Fact] = true
	}
	return questions, useful, nil
}

// counterRows lists the rows that the page shows for a visitor.
func (v *visit) counterRows(s *counterState) ([]household.Row, error) {
	_, useful, err := v.ranked(s)
	if err != nil {
		return nil, err
	}
	return v.rowsOf(s, useful), nil
}

func (v *visit) rowsOf(s *counterState, useful household.Useful) []household.Row {
	rows := household.Rows(s.State, useful, v.d.counter.aids, v.today())
	if !s.Quick {
		return rows
	}
	return slices.DeleteFunc(rows, func(r household.Row) bool { return !slices.Contains(household.QuickTopics, r.Topic) })
}

// showCounter writes the page, with the policy that lets its script run.
func (v *visit) showCounter(status int, page any) {
	var b bytes.Buffer
	if err := v.d.templates["counter"].ExecuteTemplate(&b, "layout", page); err != nil {
		panic("rendering the counter: " + err.Error()) // a fault of ours: the server's last resort answers
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.L.Tag)
	h.Set("Content-Security-Policy", counterPolicy)
	h.Set("Cache-Control", "no-store")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(pages.Resolve(b.Bytes()))
}

// fieldID makes the id of a field from its name, which may hold a path.
func fieldID(name string) string {
	return "c-" + strings.NewReplacer("[", "-", "]", "", ".", "-").Replace(name)
}

package desk

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"guichet/locales"
	"guichet/takeup"
	"guichet/takeup/people"
	"guichet/takeup/store"
)

func (d *Desk) caseRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/dossiers", right: people.Cases, serve: (*visit).cases},
		{method: http.MethodPost, pattern: "/dossiers", right: people.Cases, serve: (*visit).askNotice},
		{method: http.MethodPost, pattern: "/dossiers/recherche", right: people.Cases, serve: (*visit).findCase},
		{method: http.MethodPost, pattern: "/dossiers/ouverture", right: people.Cases, serve: (*visit).openCase},
		{method: http.MethodGet, pattern: "/dossiers/{code}", right: people.Cases, serve: (*visit).caseFile},
		{method: http.MethodGet, pattern: "/dossiers/{code}/carte", right: people.Cases, serve: (*visit).slip},
		{method: http.MethodGet, pattern: "/dossiers/{code}/mandat", right: people.Cases, serve: (*visit).mandate},
		{method: http.MethodGet, pattern: "/dossiers/{code}/noter/{action}", right: people.Cases, serve: (*visit).askAction},
		{method: http.MethodPost, pattern: "/dossiers/{code}/noter/{action}", right: people.Cases, serve: (*visit).note},
		{method: http.MethodGet, pattern: "/dossiers/{code}/droits/{droit}/{action}", right: people.Cases, serve: (*visit).askAction},
		{method: http.MethodPost, pattern: "/dossiers/{code}/droits/{droit}/{action}", right: people.Cases, serve: (*visit).note},
		{method: http.MethodGet, pattern: "/dossiers/{code}/personne", right: people.Cases, serve: (*visit).person},
		{method: http.MethodPost, pattern: "/dossiers/{code}/personne", right: people.Cases, serve: (*visit).keepContact},
		{method: http.MethodPost, pattern: "/dossiers/{code}/personne/effacement", right: people.Cases, serve: (*visit).forget},
		{method: http.MethodGet, pattern: "/a-faire", right: people.Cases, serve: (*visit).worklist},
		{method: http.MethodGet, pattern: "/personnes", right: people.PersonData, serve: (*visit).persons},
		{method: http.MethodPost, pattern: "/personnes/export", right: people.PersonData, serve: (*visit).export},
		{method: http.MethodPost, pattern: "/personnes/effacement", right: people.PersonData, serve: (*visit).erase},
	}
}

func caseAddress(code takeup.Code) string { return Home + "/dossiers/" + string(code) }

// foundCase gives the case that the address names, and notes that it is read; false when the answer is given: there is none in this
// CCAS.
func (v *visit) foundCase(what people.What) (*takeup.Case, bool) {
	code, err := takeup.ReadCode(chi.URLParam(v.r, "code"))
	if err != nil {
		v.missing()
		return nil, false
	}
	c, err := v.keep.Cases.Case(v.ctx(), v.who.CCAS, code)
	switch {
	case errors.Is(err, store.ErrNotFound):
		v.missing()
	case err != nil:
		v.broken(err)
	case v.noteReading(code, what):
		return c, true
	}
	return nil, false
}

// holds says whether a case has an event of an identifier.
func holds(c *takeup.Case, id string) bool {
	return slices.ContainsFunc(c.Events(), func(e takeup.Event) bool { return e.ID == id })
}

// actPage is the form of one action.
type actPage struct {
	frame
	V       locales.Printer // the words of the notice; the zero one without it
	Heading string
	About   string // the right
	Code    takeup.Code
	Back    string
	Address string
	ID      string
	After   int
	Fields  []fieldView
	Help    string
	Button  string
	Mistake string // that no field mends
	Links   []counterLink
	Notice  []noticeRow
	Return  string // the filters of the worklist that it comes back to; empty when it comes back to the case
}

// asked gives the case, the action of the address and what it is about; false when the answer is given.
func (v *visit) asked() (*actionForm, action, bool) {
	c, ok := v.foundCase(people.CaseRead)
	if !ok {
		return nil, action{}, false
	}
	a := &actionForm{visit: v, c: c}
	if text := chi.URLParam(v.r, "droit"); text != "" {
		rights := c.Current()
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > len(rights) {
			v.missing()
			return nil, action{}, false
		}
		a.right = rights[n-1]
	}
	name := chi.URLParam(v.r, "action")
	for _, one := range caseActions() {
		if one.name == name && one.right == (a.right != nil) {
			return a, one, true
		}
	}
	v.missing()
	return nil, action{}, false
}

// askAction shows the form of an action.
func (v *visit) askAction() {
	a, one, ok := v.asked()
	if !ok {
		return
	}
	in := url.Values{}
	if q := v.r.URL.Query(); q.Has(returnField) {
		in.Set(returnField, q.Get(returnField))
	}
	for _, field := range one.fields {
		if field.start != nil {
			in.Set(field.name, field.start(a))
		}
	}
	a.page(http.StatusOK, one, newFormID(), in, nil)
}

// page writes the form with what was typed, and what is wrong with it by field.
func (a *actionForm) page(status int, one action, id string, in url.Values, wrong map[string]string) {
	page := actPage{
		Heading: a.L.T("dossier.action." + one.name), Code: a.c.Code, Back: caseAddress(a.c.Code), Address: a.r.URL.Path, ID: id, After: len(a.c.Events()),
		Button: a.L.T("dossier.noter"), Mistake: wrong[""], Return: in.Get(returnField),
	}
	if page.Return != "" {
		page.Back = worklistAddress(page.Return, "")
	}
	if a.right != nil {
		page.About = a.rightName(a.right.RightID)
	}
	page.frame = a.frame(page.Heading+" · "+string(a.c.Code), "dossiers")
	page.FormID = "action"
	if len(wrong) > 0 {
		page.Title = a.L.T("site.titre_erreur", "Page", page.Heading)
	}
	if a.L.Has("dossier.action_aide." + one.name) {
		page.Help = a.L.T("dossier.action_aide." + one.name)
	}
	if one.reads() {
		page.V, _ = a.d.texts.Printer(publicTag(a.d, a.c.Reception.Language))
		page.Notice = noticeRows(a.L, page.V, a.centre.Name)
	}
	f := &formMaker{visit: a.visit, in: in, wrong: wrong}
	for _, field := range one.fields {
		out := f.field(field.name, field.kind, field.optional)
		out.Max = field.most
		if field.list != nil {
			out.Options = chosen(field.list(a), in[field.name])
		}
		if field.kind == "pieces" && len(out.Options) == 0 {
			continue
		}
		if out.Mistake != "" {
			page.Links = append(page.Links, counterLink{out.ID, out.Words + " : " + out.Mistake})
		}
		page.Fields = append(page.Fields, out)
	}
	a.show(status, "action", page)
}

// publicTag gives the public language that a needed one is read in: French when there is none.
func publicTag(d *Desk, l takeup.Language) string {
	if _, ok := d.texts.Printer(string(l)); ok {
		return string(l)
	}
	return locales.Source
}

// note answers the form of an action.
func (v *visit) note() {
	a, one, ok := v.asked()
	if !ok {
		return
	}
	in := v.r.PostForm
	id := in.Get("id")
	if !formID.MatchString(id) {
		v.refused()
		return
	}
	if v.wasLocked() {
		a.page(http.StatusOK, one, id, in, nil)
		return
	}
	if holds(a.c, id) { // it was noted: the form came twice
		v.noted(a.c.Code)
		return
	}
	fact, err := a.read(one)
	if err == nil && in.Get("apres") != strconv.Itoa(len(a.c.Events())) {
		a.page(http.StatusConflict, one, id, in, map[string]string{"": v.L.T("dossier.a_change")})
		return
	}
	if err == nil {
		err = a.c.Allow(fact, v.at)
	}
	if field, text, bad := v.refusal(err); bad {
		if !slices.ContainsFunc(one.fields, func(f actionField) bool { return f.name == field }) {
			field = ""
		}
		a.page(http.StatusUnprocessableEntity, one, id, in, map[string]string{field: text})
		return
	}
	if err == nil {
		err = a.keepFact(id, fact)
	}
	switch {
	case errors.Is(err, errShown):
	case errors.Is(err, store.ErrMoved):
		a.page(http.StatusConflict, one, id, in, map[string]string{"": v.L.T("dossier.a_change")})
	case errors.Is(err, store.ErrNotFound):
		v.missing()
	case errors.Is(err, store.ErrUsed):
		v.refused()
	case err != nil:
		v.broken(err)
	default:
		v.noted(a.c.Code)
	}
}

// noted goes back to where an action was noted from: the case, or the worklist.
func (v *visit) noted(code takeup.Code) {
	if filters := v.r.PostForm.Get(returnField); filters != "" {
		v.goTo(worklistAddress(filters, code))
		return
	}
	v.goTo(caseAddress(code))
}

// read makes the fact of a posted form.
func (a *actionForm) read(one action) (takeup.Fact, error) {
	in := a.r.PostForm
	names := make([]string, len(one.fields))
	for i, field := range one.fields {
		names[i] = field.name
	}
	if err := longNumber(in, names); err != nil {
		return nil, err
	}
	if one.reads() {
		in.Set("notice", noticeVersion(a.L, a.centre.Name))
	}
	f := a.filled(in)
	fact := one.fact(f)
	return fact, f.refusal
}

// filled reads a form in this case.
func (a *actionForm) filled(in url.Values) *filled {
	f := &filled{in: in, id: a.id(), spoken: a.c.Reception.Language}
	if a.right != nil {
		f.estimate = a.right.Estimate
	}
	return f
}

// noticeStands says whether the notice that the person was given is today's.
func (v *visit) noticeStands(c *takeup.Case) bool {
	return c.Notice.Version == noticeVersion(v.L, v.centre.Name)
}

// errShown: the answer is given.
var errShown = errors.New("the answer is given")

// keepFact appends what was noted; a move takes the case to the other CCAS at once.
func (a *actionForm) keepFact(id string, fact takeup.Fact) error {
	event := takeup.Event{ID: id, At: a.at, By: a.who.ID, Fact: fact}
	switch fact := fact.(type) {
	case takeup.Moved:
		return a.handOver(event, fact.To)
	case takeup.Assigned:
		if !slices.ContainsFunc(a.colleagues(), func(c choice) bool { return c.Value == string(fact.Agent) }) {
			return store.ErrNotFound // another CCAS's agent does not exist
		}
	}
	_, err := a.keep.Cases.Append(a.ctx(), a.who.CCAS, a.c.Code, len(a.c.Events()), event)
	return err
}

// handOver gives the case to another CCAS, and shows the code that it has there.
func (a *actionForm) handOver(ending takeup.Event, to takeup.CCAS) error {
	if !slices.ContainsFunc(a.centres(), func(c choice) bool { return c.Value == string(to) }) {
		return store.ErrNotFound
	}
	h := store.Handover{From: a.who.CCAS, Code: a.c.Code, After: len(a.c.Events()), Ending: ending, To: to, NewCode: codeOf(ending.ID)}
	for i, f := range a.c.Handover(a.who.CCAS) {
		h.Beginning = append(h.Beginning, takeup.Event{ID: ending.ID + "-" + strconv.Itoa(i), At: a.at, Fact: f})
	}
	if err := a.keep.Cases.HandOver(a.ctx(), h); err != nil {
		return err
	}
	heading := a.L.T("dossier.transfere.titre")
	a.show(http.StatusOK, "message", messagePage{
		frame: a.frame(heading, "dossiers"), Heading: heading, Text: a.L.T("dossier.transfere.texte", "Code", string(h.NewCode)),
		Target: caseAddress(a.c.Code), Button: a.L.T("dossier.retour"),
	})
	return errShown
}

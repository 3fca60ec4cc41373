package pages

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"guichet/engine/profile"
	"guichet/web/seal"
	"guichet/web/telling"
)

// The fields that every form of the questionnaire has.
const (
	sealedField = "reponses" // the answers so far
	actionField = "vers"     // the button pressed
	pageField   = "page"     // the question that the form shows
)

// What a button asks for.
const (
	actNext    = "suite"
	actBack    = "retour"
	actCheck   = checkPage
	actResults = resultsPage
	actSheet   = takeAwayPage
	actAgain   = "reprendre" // the same page, in another language
	actOn      = "continuer" // from the answers to the questions that are left
	actAdd     = "ajouter"   // one more row
	actRemove  = "retirer:"  // followed by the number of a row
	actChange  = "modifier:" // followed by the key of a question, or by the path of a fact
)

// maxForm bounds what a form may send, in bytes.
const maxForm = 64 << 10

// begin shows the first question of a new simulation.
func (v *visit) begin() {
	a := &answers{Profile: &profile.Profile{}, Since: v.at}
	pages, err := v.pending(a)
	switch {
	case err != nil:
		v.fail(err)
	case len(pages) == 0:
		v.check(a)
	default:
		v.question(a, pages[0], nil, nil)
	}
}

// begin answers GET /{lang}/simulation.
func (p *Pages) begin(v *visit) { v.begin() }

// form reads what a form sent, its digits as [westernDigits] writes them; false when it cannot be read, which is then answered.
func (p *Pages) form(v *visit) (url.Values, bool) {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxForm)
	if err := v.r.ParseForm(); err != nil {
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			p.Error(v.w, v.r, http.StatusRequestEntityTooLarge, "")
		} else {
			v.restart("illisible")
		}
		return nil, false
	}
	for _, values := range v.r.PostForm {
		for i, text := range values {
			values[i] = westernDigits(text)
		}
	}
	return v.r.PostForm, true
}

// answer answers POST /{lang}/simulation: it opens the answers so far, does what the button asks and shows the page
// that follows.
func (p *Pages) answer(v *visit) {
	in, ok := p.form(v)
	if !ok {
		return
	}
	a, err := p.open(in.Get(sealedField))
	switch {
	case errors.Is(err, seal.ErrExpired):
		v.restart("vieux")
		return
	case err != nil:
		v.restart("illisible")
		return
	}
	action := in.Get(actionField)
	for _, own := range []string{sealedField, actionField} {
		in.Del(own)
	}
	if err := v.act(a, action, in); err != nil {
		v.fail(err)
	}
}

// act does what the button called action asks for.
func (v *visit) act(a *answers, action string, in url.Values) error {
	page := a.find(a.current())
	if in.Get(pageField) != a.current() {
		in = nil // not a form of the page that these answers show
	}
	switch {
	case action == actBack:
		return v.back(a)
	case action == actCheck:
		v.check(a)
		return nil
	case action == actResults:
		return v.results(a)
	case action == actSheet:
		return v.sheet(a)
	case action == actOn:
		pages, err := v.pending(a)
		if err != nil {
			return err
		}
		return v.proceed(a, pages)
	case strings.HasPrefix(action, actChange):
		return v.change(a, strings.TrimPrefix(action, actChange))
	case action == actAdd, strings.HasPrefix(action, actRemove):
		return v.reshape(a, page, action, in)
	case action == actAgain && page != nil:
		v.question(a, page, in, nil)
		return nil
	case action == actAgain || page == nil:
		return v.resume(a)
	}
	return v.next(a, page, in)
}

// reshape shows a page again with a row more or less.
func (v *visit) reshape(a *answers, page question, action string, in url.Values) error {
	if grows, ok := page.(growing); ok && in != nil {
		if shaped, ok := grows.reshape(action, in); ok {
			v.question(a, page, shaped, nil)
			return nil
		}
	}
	return v.resume(a)
}

// next takes in the answer to page and shows what follows.
func (v *visit) next(a *answers, page question, in url.Values) error {
	before, err := v.pending(a)
	if err != nil {
		return err
	}
	changed, err := a.clone()
	if err != nil {
		return err
	}
	c, err := v.asking(changed)
	if err != nil {
		return err
	}
	c.Was = slices.Clone(changed.Unsaid)
	changed.forget(func(path string) bool { return page.owns(a, path) })
	wrong := page.read(c, in)
	if wrong == nil {
		wrong = v.together(c, page)
	}
	if wrong != nil {
		v.question(a, page, in, wrong)
		return nil
	}
	if err := v.settle(changed, page); err != nil {
		return err
	}
	after, err := v.pending(changed)
	if err != nil {
		return err
	}
	if changed.Then == "" {
		return v.proceed(changed, onTopic(page, after))
	}
	// One answer is being changed: only what the change made useful is asked before coming back.
	is := func(pages []question, key string) bool {
		return slices.ContainsFunc(pages, func(q question) bool { return q.key() == key })
	}
	var opened []question
	for _, q := range after {
		if slices.Contains(changed.Opened, q.key()) || !is(before, q.key()) {
			opened = append(opened, q)
		}
	}
	changed.Opened = nil
	for _, q := range opened {
		changed.Opened = append(changed.Opened, q.key())
	}
	return v.proceed(changed, opened)
}

// onTopic puts the page that continues the topic of the one just answered before the others.
func onTopic(page question, pages []question) []question {
	topic, who, _ := strings.Cut(page.key(), ".")
	next := map[string]string{"revenus": "montants." + who, "logement": "loyer", health.name: workRestriction.name, "nationalite": "sejour." + claimant}[topic]
	if i := slices.IndexFunc(pages, func(q question) bool { return q.key() == next }); i > 0 {
		first := pages[i]
		return slices.Insert(slices.Delete(slices.Clone(pages), i, i+1), 0, first)
	}
	return pages
}

// proceed shows the first of the pages, or what comes after the questions.
func (v *visit) proceed(a *answers, pages []question) error {
	switch {
	case len(pages) > 0:
		v.question(a, pages[0], nil, nil)
		return nil
	case a.Then == resultsPage:
		return v.results(a)
	}
	v.check(a)
	return nil
}

// together holds the answers against each other, as profiles are refused: a mistake on the page that was answered.
func (v *visit) together(c *asking, page question) []mistake {
	refused := (*profile.Error)(nil)
	if err := c.Profile.Check(c.Today); !errors.As(err, &refused) {
		return nil
	}
	fields := page.ask(c, page.fill(c)).Fields
	return []mistake{{fields[0].ID, c.L.T("erreur.ensemble")}}
}

// back shows the page before the current one.
func (v *visit) back(a *answers) error {
	a.back()
	if a.Then != "" && a.current() == a.Then {
		a.Then, a.Opened = "", nil
	}
	return v.resume(a)
}

// resume shows the page at the end of the trail.
func (v *visit) resume(a *answers) error {
	switch current := a.current(); current {
	case checkPage:
		v.check(a)
		return nil
	case resultsPage:
		return v.results(a)
	case takeAwayPage:
		return v.sheet(a)
	default:
		if page := a.find(current); page != nil {
			v.question(a, page, nil, nil)
			return nil
		}
	}
	pages, err := v.pending(a)
	if err != nil {
		return err
	}
	return v.proceed(a, pages)
}

// change shows a question again: the one called what, or the one that settles the fact of that path.
func (v *visit) change(a *answers, what string) error {
	page := a.find(what)
	if page == nil {
		if i := slices.IndexFunc(a.questions(), func(q question) bool { return q.owns(a, what) }); i >= 0 {
			page = a.questions()[i]
		}
	}
	if page == nil {
		v.check(a)
		return nil
	}
	if current := a.current(); current == checkPage || current == resultsPage {
		a.Then, a.Opened = current, nil
	}
	v.question(a, page, nil, nil)
	return nil
}

// fail answers a fault of ours. The error of the engine may speak of the household, so the log only learns where.
func (v *visit) fail(err error) {
	refused := (*profile.Error)(nil)
	if errors.As(err, &refused) {
		if _, until := v.p.engine.Set().Formalised(); profile.DateOfTime(v.at).Day() > until {
			v.p.log.ErrorContext(v.r.Context(), "the rules are not written for today: an update of the program is wanted", "until", until.String())
			v.outdated(telling.Day(until))
			return
		}
		v.p.log.ErrorContext(v.r.Context(), "the engine refused answers that the pages had accepted", "problems", len(refused.Problems))
		v.restart("illisible")
		return
	}
	panic(fmt.Errorf("pages: %w", err)) // a fault of ours: the server's last resort answers and counts it
}

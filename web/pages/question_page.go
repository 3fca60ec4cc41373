package pages

import (
	"net/url"
	"slices"
	"strings"

	"guichet/web/templates"
)

// questionPage is one question.
type questionPage struct {
	frame
	Key      string
	Form     form
	Picture  string // symbol of its topic
	French   string // the question in French, for the agent who helps; "" on a page in French
	Position string // « Question 4 · encore 6 au plus »
	Bar      []bool // one for each question, true for those asked
	Serves   string // which aids the answer can matter for
	Mistakes []mistake
	CanCheck bool // whether there is something to check already
	Back     bool // whether there is a page before this one; otherwise "Back" leads home
}

// question shows a page of the questionnaire: what was posted when there is something to correct, otherwise what is
// already known.
func (v *visit) question(a *answers, page question, in url.Values, wrong []mistake) {
	a.visit(page.key())
	c, err := v.asking(a)
	if err != nil {
		v.fail(err)
		return
	}
	if in == nil {
		in = page.fill(c)
	}
	wrong = slices.DeleteFunc(slices.Clone(wrong), func(m mistake) bool { return m == searching })
	show := questionPage{Key: page.key(), Picture: topicOf(page.key()), Form: page.ask(c, in), Mistakes: wrong, Back: len(a.Trail) > 1, CanCheck: a.Then == "" && a.asked() > minToCheck}
	if french := c.inFrench(page, in); !strings.Contains(show.Form.Heading, french) {
		show.French = french
	}
	show.frame = v.frame(show.Form.Heading)
	if len(wrong) > 0 {
		show.Title = v.L.T("site.titre_erreur", "Page", show.Form.Heading)
		mark(show.Form.Fields, wrong)
	}
	if show.Position, show.Bar, err = v.position(a, page); err != nil {
		v.fail(err)
		return
	}
	show.Serves = v.serves(c, page)
	v.carry(&show.frame, a)
	v.aloud(&show.frame)
	v.cache(cacheAnswers)
	v.show(200, templates.Question, show)
}

// inFrench gives the heading of a question in French, "" where it is that already.
func (c *asking) inFrench(page question, in url.Values) string {
	if c.french.Tag == "" {
		return ""
	}
	french := *c
	french.L = c.french
	return page.ask(&french, in).Heading
}

// questionForm is the id of the form of a page of the questionnaire.
const questionForm = "questionnaire"

// minToCheck is how many questions come before a page offers to go to the answers.
const minToCheck = 3

// maxBar is the longest bar that is drawn.
const maxBar = 30

// position says where in the questionnaire a page stands, promising only what the answers so far bound.
func (v *visit) position(a *answers, page question) (string, []bool, error) {
	if a.Then != "" {
		return v.L.T("question.modification"), nil, nil
	}
	left, bounded, err := v.remaining(a, page.key())
	if err != nil {
		return "", nil, err
	}
	number := a.asked()
	switch {
	case !bounded:
		return v.L.T("question.suite_libre", "Numero", number), nil, nil
	case left == 0:
		return v.L.T("question.derniere", "Numero", number), nil, nil
	}
	var bar []bool
	for i := range min(number+left, maxBar) {
		bar = append(bar, i < number)
	}
	return v.L.N("question.suite_bornee", left, "Numero", number), bar, nil
}

// namedAids is how many aids a page names before it counts the others.
const namedAids = 3

// serves says which aids an answer can matter for.
func (v *visit) serves(c *asking, page question) string {
	concerned := map[string]bool{}
	for path, q := range c.Useful {
		if page.owns(c.answers, path) {
			for _, aid := range q.Aids {
				concerned[aid] = true
			}
		}
	}
	var names []string
	for _, aid := range c.Aids {
		if concerned[aid.ID] {
			names = append(names, v.inSentence(aid))
		}
	}
	if len(names) == 0 {
		return ""
	}
	if more := len(names) - namedAids; more > 0 {
		names = append(names[:namedAids], v.L.N("question.sert_autres", more))
	}
	return v.L.T("question.sert_a", "Aides", v.L.List(names))
}

// inSentence gives the name of an aid in French, as letters have it; beside other languages its acronym makes it easier to find again.
func (v *visit) inSentence(aid aidName) string {
	name := aid.Name
	if aid.Acronym != "" && !v.L.IsFrench() {
		name += " (" + aid.Acronym + ")"
	}
	return v.L.Lower(v.L.French(name))
}

// mark puts each mistake beside its field.
func mark(fields []field, wrong []mistake) {
	for i := range fields {
		f := &fields[i]
		for _, m := range wrong {
			if f.holds(m.Field) {
				f.Problem = m.Text
			}
		}
		for j := range f.Options {
			mark(f.Options[j].More, wrong)
		}
		for j := range f.Rows {
			mark(f.Rows[j].Fields, wrong)
		}
	}
}

// holds says whether an id is that of the field or of one of its boxes.
func (f *field) holds(id string) bool {
	return f.ID == id || slices.ContainsFunc(f.Parts, func(p part) bool { return p.ID == id })
}

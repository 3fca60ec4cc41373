package pages

import (
	"net/url"
	"strings"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/locales"
)

// A question is one page of the questionnaire: one topic. It knows which facts of the profile it settles, how to ask,
// and how to read what comes back.
type question interface {
	// key names the page, in buttons and in the trail.
	key() string
	// owns says whether the page is where the fact of path is asked, given what is known so far.
	owns(a *answers, path string) bool
	// ask makes the page's words and fields. in holds what the fields show.
	ask(c *asking, in url.Values) form
	// fill gives what the fields show for the answers already given.
	fill(c *asking) url.Values
	// read checks what was posted and, when nothing is wrong, puts it into the answers.
	read(c *asking, in url.Values) []mistake
	// recall says the answer in words, for the page where answers are checked; ok is false when none was given.
	recall(c *asking) (words string, ok bool)
}

// asking is what a question works with.
type asking struct {
	*answers
	L      locales.Printer
	french locales.Printer // for who helps the visitor; without a tag when the page is in French
	Today  profile.Date
	Useful map[string]engine.Question // the facts that can still change something, by path
	Was    []string                   // while a form is read: the paths that were at "I don't know" before
	Aids   []aidName
	Models bool // the rules have aids of the fictitious commune: one may live there
}

// aidName is an aid as pages call it.
type aidName struct {
	ID, Name, Acronym string
	Monthly           bool // it pays something, each month
}

func nameOf(aid *ruleset.Aid) aidName {
	return aidName{aid.ID, typeset(aid.Name), aid.Acronym, aid.Period == "mois" && aid.Share == nil}
}

// typeset writes the name of an aid as print does.
func typeset(name string) string { return strings.ReplaceAll(name, "'", "’") }

// words are the sentences around a question.
type words struct {
	Heading, Hint, Why string
	Name               string // what the question is called when answers are checked
}

// form is what a page asks.
type form struct {
	words
	Fields []field
}

// A field is one answer to give, in one of several shapes.
type field struct {
	Shape   string // radio, checks, date, money, text, number, select, rows, hidden
	ID      string
	Name    string
	Label   string
	Heading bool // the label is the heading of the page
	Hint    string
	Value   string
	Unit    string
	Options []option
	Parts   []part // of a date
	Problem string
	Search  bool // the text field starts a search, with a button that says Unit
	Rows    []row
	Slip    *slip // where the amount is found
	Focus   bool  // where the page opens
}

// An option is one answer to choose.
type option struct {
	ID, Value, Label, Hint string
	Checked                bool
	More                   []field // asked only of those who choose it
	Apart                  bool    // "none" or "I don't know"
	Picture                string  // symbol beside it; "" is none
}

// A part is one of the boxes of a date.
type part struct {
	ID, Name, Label, Value string
	Long                   bool
	Focus                  bool // where the page opens
}

// A row is one of several alike, with a button that takes it away. A field of rows has one more that adds a row, which Unit names.
type row struct {
	Label                            string
	Fields                           []field
	Remove, RemoveLabel, RemoveWhich string
}

// A mistake is something to correct: the words are the same beside the field and in the summary.
type mistake struct {
	Field string // id of the field to go to
	Text  string
}

// none and dontKnow are the values of answers that every list may have.
const (
	none     = "aucun"
	dontKnow = "nsp"
)

// fieldID makes the id of a field from its name, which may hold a path.
func fieldID(name string) string {
	return "c-" + strings.NewReplacer("[", "-", "]", "", ".", "-").Replace(name)
}

// dontKnowOption is the last answer of every list.
func (c *asking) dontKnowOption(name string, in url.Values) option {
	return option{
		ID: fieldID(name) + "-" + dontKnow, Value: dontKnow, Label: c.L.T("question.nsp"), Hint: c.L.T("question.nsp_aide"),
		Checked: in.Get(name) == dontKnow, Apart: true,
		Picture: pictures["question.nsp"],
	}
}

// radio makes a list of which one is chosen, "I don't know" last. Each value is named by the message prefix+value, and
// explained by prefix+value+".aide" when there is such a message.
func (c *asking) radio(name, prefix string, values []string, in url.Values) field {
	f := field{Shape: "radio", ID: fieldID(name), Name: name}
	for i, v := range values {
		o := option{ID: fieldID(name) + "-" + v, Value: v, Label: c.L.T(prefix + v), Checked: in.Get(name) == v, Picture: pictures[prefix+v]}
		if i == 0 {
			o.ID = f.ID // where the summary of mistakes leads
		}
		if hint := prefix + v + ".aide"; c.L.Has(hint) {
			o.Hint = c.L.T(hint)
		}
		f.Options = append(f.Options, o)
	}
	f.Options = append(f.Options, c.dontKnowOption(name, in))
	return f
}

// heading makes f the field that the page's heading names.
func (f field) heading() field {
	f.Heading = true
	return f
}

// mistaken gives the mistake of a field.
func (c *asking) mistaken(name, key string, args ...any) []mistake {
	return []mistake{{fieldID(name), c.L.T(key, args...)}}
}

// who calls a person by what they are to the visitor, a child with its age.
func (c *asking) who(person string) string {
	i, child := childIndex(person)
	if q := c.person(person); child && q != nil && q.Birth.Known() {
		return c.L.T("personne.enfant_age", "I", i+1, "Age", c.age(q.Birth))
	}
	return c.calls(person)
}

// calls calls a person by what they are to the visitor.
func (c *asking) calls(person string) string {
	if i, child := childIndex(person); child {
		return c.L.T("personne.enfant", "I", i+1)
	}
	return c.L.T("personne." + person)
}

// age says how old someone is today.
func (c *asking) age(birth profile.Date) string {
	return c.L.N("age.ans", max(0, int(c.Today-birth)/(12*32)))
}

// useful says whether the fact of path, or one below it, can still change something.
func (c *asking) useful(path string) bool {
	for p := range c.Useful {
		if under(p, path) {
			return true
		}
	}
	return false
}

package pages

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"guichet/engine/profile"
)

// each asks one thing of several persons on one page: first whether it concerns anyone, and only then whom.
type each struct {
	name   string // key of the page and of its messages
	field  string // path below the person
	people func(*answers) []string
	values []string
	prefix string // of the messages that name the values
	inside string // of the names of its fields, where it shares a page with others
	nobody string // the value of everyone when nobody is concerned; "" asks each person at once
	no     string // message of "it concerns nobody"
	yes    string // message of "it concerns someone"
	again  string // message of "it concerns nobody" where answers are read again, away from the question; "" is that of no

	get func(*profile.Person) string // "" is unknown
	set func(*profile.Person, string)

	open    func(*profile.Person) bool               // whether the page still owns the fact of a person; nil: always
	also    func(a *answers, who, field string) bool // further facts that hang on this one
	changed func(a *answers, who, value string)      // what else an answer changes
	follows func(*answers) int                       // how many further pages an answer can open
	beside  map[string]besides                       // by answer, what the claimant alone is asked with it; left empty, it has a page of its own
}

// besides is a question that stands beside an answer to another.
type besides interface {
	question
	fields(c *asking, in url.Values) []field
	given(in url.Values) bool // whether it is answered at all
}

// besideOf gives what is asked with an answer, nil when nothing is or it can change nothing.
func (q each) besideOf(c *asking, people []string, value string) besides {
	if len(people) != 1 || people[0] != claimant {
		return nil
	}
	more := q.beside[value]
	if more == nil {
		return nil
	}
	for path := range c.Useful {
		if more.owns(c.answers, path) {
			return more
		}
	}
	if _, said := more.recall(c); said {
		return more
	}
	return nil
}

func (q each) key() string { return q.name }

func (q each) owns(a *answers, path string) bool {
	who, field := whose(path)
	if who == "" || !slices.Contains(q.people(a), who) {
		return false
	}
	if q.open != nil && !q.open(a.person(who)) {
		return false
	}
	return under(field, q.field) || q.also != nil && q.also(a, who, field)
}

// any and whom name the fields: whether it concerns anyone, and the answer of one person.
func (q each) any() string            { return q.inside + eachAny }
func (q each) whom(who string) string { return q.inside + eachWhom + who }

// shown lists the persons that the page speaks of: those for whom the answer still counts or was given.
func (q each) shown(c *asking) []string {
	return slices.DeleteFunc(q.people(c.answers), func(who string) bool {
		path := who + "." + q.field
		return !c.useful(path) && !c.unsaid(path) && q.get(c.person(who)) == ""
	})
}

const (
	eachAny  = "reponse"   // whether it concerns anyone
	eachSome = "quelquun"  // it does
	eachWhom = "personne." // prefix of the answer of one person
)

func (q each) ask(c *asking, in url.Values) form {
	topic := "question." + q.name + "."
	people := q.shown(c)
	f := form{words: words{c.L.T(topic + "titre"), "", c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")}}
	if hint := topic + "aide"; c.L.Has(hint) {
		f.Hint = c.L.T(hint)
	}
	if len(people) == 1 {
		list := c.radio(q.any(), q.prefix, q.values, in)
		list = list.heading()
		for i, o := range list.Options {
			if more := q.besideOf(c, people, o.Value); more != nil {
				list.Options[i].More = more.fields(c, in)
			}
		}
		f.Heading = q.about(c, people[0], f.Heading)
		f.Fields = []field{list}
		return f
	}
	var lists []field
	for _, who := range people {
		lists = append(lists, q.list(c, who, in))
	}
	if q.nobody == "" {
		f.Fields = lists
		return f
	}
	id := fieldID(q.any())
	f.Fields = []field{{Shape: "radio", ID: id, Name: q.any(), Heading: true, Options: []option{
		{ID: id, Value: none, Label: c.L.T(q.no), Checked: in.Get(q.any()) == none, Picture: pictures[q.no]},
		{ID: id + "-oui", Value: eachSome, Label: c.L.T(q.yes), Checked: in.Get(q.any()) == eachSome, More: lists, Picture: pictures[q.yes]},
		c.dontKnowOption(q.any(), in),
	}}}
	return f
}

// about gives the heading of a page that speaks of one person only.
func (q each) about(c *asking, who, heading string) string {
	topic := "question." + q.name + "."
	switch one := topic + "titre_un"; {
	case q.alone(c, []string{who}):
		return c.L.T(topic + "titre_seul")
	case len(c.everyone()) == 1:
		return heading
	case c.L.Has(one):
		heading = c.L.T(one)
	}
	return c.L.T("erreur.pour", "Qui", c.who(who), "Message", c.L.Lower(heading))
}

// list makes the list of one person.
func (q each) list(c *asking, who string, in url.Values) field {
	name := q.whom(who)
	f := field{Shape: "select", ID: fieldID(name), Name: name, Label: c.who(who)}
	chosen := in.Get(name)
	if chosen == "" {
		chosen = q.nobody
	}
	if q.nobody == "" {
		f.Options = append(f.Options, option{Label: c.L.T("question.choisir"), Checked: chosen == ""})
	}
	for _, v := range q.values {
		f.Options = append(f.Options, option{Value: v, Label: c.L.T(q.prefix + v), Checked: chosen == v})
	}
	f.Options = append(f.Options, option{Value: dontKnow, Label: c.L.T("question.enfants_naissance." + dontKnow), Checked: chosen == dontKnow})
	return f
}

func (q each) fill(c *asking) url.Values {
	in := url.Values{}
	people := q.shown(c)
	nobody, unsaid, said := true, true, false
	for _, who := range people {
		value := q.get(c.person(who))
		if c.unsaid(who + "." + q.field) {
			value = dontKnow
		}
		in.Set(q.whom(who), value)
		nobody = nobody && value == q.nobody
		unsaid = unsaid && value == dontKnow
		said = said || value != ""
	}
	switch {
	case len(people) == 0 || !said:
	case len(people) == 1:
		in.Set(q.any(), in.Get(q.whom(people[0])))
		if more := q.besideOf(c, people, in.Get(q.any())); more != nil {
			maps.Copy(in, more.fill(c))
		}
	case unsaid:
		in.Set(q.any(), dontKnow)
	case nobody:
		in.Set(q.any(), none)
	default:
		in.Set(q.any(), eachSome)
	}
	return in
}

func (q each) read(c *asking, in url.Values) []mistake {
	people := q.shown(c)
	said := in.Get(q.any())
	switch {
	case len(people) == 1:
		value, wrong := c.readChoice(q.any(), q.values, in)
		if wrong != nil {
			return wrong
		}
		q.settle(c, people[0], value)
		if more := q.besideOf(c, people, value); more != nil && more.given(in) {
			c.forget(func(path string) bool { return more.owns(c.answers, path) })
			return more.read(c, in)
		}
		return nil
	case q.nobody != "" && (said == none || said == dontKnow):
		value := ""
		if said == none {
			value = q.nobody
		}
		for _, who := range q.people(c.answers) {
			q.settle(c, who, value)
		}
		return nil
	case q.nobody != "" && said != eachSome:
		return c.mistaken(q.any(), "erreur.choisir")
	}
	var wrong []mistake
	someone := q.nobody == ""
	for _, who := range people {
		value, bad := c.readChoice(q.whom(who), q.values, in)
		if bad != nil {
			wrong = append(wrong, c.mistaken(q.whom(who), "erreur.choisir_pour", "Qui", c.who(who))...)
			continue
		}
		someone = someone || value != q.nobody
		q.settle(c, who, value)
	}
	if wrong == nil && !someone && len(people) > 0 {
		return c.mistaken(q.whom(people[0]), "erreur.cocher_qui")
	}
	for _, who := range q.people(c.answers) {
		if q.nobody != "" && !slices.Contains(people, who) {
			q.settle(c, who, q.nobody)
		}
	}
	return wrong
}

// settle puts the answer of one person into the profile.
func (q each) settle(c *asking, who, value string) {
	q.set(c.person(who), value)
	if value == "" {
		c.leave(who + "." + q.field)
	}
	if q.changed != nil {
		q.changed(c.answers, who, value)
	}
}

func (q each) recall(c *asking) (string, bool) {
	var words []string
	said, nobody := false, true
	people := q.shown(c)
	for _, who := range people {
		value, text := q.get(c.person(who)), ""
		switch {
		case value != "":
			text = c.L.T(q.prefix + value)
		case c.unsaid(who + "." + q.field):
			text = c.L.T("verifier.nsp")
		default:
			continue
		}
		said = true
		nobody = nobody && value == q.nobody
		if len(c.everyone()) > 1 && !q.alone(c, people) {
			text = c.L.T("erreur.pour", "Qui", c.who(who), "Message", text)
		}
		words = append(words, text)
	}
	switch {
	case !said:
		return "", false
	case allUnsaid(c, q, people):
		return "", true
	case nobody && q.nobody != "" && len(people) > 1:
		return c.L.T(cmp.Or(q.again, q.no)), true
	}
	return strings.Join(words, "\n"), true
}

// alone says whether the question is asked of the claimant only, in words of its own.
func (q each) alone(c *asking, people []string) bool {
	return len(people) == 1 && people[0] == claimant && c.L.Has("question."+q.name+".titre_seul")
}

func allUnsaid(c *asking, q each, people []string) bool {
	return !slices.ContainsFunc(people, func(who string) bool { return q.get(c.person(who)) != "" })
}

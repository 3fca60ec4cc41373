package pages

import (
	"net/url"
	"strings"
	"time"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

// amounts asks how much each kind of money is: of an adult, what changes from month to month; of a child, every kind.
type amounts struct{ who string }

// monthsAsked is how many of the last months are asked of an income that changes: the windows that the law looks at
// for the income of the moment lie within them.
const monthsAsked = 4

// How an income comes.
const (
	alike   = "meme"
	varying = "varie"
)

func (q amounts) key() string { return "montants." + q.who }

func (q amounts) owns(a *answers, path string) bool {
	return under(path, q.who+"."+incomeField) && a.person(q.who).Incomes.Known
}

// kinds are those that the page asks for: the places of them in the person's list.
func (q amounts) kinds(c *asking) []int {
	var all, open []int
	for i, income := range c.person(q.who).Incomes.Value {
		all = append(all, i)
		if !steady(income) {
			open = append(open, i)
		}
	}
	if _, child := childIndex(q.who); child || open == nil {
		return all
	}
	return open
}

func (q amounts) path(kind string) string { return q.who + "." + incomeField + "." + kind }

// variant tells the messages of an adult from those of a child.
func (q amounts) variant() string {
	if _, child := childIndex(q.who); child {
		return "enfant"
	}
	return q.who
}

// months are those that an income that changes is asked for, the latest first.
func (c *asking) months() []time.Time {
	today := timeOf(c.Today)
	months := make([]time.Time, monthsAsked)
	for i := range months {
		months[i] = time.Date(today.Year(), today.Month()-time.Month(i+1), 1, 0, 0, 0, 0, time.UTC)
	}
	return months
}

func monthName(kind string, m time.Time) string { return kind + "." + m.Format("2006-01") }

func (q amounts) ask(c *asking, in url.Values) form {
	const topic = "question.montants."
	f := form{words: words{
		c.L.T(topic+"titre."+q.variant(), "Enfant", c.who(q.who)), c.L.T(topic + "aide"), c.L.T(topic + "pourquoi"),
		c.L.T(topic+"nom."+q.variant(), "Enfant", c.who(q.who)),
	}}
	for _, i := range q.kinds(c) {
		f.Fields = append(f.Fields, c.amount(c.person(q.who).Incomes.Value[i].Kind, in))
	}
	return f
}

// amount makes the list of one kind: the same each month, changing, or not known.
func (c *asking) amount(kind string, in url.Values) field {
	name := kind + ".mode"
	f := field{Shape: "radio", ID: fieldID(name), Name: name, Label: c.L.T("revenus." + kind)}
	same := c.money(netName(kind), c.L.T("montants.combien"), "montants.euros", in)
	var each []field
	for _, m := range c.months() {
		each = append(each, c.money(monthName(kind, m), c.L.Month(m), "montants.euros", in))
	}
	option := func(value string, more []field) option {
		label := "montants." + value
		if value == dontKnow {
			label = "question.enfants_naissance." + value
		}
		o := option{ID: f.ID + "-" + value, Value: value, Label: c.L.T(label), Checked: in.Get(name) == value, More: more}
		if hint := "montants." + value + "_aide"; c.L.Has(hint) {
			o.Hint = c.L.T(hint)
		}
		return o
	}
	f.Options = append(f.Options, option(alike, []field{same}), option(varying, each), option(dontKnow, nil))
	f.Options[0].ID, f.Options[2].Apart, f.Options[2].Picture = f.ID, true, pictures["question.nsp"]
	f.Slip = c.slip(kind)
	return f
}

func (q amounts) fill(c *asking) url.Values {
	in := url.Values{}
	for _, income := range c.person(q.who).Incomes.Value {
		mode := income.Kind + ".mode"
		switch {
		case c.unsaid(q.path(income.Kind)):
			in.Set(mode, dontKnow)
		case !income.Net.Known:
			if _, child := childIndex(q.who); !child {
				in.Set(mode, varying) // as was said on the page before
			}
		case steady(income):
			in.Set(mode, alike)
			in.Set(netName(income.Kind), c.L.Number(income.Net.Value))
		default:
			in.Set(mode, varying)
			for _, m := range income.Months {
				in.Set(income.Kind+"."+m.Month.String(), c.L.Number(m.Amount))
			}
		}
	}
	return in
}

func (q amounts) read(c *asking, in url.Values) []mistake {
	var wrong []mistake
	list := c.person(q.who).Incomes.Value
	asked := q.kinds(c)
	for _, i := range asked {
		wrong = append(wrong, c.each(q.readKind(c, &list[i], in), len(asked), list[i].Kind)...)
	}
	return wrong
}

func (q amounts) readKind(c *asking, income *profile.Income, in url.Values) []mistake {
	kind := income.Kind
	*income = profile.Income{Kind: kind}
	switch in.Get(kind + ".mode") {
	case dontKnow:
		c.leave(q.path(kind))
		return nil
	case alike:
		net, bad := c.readMoney(netName(kind), "", fact.MaxIncome, in)
		income.Net = net
		return bad
	case varying:
		return c.readMonths(income, in)
	}
	return c.mistaken(kind+".mode", "erreur.choisir")
}

// readMonths reads an income that changes. Older months are taken at the mean of those given, as the page says.
func (c *asking) readMonths(income *profile.Income, in url.Values) []mistake {
	total := 0.0
	for _, m := range c.months() {
		name := monthName(income.Kind, m)
		if strings.TrimSpace(in.Get(name)) == "" {
			return c.mistaken(name, "erreur.montants_mois")
		}
		net, bad := c.readMoney(name, "", fact.MaxIncome, in)
		if bad != nil {
			return bad
		}
		total += net.Value
		income.Months = append(income.Months, profile.MonthAmount{Month: fact.MonthOf(m.Year(), int(m.Month())), Amount: net.Value})
	}
	income.Net = profile.Some(roundCents(total / monthsAsked))
	return nil
}

func (q amounts) recall(c *asking) (string, bool) {
	var words []string
	list := c.person(q.who).Incomes.Value
	_, child := childIndex(q.who)
	for _, i := range q.kinds(c) {
		income, text := list[i], ""
		switch {
		case steady(income) && child:
			text = c.L.Unit(income.Net.Value, "EUR/mois")
		case len(income.Months) > 0:
			var each []string
			for _, m := range income.Months {
				each = append(each, c.L.Money(m.Amount))
			}
			text = strings.Join(each, " · ")
		case child && c.unsaid(q.path(income.Kind)):
			text = c.L.T("verifier.nsp")
		default:
			continue // said on the page before, or not yet
		}
		words = append(words, c.L.T("erreur.pour", "Qui", c.L.T("revenus."+income.Kind), "Message", text))
	}
	return strings.Join(words, "\n"), len(words) > 0
}

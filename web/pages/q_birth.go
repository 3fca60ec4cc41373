package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/engine/profile"
	"guichet/web/telling"
)

// birth asks when an adult was born.
type birth struct{ who string }

func (q birth) key() string                       { return "naissance." + q.who }
func (q birth) owns(_ *answers, path string) bool { return path == q.who+".naissance" || path == q.who }

func (q birth) ask(c *asking, in url.Values) form {
	const topic = "question.naissance."
	return form{
		words{c.L.T(topic + "titre." + q.who), c.L.T(topic + "aide"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom." + q.who)},
		[]field{c.date("date", in).heading(), c.dontKnowBox("date", in)},
	}
}

func (q birth) fill(c *asking) url.Values {
	in := url.Values{}
	fillDate(in, "date", c.person(q.who).Birth)
	if c.unsaid(q.who + ".naissance") {
		in.Set("date."+dontKnow, "oui")
	}
	return in
}

func (q birth) read(c *asking, in url.Values) []mistake {
	day, unknown, wrong := c.readDate("date", q.who+birthField, in)
	if wrong != nil {
		return wrong
	}
	if !unknown {
		if int(c.Today-day) < minAdultAge*12*32 {
			return c.mistaken("date.annee", "erreur.trop_jeune")
		}
		for _, child := range c.Profile.Children.Value {
			if child.Birth.Known() && child.Birth <= day {
				return c.mistaken("date.annee", "erreur.plus_vieux", "Qui", c.who(q.who))
			}
		}
	}
	c.person(q.who).Birth = day
	if unknown {
		c.leave(q.who + ".naissance")
	}
	return nil
}

func (q birth) recall(c *asking) (string, bool) {
	p := c.person(q.who)
	switch {
	case p.Birth.Known():
		return c.L.Date(timeOf(p.Birth)), true
	case c.unsaid(q.who + ".naissance"):
		return "", true
	}
	return "", false
}

// minAdultAge is the age under which nobody is asked as a claimant or a spouse, as profiles are refused.
const minAdultAge = 14

// maxAge is the age above which a birth is taken for a slip.
const maxAge = 120

// date makes the three boxes of a day.
func (c *asking) date(name string, in url.Values) field {
	f := c.month(name, in)
	f.Parts = append([]part{{ID: f.ID, Name: name + ".jour", Label: c.L.T("champ.jour"), Value: in.Get(name + ".jour")}}, f.Parts...)
	f.Parts[1].ID += "-m"
	return f
}

// month makes the two boxes of a month.
func (c *asking) month(name string, in url.Values) field {
	id := fieldID(name)
	return field{Shape: "date", ID: id, Name: name, Parts: []part{
		{ID: id, Name: name + ".mois", Label: c.L.T("champ.mois"), Value: in.Get(name + ".mois")},
		{ID: id + "-annee", Name: name + ".annee", Label: c.L.T("champ.annee"), Value: in.Get(name + ".annee"), Long: true},
	}}
}

// dontKnowBox makes the box to tick instead of filling the field called name.
func (c *asking) dontKnowBox(name string, in url.Values) field {
	box := name + "." + dontKnow
	return field{Shape: "checks", ID: fieldID(box), Name: box, Options: []option{{
		ID: fieldID(box), Value: "oui", Label: c.L.T("question.nsp"), Hint: c.L.T("question.nsp_aide"), Checked: in.Get(box) != "", Apart: true,
		Picture: pictures["question.nsp"],
	}}}
}

func fillDate(in url.Values, name string, d profile.Date) {
	if !d.Known() {
		return
	}
	t := timeOf(d)
	in.Set(name+".jour", strconv.Itoa(t.Day()))
	in.Set(name+".mois", strconv.Itoa(int(t.Month())))
	in.Set(name+".annee", strconv.Itoa(t.Year()))
}

// readDate reads a day that is not in the future; unknown when the box is ticked instead.
func (c *asking) readDate(name, path string, in url.Values) (day profile.Date, unknown bool, wrong []mistake) {
	d, m, y := strings.TrimSpace(in.Get(name+".jour")), strings.TrimSpace(in.Get(name+".mois")), strings.TrimSpace(in.Get(name+".annee"))
	empty := d == "" && m == "" && y == ""
	switch ticked := in.Get(name+"."+dontKnow) != ""; {
	case ticked && empty:
		return 0, true, nil
	case ticked && !slices.Contains(c.Was, path):
		return 0, false, c.mistaken(name, "erreur.date_double")
	case d == "" || m == "" || y == "":
		return 0, false, c.mistaken(name, "erreur.date_vide")
	}
	return c.dayOf(name, d, m, y, "erreur.date_fausse")
}

// readMonth reads a month, as its first day; unknown when the box is ticked instead.
func (c *asking) readMonth(name, path string, in url.Values) (day profile.Date, unknown bool, wrong []mistake) {
	m, y := strings.TrimSpace(in.Get(name+".mois")), strings.TrimSpace(in.Get(name+".annee"))
	empty := m == "" && y == ""
	switch ticked := in.Get(name+"."+dontKnow) != ""; {
	case ticked && empty:
		return 0, true, nil
	case ticked && !slices.Contains(c.Was, path):
		return 0, false, c.mistaken(name, "erreur.date_double")
	case m == "" || y == "":
		return 0, false, c.mistaken(name, "erreur.mois_vide")
	}
	return c.dayOf(name, "1", m, y, "erreur.mois_faux")
}

func (c *asking) dayOf(name, d, m, y, wrongKey string) (profile.Date, bool, []mistake) {
	day, err1 := strconv.Atoi(d)
	month, err2 := strconv.Atoi(m)
	year, err3 := strconv.Atoi(y)
	if err1 != nil || err2 != nil || err3 != nil || day < 1 || month < 1 || month > 12 {
		return 0, false, c.mistaken(name, wrongKey)
	}
	if year < 1000 {
		return 0, false, []mistake{{fieldID(name) + "-annee", c.L.T("erreur.date_annee")}}
	}
	if year > 9999 || time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		return 0, false, c.mistaken(name, wrongKey)
	}
	date := profile.DateOf(year, month, day)
	switch {
	case date > c.Today:
		return 0, false, []mistake{{fieldID(name) + "-annee", c.L.T("erreur.date_future")}}
	case int(c.Today-date) > maxAge*12*32:
		return 0, false, []mistake{{fieldID(name) + "-annee", c.L.T("erreur.date_ancienne")}}
	}
	return date, false, nil
}

// timeOf gives the midnight of a day.
func timeOf(d profile.Date) time.Time { return telling.Day(d.Day()) }

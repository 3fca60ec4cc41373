package pages

import (
	"net/url"
	"slices"

	"guichet/engine/fact"
)

// stay asks a foreign adult for the residence permit and since when.
type stay struct{ who string }

func (q stay) key() string { return "sejour." + q.who }

func (q stay) owns(_ *answers, path string) bool {
	return path == q.who+"."+permitField || path == q.who+"."+stayField
}

func (q stay) needsPermit(c *asking) bool { return c.person(q.who).Nationality != european }

func (q stay) ask(c *asking, in url.Values) form {
	const topic = "question.sejour."
	variant, since := "titre.", "depuis"
	if !q.needsPermit(c) {
		variant, since = "titre_ue.", "depuis_ue"
	}
	f := form{words: words{c.L.T(topic + variant + q.who), "", c.L.T(topic + "pourquoi"), c.L.T(topic + "nom." + q.who)}}
	if q.needsPermit(c) {
		f.Fields = append(f.Fields, c.permit(in).heading())
	}
	f.Fields = append(f.Fields, c.since(topic+since, in)...)
	return f
}

// permit asks for the permit. One that is not in the list, a temporary protection say, stays unknown: it opens some aids, so neither a
// wrong one nor none may be told in its place.
func (c *asking) permit(in url.Values) field {
	f := c.radio("titre", "titre_sejour.", fact.Permits, in)
	f.Options[len(f.Options)-1].Hint = c.L.T("question.sejour.nsp_aide")
	return f
}

// since asks for the month since which somebody has stayed, in the words of a message.
func (c *asking) since(words string, in url.Values) []field {
	const topic = "question.sejour."
	month := c.month("sejour", in)
	month.Label, month.Hint = c.L.T(words), c.L.T(topic+"depuis_aide")
	box := c.dontKnowBox("sejour", in)
	box.Label, box.Options[0].Label, box.Options[0].Hint = month.Label, c.L.T(topic+"depuis_nsp"), ""
	return []field{month, box}
}

// fields asks for the permit and the month beside the answer that one is a foreigner.
func (q stay) fields(c *asking, in url.Values) []field {
	permit := c.permit(in)
	permit.Label = c.L.T("question.sejour.titre." + q.who)
	return append([]field{permit}, c.since("question.sejour.depuis", in)...)
}

func (q stay) given(in url.Values) bool {
	for _, name := range []string{"titre", "sejour.mois", "sejour.annee", "sejour." + dontKnow} {
		if in.Get(name) != "" {
			return true
		}
	}
	return false
}

func (q stay) fill(c *asking) url.Values {
	p := c.person(q.who)
	in := fillChoice("titre", p.Permit, c.unsaid(q.who+"."+permitField))
	fillDate(in, "sejour", p.StayFrom)
	if c.unsaid(q.who + "." + stayField) {
		in.Set("sejour."+dontKnow, "oui")
	}
	return in
}

func (q stay) read(c *asking, in url.Values) []mistake {
	p := c.person(q.who)
	var wrong []mistake
	if q.needsPermit(c) {
		permit, bad := c.readChoice("titre", fact.Permits, in)
		wrong = append(wrong, bad...)
		if p.Permit = permit; permit == "" {
			c.leave(q.who + "." + permitField)
		}
	}
	if slices.Contains([]string{none, "demandeur_asile"}, p.Permit) && in.Get("sejour.mois")+in.Get("sejour.annee") == "" {
		in.Set("sejour."+dontKnow, "oui") // no permit, no date to give
	}
	month, unknown, bad := c.readMonth("sejour", q.who+"."+stayField, in)
	wrong = append(wrong, bad...)
	if unknown {
		c.leave(q.who + "." + stayField)
		p.StayFrom = 0
	} else {
		p.StayFrom = max(month, p.Birth)
	}
	return wrong
}

func (q stay) recall(c *asking) (string, bool) {
	p := c.person(q.who)
	permit, since := p.Permit != "", p.StayFrom.Known()
	switch {
	case permit && since:
		return c.L.T("titre_sejour."+p.Permit) + "\n" + c.L.Month(timeOf(p.StayFrom)), true
	case permit:
		return c.L.T("titre_sejour." + p.Permit), true
	case since:
		return c.L.Month(timeOf(p.StayFrom)), true
	}
	return "", c.unsaid(q.who+"."+permitField) || c.unsaid(q.who+"."+stayField)
}

package pages

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// joined asks on one page what people tell in one breath. Each part is a question of its own, with its own answers, and is left out when
// it can change nothing; with one part left the page is that of the part.
type joined struct {
	name  string
	who   string // the person it speaks of; empty for the household
	parts []question
}

// self asks an adult's age and occupation.
func self(who string) joined {
	return joined{"personne", who, []question{birth{who}, activity{who}}}
}

// health asks what concerns the health of everyone in the household.
var health = joined{name: "sante", parts: []question{sharing(pregnancy), sharing(disability), sharing(unfit)}}

// wealth asks what the tax notice says and what is put aside: both are looked up in the same papers.
var wealth = joined{name: "patrimoine", parts: []question{taxNotice{}, savings}}

// sharing makes the fields of q its own on a page that it shares.
func sharing(q each) each {
	q.inside = q.name + "."
	return q
}

func (q joined) key() string { return strings.TrimSuffix(q.name+"."+q.who, ".") }

// text gives the key of one of the page's words.
func (q joined) text(word string) string {
	return strings.TrimSuffix("question."+q.name+"."+word+"."+q.who, ".")
}

func (q joined) owns(a *answers, path string) bool {
	return slices.ContainsFunc(q.parts, func(part question) bool { return part.owns(a, path) })
}

// shown gives the parts that still matter or were answered.
func (q joined) shown(c *asking) []question {
	return slices.DeleteFunc(slices.Clone(q.parts), func(part question) bool {
		if e, ok := part.(each); ok {
			return len(e.shown(c)) == 0
		}
		_, said := part.recall(c)
		return !said && !slices.ContainsFunc(slices.Collect(maps.Keys(c.Useful)), func(path string) bool { return part.owns(c.answers, path) })
	})
}

func (q joined) ask(c *asking, in url.Values) form {
	parts := q.shown(c)
	if len(parts) == 1 {
		return parts[0].ask(c, in)
	}
	f := form{words: words{c.L.T(q.text("titre")), "", c.L.T(q.text("pourquoi")), c.L.T(q.text("nom"))}}
	for _, part := range parts {
		one := part.ask(c, in)
		first := &one.Fields[0]
		if _, alone := part.(sum); alone || first.Label == "" {
			first.Label = one.Heading
		}
		first.Heading, first.Hint = false, cmp.Or(first.Hint, one.Hint)
		f.Fields = append(f.Fields, one.Fields...)
	}
	return f
}

func (q joined) fill(c *asking) url.Values {
	in := url.Values{}
	for _, part := range q.shown(c) {
		maps.Copy(in, part.fill(c))
	}
	return in
}

func (q joined) read(c *asking, in url.Values) []mistake {
	var wrong []mistake
	parts := q.shown(c)
	for _, part := range parts {
		bad := part.read(c, in)
		for i := range bad {
			if len(parts) > 1 {
				bad[i].Text = c.L.T("erreur.pour", "Qui", nameOfQuestion(c, part), "Message", bad[i].Text)
			}
		}
		wrong = append(wrong, bad...)
	}
	return wrong
}

func (q joined) recall(c *asking) (string, bool) {
	var lines []string
	said, parts := false, q.shown(c)
	for _, part := range parts {
		text, ok := part.recall(c)
		if len(parts) == 1 {
			return text, ok
		}
		if !ok {
			continue
		}
		said = true
		if text == "" {
			text = c.L.T("verifier.nsp")
		}
		for line := range strings.SplitSeq(text, "\n") {
			lines = append(lines, c.L.T("erreur.pour", "Qui", nameOfQuestion(c, part), "Message", line))
		}
	}
	return strings.Join(lines, "\n"), said
}

// nameOfQuestion is what a question is called when answers are checked.
func nameOfQuestion(c *asking, q question) string { return q.ask(c, url.Values{}).Name }

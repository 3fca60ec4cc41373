package pages

import (
	"net/url"

	"guichet/engine/fact"
)

// activity asks what an adult does today.
type activity struct{ who string }

func (q activity) key() string                       { return "activite." + q.who }
func (q activity) path() string                      { return q.who + ".activite" }
func (q activity) owns(_ *answers, path string) bool { return path == q.path() }

func (q activity) ask(c *asking, in url.Values) form {
	const topic = "question.activite."
	return form{
		words{c.L.T(topic + "titre." + q.who), c.L.T("question.plus_proche"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom." + q.who)},
		[]field{c.radio("activite", "activite.", fact.Activities, in).heading()},
	}
}

func (q activity) fill(c *asking) url.Values {
	return fillChoice("activite", c.person(q.who).Activity, c.unsaid(q.path()))
}

func (q activity) read(c *asking, in url.Values) []mistake {
	said, wrong := c.readChoice("activite", fact.Activities, in)
	if wrong != nil {
		return wrong
	}
	c.person(q.who).Activity = said
	if said == "" {
		c.leave(q.path())
	}
	return nil
}

func (q activity) recall(c *asking) (string, bool) {
	return c.recallChoice("activite.", c.person(q.who).Activity, c.unsaid(q.path()))
}

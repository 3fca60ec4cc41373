package pages

import "net/url"

// resident asks since when the household lives in its commune.
type resident struct{}

const residentPath = "residence_commune_depuis"

func (resident) key() string                       { return residentPath }
func (resident) owns(_ *answers, path string) bool { return path == residentPath }

func (resident) ask(c *asking, in url.Values) form {
	const topic = "question.residence_commune."
	since := c.month("residence", in)
	since.Label = c.L.T(topic + "depuis")
	return form{
		words{c.L.T(topic + "titre"), c.L.T(topic + "aide"), c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")},
		[]field{since, c.dontKnowBox("residence", in)},
	}
}

func (resident) fill(c *asking) url.Values {
	in := url.Values{}
	fillDate(in, "residence", c.Profile.ResidentFrom)
	if !c.Profile.ResidentFrom.Known() && c.unsaid(residentPath) {
		in.Set("residence."+dontKnow, "oui")
	}
	return in
}

func (resident) read(c *asking, in url.Values) []mistake {
	since, unknown, wrong := c.readMonth("residence", residentPath, in)
	if wrong != nil {
		return wrong
	}
	c.Profile.ResidentFrom = 0
	if unknown {
		c.leave(residentPath)
		return nil
	}
	c.Profile.ResidentFrom = max(since, c.Profile.Claimant.Birth)
	return nil
}

func (resident) recall(c *asking) (string, bool) {
	since := c.Profile.ResidentFrom
	if !since.Known() {
		return "", c.unsaid(residentPath)
	}
	return c.L.Month(timeOf(since)), true
}

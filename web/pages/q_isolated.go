package pages

import (
	"net/url"

	"guichet/engine/profile"
)

// isolated asks since when a lone claimant has lived without a partner.
type isolated struct{}

const isolatedPath = "isole_depuis"

// longAgo is how many years ago an isolation is taken to have begun when the claimant only says that it was long ago:
// beyond every delay that the law counts from it.
const longAgo = 2

func (isolated) key() string                       { return isolatedPath }
func (isolated) owns(_ *answers, path string) bool { return path == isolatedPath }

func (isolated) ask(c *asking, in url.Values) form {
	const topic = "question.isole_depuis."
	list := c.radio("depuis", topic, []string{"date", "longtemps"}, in)
	since := c.month("isole", in)
	since.Label = c.L.T(topic + "date")
	list.Options[0].More = []field{since}
	return form{words{c.L.T(topic + "titre"), "", c.L.T(topic + "pourquoi"), c.L.T(topic + "nom")}, []field{list.heading()}}
}

func (isolated) fill(c *asking) url.Values {
	since := c.Profile.IsolatedFrom
	switch {
	case since.Known() && int(c.Today-since) >= longAgo*12*32:
		return url.Values{"depuis": {"longtemps"}}
	case since.Known():
		in := url.Values{"depuis": {"date"}}
		fillDate(in, "isole", since)
		return in
	}
	return fillChoice("depuis", "", c.unsaid(isolatedPath))
}

func (isolated) read(c *asking, in url.Values) []mistake {
	chosen, wrong := c.readChoice("depuis", []string{"date", "longtemps"}, in)
	if wrong != nil {
		return wrong
	}
	switch chosen {
	case "":
		c.Profile.IsolatedFrom = 0
		c.leave(isolatedPath)
	case "longtemps":
		today := timeOf(c.Today)
		c.Profile.IsolatedFrom = profile.DateOf(today.Year()-longAgo, int(today.Month()), 1)
	default:
		in.Del("isole." + dontKnow)
		month, _, wrong := c.readMonth("isole", isolatedPath, in)
		if wrong != nil {
			return wrong
		}
		c.Profile.IsolatedFrom = max(month, c.Profile.Claimant.Birth)
	}
	return nil
}

func (q isolated) recall(c *asking) (string, bool) {
	since := c.Profile.IsolatedFrom
	switch {
	case !since.Known():
		return "", c.unsaid(isolatedPath)
	case int(c.Today-since) >= longAgo*12*32:
		return c.L.T("question.isole_depuis.longtemps"), true
	}
	return c.L.Month(timeOf(since)), true
}

package desk

import (
	"errors"
	"net/http"

	"guichet/takeup/database"
	"guichet/takeup/people"
)

// messagePage says one thing, and where to go from there.
type messagePage struct {
	frame
	Heading, Text, Incident string
	Target, Button          string
	Other, OtherButton      string // a second way; may be empty
}

var statusWords = map[int]string{
	http.StatusNotFound:              "introuvable",
	http.StatusMethodNotAllowed:      "introuvable",
	http.StatusTooManyRequests:       "trop",
	http.StatusRequestEntityTooLarge: "refus",
	http.StatusForbidden:             "refus",
	http.StatusBadRequest:            "refus",
	http.StatusUnsupportedMediaType:  "refus",
	http.StatusServiceUnavailable:    "base",
}

// Error answers with a page that says what the HTTP status means to an agent, and the number of the incident when there is one. It
// repeats nothing of what was sent, and asks nothing of the database.
func (d *Desk) Error(w http.ResponseWriter, r *http.Request, status int, incident string) {
	(&visit{d: d, w: w, r: r, L: d.words, at: d.clock()}).fail(status, incident)
}

func (v *visit) fail(status int, incident string) {
	key := statusWords[status]
	if key == "" {
		key = "panne"
	}
	page := v.message(key, v.L.T("cadre.erreur."+key+".texte"))
	if status == http.StatusServiceUnavailable {
		page.Target, page.Button = "/fr/simulation", v.L.T("cadre.erreur.simulation")
		page.Other, page.OtherButton = Home, v.L.T("cadre.erreur.retour")
	}
	if incident != "" {
		page.Incident = v.L.T("cadre.erreur.incident", "Numero", incident)
	}
	v.show(status, "message", page)
}

// message is the page of an error, with the way back.
func (v *visit) message(key, text string) messagePage {
	heading := v.L.T("cadre.erreur." + key + ".titre")
	return messagePage{frame: v.frame(heading, ""), Heading: heading, Text: text, Target: Home, Button: v.L.T("cadre.erreur.retour")}
}

// outdated tells an agent that the rules are not written for today, and until when they are.
func (v *visit) outdated(until string) {
	v.show(http.StatusServiceUnavailable, "message", v.message("perime", v.L.T("cadre.erreur.perime.texte", "Jour", until)))
}

// missing answers for what does not exist, or not for this agent.
func (v *visit) missing() { v.fail(http.StatusNotFound, "") }

// refused answers a form that makes no sense.
func (v *visit) refused() { v.fail(http.StatusBadRequest, "") }

// broken answers for what the database did not give: 404 for what is not there, else that it does not answer, which the log has.
func (v *visit) broken(err error) {
	if errors.Is(err, people.ErrUnknown) {
		v.missing()
		return
	}
	v.d.log.ErrorContext(v.ctx(), "the database of the desk fails", "error", database.Plain(err).Error()) // its words hold no value
	v.fail(http.StatusServiceUnavailable, "")
}

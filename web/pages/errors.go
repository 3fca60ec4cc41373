package pages

import (
	"net/http"
	"strings"
	"time"

	"guichet/web/templates"
)

// messagePage says one thing, and where to go from there.
type messagePage struct {
	frame
	Heading, Text, Incident string
	Picture                 string // symbol of what happened
	Kept                    string // where the answers are that a form carried
	Target, Button          string
	Near                    *aidLink // what was perhaps meant
}

var statusWords = map[int]string{
	http.StatusNotFound:              "introuvable",
	http.StatusMethodNotAllowed:      "methode",
	http.StatusTooManyRequests:       "trop",
	http.StatusRequestEntityTooLarge: "lourd",
	http.StatusForbidden:             "refus",
	http.StatusBadRequest:            "refus",
	http.StatusUnsupportedMediaType:  "refus",
	http.StatusServiceUnavailable:    "indisponible",
}

var statusPictures = map[string]string{"introuvable": "dontknow", "trop": "wait", "indisponible": "wait", "refus": "lock"}

// Error answers with a page that says, in the visitor's language, what the HTTP status means to them, and the number
// of the incident when there is one. It repeats nothing of what the visitor sent.
func (p *Pages) Error(w http.ResponseWriter, r *http.Request, status int, incident string) {
	tag, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	words, ok := p.texts.Printer(tag)
	if !ok {
		words, _ = p.texts.Printer(p.texts.Match(r.Header.Get("Accept-Language")))
	}
	v := &visit{p: p, w: w, r: r, L: words.Marked(), at: p.clock()}
	key := statusWords[status]
	if key == "" {
		key = "panne"
	}
	heading := v.L.T("page." + key + ".titre")
	page := messagePage{
		frame: v.frame(heading), Heading: heading, Text: v.L.T("page." + key + ".texte"),
		Target: "/" + v.L.Tag + "/", Button: v.L.T("lien.accueil"),
	}
	if page.Picture = statusPictures[key]; page.Picture == "" {
		page.Picture = "alert"
	}
	if r.Method == http.MethodPost { // the page before holds what was typed, and the browser keeps it
		page.Kept, page.Quick = v.L.T("page.retrouver"), true
	}
	page.Languages = nil
	if incident != "" {
		page.Incident = v.L.T("page.incident", "Numero", incident)
	}
	v.cache(cacheNever)
	v.show(status, templates.Message, page)
}

// outdated tells a visitor that the rules are not written for today, which is no fault of theirs, and until when they are.
func (v *visit) outdated(until time.Time) {
	heading := v.L.T("page.perime.titre")
	v.cache(cacheNever)
	v.show(http.StatusServiceUnavailable, templates.Message, messagePage{
		frame: v.frame(heading), Heading: heading, Text: v.L.T("page.perime.texte", "Jour", v.L.Date(until)), Picture: "wait",
		Target: "/" + v.L.Tag + "/", Button: v.L.T("lien.accueil"),
	})
}

// restart tells a visitor whose answers cannot be read, for the reason that key names, that the questions begin again.
func (v *visit) restart(key string) {
	heading := v.L.T("page.recommencer.titre")
	v.cache(cacheNever)
	v.show(http.StatusBadRequest, templates.Message, messagePage{
		frame: v.frame(heading), Heading: heading, Text: v.L.T("page.recommencer." + key), Picture: "wait",
		Target: "/" + v.L.Tag + "/simulation", Button: v.L.T("page.recommencer.bouton"),
	})
}

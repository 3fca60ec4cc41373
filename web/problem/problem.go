// Package problem writes the errors of the HTTP interface as RFC 9457 problem details.
//
// A problem says which rule was broken and what would be accepted. It never repeats what was sent: a household's data has
// no place in a body that ends up in a partner's log.
package problem

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"golang.org/x/text/language"
)

// ContentType is the media type of a problem.
const ContentType = "application/problem+json"

// Documentation is the page that explains every [Kind]; a problem's type is this page and an anchor.
const Documentation = "/api/docs"

// A Problem is the body of an error response.
type Problem struct {
	Type     string  `json:"type"`
	Title    string  `json:"title"`
	Status   int     `json:"status"`
	Detail   string  `json:"detail,omitempty"`
	Incident string  `json:"incident,omitempty"` // what the operator finds the event by in the log
	Errors   []Error `json:"errors,omitempty"`
}

// An Error is one fault of the request: where it is, the rule that is broken and what would be accepted. Message and Remedy
// are sentences made by the server; neither holds a value that was sent.
type Error struct {
	Path    string `json:"path"`
	Message string `json:"message"`
	Remedy  string `json:"remedy,omitempty"`
}

// Of gives the problem of kind k in the language that r asks for, with the faults found.
func Of(r *http.Request, k Kind, faults ...Error) Problem {
	words := k.words(Language(r))
	return Problem{Type: k.URI(), Title: words.title, Status: k.Status(), Detail: words.detail, Errors: faults}
}

// Write answers r with the problem of kind k. Headers that the kind calls for beyond its type (Allow, Retry-After) are the
// caller's.
func Write(w http.ResponseWriter, r *http.Request, k Kind, faults ...Error) {
	Of(r, k, faults...).Write(w, r)
}

// Write sends p as the answer to r.
func (p Problem) Write(w http.ResponseWriter, r *http.Request) {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(p); err != nil { // strings and a number: encoding cannot fail
		panic(err)
	}
	h := w.Header()
	h.Set("Content-Type", ContentType)
	h.Set("Content-Language", Language(r).String())
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Language")
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	h.Del("ETag")
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body.Bytes())
	}
}

// Language gives the language of the problems of r: that of ?lang=, else the first of Accept-Language that problems are
// written in, else French. A matcher would take a reader of Tamil for one of English; we do not guess.
func Language(r *http.Request) language.Tag {
	if asked := r.URL.Query().Get("lang"); asked != "" {
		if tag, err := language.Parse(asked); err == nil {
			return written(tag)
		}
	}
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return language.French
	}
	return written(tags...)
}

// written gives the first of tags, best first, that problems are written in, else French.
func written(tags ...language.Tag) language.Tag {
	for _, tag := range tags {
		switch base, _ := tag.Base(); base.String() {
		case "fr":
			return language.French
		case "en":
			return language.English
		}
	}
	return language.French
}

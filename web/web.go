// Package web is the HTTP side of Guichet: the server and its patience, what every request goes through, and the one list of
// routes. The API is in web/api, the pages for people in web/pages.
package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/httprate"

	"guichet/locales"
	"guichet/web/api"
)

// Options are what the HTTP side needs from outside.
type Options struct {
	Edition                         // the rules to begin with
	Reload  func() (Edition, error) // reads the rules anew, see [Handler.Reload]; nil when they cannot change
	Log     *slog.Logger
	Clock   func() time.Time // for the date of a profile that has none, and for durations

	Throttle       Throttle // without Requests, those of [DefaultThrottle]
	TrustedProxies []string // addresses or prefixes whose X-Forwarded-For is believed
	Administrator  Token    // lets a program reload the rules; the zero Token lets nobody

	Keys    Keys // of partners' programs; nil when there are none
	OpenAPI bool // whether the API answers anyone without a key; else only this very machine
}

// An Edition is a rule set and what is made from it. Nothing of one edition is ever used with anything of another: a request
// is answered by one of them alone, whatever is reloaded meanwhile.
type Edition struct {
	Engine api.Engine
	Texts  *locales.Bundle // the words of its aids, for the API
	Pages  Pages           // the pages for people; nil serves the API alone
	Desk   Pages           // those of agents, under /accueil; nil when there is none
}

// check says what an edition lacks.
func (e Edition) check() error {
	switch {
	case e.Engine == nil:
		return errors.New("web: no engine")
	case e.Texts == nil:
		return errors.New("web: no texts")
	}
	return nil
}

// Pages are the pages for people.
type Pages interface {
	// Routes adds the pages to r: /, /{lang}/… and the static files, or those of the agents.
	Routes(r chi.Router)
	// Error answers with a page in the visitor's language that says what the HTTP status means to him, and the incident
	// number if there is one. It writes the status and never anything of what the visitor sent.
	Error(w http.ResponseWriter, r *http.Request, status int, incident string)
}

// Handler answers every request, by the edition that is live when it comes in. It is safe for concurrent use.
type Handler struct {
	options    Options
	fromClient func(http.Handler) http.Handler
	requests   meter // of the API and the pages, one count for both
	attempts   meter // at what is for administrators
	batches    api.Places
	partners   *httprate.RateLimiter // of the API, by key
	secrets    meter                 // keys that were refused

	live      atomic.Pointer[site]
	reloading sync.Mutex
	last      atomic.Pointer[reload] // nil before the first one
}

// site answers by one edition. It does not change once made.
type site struct {
	*Handler
	Edition
	api    *api.API
	router chi.Router
}

// New gives the handler of everything that the server answers.
func New(o Options) (*Handler, error) {
	switch {
	case o.Log == nil:
		return nil, errors.New("web: no log")
	case o.Clock == nil:
		return nil, errors.New("web: no clock")
	}
	if o.Throttle.Requests == 0 {
		o.Throttle.Requests, o.Throttle.Window = DefaultThrottle.Requests, DefaultThrottle.Window
	}
	if o.Throttle.Requests < 0 || o.Throttle.Window <= 0 {
		return nil, fmt.Errorf("web: a throttle of %d requests in %s", o.Throttle.Requests, o.Throttle.Window)
	}
	fromClient, err := clientIP(o.TrustedProxies)
	if err != nil {
		return nil, err
	}
	h := &Handler{
		options: o, fromClient: fromClient, requests: o.Throttle.meter(), attempts: administratorThrottle.meter(),
		batches: api.NewPlaces(0), partners: partnersMeter(), secrets: keyThrottle.meter(),
	}
	s, err := h.site(o.Edition)
	if err != nil {
		return nil, err
	}
	h.live.Store(s)
	return h, nil
}

// site makes what answers by an edition.
func (h *Handler) site(e Edition) (*site, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	s := &site{Handler: h, Edition: e}
	s.api = api.New(api.Options{Engine: e.Engine, Texts: e.Texts, Clock: h.options.Clock, Log: h.options.Log, Batches: h.batches})
	s.router = s.routes()
	return s, nil
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.live.Load().router.ServeHTTP(w, r)
}

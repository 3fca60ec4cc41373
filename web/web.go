// Package web is the HTTP side of Guichet: the server and its patience, what every request goes through, and the one list of
// routes. The API is in web/api, the pages for people in web/pages.
package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"guichet/locales"
	"guichet/web/api"
)

// Options are what the HTTP side needs from outside.
type Options struct {
	Engine api.Engine      // the rules, loaded; an [engine.Engine] or what stands before several of them
	Texts  *locales.Bundle // the words of the aids, for the API
	Pages  Pages           // the pages for people; nil serves the API alone
	Log    *slog.Logger
	Clock  func() time.Time // for the date of a profile that has none, and for durations

	Throttle       Throttle // without Requests, those of [DefaultThrottle]
	TrustedProxies []string // addresses or prefixes whose X-Forwarded-For is believed
}

// Pages are the pages for people.
type Pages interface {
	// Routes adds the pages to r: /, /{lang}/… and the static files.
	Routes(r chi.Router)
	// Error answers with a page in the visitor's language that says what the HTTP status means to him, and the incident
	// number if there is one. It writes the status and never anything of what the visitor sent.
	Error(w http.ResponseWriter, r *http.Request, status int, incident string)
}

// site is what the routes share. It does not change once made.
type site struct {
	engine   api.Engine
	api      *api.API
	pages    Pages
	log      *slog.Logger
	clock    func() time.Time
	throttle Throttle
}

// New gives the handler of everything that the server answers. It is safe for concurrent use.
func New(o Options) (http.Handler, error) {
	switch {
	case o.Engine == nil:
		return nil, errors.New("web: no engine")
	case o.Texts == nil:
		return nil, errors.New("web: no texts")
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
	s := &site{engine: o.Engine, pages: o.Pages, log: o.Log, clock: o.Clock, throttle: o.Throttle}
	s.api = api.New(api.Options{Engine: o.Engine, Texts: o.Texts, Clock: o.Clock, Log: o.Log})
	return s.routes(fromClient), nil
}

// Package pages is what people see: the home page, the questionnaire, its results, the catalogue of aids and the pages
// about the site. Every page is whole HTML that needs no script.
//
// The questionnaire keeps nothing. Each page carries all the answers so far, sealed by the server's key, in one hidden
// field of its form; the answer to a form is the next page. No answer stands in an address, a header, a cookie or a log.
package pages

import (
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/locales"
	"guichet/web/curve"
	"guichet/web/seal"
	"guichet/web/static"
	"guichet/web/templates"
)

// Life is how long a page of the questionnaire can be continued, counted from its first page.
const Life = 24 * time.Hour

// Engine is what the pages ask of the rules.
type Engine interface {
	Simulate(*profile.Profile) (*engine.Simulation, error)
	Questions(*profile.Profile) ([]engine.Question, error)
	Set() *ruleset.Set
}

// Options are what the pages need from outside.
type Options struct {
	Engine Engine
	Texts  *locales.Bundle  // the words; nil reads those compiled into the program
	Key    []byte           // seals the answers: at least [seal.MinKey] bytes, the same on every machine that serves
	Clock  func() time.Time // the day rights are computed for, and the age of a page
	Log    *slog.Logger     // never sees an answer
}

// Pages answers the addresses for people. It is safe for concurrent use.
type Pages struct {
	engine    Engine
	texts     *locales.Bundle
	sealer    *seal.Sealer // of the answers that travel in the pages
	sheets    *seal.Sealer // of those on a sheet of paper
	clock     func() time.Time
	log       *slog.Logger
	static    *static.Files
	charts    *curve.Charts
	templates map[string]*template.Template
}

// New prepares the pages.
func New(o Options) (*Pages, error) {
	switch {
	case o.Engine == nil:
		return nil, errors.New("pages: no engine")
	case o.Clock == nil:
		return nil, errors.New("pages: no clock")
	case o.Log == nil:
		return nil, errors.New("pages: no log")
	}
	if o.Texts == nil {
		texts, err := locales.Load()
		if err != nil {
			return nil, fmt.Errorf("pages: %w", err)
		}
		o.Texts = texts
	}
	sealer, err := seal.New(o.Key, "simulation", Life, o.Clock)
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	sheets, err := seal.New(o.Key, "feuille", SheetLife, o.Clock)
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	files, err := static.New()
	if err != nil {
		return nil, fmt.Errorf("pages: reading the static files: %w", err)
	}
	parsed, err := templates.Parse()
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	return &Pages{
		engine: o.Engine, texts: o.Texts, sealer: sealer, sheets: sheets, clock: o.Clock, log: o.Log, static: files, charts: curve.New(o.Engine), templates: parsed,
	}, nil
}

// Routes adds the pages and the static files to r.
func (p *Pages) Routes(r chi.Router) {
	r.Get("/", p.negotiate)
	r.Get(static.Prefix+"{file}", p.staticFile)
	for _, l := range p.texts.Languages() {
		home := "/" + l.Tag + "/"
		page := func(serve func(*visit)) http.HandlerFunc { return p.visited(l.Tag, serve) }
		r.Get("/"+l.Tag, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, home, http.StatusPermanentRedirect) })
		r.Get(home, page(p.home))
		r.Get(home+"simulation", page(p.begin))
		r.Post(home+"simulation", page(p.answer))
		r.Get(home+"feuille", page(p.scan))
		r.Post(home+"feuille", page(p.scanned))
		r.Get(home+"aides", page(p.catalogue))
		r.Get(home+"aides/{aide}", page(p.aid))
		r.Get(home+"aides/{aide}/regle", page(p.rule))
		r.Get(home+"aides/{aide}/valeurs", page(p.values))
		r.Get(home+"accessibilite", page(p.accessibility))
		r.Get(home+"donnees-personnelles", page(p.personalData))
		r.Get(home+"mentions-legales", page(p.legalNotice))
	}
}

// negotiate sends a visitor to the home page in the language that the browser asks for.
func (p *Pages) negotiate(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("Cache-Control", "private, no-cache")
	http.Redirect(w, r, "/"+p.texts.Match(r.Header.Get("Accept-Language"))+"/", http.StatusSeeOther)
}

func (p *Pages) staticFile(w http.ResponseWriter, r *http.Request) {
	if !p.static.Has(r.URL.Path) {
		p.Error(w, r, http.StatusNotFound, "")
		return
	}
	p.static.ServeHTTP(w, r)
}

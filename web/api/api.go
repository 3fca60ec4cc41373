// Package api is the JSON interface that partners' programs call, under /api/v1. Its description is generated (OpenAPI 3.1)
// and served beside it, with a page of documentation of our own.
//
// Operations are described to huma, which also routes them; bodies are read and written here, because the profile has its own
// strict reader, the simulation its own writer, and no error may repeat what was sent.
package api

import (
	"errors"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/locales"
	"guichet/web/problem"
)

// Version is that of the interface: the number in its addresses, then what was added since.
const Version = "1.0.0"

// Engine is what the API asks of the rules; an [engine.Engine] is one.
type Engine interface {
	Append([]byte, *profile.Profile) ([]byte, error) // the answer as JSON
	Questions(*profile.Profile) ([]engine.Question, error)
	Set() *ruleset.Set
}

// Options are what the API needs from outside.
type Options struct {
	Engine Engine
	Texts  *locales.Bundle
	Clock  func() time.Time // its day, in its own location, is that of a profile without a date
	Log    *slog.Logger     // of households in a batch that could not be computed; never sees one

	Batches Places // of the batches under way; nil makes those of this API alone
}

// Places are how many batches may run at once: one element for each under way.
type Places chan struct{}

// NewPlaces gives n places; 0 is half the processors.
func NewPlaces(n int) Places {
	if n == 0 {
		n = max(1, runtime.GOMAXPROCS(0)/2)
	}
	return make(Places, n)
}

// API answers the operations. It is safe for concurrent use.
type API struct {
	engine  Engine
	texts   *locales.Bundle
	clock   func() time.Time
	log     *slog.Logger
	batches Places
}

// New gives the API of an engine.
func New(o Options) *API {
	if o.Batches == nil {
		o.Batches = NewPlaces(0)
	}
	return &API{engine: o.Engine, texts: o.Texts, clock: o.Clock, log: o.Log, batches: o.Batches}
}

// Routes adds the operations to r, which is mounted at /api; small bounds the body of those that take one document.
func (a *API) Routes(r chi.Router, small func(http.Handler) http.Handler) {
	described := Describe()
	r.Get("/docs", documentation(described))
	r.Get("/docs.css", documentationStyle)
	r.Route("/v1", func(r chi.Router) {
		r.Get("/openapi.json", specification(described))
		one, stream := humachi.NewAdapter(r.With(small)), humachi.NewAdapter(r)
		for _, o := range operations {
			adapter := one
			if o.lines { // as long as it likes; each of its lines is bounded
				adapter = stream
			}
			adapter.Handle(o.spec(), func(ctx huma.Context) {
				r, w := humachi.Unwrap(ctx)
				if err := o.handle(a, w, r); err != nil {
					fail(w, r, err)
				}
			})
		}
	})
}

// answer writes a JSON body that is nobody's but the caller's.
func answer(w http.ResponseWriter, body []byte) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(body) // a caller that is gone misses nothing
}

// fail writes what went wrong: a [refusal] as it says. Anything else is a fault of ours, and goes the way of all faults: a
// panic, which the server contains, tells in its log without what it may hold of a household, and answers with an incident.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	refused, ok := errors.AsType[refusal](err)
	if !ok {
		panic(err)
	}
	problem.Write(w, r, refused.kind, refused.faults...)
}

// A refusal is a request that cannot be answered, for a reason that the caller may know.
type refusal struct {
	kind   problem.Kind
	faults []problem.Error
}

func (r refusal) Error() string { return r.kind.Anchor() }

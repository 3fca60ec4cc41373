package web

import (
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"guichet/web/problem"
)

// routes is the one list of what the server answers, outermost middleware first.
func (s *site) routes() chi.Router {
	o := s.options
	throttle := s.requests.limit(s.refuse(problem.TooMany))
	r := chi.NewRouter()
	r.Use(
		identify,
		s.fromClient,
		logAccess(o.Log, o.Clock),
		protect,
		contain(o.Log, s.refuse(problem.Internal)),
		middleware.GetHead,
	)
	r.NotFound(s.refuse(problem.NotFound))
	r.MethodNotAllowed(s.refuseMethod)

	r.Get("/healthz", alive)
	r.Get("/readyz", s.ready)

	r.Route("/api", func(r chi.Router) {
		r.Use(s.admitPartners)
		s.api.Routes(r, limitBody(s.refuse(problem.TooLarge)))
	})

	if o.Reload != nil && o.Administrator.set() {
		r.Route("/admin", func(r chi.Router) {
			r.Use(
				s.attempts.limit(s.refuse(problem.TooMany)),
				o.Administrator.demand(s.refuse(problem.NotAllowed)),
			)
			r.Post("/regles/rechargement", s.answerReload)
		})
	}

	if s.Pages != nil {
		r.Group(func(r chi.Router) {
			r.Use(
				refuseCrossOrigin(s.refuse(problem.CrossOrigin)),
				throttle,
				limitBody(s.refuse(problem.TooLarge)),
			)
			s.Pages.Routes(r)
		})
	}

	if s.Desk != nil {
		r.Group(func(r chi.Router) {
			r.Use(
				refuseForgeries(s.refuse(problem.CrossOrigin)),
				throttle,
				limitBody(s.refuse(problem.TooLarge)),
			)
			s.Desk.Routes(r)
		})
	}
	return r
}

package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"guichet/web/problem"
)

// routes is the one list of what the server answers, outermost middleware first.
func (s *site) routes(fromClient func(http.Handler) http.Handler) chi.Router {
	throttle := s.throttle.limit(s.refuse(problem.TooMany)) // one count for the API and the pages
	r := chi.NewRouter()
	r.Use(
		identify,
		fromClient,
		logAccess(s.log, s.clock),
		protect,
		contain(s.log, s.refuse(problem.Internal)),
		middleware.GetHead,
	)
	r.NotFound(s.refuse(problem.NotFound))
	r.MethodNotAllowed(s.refuseMethod)

	r.Get("/healthz", alive)
	r.Get("/readyz", s.ready)

	r.Route("/api", func(r chi.Router) {
		r.Use(throttle)
		s.api.Routes(r, limitBody(s.refuse(problem.TooLarge)))
	})

	if s.pages != nil {
		r.Group(func(r chi.Router) {
			r.Use(
				refuseCrossOrigin(s.refuse(problem.CrossOrigin)),
				throttle,
				limitBody(s.refuse(problem.TooLarge)),
			)
			s.pages.Routes(r)
		})
	}
	return r
}

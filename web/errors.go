package web

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"guichet/web/problem"
)

// refuse gives the handler that answers a refused request: a problem to a program, a page to a person.
func (s *site) refuse(k problem.Kind) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		incident := ""
		if k == problem.Internal {
			incident = requestID(r.Context())
		}
		if s.Pages == nil || isForPrograms(r) {
			p := problem.Of(r, k)
			p.Incident = incident
			p.Write(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Del("ETag")
		if s.Desk != nil && strings.HasPrefix(r.URL.Path+"/", "/accueil/") {
			s.Desk.Error(w, r, k.Status(), incident)
			return
		}
		s.Pages.Error(w, r, k.Status(), incident)
	}
}

// isForPrograms says whether r asks for an address that programs use.
func isForPrograms(r *http.Request) bool {
	path := r.URL.Path
	return path == "/healthz" || path == "/readyz" || strings.HasPrefix(path+"/", "/api/") || strings.HasPrefix(path+"/", "/admin/")
}

// refuseMethod answers a method that the address does not take, with those that it does.
func (s *site) refuseMethod(w http.ResponseWriter, r *http.Request) {
	path := r.URL.RawPath
	if path == "" {
		path = r.URL.Path
	}
	routes := chi.RouteContext(r.Context()).Routes
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if !routes.Match(chi.NewRouteContext(), m, path) {
			continue
		}
		w.Header().Add("Allow", m)
		if m == http.MethodGet {
			w.Header().Add("Allow", http.MethodHead)
		}
	}
	s.refuse(problem.Method)(w, r)
}

package web

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

// logAccess writes one line a request: its number, method, route, status, size of the answer and duration. Of the address
// only the pattern of the route, never what a visitor put into it; no query, no body, no header, no network address.
func logAccess(log *slog.Logger, now func() time.Time) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			a := access{watched: middleware.NewWrapResponseWriter(w, r.ProtoMajor), start: now()}
			defer a.log(log, now, r) // also when a handler breaks its answer off
			next.ServeHTTP(a.watched, r)
			a.whole = true
		})
	}
}

// access is one request being answered.
type access struct {
	watched middleware.WrapResponseWriter
	start   time.Time
	whole   bool // the handler returned
}

func (a *access) log(log *slog.Logger, now func() time.Time, r *http.Request) {
	status := a.watched.Status()
	if a.whole && status == 0 {
		status = http.StatusOK // what net/http sends for a handler that says nothing
	}
	log.LogAttrs(r.Context(), slog.LevelInfo, "request",
		slog.String("id", requestID(r.Context())),
		slog.String("method", method(r)),
		slog.String("route", routePattern(r)),
		slog.Int("status", status),
		slog.Int("bytes", a.watched.BytesWritten()),
		slog.Duration("duration", now().Sub(a.start)))
}

// method gives the method of r if it is one of HTTP's own, for a caller may invent others.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodOptions, http.MethodConnect, http.MethodTrace:
		return r.Method
	}
	return "other"
}

// routePattern gives the pattern of the route that r took, "none" if there is none.
func routePattern(r *http.Request) string {
	if route := chi.RouteContext(r.Context()); route != nil {
		if pattern := route.RoutePattern(); pattern != "" {
			return pattern
		}
	}
	return "none"
}

package web

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/go-chi/chi/v5/middleware"

	"guichet/engine/incident"
)

// contain keeps a panic of a handler from ending the process. The visitor gets what answer writes, with an incident number
// that the log has too; the log gets the kind of panic and the functions it went through, and nothing that a household said.
func contain(log *slog.Logger, answer http.HandlerFunc) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			watched, ok := w.(middleware.WrapResponseWriter)
			if !ok {
				watched = middleware.NewWrapResponseWriter(w, r.ProtoMajor)
			}
			defer contained(log, answer, watched, r)
			next.ServeHTTP(watched, r)
		})
	}
}

// contained ends a panic of the function that deferred it.
func contained(log *slog.Logger, answer http.HandlerFunc, watched middleware.WrapResponseWriter, r *http.Request) {
	cause := recover()
	if cause == nil {
		return
	}
	if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(http.ErrAbortHandler)
	}
	log.ErrorContext(r.Context(), "panic", "incident", requestID(r.Context()), "method", method(r), "route", routePattern(r),
		"kind", incident.Kind(cause), "at", incident.Callers())
	if watched.Status() != 0 {
		panic(http.ErrAbortHandler) // half an answer is out: break it off, so that nobody takes it for whole
	}
	answer(watched, r)
}

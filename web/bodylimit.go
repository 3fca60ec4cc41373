package web

import "net/http"

// MaxBody is the largest body of a request, in bytes; the contract's 64 KiB.
const MaxBody = 64 << 10

// limitBody refuses the bodies that say that they are larger than MaxBody, through refuse, and cuts the others off there: who
// reads one further gets an [http.MaxBytesError].
func limitBody(refuse http.HandlerFunc) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength > MaxBody {
				w.Header().Set("Connection", "close") // or the server would read the rest to keep the connection
				refuse(w, r)
				return
			}
			r.Body = http.MaxBytesReader(bare(w), r.Body, MaxBody)
			next.ServeHTTP(w, r)
		})
	}
}

// bare gives the connection's own writer under those of the middleware: only that one can be told that the rest of a body
// will not be read.
func bare(w http.ResponseWriter) http.ResponseWriter {
	for {
		wrapped, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return w
		}
		w = wrapped.Unwrap()
	}
}

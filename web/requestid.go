package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http"
)

// requestIDHeader tells the caller the number under which the log has its request.
const requestIDHeader = "X-Request-Id"

type requestIDKey struct{}

// identify gives each request a random number of 64 bits, written in hexadecimal. One sent by the caller is not taken over:
// it could carry anything into the log.
func identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var raw [8]byte
		rand.Read(raw[:]) // never fails: the runtime stops the process instead
		id := hex.EncodeToString(raw[:])
		w.Header().Set(requestIDHeader, id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
	})
}

// requestID gives the number of the request of ctx, empty outside [identify].
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

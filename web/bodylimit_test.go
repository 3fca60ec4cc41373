package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLimitBody(t *testing.T) {
	h := limitBody(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusRequestEntityTooLarge) })(
		http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var tooLarge *http.MaxBytesError
			switch _, err := io.Copy(io.Discard, r.Body); {
			case errors.As(err, &tooLarge):
				w.WriteHeader(http.StatusTeapot)
			case err != nil:
				w.WriteHeader(http.StatusInternalServerError)
			}
		}))
	for _, test := range []struct {
		name  string
		size  int
		told  bool // whether Content-Length says the size
		want  int
		close bool
	}{
		{"nothing", 0, true, 200, false},
		{"the limit", MaxBody, true, 200, false},
		{"the limit untold", MaxBody, false, 200, false},
		{"one more", MaxBody + 1, true, 413, true},
		{"one more untold", MaxBody + 1, false, http.StatusTeapot, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(make([]byte, test.size)))
			if !test.told {
				r.ContentLength = -1
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			assert.Equal(t, test.want, w.Code)
			assert.Equal(t, test.close, w.Header().Get("Connection") == "close")
		})
	}
}

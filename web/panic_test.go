package web

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestProperty12PanicContainment(t *testing.T) {
	const canary = "canary-household"
	var empty []string
	for _, test := range []struct {
		name   string
		fail   func()
		logged string
	}{
		{"a string", func() { panic(canary) }, `"kind":"string"`},
		{"an error", func() { panic(errors.New(canary)) }, `"kind":"*errors.errorString"`},
		{"the runtime", func() { _ = empty[len(canary)] }, "index out of range [16] with length 0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var journal bytes.Buffer
			log := slog.New(slog.NewJSONHandler(&journal, &slog.HandlerOptions{Level: slog.LevelDebug}))
			answer := func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(http.StatusInternalServerError)
				io.WriteString(w, "incident "+requestID(r.Context()))
			}
			h := identify(contain(log, answer)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { test.fail() })))
			w := httptest.NewRecorder()
			require.NotPanics(t, func() { h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/?"+canary, nil)) })

			assert.Equal(t, http.StatusInternalServerError, w.Code)
			assert.Equal(t, "incident "+w.Header().Get(requestIDHeader), w.Body.String())
			assert.Contains(t, journal.String(), w.Header().Get(requestIDHeader))
			assert.Contains(t, journal.String(), test.logged)
			assert.Contains(t, journal.String(), "web.TestProperty12PanicContainment", "where it happened")
			assert.NotContains(t, journal.String(), canary)
		})
	}
}

func TestPanicAfterTheAnswerBegan(t *testing.T) {
	server := httptest.NewServer(contain(slog.New(slog.DiscardHandler), http.NotFound)(
		http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/half" {
				io.WriteString(w, `{"aides":[`)
				http.NewResponseController(w).Flush()
				panic("in the middle")
			}
		})))
	t.Cleanup(server.Close)
	response, err := server.Client().Get(server.URL + "/half")
	require.NoError(t, err)
	_, err = io.ReadAll(response.Body)
	response.Body.Close()
	require.Error(t, err, "half an answer must not look whole")

	response, err = server.Client().Get(server.URL + "/")
	require.NoError(t, err, "the process lives")
	response.Body.Close()
	assert.Equal(t, http.StatusOK, response.StatusCode)
}

func TestAbortGoesThrough(t *testing.T) {
	h := contain(slog.New(slog.DiscardHandler), http.NotFound)(
		http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
	})
}

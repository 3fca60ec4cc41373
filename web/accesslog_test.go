package web

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLogAccess(t *testing.T) {
	var journal bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&journal, &slog.HandlerOptions{Level: slog.LevelDebug}))
	clock := time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC)
	r := chi.NewRouter()
	r.Use(identify, logAccess(log, func() time.Time { clock = clock.Add(time.Millisecond); return clock }))
	r.Post("/aides/{aide}", func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusTeapot)
		io.WriteString(w, "12345")
	})
	for _, test := range []struct {
		name, method, target string
		want                 map[string]any
	}{
		{"a route", "POST", "/aides/canary-1?revenus=canary-2", map[string]any{
			"method": "POST", "route": "/aides/{aide}", "status": 418.0, "bytes": 5.0, "duration": 1e6,
		}},
		{"no route", "GET", "/canary-3", map[string]any{"method": "GET", "route": "none", "status": 404.0}},
		{"no method of ours", "CANARY-4", "/aides/x", map[string]any{"method": "other", "status": 405.0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			journal.Reset()
			request := httptest.NewRequest(test.method, test.target, strings.NewReader("canary-5"))
			request.Header.Set("User-Agent", "canary-6")
			request.Header.Set("Referer", "https://canary-7.example")
			request.RemoteAddr = "198.51.100.77:4711"
			w := httptest.NewRecorder()
			r.ServeHTTP(w, request)

			var line map[string]any
			require.NoError(t, json.Unmarshal(journal.Bytes(), &line), "one line a request")
			for key, want := range test.want {
				assert.Equal(t, want, line[key], key)
			}
			assert.Equal(t, w.Header().Get(requestIDHeader), line["id"])
			assert.NotContains(t, strings.ToLower(journal.String()), "canary")
			assert.NotContains(t, journal.String(), "198.51.100.77")
		})
	}
}

package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSendKeepsTheRate(t *testing.T) {
	var seen atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if string(body) == "bad" {
			w.WriteHeader(http.StatusUnprocessableEntity)
		}
		seen.Add(1)
	}))
	t.Cleanup(server.Close)
	l := load{client: server.Client(), now: time.Now, url: server.URL, profiles: [][]byte{[]byte("good"), []byte("bad")}, rate: 200, duration: 500 * time.Millisecond}
	r := l.send(t.Context())
	assert.EqualValues(t, 100, seen.Load())
	assert.Len(t, r.latencies, 50)
	assert.Len(t, r.lateness, 100)
	assert.Equal(t, 50, r.failures)
	assert.GreaterOrEqual(t, r.elapsed, 490*time.Millisecond)
}

// TestAStallIsCharged stops the server for a while: the requests that were due meanwhile took that long, although each was
// answered at once when its turn came.
func TestAStallIsCharged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turn := make(chan struct{}, 1)
		count := 0
		client := &http.Client{Transport: answers(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			if count++; count == 10 {
				time.Sleep(200 * time.Millisecond)
			}
		})}
		r := load{client: client, now: time.Now, url: "http://127.0.0.1", profiles: [][]byte{{}}, rate: 200, duration: 500 * time.Millisecond}.send(t.Context())
		require.Len(t, r.latencies, 100)
		assert.Zero(t, quantile(r.latencies, 0.59), "sixty were not held up")
		assert.Equal(t, 5*time.Millisecond, quantile(r.latencies, 0.6), "the last of those that were")
		assert.Equal(t, 200*time.Millisecond, quantile(r.latencies, 1), "the first")
	})
}

func TestSendStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		client := &http.Client{Transport: answers(func() {})}
		r := load{client: client, now: time.Now, url: "http://127.0.0.1", profiles: [][]byte{{}}, rate: 100, duration: time.Hour}.send(ctx)
		assert.Equal(t, 50*time.Millisecond, r.elapsed)
	})
}

// answers is a server without a network, so that time passes in the test alone. It says yes when the function returns.
type answers func()

func (f answers) RoundTrip(*http.Request) (*http.Response, error) {
	f()
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
}

func TestQuantile(t *testing.T) {
	var ascending []time.Duration
	assert.Zero(t, quantile(ascending, 0.99))
	for i := range 1000 {
		ascending = append(ascending, time.Duration(i+1))
	}
	assert.EqualValues(t, 501, quantile(ascending, 0.5))
	assert.EqualValues(t, 991, quantile(ascending, 0.99))
	assert.EqualValues(t, 1000, quantile(ascending, 1))
}

func TestReadProfiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p.ndjson")
	require.NoError(t, os.WriteFile(file, []byte("{\"profil\": {\"id\":\"a\"}, \"attendu\": {}}\n{\"id\":\"b\"}\n"), 0o600))
	profiles, err := readProfiles(file)
	require.NoError(t, err)
	assert.Equal(t, [][]byte{[]byte(`{"id":"a"}`), []byte(`{"id":"b"}`)}, profiles)

	for name, text := range map[string]string{"empty": "", "broken": "{"} {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		_, err := readProfiles(file)
		assert.Error(t, err, name)
	}
	_, err = readProfiles(file + ".not")
	assert.Error(t, err)
}

func TestRunRefusesNonsense(t *testing.T) {
	for _, args := range []string{"-rate 0", "-for 0s", "-profiles nowhere", "-nothing"} {
		assert.Error(t, run(t.Context(), strings.Fields(args), io.Discard, time.Now), args)
	}
}

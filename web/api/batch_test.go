package api

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/web/problem"
	"guichet/web/webtest"
)

// lines are those of a batch's answer.
func lines(t *testing.T, body string) []string {
	t.Helper()
	require.True(t, strings.HasSuffix(body, "\n"), "every line has its end")
	return strings.Split(strings.TrimSuffix(body, "\n"), "\n")
}

// sendBatch posts a batch to a and gives its answer.
func sendBatch(a http.Handler, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/api/v1/simulations/batch", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-ndjson")
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	return w
}

func TestBatch(t *testing.T) {
	api := served(t, webtest.Engine(t))
	one := strings.ReplaceAll(strings.ReplaceAll(household, "\n", ""), "\t", "")
	single := httptest.NewRecorder()
	api.ServeHTTP(single, httptest.NewRequest(http.MethodPost, "/api/v1/simulations", strings.NewReader(one)))

	w := sendBatch(api, strings.Join([]string{
		one,
		"",
		`{"id":"b2","couple":"canary","demandeur":{"naissance":"canary"}}`,
		`{"commune":"75056","id":"b3","canary`,
		`canary`,
		`{"id":"` + strings.Repeat("canary", 11) + `"}`,
		`{"id":"b7","conjoint":"` + strings.Repeat("a", profile.MaxBytes) + `"}`,
		strings.Repeat(" ", 3*profile.MaxBytes),
		"{}\r",
		one, // without an end
	}, "\n"))
	require.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, "application/x-ndjson", w.Header().Get("Content-Type"))
	assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	got := lines(t, w.Body.String())
	require.Len(t, got, 9)
	assert.Equal(t, single.Body.String(), got[0], "the bytes of the single answer")
	assert.Contains(t, got[1], `{"id":"b2","erreur":{"ligne":3,"problemes":[{"chemin":"couple","regle":`)
	assert.Contains(t, got[1], `"chemin":"demandeur.naissance"`)
	assert.Contains(t, got[2], `{"id":"b3","erreur":{"ligne":4,`)
	assert.Contains(t, got[3], `{"id":null,"erreur":{"ligne":5,`)
	assert.Contains(t, got[4], `{"id":null,"erreur":{"ligne":6,`, "too long for an identifier")
	assert.Contains(t, got[5], `{"id":"b7","erreur":{"ligne":7,`)
	assert.Contains(t, got[6], `{"id":null,"erreur":{"ligne":8,`)
	assert.Contains(t, got[6], "64 Kio")
	assert.Contains(t, got[7], `"date":"2026-06-15"`)
	assert.Equal(t, got[0], got[8])
	assert.NotContains(t, w.Body.String(), "canary")
	for i, line := range got {
		assert.Empty(t, violations(t, schemaLine, []byte(line)), "line %d: %s", i, line)
	}
}

func TestBatchRefused(t *testing.T) {
	api := served(t, webtest.Engine(t))
	for _, test := range []struct {
		name, contentType, coding string
		want                      int
	}{
		{"one document", "application/json", "", 415},
		{"nothing said", "", "", 415},
		{"compressed", "application/x-ndjson", "gzip", 415},
		{"another name", "application/jsonl; charset=utf-8", "", 200},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "/api/v1/simulations/batch", strings.NewReader("{}\n"))
			r.Header.Set("Content-Type", test.contentType)
			r.Header.Set("Content-Encoding", test.coding)
			w := httptest.NewRecorder()
			api.ServeHTTP(w, r)
			assert.Equal(t, test.want, w.Code)
			if test.want == 415 {
				assert.Contains(t, w.Body.String(), problem.LinesMediaType.URI())
			}
		})
	}
	assert.Empty(t, sendBatch(api, "").Body.String(), "nothing in, nothing out")
}

// TestBatchStreams reads each answer before it sends the next household.
func TestBatchStreams(t *testing.T) {
	server := httptest.NewServer(served(t, webtest.Engine(t)))
	t.Cleanup(server.Close)
	body, send := io.Pipe()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/api/v1/simulations/batch", body)
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-ndjson")
	go io.WriteString(send, `{"id":"s0"}`+"\n")
	response, err := server.Client().Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	answers := bufio.NewReader(response.Body)
	for i := range 20 {
		line, err := answers.ReadString('\n')
		require.NoError(t, err)
		assert.True(t, strings.HasPrefix(line, fmt.Sprintf(`{"id":"s%d","date"`, i)), line)
		go io.WriteString(send, fmt.Sprintf(`{"id":"s%d"}`+"\n", i+1))
	}
	_, err = answers.ReadString('\n')
	require.NoError(t, err)
	require.NoError(t, send.Close())
	_, err = answers.ReadByte()
	assert.ErrorIs(t, err, io.EOF, "the answer ends whole")
}

func TestBatchesTakeTurns(t *testing.T) {
	texts := webtest.Texts(t)
	a := New(Options{Engine: webtest.Engine(t), Texts: texts, Clock: webtest.Clock, Batches: NewPlaces(1)})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := a.simulateBatch(w, r); err != nil {
			fail(w, r, err)
		}
	}))
	t.Cleanup(server.Close)
	body, send := io.Pipe()
	first, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, body)
	require.NoError(t, err)
	first.Header.Set("Content-Type", "application/x-ndjson")
	go io.WriteString(send, "{}\n")
	response, err := server.Client().Do(first)
	require.NoError(t, err)
	defer response.Body.Close()

	second := func() *http.Response {
		response, err := server.Client().Post(server.URL, "application/x-ndjson", strings.NewReader("{}\n"))
		require.NoError(t, err)
		response.Body.Close()
		return response
	}
	refused := second()
	assert.Equal(t, http.StatusTooManyRequests, refused.StatusCode)
	assert.Equal(t, retryTime, refused.Header.Get("Retry-After"))

	require.NoError(t, send.Close())
	_, err = io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Eventually(t, func() bool { return second().StatusCode == http.StatusOK }, 20*time.Second, time.Millisecond)
}

// fickle is an engine that fails for one household.
type fickle struct{ Engine }

func (f fickle) Append(b []byte, p *profile.Profile) ([]byte, error) {
	switch p.ID {
	case "panics":
		panic("canary " + p.Commune)
	case "fails":
		return b, &engine.RuleError{Err: errors.New("un barème n'est pas formalisé")}
	}
	return f.Engine.Append(b, p)
}

func TestBatchGoesOnAfterAFaultOfOurs(t *testing.T) {
	var journal bytes.Buffer
	texts := webtest.Texts(t)
	a := New(Options{
		Engine: fickle{webtest.Engine(t)}, Texts: texts, Clock: webtest.Clock,
		Log: slog.New(slog.NewJSONHandler(&journal, nil)),
	})
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("{\"id\":\"panics\"}\n{\"id\":\"fails\"}\n{\"id\":\"works\"}\n"))
	r.Header.Set("Content-Type", "application/x-ndjson")
	w := httptest.NewRecorder()
	w.Header().Set("X-Request-Id", "0123456789abcdef")
	require.NoError(t, a.simulateBatch(w, r))

	got := lines(t, w.Body.String())
	require.Len(t, got, 3)
	for i, id := range []string{"panics", "fails"} {
		assert.JSONEq(t, fmt.Sprintf(`{"id":%q,"erreur":{"ligne":%d,"problemes":[{"chemin":"profil","regle":"le calcul a échoué",
			"remede":"signalez cette ligne : la faute n'est pas dans le profil"}]}}`, id, i+1), got[i])
	}
	assert.Contains(t, got[2], `{"id":"works","date"`)

	assert.NotContains(t, w.Body.String()+journal.String(), "canary")
	assert.Contains(t, journal.String(), `"incident":"0123456789abcdef","line":1,"kind":"string"`)
	assert.Contains(t, journal.String(), "fickle.Append", "where it happened")
	assert.Contains(t, journal.String(), `"line":2,"kind":"règle impossible à calculer`)
}

func TestBatchBreaksOffWhenTheRestDoesNotArrive(t *testing.T) {
	server := httptest.NewServer(served(t, webtest.Engine(t)))
	t.Cleanup(server.Close)
	body, send := io.Pipe()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/api/v1/simulations/batch", body)
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-ndjson")
	go func() {
		io.WriteString(send, "{}\n{}\n{\"id\":")
		time.Sleep(20 * time.Millisecond)
		send.CloseWithError(io.ErrClosedPipe)
	}()
	response, err := server.Client().Do(request)
	if err != nil {
		return // the client itself gave up before the first answer
	}
	defer response.Body.Close()
	_, err = io.ReadAll(response.Body)
	assert.Error(t, err, "half an answer must not look whole")
}

// TestBatchTakesLongerThanOneRequest sends its lines over a longer time than the server gives to a single request.
func TestBatchTakesLongerThanOneRequest(t *testing.T) {
	server := httptest.NewUnstartedServer(served(t, webtest.Engine(t)))
	server.Config.ReadTimeout, server.Config.WriteTimeout = time.Second, time.Second // enough for the first line on a busy machine
	server.Start()
	t.Cleanup(server.Close)
	body, send := io.Pipe()
	go func() {
		for range 6 {
			io.WriteString(send, "{}\n")
			time.Sleep(200 * time.Millisecond)
		}
		send.Close()
	}()
	response, err := server.Client().Post(server.URL+"/api/v1/simulations/batch", "application/x-ndjson", body)
	require.NoError(t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	assert.Len(t, lines(t, string(answer)), 6)
}

package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// listening serves h on a port of this machine with the server's limits, each divided so that the test need not wait.
func listening(t testing.TB, h http.Handler, divided time.Duration) (address string, stop func() error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := Server(l.Addr().String(), h)
	s.ReadHeaderTimeout /= divided
	s.ReadTimeout /= divided
	s.WriteTimeout /= divided
	s.IdleTimeout /= divided
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- Serve(ctx, s, l) }()
	var once sync.Once
	var result error
	stop = func() error {
		once.Do(func() { cancel(); result = <-served })
		return result
	}
	t.Cleanup(func() { stop() })
	return l.Addr().String(), stop
}

func TestProperty13Limits(t *testing.T) {
	s := Server("127.0.0.1:0", http.NotFoundHandler())
	for name, limit := range map[string]time.Duration{
		"ReadHeader": s.ReadHeaderTimeout, "Read": s.ReadTimeout, "Write": s.WriteTimeout, "Idle": s.IdleTimeout,
	} {
		assert.Positive(t, limit, name)
		assert.LessOrEqual(t, limit, time.Minute, name)
	}
	assert.Positive(t, s.MaxHeaderBytes)
	assert.LessOrEqual(t, s.MaxHeaderBytes, 64<<10)
	assert.Equal(t, 65_536, MaxBody)
}

func TestProperty13SlowLoris(t *testing.T) {
	t.Parallel()
	h, _ := serving(t)
	address, _ := listening(t, h, 50) // headers 100 ms, the whole request 300 ms
	for _, test := range []struct {
		name, sent string
		drip       string // what is sent again and again, too slowly
		want       string // the status line, if there is an answer
	}{
		{"nothing", "", "", ""},
		{"headers without end", "GET /healthz HTTP/1.1\r\nHost: a\r\n", "X-A: b\r\n", ""},
		{"a body without end", "POST /api/v1/simulations HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n", " ", "408"},
		{"a form without end", "POST /fr/simulation HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n", "a", "400"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			connection, err := net.Dial("tcp", address)
			require.NoError(t, err)
			defer connection.Close()
			_, err = io.WriteString(connection, test.sent)
			require.NoError(t, err)
			go func() {
				for test.drip != "" {
					time.Sleep(20 * time.Millisecond)
					if _, err := io.WriteString(connection, test.drip); err != nil {
						return
					}
				}
			}()
			require.NoError(t, connection.SetReadDeadline(time.Now().Add(20*time.Second)))
			answer, err := io.ReadAll(connection)
			if !errors.Is(err, syscall.ECONNRESET) { // what we dripped after the end may reset the connection
				require.NoError(t, err, "the server must hang up")
			}
			if test.want != "" && len(answer) > 0 {
				assert.Contains(t, string(answer), "HTTP/1.1 "+test.want)
			}
		})
	}
}

func TestProperty13Oversize(t *testing.T) {
	h, _ := serving(t)
	address, _ := listening(t, h, 1)
	for _, test := range []struct {
		name, headers string
		chunk         string
		want          int
	}{
		{"told", "Content-Length: 1000000000\r\n\r\n", "", 413},
		{"one byte more, told", fmt.Sprintf("Content-Length: %d\r\n\r\n", MaxBody+1), "", 413},
		{"untold", "Transfer-Encoding: chunked\r\n\r\n", fmt.Sprintf("%x\r\n%s\r\n", 4096, strings.Repeat(" ", 4096)), 413},
		{"headers", "X-A: " + strings.Repeat("a", 64<<10) + "\r\n\r\n", "", 431},
	} {
		t.Run(test.name, func(t *testing.T) {
			connection, err := net.Dial("tcp", address)
			require.NoError(t, err)
			defer connection.Close()
			require.NoError(t, connection.SetDeadline(time.Now().Add(20*time.Second)))
			go func() {
				io.WriteString(connection, "POST /api/v1/simulations HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"+test.headers)
				for range 64 { // 256 KiB of it
					if _, err := io.WriteString(connection, test.chunk); err != nil {
						return
					}
				}
			}()
			response, err := http.ReadResponse(bufio.NewReader(connection), nil)
			require.NoError(t, err)
			defer response.Body.Close()
			assert.Equal(t, test.want, response.StatusCode)
			assert.True(t, response.Close, "the rest is not read")
		})
	}
}

// TestProperty15GracefulStop stops a server that many clients call: each request that was taken is answered whole, and none
// of its goroutines is left.
func TestProperty15GracefulStop(t *testing.T) {
	h, _ := serving(t)
	before := runtime.NumGoroutine()
	var began, finished atomic.Int64
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began.Add(1)
		time.Sleep(5 * time.Millisecond)
		h.ServeHTTP(w, r)
		finished.Add(1)
	})
	address, stop := listening(t, slow, 1)
	var answered, partial atomic.Int64
	var clients sync.WaitGroup
	for range 16 {
		clients.Go(func() {
			client := &http.Client{Transport: &http.Transport{}, Timeout: 20 * time.Second}
			defer client.CloseIdleConnections()
			for {
				response, err := client.Post("http://"+address+"/api/v1/simulations", "application/json", strings.NewReader(household))
				if err != nil {
					return // the server takes no more
				}
				body, err := io.ReadAll(response.Body)
				response.Body.Close()
				if err != nil || !strings.HasSuffix(string(body), "}}") {
					partial.Add(1)
					continue
				}
				answered.Add(1)
			}
		})
	}
	require.Eventually(t, func() bool { return answered.Load() > 100 }, 20*time.Second, time.Millisecond)
	start := time.Now()
	require.NoError(t, stop())
	assert.Less(t, time.Since(start), Grace)
	clients.Wait()
	assert.Zero(t, partial.Load())
	assert.Equal(t, began.Load(), finished.Load())
	assert.Equal(t, finished.Load(), answered.Load(), "a request that was taken was not answered")
	require.Eventually(t, func() bool { return runtime.NumGoroutine() <= before+1 }, 20*time.Second, 10*time.Millisecond, "goroutines are left")
}

func TestServeTellsWhyItCannot(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, l.Close())
	assert.ErrorContains(t, Serve(t.Context(), Server("", http.NotFoundHandler()), l), "serving on 127.0.0.1")
}

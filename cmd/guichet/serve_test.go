package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The program as an operator starts and stops it: it says where it is, answers, and ends by itself on SIGTERM.
func TestServe(t *testing.T) {
	c := exec.Command("guichet", "serve", "-addr", "127.0.0.1:0")
	c.Env = append(os.Environ(), "GUICHET_KEY=", "GUICHET_KEY_FILE=")
	out, err := c.StdoutPipe()
	require.NoError(t, err)
	var log strings.Builder
	c.Stderr = &log
	require.NoError(t, c.Start())
	stopped := false
	defer func() {
		if !stopped {
			c.Process.Kill()
			c.Wait()
		}
	}()

	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err, "it did not start")
	base, ok := strings.CutPrefix(strings.TrimSpace(line), "Guichet is on ")
	require.True(t, ok, line)
	for path, want := range map[string]string{
		"/healthz": `"statut":"vivant"`,
		"/readyz":  `"regles":"sha256:`,
		"/fr/":     "<html",
	} {
		response, err := http.Get(base + path)
		require.NoError(t, err)
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, response.StatusCode, path)
		require.Contains(t, string(body), want, path)
	}
	response, err := http.Post(base+"/api/v1/simulations", "application/json", strings.NewReader(`{"date":"2026-06-15"}`))
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode)

	asked := time.Now()
	require.NoError(t, c.Process.Signal(syscall.SIGTERM))
	require.NoError(t, c.Wait(), "a stop that was asked for ends with 0")
	stopped = true
	require.Less(t, time.Since(asked), 10*time.Second)
	require.Contains(t, log.String(), "no sealing key is set")
	require.Contains(t, log.String(), "stopped")
}

func TestServeRefusesABadConfiguration(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	for name, c := range map[string]struct {
		args []string
		env  map[string]string
		says string
	}{
		"an address that is taken":       {args: []string{"-addr", taken.Addr().String()}, says: "address already in use"},
		"an address that makes no sense": {args: []string{"-addr", "here"}, says: "here"},
		"a proxy that is no address":     {args: []string{"-proxies", "10.0.0.0/8, proxy"}, says: `trusted proxy "proxy"`},
		"a key that is too short":        {env: map[string]string{"GUICHET_KEY": "00"}, says: "GUICHET_KEY: want at least 32 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProgram("")
			p.getenv = func(name string) string { return c.env[name] }
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second) // it ends at once, or fails
			defer cancel()
			require.Equal(t, invalid, p.run(ctx, append([]string{"serve", "-addr", "127.0.0.1:0"}, c.args...)))
			require.Contains(t, p.err.String(), c.says)
		})
	}
}

func TestVisibleAddresses(t *testing.T) {
	for given, want := range map[string]string{
		"127.0.0.1:8080": "127.0.0.1:8080",
		"0.0.0.0:80":     "127.0.0.1:80",
		"[::]:80":        "127.0.0.1:80",
		"[::1]:80":       "[::1]:80",
	} {
		a, err := net.ResolveTCPAddr("tcp", given)
		require.NoError(t, err)
		require.Equal(t, want, visible(a))
	}
}

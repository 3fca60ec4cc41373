package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// The patience of the server. A profile is at most 64 KiB and an evaluation takes well under a millisecond, so whoever needs
// longer is very far away or holds connections open on purpose.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 60 * time.Second
	maxHeader     = 16 << 10 // bytes

	// Grace is how long [Serve] waits for the requests under way when it is told to stop.
	Grace = 8 * time.Second
)

// Server gives an HTTP server on addr that gives up on slow clients.
func Server(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           h,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
	}
}

// Serve answers the connections of l until ctx ends; then it takes no more, waits up to [Grace] for the requests under way,
// and returns. The error is nil when all of them were answered.
func Serve(ctx context.Context, s *http.Server, l net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving on %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), Grace)
	defer cancel()
	err := s.Shutdown(grace)
	if err != nil {
		err = errors.Join(fmt.Errorf("stopping within %s: %w", Grace, err), s.Close())
	}
	if stopped := <-failed; !errors.Is(stopped, http.ErrServerClosed) { // and nothing of it is left
		err = errors.Join(err, stopped)
	}
	return err
}

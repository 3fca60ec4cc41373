package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// load is what is sent, how often and for how long.
type load struct {
	client   *http.Client
	now      func() time.Time // the wall clock
	url      string
	profiles [][]byte // sent in turn
	rate     int      // requests a second
	duration time.Duration
}

// report is how it went. Latencies are counted from the moment at which a request was due, not from that at which it left: a
// server that stalls is charged for all that had to wait (open loop).
type report struct {
	latencies []time.Duration // ascending, of the answers with status 200
	lateness  []time.Duration // ascending, of the sender itself: timers wake it up to a millisecond after a request was due
	failures  int             // anything but an answer with status 200
	elapsed   time.Duration
}

// send puts the load on the server and waits for all answers.
func (l load) send(ctx context.Context) report {
	total := int(l.duration.Seconds() * float64(l.rate))
	interval := time.Second / time.Duration(l.rate)
	latencies, lateness := make([]time.Duration, total), make([]time.Duration, total)
	ok := make([]bool, total)
	var waiting sync.WaitGroup
	start := l.now()
	for i := range total {
		due := start.Add(time.Duration(i) * interval)
		select {
		case <-time.After(due.Sub(l.now())):
		case <-ctx.Done():
			total = i
		}
		if ctx.Err() != nil {
			break
		}
		lateness[i] = l.now().Sub(due)
		waiting.Go(func() {
			ok[i] = l.one(ctx, l.profiles[i%len(l.profiles)])
			latencies[i] = l.now().Sub(due)
		})
	}
	waiting.Wait()
	r := report{lateness: lateness[:total], elapsed: l.now().Sub(start)}
	for i := range total {
		if ok[i] {
			r.latencies = append(r.latencies, latencies[i])
		} else {
			r.failures++
		}
	}
	slices.Sort(r.latencies)
	slices.Sort(r.lateness)
	return r
}

// one sends one profile and reads the whole answer.
func (l load) one(ctx context.Context, profile []byte) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, l.url, bytes.NewReader(profile))
	if err != nil {
		return false
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := l.client.Do(request)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err == nil && response.StatusCode == http.StatusOK
}

// quantile gives what a share q of the durations, in ascending order, did not exceed; 0 when there are none.
func quantile(ascending []time.Duration, q float64) time.Duration {
	if len(ascending) == 0 {
		return 0
	}
	return ascending[min(len(ascending)-1, int(q*float64(len(ascending))))]
}

func (r report) String() string {
	var b strings.Builder
	answers := len(r.latencies)
	fmt.Fprintf(&b, "answers   %d in %.1f s (%.0f a second), %d failures\n", answers, r.elapsed.Seconds(), float64(answers)/r.elapsed.Seconds(), r.failures)
	for _, q := range []struct {
		name  string
		share float64
	}{{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}, {"max", 1}} {
		fmt.Fprintf(&b, "%-9s %6.2f ms, (sender late by %.2f ms)\n", q.name, milliseconds(quantile(r.latencies, q.share)), milliseconds(quantile(r.lateness, q.share)))
	}
	return b.String()
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

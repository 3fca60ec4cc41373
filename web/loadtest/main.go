// Command loadtest sends households to POST /api/v1/simulations at a steady rate and tells how long the answers took:
//
//	go run ./web/loadtest [-rate 500] [-for 8s] [-profiles FILE] [-url URL] [-budget 5ms]
//
// Without -url it serves the shipped rules itself, on a free port of this machine, so that client and server share its
// processors. It exits with 1 when a request fails or the 99th percentile is over the budget.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"time"

	"guichet/engine"
	"guichet/engine/ruleset"
	"guichet/locales"
	"guichet/rules"
	"guichet/web"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, time.Now)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "loadtest:", err)
		os.Exit(1)
	}
}

// run does what the command does, from its arguments to its report.
func run(ctx context.Context, args []string, out io.Writer, now func() time.Time) error {
	flags := flag.NewFlagSet("loadtest", flag.ContinueOnError)
	rate := flags.Int("rate", 500, "requests a `second`")
	duration := flags.Duration("for", 8*time.Second, "how long")
	file := flags.String("profiles", "testdata/oracle/cases.ndjson", "NDJSON `file` of profiles, bare or under \"profil\"")
	url := flags.String("url", "", "a server that runs already, such as http://127.0.0.1:8080")
	budget := flags.Duration("budget", 5*time.Millisecond, "what the 99th percentile may take")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *rate < 1 || *duration <= 0 {
		return fmt.Errorf("want a rate and a duration, got %d a second for %s", *rate, *duration)
	}
	profiles, err := readProfiles(*file)
	if err != nil {
		return err
	}
	if *url == "" {
		var stop func() error
		if *url, stop, err = serveShipped(ctx, now); err != nil {
			return err
		}
		defer func() { _ = stop() }() // the report is out
	}
	l := load{
		now:    now,
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: 10 * time.Second},
		url:    *url + "/api/v1/simulations", profiles: profiles, rate: *rate, duration: min(time.Second, *duration),
	}
	l.send(ctx) // connections are made and memory is found before the clock starts
	l.duration = *duration
	r := l.send(ctx)
	fmt.Fprintf(out, "target    %d requests a second for %s, %d households, %d processors\n%s", *rate, *duration, len(profiles), runtime.GOMAXPROCS(0), r)
	switch p99 := quantile(r.latencies, 0.99); {
	case r.failures > 0:
		return fmt.Errorf("%d requests failed", r.failures)
	case p99 > *budget:
		return fmt.Errorf("the 99th percentile, %s, is over the budget of %s", p99, *budget)
	}
	return ctx.Err()
}

// readProfiles reads one profile a line: the line itself, or what it has under "profil".
func readProfiles(file string) ([][]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the profiles: %w", err)
	}
	var profiles [][]byte
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := bytes.Clone(lines.Bytes())
		var wrapped struct {
			Profile json.RawMessage `json:"profil"`
		}
		if err := json.Unmarshal(line, &wrapped); err != nil {
			return nil, fmt.Errorf("reading the profiles: line %d: %w", len(profiles)+1, err)
		}
		if wrapped.Profile != nil {
			line = wrapped.Profile
		}
		profiles = append(profiles, line)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading the profiles: %w", err)
	}
	if len(profiles) == 0 {
		return nil, fmt.Errorf("no profile in %s", file)
	}
	return profiles, nil
}

// serveShipped serves the shipped rules as guichet serve does, its log written and thrown away.
func serveShipped(ctx context.Context, now func() time.Time) (url string, stop func() error, err error) {
	set, err := ruleset.Load(rules.FS)
	if err != nil {
		return "", nil, fmt.Errorf("loading the rules: %w", err)
	}
	rights, err := engine.New(set)
	if err != nil {
		return "", nil, fmt.Errorf("loading the rules: %w", err)
	}
	texts, err := locales.Load()
	if err != nil {
		return "", nil, fmt.Errorf("loading the texts: %w", err)
	}
	h, err := web.New(web.Options{Edition: web.Edition{Engine: rights, Texts: texts}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Clock: now, OpenAPI: true})
	if err != nil {
		return "", nil, err
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("serving: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- web.Serve(ctx, web.Server(l.Addr().String(), h), l) }()
	return "http://" + l.Addr().String(), func() error { cancel(); return <-served }, nil
}

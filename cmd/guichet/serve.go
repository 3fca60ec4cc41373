package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"guichet/locales"
	"guichet/web"
	"guichet/web/pages"
)

var serveCommand = command{
	name:  "serve",
	takes: "[-addr HOST:PORT] [-proxies LIST] [-log text|json]",
	does:  "serve the web form and the API",
	explains: `
Nothing is stored: the answers of a visitor travel in the page, sealed with a key of 32 bytes.
Give that key in $GUICHET_KEY, or in the file that $GUICHET_KEY_FILE names, as base64 or
hexadecimal (openssl rand -base64 32 makes one). Without it the program makes one, and pages
that are open when it restarts begin anew.

The log goes to the standard error and never holds household data. SIGTERM or SIGINT lets the
requests under way finish, for at most 8 seconds.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		addr := f.String("addr", "127.0.0.1:8080", "listen on `HOST:PORT`; port 0 takes a free one")
		proxies := f.String("proxies", "", "`LIST` of the addresses or prefixes, with commas, whose X-Forwarded-For is believed")
		form := f.String("log", "text", "`FORM` of the log, text or json")
		f.env("addr", "GUICHET_ADDR")
		f.env("proxies", "GUICHET_PROXIES")
		f.env("log", "GUICHET_LOG")
		return func(ctx context.Context, operands []string) int {
			log, err := p.logger(*form)
			if err = cmp.Or(err, none(operands)); err == nil {
				err = p.serve(ctx, *addr, list(*proxies), log)
			}
			if err != nil {
				return p.fail("serve", err)
			}
			return done
		}
	},
}

// serve answers on addr until ctx ends.
func (p *program) serve(ctx context.Context, addr string, proxies []string, log *slog.Logger) error {
	handler, err := p.handler(proxies, log)
	if err != nil {
		return err
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return invalidError{err}
	}
	fmt.Fprintf(p.stdout, "Guichet is on http://%s\n", visible(l.Addr()))
	server := web.Server(addr, handler)
	server.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelWarn)
	if err := web.Serve(ctx, server, l); err != nil {
		return err
	}
	log.Info("stopped")
	return nil
}

// handler puts together what answers requests. Its errors are invalidErrors.
func (p *program) handler(proxies []string, log *slog.Logger) (http.Handler, error) {
	rules, err := p.loadRules()
	if err != nil {
		return nil, err
	}
	texts, err := locales.Load()
	if err != nil {
		return nil, invalidError{err}
	}
	key, err := p.sealingKey(log)
	if err != nil {
		return nil, invalidError{err}
	}
	people, err := pages.New(pages.Options{Engine: rules, Texts: texts, Key: key, Clock: p.now, Log: log})
	if err != nil {
		return nil, invalidError{err}
	}
	handler, err := web.New(web.Options{
		Engine:         rules,
		Texts:          texts,
		Pages:          people,
		Log:            log,
		Clock:          p.now,
		TrustedProxies: proxies,
	})
	if err != nil {
		return nil, invalidError{err}
	}
	return handler, nil
}

// logger writes to stderr.
func (p *program) logger(form string) (*slog.Logger, error) {
	switch form {
	case "text":
		return slog.New(slog.NewTextHandler(p.stderr, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(p.stderr, nil)), nil
	default:
		return nil, inputError{errors.New("-log is text or json")}
	}
}

// list splits what commas separate.
func list(s string) []string {
	var items []string
	for item := range strings.SplitSeq(s, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// visible gives an address that a browser on this machine can open.
func visible(a net.Addr) string {
	at, err := netip.ParseAddrPort(a.String())
	if err != nil || !at.Addr().IsUnspecified() {
		return a.String()
	}
	return netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), at.Port()).String()
}

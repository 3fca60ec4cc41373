package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"guichet/engine/profile"
	"guichet/takeup/retention"
	"guichet/web"
	"guichet/web/desk"
	"guichet/web/pages"
)

var serveCommand = command{
	name:  "serve",
	takes: "[-addr HOST:PORT] [-db URL] [-rules DIR] [-proxies LIST] [-open-api] [-log text|json]",
	does:  "serve the web form, the agents' desk and the API",
	explains: `
The desk (/accueil) keeps its cases and its agents in the database of -db, which is made and migrated
when it is not there; guichet user add makes the first agent. Without a database that answers, the
simulation goes on and the desk says that it is not there.

Agents may also sign in by a provider of identities of ProConnect's shape: -oidc-issuer, -oidc-client
and -oidc-redirect say which, its secret is in $GUICHET_OIDC_SECRET or in the file that
$GUICHET_OIDC_SECRET_FILE names. Their login is then their address of mail, and their CCAS has a SIRET.

Of a visitor nothing is stored: the answers travel in the page, sealed with a key of 32 bytes. Give that key in $GUICHET_KEY, or in the file that $GUICHET_KEY_FILE names, as base64 or
hexadecimal (openssl rand -base64 32 makes one). Without it the program makes one: pages
that are open when it restarts begin anew, and agents have no second factor, whose secrets it seals too.

The API answers this machine, and partners' programs that send a key (guichet key add); -open-api
lets it answer anyone.

SIGHUP reads the rules of -rules anew, and so does POST /admin/regles/rechargement for who bears
the token of $GUICHET_ADMIN_TOKEN, or of the file that $GUICHET_ADMIN_TOKEN_FILE names (at least
32 characters; without it there is no such address). Requests under way end on the rules on which
they began. Wrong rules replace nothing: the log says what is wrong, and the old ones answer on.

The log goes to the standard error and never holds household data. SIGTERM or SIGINT lets the
requests under way finish, for at most 8 seconds.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var o serveOptions
		f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "listen on `HOST:PORT`; port 0 takes a free one")
		declareRules(f, &o.rules)
		declareDatabase(f, &o.db)
		o.keeps = declarePolicy(f)
		proxies := f.String("proxies", "", "`LIST` of the addresses or prefixes, with commas, whose X-Forwarded-For is believed")
		f.BoolVar(&o.openAPI, "open-api", false, "let the API answer anyone, without a partner's key")
		declareProvider(f, &o.provider)
		form := f.String("log", "text", "`FORM` of the log, text or json")
		f.env("addr", "GUICHET_ADDR")
		f.env("proxies", "GUICHET_PROXIES")
		f.env("log", "GUICHET_LOG")
		f.env("open-api", "GUICHET_OPEN_API")
		return func(ctx context.Context, operands []string) int {
			var err error
			o.log, err = p.logger(*form)
			if bad := o.keeps.Check(); bad != nil {
				err = cmp.Or(err, error(inputError{bad}))
			}
			if err = cmp.Or(err, none(operands)); err == nil {
				o.proxies = list(*proxies)
				err = p.serve(ctx, o)
			}
			if err != nil {
				return p.fail("serve", err)
			}
			return done
		}
	},
}

type serveOptions struct {
	addr    string
	db      string // where the desk keeps things
	keeps   *retention.Policy
	rules   string // the folder laid over the shipped ones
	proxies []string
	openAPI bool // whether the API wants no key

	provider desk.ProviderOptions // of identities; without an issuer there is none
	log      *slog.Logger
}

// serve answers until ctx ends, and reads the rules anew at each SIGHUP.
func (p *program) serve(ctx context.Context, o serveOptions) error {
	hangups := make(chan os.Signal, 1) // before anyone can know that we are there: until then the signal ends a process
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	opener, err := p.opener(o.db, o.log)
	if err != nil {
		return invalidError{err}
	}
	defer opener.close()
	if _, err := opener.open(ctx); err != nil {
		o.log.Error("the desk has no database; the simulation goes on", "error", err.Error())
	}
	handler, err := p.handler(o, opener)
	if err != nil {
		return err
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", o.addr)
	if err != nil {
		return invalidError{fmt.Errorf("%w; -addr HOST:PORT names another address", err)}
	}
	fmt.Fprintf(p.stdout, "Guichet is on http://%s\n", visible(l.Addr()))
	server := web.Server(o.addr, handler)
	server.ErrorLog = slog.NewLogLogger(o.log.Handler(), slog.LevelWarn)
	ctx, stop := context.WithCancel(ctx)
	var reloads sync.WaitGroup
	reloads.Go(func() { reloadAt(ctx, hangups, handler) })
	purges := time.NewTicker(purgePause)
	defer purges.Stop()
	reloads.Go(func() { p.purgeAt(ctx, purges.C, opener, *o.keeps) })
	recomputations := time.NewTicker(purgePause)
	defer recomputations.Stop()
	reloads.Go(func() { p.recomputeAt(ctx, opener, opener.rules, recomputations.C) })
	err = web.Serve(ctx, server, l)
	stop()
	reloads.Wait()
	if err != nil {
		return err
	}
	o.log.Info("stopped")
	return nil
}

// reloadAt has the rules read anew at each signal until ctx ends. How it went is in the log.
func reloadAt(ctx context.Context, signals <-chan os.Signal, handler *web.Handler) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-signals:
			_, _ = handler.Reload()
		}
	}
}

// handler puts together what answers requests. Its errors are invalidErrors, or inputErrors of the folder of rules.
func (p *program) handler(o serveOptions, opener *opener) (*web.Handler, error) {
	key, err := p.sealingKey(o.log)
	if err != nil {
		return nil, invalidError{err}
	}
	administrator, err := p.administratorToken()
	if err != nil {
		return nil, invalidError{err}
	}
	read := func() (web.Edition, error) { return p.edition(o, key, opener) }
	edition, err := read()
	if err != nil {
		return nil, err
	}
	handler, err := web.New(web.Options{
		Edition:        edition,
		Reload:         read,
		Log:            o.log,
		Clock:          p.now,
		TrustedProxies: o.proxies,
		Keys:           opener.key,
		OpenAPI:        o.openAPI,
		Administrator:  administrator,
	})
	if err != nil {
		return nil, invalidError{err}
	}
	return handler, nil
}

// endingMonths is how long before the last day for which the rules are written the log tells of it.
const endingMonths = 2

// edition reads the rules as they are now, with all that is made from them. The key outlives an edition: pages that are open
// go on with the next one.
func (p *program) edition(o serveOptions, key []byte, opener *opener) (web.Edition, error) {
	rules, err := p.loadRules(o.rules)
	if err != nil {
		return web.Edition{}, err
	}
	texts, err := textsOf(rules.Set())
	if err != nil {
		return web.Edition{}, err
	}
	if n := wordless(rules.Set(), texts); n > 0 {
		o.log.Warn("the rules show things that have no words", "count", n, "see", "guichet rules check")
	}
	if _, until := rules.Set().Formalised(); profile.DateOfTime(p.now().AddDate(0, endingMonths, 0)).Day() > until {
		o.log.Warn("the rules end soon: after their last day nothing is computed until the program is updated", "until", until.String())
	}
	people, err := pages.New(pages.Options{Engine: rules, Texts: texts, Key: key, Clock: p.now, Log: o.log})
	if err != nil {
		return web.Edition{}, invalidError{err}
	}
	provider, err := p.provider(o.provider)
	if err != nil {
		return web.Edition{}, invalidError{err}
	}
	agents, err := desk.New(desk.Options{Engine: rules, Pages: people, Texts: texts, Key: key, Clock: p.now, Log: o.log, Open: opener.open, Provider: provider})
	if err != nil {
		return web.Edition{}, invalidError{err}
	}
	offer(opener.rules, rules)
	return web.Edition{Engine: rules, Texts: texts, Pages: people, Desk: agents}, nil
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

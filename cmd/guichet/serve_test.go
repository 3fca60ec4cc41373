package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/engine/ruleset"
	"guichet/rules"
	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/people"
	"guichet/takeup/store"
	"guichet/web/telling"
)

// A served program is one that an operator started.
type served struct {
	base string // its address
	log  *journal
	*exec.Cmd
}

// journal is what a program writes while others read it.
type journal struct {
	mu sync.Mutex
	b  strings.Builder
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// start runs guichet serve as an operator does, with variables of the environment, and waits until it says where it is.
func start(t *testing.T, variables []string, args ...string) *served {
	t.Helper()
	s := &served{log: new(journal), Cmd: exec.Command("guichet", append([]string{"serve", "-addr", "127.0.0.1:0"}, args...)...)}
	s.Env = append(append(os.Environ(), "GUICHET_KEY=", "GUICHET_KEY_FILE=", "GUICHET_RULES=", "GUICHET_ADMIN_TOKEN=",
		"GUICHET_DB=sqlite:"+filepath.Join(t.TempDir(), "guichet.db")), variables...)
	out, err := s.StdoutPipe()
	require.NoError(t, err)
	s.Stderr = s.log
	require.NoError(t, s.Start())
	t.Cleanup(func() {
		if s.ProcessState == nil {
			s.Process.Kill()
			s.Wait()
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err, "it did not start: %s", s.log)
	base, ok := strings.CutPrefix(strings.TrimSpace(line), "Guichet is on ")
	require.True(t, ok, line)
	s.base = base
	return s
}

// get gives the body of an answer that is a good one.
func (s *served) get(t *testing.T, path string) string {
	t.Helper()
	response, err := http.Get(s.base + path)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode, path)
	return string(body)
}

// The program as an operator starts and stops it: it says where it is, answers, and ends by itself on SIGTERM.
func TestServe(t *testing.T) {
	s := start(t, nil)
	for path, want := range map[string]string{
		"/healthz": `"statut":"vivant"`,
		"/readyz":  `"regles":"sha256:`,
		"/fr/":     "<html",
	} {
		require.Contains(t, s.get(t, path), want, path)
	}
	response, err := http.Post(s.base+"/api/v1/simulations", "application/json", strings.NewReader(`{"date":"2026-06-15"}`))
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode)

	asked := time.Now()
	require.NoError(t, s.Process.Signal(syscall.SIGTERM))
	require.NoError(t, s.Wait(), "a stop that was asked for ends with 0")
	require.Less(t, time.Since(asked), 10*time.Second)
	require.Contains(t, s.log.String(), "no sealing key is set")
	require.Contains(t, s.log.String(), "stopped")
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
		"an address that is taken":       {args: []string{"-addr", taken.Addr().String()}, says: "address already in use; -addr HOST:PORT names another"},
		"an address that makes no sense": {args: []string{"-addr", "here"}, says: "here"},
		"a proxy that is no address":     {args: []string{"-proxies", "10.0.0.0/8, proxy"}, says: `trusted proxy "proxy"`},
		"a key that is too short":        {env: map[string]string{"GUICHET_KEY": "00"}, says: "GUICHET_KEY: want at least 32 bytes"},
		"a token that is too short":      {env: map[string]string{"GUICHET_ADMIN_TOKEN": "secret"}, says: "GUICHET_ADMIN_TOKEN: want at least 32 characters"},
		"a token in two places":          {env: map[string]string{"GUICHET_ADMIN_TOKEN": "x", "GUICHET_ADMIN_TOKEN_FILE": "y"}, says: "GUICHET_ADMIN_TOKEN and GUICHET_ADMIN_TOKEN_FILE are both set: keep one"},
		"a provider without a client":    {args: []string{"-oidc-issuer", "https://id.example", "-oidc-redirect", "https://a.example/accueil/connexion/retour"}, says: "-oidc-issuer needs -oidc-client too"},
		"a provider without its secret":  {args: provider("https://id.example", "https://a.example/accueil/connexion/retour"), says: "GUICHET_OIDC_SECRET"},
		"a provider that is not named":   {args: []string{"-oidc-client", "guichet"}, says: "-oidc-issuer is its URL"},
		"a provider in the clear":        {args: provider("http://id.example", "https://a.example/accueil/connexion/retour"), env: map[string]string{"GUICHET_OIDC_SECRET": "s"}, says: "are https"},
		"a provider that leads astray":   {args: provider("https://id.example", "https://a.example/fr/"), env: map[string]string{"GUICHET_OIDC_SECRET": "s"}, says: "back to /accueil/connexion/retour"},
		"a vault key that is too short":  {env: map[string]string{"GUICHET_VAULT_KEY": "00"}, says: "GUICHET_VAULT_KEY: want at least 32 bytes"},
		"a token file that is not there": {env: map[string]string{"GUICHET_ADMIN_TOKEN_FILE": "nowhere"}, says: "GUICHET_ADMIN_TOKEN_FILE: open nowhere"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProgram("")
			db := "sqlite:" + filepath.Join(t.TempDir(), "guichet.db")
			p.getenv = func(name string) string {
				if name == "GUICHET_DB" {
					return db
				}
				return c.env[name]
			}
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second) // it ends at once, or fails
			defer cancel()
			require.Equal(t, invalid, p.run(ctx, append([]string{"serve", "-addr", "127.0.0.1:0"}, c.args...)))
			require.Contains(t, p.err.String(), c.says)
		})
	}
}

func provider(issuer, redirect string) []string {
	return []string{"-oidc-issuer", issuer, "-oidc-client", "guichet", "-oidc-redirect", redirect}
}

// TestServeTellsWhatItsKeysLack: the log says what cannot be done, and the rest goes on.
func TestServeTellsWhatItsKeysLack(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of the built program, which the race detector does not see")
	}
	t.Parallel()
	address := databasetest.Address(t, database.SQLite)
	s := start(t, nil, "-db", address)
	require.Contains(t, s.log.String(), "agents can have no second factor")
	require.Contains(t, s.log.String(), "no vault key is set")
	addAgents(t, address, people.Administrator, "poste1")
	b := s.browser(t)
	b.signIn("poste1")
	require.Contains(t, b.body, "GUICHET_KEY", "the page of the agents says so too")
	require.NoError(t, addCase(address, "K7B-4PXD", time.Now(), bytes.Repeat([]byte("k"), 32)))

	s = start(t, []string{"GUICHET_KEY=" + strings.Repeat("6b", 32), "GUICHET_VAULT_KEY=" + strings.Repeat("6e", 32)}, "-db", address)
	require.Contains(t, s.log.String(), "the key of the vault does not open all that it holds")
	b = s.browser(t)
	b.signIn("poste1")
	require.NotContains(t, b.body, "GUICHET_KEY")
	s = start(t, []string{"GUICHET_VAULT_KEY=" + strings.Repeat("6b", 32)}, "-db", address)
	require.NotContains(t, s.log.String(), "vault")
}

// Before the last day for which the rules are written, an operator is told at each start.
func TestServeTellsWhenTheRulesEnd(t *testing.T) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	_, end := set.Formalised()
	last := telling.Day(end)
	taken, err := net.Listen("tcp", "127.0.0.1:0") // so that it ends where it would begin to serve
	require.NoError(t, err)
	defer taken.Close()
	for name, c := range map[string]struct {
		on   time.Time
		told bool
	}{
		"three months before": {last.AddDate(0, -3, 0), false},
		"one month before":    {last.AddDate(0, -1, 0), true},
		"after":               {last.AddDate(0, 0, 1), true},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProgram("")
			p.now = func() time.Time { return c.on }
			args := []string{"serve", "-addr", taken.Addr().String(), "-db", "sqlite:" + filepath.Join(t.TempDir(), "guichet.db")}
			require.Equal(t, invalid, p.run(t.Context(), args))
			require.Equal(t, c.told, strings.Contains(p.err.String(), "the rules end soon"), p.err.String())
			require.Equal(t, c.told, strings.Contains(p.err.String(), "until="+end.String()))
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

// TestProperty17ServeWithoutADatabase: the program starts, simulates, and its desk says what is missing.
func TestProperty17ServeWithoutADatabase(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for name, db := range map[string]string{
		"no folder": "sqlite:" + filepath.Join(file, "guichet.db"),
		"no server": "postgres://nobody@127.0.0.1:1/rien",
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, nil, "-db", db)
			require.Contains(t, s.get(t, "/fr/aides/rsa"), "<main")
			response, err := http.Post(s.base+"/api/v1/simulations", "application/json", strings.NewReader(`{"date":"2026-06-15"}`))
			require.NoError(t, err)
			require.Equal(t, http.StatusOK, response.StatusCode)
			response, err = http.Get(s.base + "/accueil")
			require.NoError(t, err)
			body, err := io.ReadAll(response.Body)
			require.NoError(t, err)
			require.Equal(t, http.StatusServiceUnavailable, response.StatusCode)
			require.Contains(t, string(body), "Le suivi est momentanément indisponible")
			require.Contains(t, s.log.String(), "the desk has no database; the simulation goes on")
		})
	}
}

// TestTheFirstAgent signs in over HTTP with the password that the command line made.
func TestTheFirstAgent(t *testing.T) {
	db := "sqlite:" + filepath.Join(t.TempDir(), "guichet.db")
	s := start(t, nil, "-db", db)
	require.Contains(t, s.get(t, "/accueil/connexion"), "guichet user add")
	p := newProgram("")
	require.Equal(t, done, p.run(t.Context(), []string{"ccas", "add", "-db", db, "-name", "CCAS", "-commune", "93066", "montclair"}), &p.err)
	require.Equal(t, done, p.run(t.Context(), []string{"user", "add", "-db", db, "-name", "Poste 1", "-role", "administrateur", "poste1"}), &p.err)
	_, password, ok := strings.Cut(strings.TrimSpace(p.out.String()), "first sign-in: ")
	require.True(t, ok)
	require.NotContains(t, s.get(t, "/accueil/connexion"), "guichet user add", "the server sees them at once")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.PostForm(s.base+"/accueil/connexion", url.Values{"identifiant": {"poste1"}, "mot_de_passe": {password}})
	require.NoError(t, err)
	require.Equal(t, http.StatusSeeOther, response.StatusCode)
	require.Equal(t, "__Host-guichet", response.Cookies()[0].Name)
	require.NotContains(t, s.log.String(), "poste1")
	require.NotContains(t, s.log.String(), password)
}

// TestProperty15StopUnderWrites stops the program while agents note things: whatever was answered is kept, once, and the program ends with
// 0 within ten seconds.
func TestProperty15StopUnderWrites(t *testing.T) {
	t.Parallel()
	for _, kind := range databasetest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			address := databasetest.Address(t, kind)
			logins := []string{"poste1", "poste2", "poste3", "poste4"}
			addAgents(t, address, people.SocialWorker, logins...)
			codes := map[string]takeup.Code{}
			for i, login := range logins {
				codes[login] = takeup.Code(fmt.Sprintf("K7B-4PX%d", 2+i))
				require.NoError(t, addCase(address, codes[login], time.Now(), bytes.Repeat([]byte("k"), 32)))
			}
			s := start(t, []string{"GUICHET_VAULT_KEY=" + strings.Repeat("6b", 32)}, "-db", address)
			var mu sync.Mutex
			answered := map[string]bool{}
			var agents sync.WaitGroup
			for _, login := range logins {
				b := s.browser(t)
				b.signIn(login)
				agents.Go(func() {
					path := "/accueil/dossiers/" + string(codes[login]) + "/noter/note"
					for after := 1; ; after++ {
						id := rand.Text()
						in := url.Values{"id": {id}, "apres": {strconv.Itoa(after)}, "texte": {"Rappeler mardi."}}
						r, err := http.NewRequest(http.MethodPost, s.base+path, strings.NewReader(in.Encode()))
						if err != nil {
							t.Error(err)
							return
						}
						r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
						b.knock(r)
						response, err := directly.Do(r)
						if err != nil {
							return // the server takes no more
						}
						response.Body.Close()
						if to := response.Header.Get("Location"); to != "/accueil/dossiers/"+string(codes[login]) {
							t.Error("a note was not kept:", response.Status, to)
							return
						}
						mu.Lock()
						answered[id] = true
						mu.Unlock()
					}
				})
			}
			require.Eventually(t, func() bool { mu.Lock(); defer mu.Unlock(); return len(answered) > 40 }, 30*time.Second, time.Millisecond)
			asked := time.Now()
			require.NoError(t, s.Process.Signal(syscall.SIGTERM))
			require.NoError(t, s.Wait(), "a stop that was asked for ends with 0")
			require.Less(t, time.Since(asked), 10*time.Second)
			agents.Wait()
			kept := map[string]int{}
			require.NoError(t, opened(t.Context(), address, func(db *database.DB) error {
				return store.New(db).All(t.Context(), "montclair", func(e takeup.Event) error {
					kept[e.ID]++
					return nil
				})
			}))
			for id := range answered {
				require.Equal(t, 1, kept[id], id)
			}
			require.LessOrEqual(t, len(kept), len(answered)+2*len(logins), "and at most one each whose answer did not come through")
			t.Logf("%d notes were answered, %d events are kept", len(answered), len(kept))
		})
	}
}

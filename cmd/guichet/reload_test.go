package main

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/engine/profile"
	"guichet/rules"
)

// An overlay is a folder of rules that a test changes under a running server.
type overlay struct {
	t   *testing.T
	dir string
}

// write gives a file its text at once, so that nobody reads half of it.
func (o overlay) write(path, text string) {
	o.t.Helper()
	file := filepath.Join(o.dir, filepath.FromSlash(path))
	require.NoError(o.t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(o.t, os.WriteFile(file+".new", []byte(text), 0o600))
	require.NoError(o.t, os.Rename(file+".new", file))
}

// base has the RSA of a single person be worth amount, EUR a month.
func (o overlay) base(amount string) {
	o.t.Helper()
	const path, value = "baremes/rsa.yaml", "2026-04-01: {valeur: 651.69,"
	text, err := fs.ReadFile(rules.FS, path)
	require.NoError(o.t, err)
	require.Contains(o.t, string(text), value)
	o.write(path, strings.Replace(string(text), value, "2026-04-01: {valeur: "+amount+",", 1))
}

const alone = `{"id":"seule","date":"2026-06-15","complet":true,"commune":"93066","demandeur":{"naissance":"1986-04-12","revenus":{}},"logement":{"statut":"locataire_vide","loyer":520}}`

// answer gives the hash of the rules as they are in the folder, and what they answer to alone.
func (o overlay) answer() (hash, answer string) {
	o.t.Helper()
	e, err := newProgram("").loadRules(o.dir)
	require.NoError(o.t, err)
	p, err := profile.Decode([]byte(alone))
	require.NoError(o.t, err)
	s, err := e.Simulate(p)
	require.NoError(o.t, err)
	return e.Set().Hash(), string(s.AppendJSON(nil))
}

// ready is what /readyz says.
type ready struct {
	Rules  string `json:"regles"`
	Reload *struct {
		Refused bool `json:"refuse"`
		Faults  int  `json:"erreurs"`
	} `json:"rechargement"`
}

func (s *served) ready(t *testing.T) (r ready) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(s.get(t, "/readyz")), &r))
	return r
}

// hangUp sends SIGHUP and waits until the server is as wanted.
func (s *served) hangUp(t *testing.T, what string, wanted func(ready) bool) {
	t.Helper()
	require.NoError(t, s.Process.Signal(syscall.SIGHUP))
	require.Eventually(t, func() bool { return wanted(s.ready(t)) }, 30*time.Second, 10*time.Millisecond, what)
}

// simulate asks for alone's rights and gives the hash that the answer names, and the answer.
func (s *served) simulate() (hash, answer string, err error) {
	response, err := http.Post(s.base+"/api/v1/simulations", "application/json", strings.NewReader(alone))
	if err != nil {
		return "", "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %d", response.StatusCode)
	}
	var named struct {
		Rules string `json:"regles"`
	}
	if err == nil {
		err = json.Unmarshal(body, &named)
	}
	return named.Rules, string(body), err
}

// TestProperty11HangUpSwapsTheRules changes the rules under a real server that fifty clients ask without pause: each answer is,
// byte for byte, that of the rules that it names.
func TestProperty11HangUpSwapsTheRules(t *testing.T) {
	o := overlay{t, t.TempDir()}
	amounts := []string{"700.00", "800.00"}
	var hashes [2]string
	want := map[string]string{}
	for i := range amounts {
		o.base(amounts[1-i])
		hash, answer := o.answer()
		hashes[1-i], want[hash] = hash, answer
	}
	require.Len(t, want, 2)
	s := start(t, nil, "-rules", o.dir) // on the first amount, written last
	require.Equal(t, ready{Rules: hashes[0]}, s.ready(t))

	stop := make(chan struct{})
	var clients sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]int{}
	for range 50 {
		clients.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				hash, answer, err := s.simulate()
				if !assert.NoError(t, err) || !assert.Contains(t, want, hash) || !assert.Equal(t, want[hash], answer) {
					return
				}
				mu.Lock()
				seen[hash]++
				mu.Unlock()
			}
		})
	}
	for i := range 4 {
		next := (i + 1) % 2
		o.base(amounts[next])
		s.hangUp(t, "the new rules answer", func(r ready) bool { return r.Rules == hashes[next] })
		hash, answer, err := s.simulate()
		require.NoError(t, err)
		require.Equal(t, hashes[next], hash, "whoever asks after the swap has the new rules")
		require.Equal(t, want[hash], answer)
	}
	close(stop)
	clients.Wait()
	for _, hash := range hashes {
		assert.NotZero(t, seen[hash])
	}
	require.NoError(t, s.Process.Signal(syscall.SIGTERM))
	require.NoError(t, s.Wait())
	require.Equal(t, 4, strings.Count(s.log.String(), `msg="rules reloaded"`))
}

// A wrong set: a key that means nothing, a text in the clear, a reading of no kind.
var wrongFiles = map[string]string{
	"commun/essai/2024-01-01.yaml": "calculs:\n  essai:\n    formul: 1\n",
	"baremes/essai.yaml":           "groupe: essai\nverifie_le: 2026-11-26\nreferences:\n  L1: {titre: T, url: \"http://exemple.fr/1\"}\nbaremes:\n  x:\n    description: X\n    unite: EUR\n    lecture: vue\n    valeurs:\n      2020-01-01: {valeur: 1, reference: L1}\n",
}

// wrongFaults are the faults that are found together in wrongFiles.
var wrongFaults = []string{"baremes/essai.yaml:4:3", "baremes/essai.yaml:9:14", "commun/essai/2024-01-01.yaml:2:3", "commun/essai/2024-01-01.yaml:3:5"}

// TestProperty11WrongRulesNeverStart: a wrong folder is refused at the start with every fault at once, and at a reload the rules
// that answered go on answering.
func TestProperty11WrongRulesNeverStart(t *testing.T) {
	o := overlay{t, t.TempDir()}
	o.base("700.00")
	hash, answer := o.answer()
	const token = "un jeton que personne ne devinera"
	secret := filepath.Join(t.TempDir(), "token")
	require.NoError(t, os.WriteFile(secret, []byte(token+"\n"), 0o600))
	s := start(t, []string{"GUICHET_RULES=" + o.dir, "GUICHET_ADMIN_TOKEN_FILE=" + secret})
	reload := func() (int, string) {
		request, err := http.NewRequest(http.MethodPost, s.base+"/admin/regles/rechargement", nil)
		require.NoError(t, err)
		request.Header.Set("Authorization", "Bearer "+token)
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		return response.StatusCode, string(body)
	}
	still := func() {
		t.Helper()
		named, got, err := s.simulate()
		require.NoError(t, err)
		require.Equal(t, hash, named)
		require.Equal(t, answer, got)
	}

	for path, text := range wrongFiles {
		o.write(path, text)
	}
	p := newProgram("")
	require.Equal(t, invalid, p.run(t.Context(), []string{"serve", "-addr", "127.0.0.1:0", "-rules", o.dir, "-db", "sqlite:" + filepath.Join(t.TempDir(), "guichet.db")}))
	require.Equal(t, invalid, p.run(t.Context(), []string{"rules", "check", "-rules", o.dir}))
	s.hangUp(t, "the refusal is told", func(r ready) bool { return r.Reload != nil && r.Reload.Refused })
	require.Equal(t, len(wrongFaults), s.ready(t).Reload.Faults)
	still()
	status, problems := reload()
	require.Equal(t, http.StatusUnprocessableEntity, status)
	for _, at := range wrongFaults {
		require.Contains(t, p.err.String(), at+": ", "at the start")
		require.Contains(t, p.out.String(), at+": ", "guichet rules check")
		require.Contains(t, s.log.String(), "at="+at+" ", "in the log")
		require.Contains(t, problems, `"path":"`+at+`"`, "to the administrator")
	}
	still()

	// What the loader takes and the check does not is refused too.
	require.NoError(t, os.Remove(filepath.Join(o.dir, "baremes", "essai.yaml")))
	o.write("commun/essai/2024-01-01.yaml", "calculs:\n  essai:\n    formule: bareme.rsa.montant_base + bareme.pss.annuel\n")
	status, problems = reload()
	require.Equal(t, http.StatusUnprocessableEntity, status, problems)
	require.Contains(t, problems, `"path":"commun/essai/2024-01-01.yaml:3:`)
	require.Contains(t, problems, "EUR/an")
	still()

	require.NoError(t, os.RemoveAll(o.dir)) // the disk that held the rules is gone
	status, _ = reload()
	require.Equal(t, http.StatusUnprocessableEntity, status)
	still()

	o.base("800.00")
	fresh, better := o.answer()
	status, text := reload()
	require.Equal(t, http.StatusOK, status)
	require.JSONEq(t, fmt.Sprintf(`{"avant":%q,"regles":%q,"aides":%d}`, hash, fresh, aidsIn(t, o.dir)), text)
	require.False(t, s.ready(t).Reload.Refused)
	hash, answer = fresh, better
	still()
	require.NotContains(t, s.log.String(), token)
}

func aidsIn(t *testing.T, dir string) int {
	t.Helper()
	e, err := newProgram("").loadRules(dir)
	require.NoError(t, err)
	return len(e.Set().Aids())
}

// TestAnOverlayBringsItsWords: a condition that a folder adds to an aid is read in its own words by people and by programs.
func TestAnOverlayBringsItsWords(t *testing.T) {
	o := overlay{t, t.TempDir()}
	o.write("national/asf/2024-02-01.yaml", `references: {D1: {titre: "Délibération 1", url: "https://www.service-public.fr/essai"}}
conditions:
  locataire:
    condition: logement.loyer > 0
    reference: D1
`)
	o.write("national/asf/textes.yaml", "fr: {condition: {locataire: \"Vous payez un loyer\"}}\nen: {condition: {locataire: \"You pay rent\"}}\n")
	s := start(t, nil, "-rules", o.dir)
	require.NotContains(t, s.log.String(), "no words")
	for path, want := range map[string]string{
		"/api/v1/aides/asf?lang=fr&date=2026-06-15": "Vous payez un loyer",
		"/api/v1/aides/asf?lang=en&date=2026-06-15": "You pay rent",
		"/fr/aides/asf": "Vous payez un loyer",
		"/en/aides/asf": "You pay rent",
	} {
		require.Contains(t, s.get(t, path), want, path)
	}

	require.NoError(t, os.Remove(filepath.Join(o.dir, "national", "asf", "textes.yaml")))
	s.hangUp(t, "the rules are reloaded", func(r ready) bool { return r.Reload != nil && !r.Reload.Refused })
	require.Contains(t, s.log.String(), `msg="the rules show things that have no words" count=1`)
}

package main

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/people"
)

// told is what a visitor says, written as nothing else is; marks are what of it could be found again.
var (
	told = url.Values{
		"date.jour": {"17"}, "date.mois": {"5"}, "date.annee": {"1963"}, "activite": {"salarie"}, "couple": {"non"},
		"enfants": {"oui"}, "enfant1.jour": {"23"}, "enfant1.mois": {"8"}, "enfant1.annee": {"2014"}, "garde": {"aucun"},
		"recherche": {"Bagnolet"}, "cherche": {"Bagnolet"}, "commune": {"93006"}, "logement": {"locataire_hlm"}, "loyer": {"613,87"},
		"revenu": {"salaire"}, "salaire.net": {"1 374,59"}, "rfr": {"173 891"}, "epargne": {"481 739"}, "depuis": {"longtemps"},
	}
	marks = []string{ // nothing so short that a digest or a duration could hold it by chance
		"1963-05-17", "17/05/1963", "17 mai 1963", "2014-08-23", "23/08/2014", "23 août 2014", `"93006"`, "=93006", "Bagnolet", "613,87", "613.87",
		"1374,59", "1 374,59", "1374.59", "137459", "173891", "173 891", "481739", "481 739", "zqcanari", "Zqnom", "06 99 88 77 66", "zq@example.org",
	}
)

// TestProperty21NothingIsKept goes through the whole questionnaire, its sheet, the API and a counter visit without follow-up, on the program
// as it runs, and looks for what was said in everything that it leaves: the database with what SQLite keeps beside it, the log, every file
// of its folders, while it runs and after.
func TestProperty21NothingIsKept(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of the built program, which the race detector does not see")
	}
	t.Parallel()
	for _, kind := range databasetest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			home := t.TempDir()
			address := databasetest.Address(t, kind)
			if kind == database.SQLite {
				address = "sqlite:" + filepath.Join(home, "data", "guichet.db")
			}
			require.NoError(t, os.Mkdir(filepath.Join(home, "tmp"), 0o700))
			addAgents(t, address, people.Reception, "poste1")
			s := start(t, []string{
				"HOME=" + home, "TMPDIR=" + filepath.Join(home, "tmp"), "SQLITE_TMPDIR=" + filepath.Join(home, "tmp"),
				"GUICHET_KEY=" + strings.Repeat("6b", 32), "GUICHET_VAULT_KEY=" + strings.Repeat("6c", 32),
			}, "-db", address, "-log", "json")
			simulated(t, s)
			called(t, s)
			received(t, s)
			look := func() {
				t.Helper()
				kept := []byte(s.log.String())
				require.Contains(t, s.log.String(), `"route":"/accueil/dossiers/ouverture"`)
				require.NoError(t, opened(t.Context(), address, func(db *database.DB) error {
					var b bytes.Buffer
					_, err := db.Backup(t.Context(), &b, time.Time{})
					kept = append(kept, b.Bytes()...)
					return err
				}))
				require.NoError(t, filepath.WalkDir(home, func(path string, e fs.DirEntry, err error) error {
					if err != nil || e.IsDir() {
						return err
					}
					text, err := os.ReadFile(path)
					kept = append(append(kept, path...), text...)
					return err
				}))
				kept = bytes.ReplaceAll(kept, []byte(`\`), nil) // quotes within quotes
				for _, there := range []string{"poste1", `"langue":"ta"`, `"canal":"accueil"`} {
					require.True(t, bytes.Contains(kept, []byte(there)), "%s is kept, and where it is was looked at", there)
				}
				for _, mark := range marks {
					require.False(t, bytes.Contains(kept, []byte(mark)), "%s is kept", mark)
				}
			}
			look()
			require.NoError(t, s.Process.Signal(syscall.SIGTERM))
			require.NoError(t, s.Wait())
			look()
		})
	}
}

// simulated has a visitor answer every question, and take the sheet away.
func simulated(t *testing.T, s *served) {
	t.Helper()
	b := s.browser(t)
	b.get("/fr/simulation")
	asks := func() bool {
		return len(b.all(func(n *html.Node) bool { name, _ := attribute(n, "name"); return name == "page" })) > 0
	}
	pages := 0
	for ; asks(); pages++ {
		require.Less(t, pages, 45, "the questionnaire does not end")
		b.press("vers", "suite", told, "aucun", "non", "francaise", "college", "inactif", "nsp")
		require.Equal(t, http.StatusOK, b.status, regexp.MustCompile(`(?s)class="mistakes".*?</div>`).FindString(b.body))
	}
	require.Greater(t, pages, 8)
	require.Contains(t, b.body, "17 mai 1963", "the visitor reads it again")
	b.press("vers", "resultats", nil)
	require.Contains(t, b.body, "€")
	b.press("vers", "feuille", nil)
	require.Equal(t, http.StatusOK, b.status)
	require.Contains(t, b.body, "<svg")
}

// called has a program ask, rightly and wrongly.
func called(t *testing.T, s *served) {
	t.Helper()
	b := s.browser(t)
	const household = `{"id":"zqcanari","date":"2026-06-15","commune":"93006","demandeur":{"naissance":"1963-05-17","revenus":{"salaire":1374.59}},"logement":{"statut":"locataire_hlm","loyer":613.87}}`
	for _, path := range []string{"/api/v1/simulations", "/api/v1/questions"} {
		require.True(t, b.do(http.MethodPost, path, "application/json", household))
		require.Equal(t, http.StatusOK, b.status, b.body)
	}
	require.True(t, b.do(http.MethodPost, "/api/v1/simulations/batch", "application/x-ndjson", household+"\n"+strings.ReplaceAll(household, "93006", "zqcanari")+"\n"))
	require.Equal(t, http.StatusOK, b.status, b.body)
	require.True(t, b.do(http.MethodPost, "/api/v1/simulations", "application/json", strings.ReplaceAll(household, "1963-05-17", "Zqnom")))
	require.Equal(t, http.StatusUnprocessableEntity, b.status, b.body)
}

// received has an agent receive a visitor who does not want to be followed.
func received(t *testing.T, s *served) {
	t.Helper()
	b := s.browser(t)
	b.signIn("poste1")
	b.get("/accueil/comptoir")
	b.press("vers", "maj", url.Values{
		"langue": {"ta"}, "demandeur.naissance": {"17/05/1963"}, "couple": {"non"}, "enfants": {"0"}, "commune": {"Bagnolet 93"}, "logement.statut": {"locataire_hlm"},
		"logement.loyer": {"613,87"}, "demandeur.revenus.salaire": {"1 374,59"}, "epargne": {"481 739"}, "foyer_fiscal.rfr": {"173 891"},
	})
	require.Equal(t, http.StatusOK, b.status)
	require.Contains(t, b.body, "613,87")
	counter := b.page
	b.press("vers", "feuille", nil)
	require.Equal(t, http.StatusOK, b.status)
	b.page = counter
	in := url.Values{}
	for _, n := range b.all(func(n *html.Node) bool { form, _ := attribute(n, "form"); return n.Data == "input" && form == "suivi" }) {
		name, _ := attribute(n, "name")
		value, _ := attribute(n, "value")
		in.Set(name, value)
	}
	b.post("/accueil/dossiers", in)
	require.Equal(t, http.StatusOK, b.status, b.body)
	b.press("choix", "non", url.Values{"canal": {"accueil"}, "nom": {"Zqnom"}, "telephone": {"06 99 88 77 66"}, "courriel": {"zq@example.org"}})
	require.Equal(t, http.StatusOK, b.status, b.body)
	require.Contains(t, b.body, "Rien n", "nothing is kept")
	b.page = counter
	b.press("vers", "suivant", nil)
	require.Equal(t, http.StatusOK, b.status)
}

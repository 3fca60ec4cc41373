package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/takeup/retention"
	"guichet/takeup/store"
	"guichet/web/desk/desktest"
)

// TestProperty25Consent: an agreement is kept with the version of the text that was read, its language and its moment, and the person is
// given all three; it is taken back by one form without a question, which empties the vault at once and has the case go at the next purge.
func TestProperty25Consent(t *testing.T) {
	for _, kind := range databasetest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			s := desktest.NewOn(t, kind)
			b := s.SignedIn(t, people.SocialWorker)
			page, in := handover(t, b, "ta")
			in.Set("telephone", "06 12 34 56 78")
			in.Set("choix", "oui")
			w := b.Post("/accueil/dossiers/ouverture", in)
			require.Equal(t, http.StatusSeeOther, w.Code, w.Body)
			code, err := takeup.ReadCode(strings.Split(w.Header().Get("Location"), "/")[3])
			require.NoError(t, err)
			opened := caseOf(t, s, code)
			require.Contains(t, page, opened.Notice.Version, "the version is on the page that was read")
			require.True(t, opened.OpenedAt.Equal(s.Clock.Now()))
			given := s.SignedIn(t, people.Protection).Post("/accueil/personnes/export", url.Values{"code": {string(code)}}).Body.String()
			for _, said := range []string{`"version": "` + opened.Notice.Version + `"`, `"langue": "ta"`, `"accord": true`, `"le": "` + s.Clock.Now().Format(time.RFC3339) + `"`, "06 12 34 56 78"} {
				require.Contains(t, given, said)
			}

			a := note(t, b, "/accueil/dossiers/"+string(code)+"/noter/accord_retire")
			require.Equal(t, http.StatusSeeOther, a.code, a.body)
			for name := range a.in {
				require.Contains(t, []string{"id", "apres"}, name, "nothing is asked of whoever takes it back")
			}
			var sealed int
			require.NoError(t, s.DB.QueryRow(t.Context(), "SELECT count(*) FROM vault").Scan(&sealed))
			require.Zero(t, sealed)
			require.False(t, caseOf(t, s, code).IsOpen())
			gone, err := retention.Purge(t.Context(), s.DB, retention.Longest, s.Clock.Now())
			require.NoError(t, err)
			require.Equal(t, 1, gone.Cases)
			_, err = s.Keep.Cases.Case(t.Context(), peopletest.Here, code)
			require.ErrorIs(t, err, store.ErrNotFound)
			for table, row := range rowsOf(t, s.DB) {
				if table != "access" { // the log of who read it has its own time
					require.NotContains(t, row, string(code), table)
				}
			}
		})
	}
}

package desk_test

import (
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/takeup"
	"guichet/takeup/people"
	"guichet/takeup/people/peopletest"
	"guichet/takeup/recomputation"
	"guichet/web/browsertest"
	"guichet/web/desk/desktest"
)

// TestCasesInABrowser holds the pages of cases to axe-core at two widths, in a real Chromium.
func TestCasesInABrowser(t *testing.T) {
	for _, width := range []int64{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			s := desktest.New(t)
			code := aCase(t, s, peopletest.Here)
			at := "/accueil/dossiers/" + string(code)
			me := s.Agents[peopletest.Here][people.SocialWorker].ID
			for i, f := range []takeup.Fact{
				takeup.Diagnosed{
					RightID: takeup.RightID{Aid: s.Aids[1], For: takeup.Household}, Finding: takeup.Likely, Type: takeup.NotAsked, Reason: takeup.Complexity,
					Estimate: &takeup.Estimate{Min: 205_07, Max: 205_07, Per: takeup.PerMonth, Version: "2026-01-01", Rules: "essai"},
				},
				takeup.Filed{RightID: takeup.RightID{Aid: s.Aids[1], For: takeup.Household}, On: takeup.DayOf(s.Clock.Now()), Proof: "4471"},
				takeup.Opened{RightID: takeup.RightID{Aid: s.Aids[1], For: takeup.Household}, Amount: takeup.Amount{Cents: 201_40, Per: takeup.PerMonth}, Since: takeup.DayOf(s.Clock.Now())},
			} {
				_, err := s.Keep.Cases.Append(t.Context(), peopletest.Here, code, 2+i, takeup.Event{ID: fmt.Sprint("navigateur-", i), At: s.Clock.Now(), By: me, Fact: f})
				require.NoError(t, err)
			}
			known, err := profile.Decode([]byte(`{"commune": "93066", "couple": "marie", "demandeur": {"naissance": "1988-04-25", "activite": "salarie", "revenus": {"salaire": 1449.62}}, "conjoint": {"naissance": "1990-02-01"}, "enfants": [{"naissance": "2012-05-03"}]}`))
			require.NoError(t, err)
			putHeld(t, s, code, recomputation.Hold(known, &engine.Simulation{}))
			s.Clock.Pass(12 * 24 * time.Hour)
			server := httptest.NewServer(s.Handler)
			t.Cleanup(server.Close)
			b := &tab{browsertest.Open(t).Tab(t, fmt.Sprintf("dossiers-%d", width), width)}
			b.Open(server.URL + "/accueil")
			b.keys("travailleur_social\t" + peopletest.Password + "\r")
			for name, path := range map[string]string{
				"liste": "/accueil/dossiers?liste=tous", "dossier": at, "carte": at + "/carte", "mandat": at + "/mandat", "personne": at + "/personne", "a-faire": "/accueil/a-faire?agent=",
				"ouverture-droit": at + "/droits/1/ouverture", "note": at + "/noter/note", "information": at + "/noter/information", "action": at + "/droits/1/action_prevue",
			} {
				b.Open(server.URL + path)
				eval[bool](b, `(() => { for (const d of document.querySelectorAll("main details")) d.open = true; return true })()`)
				b.Check(name)
			}
			b.Open(server.URL + "/accueil/comptoir")
			eval[string](b, "document.querySelector('#foyer-langue').value = 'en'")
			b.press(`button[form="suivi"]`)
			require.Equal(t, "Ouvrir un dossier de suivi", eval[string](b, "document.querySelector('h1').textContent"))
			b.Check("notice")
			b.press(`button[value="oui"]`)
			b.Check("carte-ouverte")
		})
	}
}

package recomputation_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/rules"
	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/recomputation"
	"guichet/takeup/store"
	"guichet/takeup/vault"
)

const (
	ccas = takeup.CCAS("a")
	code = takeup.Code("K7B-4PXD")
)

// A young man alone, without an income: the RSA is for whoever is 25, which he is on 10 May 2026.
const household = `{"complet": true, "commune": "93066", "couple": "non", "demandeur": {"naissance": "2001-05-10", "nationalite": "francaise", "revenus": {}},
	"enfants": [], "logement": {"statut": "locataire_hlm", "loyer": 431.37}, "prestations_percues": {}}`

// TestARightThatAppearsIsNoticed follows a household whose answers were kept at the counter, month after month, by the rules that are shipped.
func TestARightThatAppearsIsNoticed(t *testing.T) {
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	e, err := engine.New(set)
	require.NoError(t, err)
	key, err := vault.NewKey(bytes.Repeat([]byte("k"), vault.MinKey))
	require.NoError(t, err)
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		databasetest.AddCCAS(t, db, string(ccas))
		cases, v := store.New(db), vault.New(db, key)
		p, err := profile.Decode([]byte(household))
		require.NoError(t, err)
		opened := time.Date(2026, 3, 15, 10, 0, 0, 0, time.UTC)
		p.Date = profile.DateOfTime(opened)
		s, err := e.Simulate(p)
		require.NoError(t, err)
		facts := []takeup.Fact{takeup.CaseOpened{Followed: true, Reception: takeup.Reception{Channel: takeup.WalkIn, Language: "ta"}, Notice: takeup.Notice{Version: "1", Language: "ta"}}}
		for _, d := range takeup.Diagnoses(s) {
			if d.Finding == takeup.Likely {
				d.Type, d.Reason = takeup.NotKnown, takeup.Information
				facts = append(facts, d)
			}
		}
		for i, f := range facts {
			_, err := cases.Append(t.Context(), ccas, code, i, takeup.Event{ID: string(rune('a' + i)), At: opened, By: "poste-2", Fact: f})
			require.NoError(t, err)
		}
		kept, err := json.Marshal(recomputation.Hold(p, s))
		require.NoError(t, err)
		require.NoError(t, v.PutAnswers(t.Context(), ccas, code, kept, opened))

		run := func(now time.Time, hash string) []takeup.Reestimated {
			t.Helper()
			had, err := cases.Events(t.Context(), ccas, code)
			require.NoError(t, err)
			report, err := recomputation.Run(t.Context(), cases, v, e, hash, []takeup.CCAS{ccas}, now)
			require.NoError(t, err)
			require.Zero(t, report.Failed)
			require.Equal(t, 1, report.Seen)
			all, err := cases.Events(t.Context(), ccas, code)
			require.NoError(t, err)
			require.Len(t, all, len(had)+report.Noted)
			var out []takeup.Reestimated
			for _, noted := range all[len(had):] {
				require.Empty(t, noted.By, "nobody asked for it")
				out = append(out, noted.Fact.(takeup.Reestimated))
			}
			return out
		}
		rsa := func(all []takeup.Reestimated) (change takeup.Change) {
			for _, r := range all {
				if r.Aid == "rsa" {
					change = r.Change
				}
			}
			return change
		}
		hash := set.Hash()
		require.Empty(t, run(opened.AddDate(0, 0, 3), hash), "the same rules in the same month: nothing is computed")
		require.Empty(t, rsa(run(opened.AddDate(0, 1, 0), hash)), "in April he is 24")
		before, err := v.Answers(t.Context(), ccas, code)
		require.NoError(t, err)
		june := time.Date(2026, 6, 10, 10, 0, 0, 0, time.UTC)
		require.Equal(t, takeup.NewRight, rsa(run(june, hash)))

		// A server that died between the events and the vault computes again, and notes nothing twice; nor does another rule set that
		// says the same.
		require.NoError(t, v.PutAnswers(t.Context(), ccas, code, before, june))
		require.Empty(t, run(june, hash))
		require.Empty(t, run(june, "sha256:another"))

		c, err := cases.Case(t.Context(), ccas, code)
		require.NoError(t, err)
		require.True(t, c.Right(takeup.RightID{Aid: "rsa", For: takeup.Household}).Noticed)

		var dump bytes.Buffer
		_, err = db.Backup(context.Background(), &dump, june)
		require.NoError(t, err)
		require.Contains(t, dump.String(), "nouveau")
		for _, canary := range []string{"431.37", "2001-05-10", "locataire_hlm"} {
			require.False(t, strings.Contains(dump.String(), canary), "an answer of the household is in the database in clear: %s", canary)
		}
	})
}

package store_test

import (
	"crypto/rand"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/store"
)

// BenchmarkCases reads what a page lists from: 5,000 cases of a dozen events each, all of them, and as digests when one of them has gone
// on since the last page.
func BenchmarkCases(b *testing.B) {
	for _, kind := range databasetest.Kinds {
		b.Run(string(kind), func(b *testing.B) {
			s := centers(b, databasetest.Open(b, kind), "a")
			codes := make([]takeup.Code, 5000)
			for i := range codes {
				codes[i] = takeup.Code(fmt.Sprintf("%03d-%04d", i/1000, i%1000))
				_, err := s.Append(b.Context(), "a", codes[i], 0, dozen(codes[i])...)
				require.NoError(b, err)
			}
			b.Run("all", func(b *testing.B) {
				for b.Loop() {
					_, err := s.Cases(b.Context(), "a", func(*takeup.Case) bool { return false })
					require.NoError(b, err)
				}
			})
			b.Run("digests", func(b *testing.B) {
				d := store.NewDigests((*takeup.Case).IsOpen)
				_, err := d.All(b.Context(), s, "a")
				require.NoError(b, err)
				for i := 0; b.Loop(); i++ {
					_, err := s.Append(b.Context(), "a", codes[i], 12, note(rand.Text()))
					require.NoError(b, err)
					all, err := d.All(b.Context(), s, "a")
					require.NoError(b, err)
					require.Len(b, all, len(codes))
				}
			})
		})
	}
}

// dozen makes the events of a case that two rights were found and asked for.
func dozen(code takeup.Code) (out []takeup.Event) {
	today := takeup.DayOf(noon)
	facts := []takeup.Fact{takeup.CaseOpened{Reception: takeup.Reception{Channel: takeup.WalkIn, Language: "ta"}, Followed: true, Simulated: true, Referent: "agent"}}
	for _, aid := range []string{"rsa", "css"} {
		id := takeup.RightID{Aid: aid, For: takeup.Household}
		facts = append(facts,
			takeup.Diagnosed{RightID: id, Finding: takeup.Likely, Type: takeup.NotKnown, Reason: takeup.Information, Estimate: &takeup.Estimate{Min: 296_28, Max: 310_00, Per: takeup.PerMonth, Version: "2026-01-01", Rules: "sha256:0123456789abcdef"}},
			takeup.Planned{RightID: id, Mode: takeup.Modes()[0], Where: takeup.Partners()[0], Missing: []string{"identite", "rib"}},
			takeup.DocumentsReceived{RightID: id, Documents: []string{"identite", "rib"}},
			takeup.Filed{RightID: id, On: today, Proof: "n 4471"},
			takeup.Contacted{RightID: id, With: takeup.ThePerson, By: takeup.AllMeans()[0], Reached: true},
		)
	}
	facts = append(facts, takeup.Noted{Text: "Rappeler mardi."})
	for i, f := range facts {
		out = append(out, takeup.Event{ID: fmt.Sprint(code, " ", i), At: noon, By: "agent", Fact: f})
	}
	return out
}

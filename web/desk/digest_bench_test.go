package desk

import (
	"crypto/rand"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/indicators"
	"guichet/takeup/store"
	"guichet/web/webtest"
)

// BenchmarkDigests says how much memory the digests of one case take, read from the database: for the lists of the desk and for the
// figures, of an open case with two rights and of one that is closed.
func BenchmarkDigests(b *testing.B) {
	const cases = 1000
	for _, closed := range []bool{false, true} {
		name := "open"
		if closed {
			name = "closed"
		}
		b.Run(name, func(b *testing.B) {
			db := databasetest.Open(b, database.SQLite)
			databasetest.AddCCAS(b, db, "a")
			s := store.New(db)
			for range cases {
				code, err := takeup.NewCode(rand.Reader)
				require.NoError(b, err)
				_, err = s.Append(b.Context(), "a", code, 0, twoRights(closed)...)
				require.NoError(b, err)
			}
			rules := takeup.RulesOf(webtest.Engine(b).Set())
			for b.Loop() {
				lists, lines := digestsBy(rules), store.NewDigests(indicators.Lines)
				before := heap()
				_, err := lists.All(b.Context(), s, "a")
				require.NoError(b, err)
				between := heap()
				_, err = lines.All(b.Context(), s, "a")
				require.NoError(b, err)
				b.ReportMetric(float64(between-before)/cases, "B/list-digest")
				b.ReportMetric(float64(heap()-between)/cases, "B/figures-digest")
				runtime.KeepAlive(lists)
				runtime.KeepAlive(lines)
			}
		})
	}
}

// heap is what is in use.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// twoRights makes the events of a case in which two rights were found and asked for.
func twoRights(closed bool) (out []takeup.Event) {
	noon := time.Date(2026, 10, 15, 12, 0, 0, 0, time.UTC)
	facts := []takeup.Fact{takeup.CaseOpened{Reception: takeup.Reception{Channel: takeup.WalkIn, Language: "ta"}, Followed: true, Simulated: true, Referent: "agent"}}
	for _, aid := range []string{"rsa", "css"} {
		id := takeup.RightID{Aid: aid, For: takeup.Household}
		estimate := &takeup.Estimate{Min: 296_28, Max: 310_00, Per: takeup.PerMonth, Version: "2026-01-01", Rules: "sha256:0123456789abcdef"}
		facts = append(facts,
			takeup.Diagnosed{RightID: id, Finding: takeup.Likely, Type: takeup.NotKnown, Reason: takeup.Information, Estimate: estimate},
			takeup.Planned{RightID: id, Mode: takeup.Modes()[0], Where: takeup.Partners()[0], Missing: []string{"identite", "rib"}},
			takeup.DocumentsReceived{RightID: id, Documents: []string{"identite", "rib"}},
			takeup.Filed{RightID: id, On: takeup.DayOf(noon), Proof: "n 4471"},
			takeup.Contacted{RightID: id, With: takeup.ThePerson, By: takeup.AllMeans()[0], Reached: true},
		)
	}
	if closed {
		facts = append(facts, takeup.Closed{Reason: takeup.CloseMoved})
	}
	for _, f := range facts {
		out = append(out, takeup.Event{ID: rand.Text(), At: noon, By: "agent", Fact: f})
	}
	return out
}

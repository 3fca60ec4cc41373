package retention_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/indicators"
	"guichet/takeup/people"
	"guichet/takeup/retention"
	"guichet/takeup/store"
	"guichet/takeup/vault"
)

// A world is a fake clock over a database with two CCAS.
type world struct {
	t     *testing.T
	db    *database.DB
	cases *store.Store
	vault *vault.Vault
	now   time.Time
	n     int
}

func newWorld(t *testing.T, db *database.DB) *world {
	t.Helper()
	key, err := vault.NewKey(bytes.Repeat([]byte("k"), 32))
	require.NoError(t, err)
	w := &world{t: t, db: db, cases: store.New(db), vault: vault.New(db, key), now: time.Date(2024, 1, 31, 10, 0, 0, 0, time.UTC)}
	databasetest.AddCCAS(t, db, "a", "b")
	return w
}

func (w *world) add(ccas takeup.CCAS, code takeup.Code, facts ...takeup.Fact) {
	w.t.Helper()
	had, _ := w.cases.Events(w.t.Context(), ccas, code)
	for i, f := range facts {
		w.n++
		_, err := w.cases.Append(w.t.Context(), ccas, code, len(had)+i, takeup.Event{ID: fmt.Sprint(w.n), At: w.now, By: "poste-2", Fact: f})
		require.NoError(w.t, err)
	}
}

// open begins a case that bears a canary wherever a person could be named.
func (w *world) open(ccas takeup.CCAS, code takeup.Code) {
	w.t.Helper()
	w.add(ccas, code, takeup.CaseOpened{Followed: true, Reception: takeup.Reception{Language: "ta"}}, takeup.Noted{Text: canary(code)},
		takeup.Diagnosed{RightID: takeup.RightID{Aid: "rsa"}, Finding: takeup.Likely})
	require.NoError(w.t, w.vault.PutContact(w.t.Context(), ccas, code, vault.Contact{Name: canary(code)}, w.now))
	require.NoError(w.t, w.vault.PutAnswers(w.t.Context(), ccas, code, []byte(`{"id":"`+canary(code)+`"}`), w.now))
	w.access(ccas, code)
}

func canary(code takeup.Code) string { return "canari " + string(code) }

func (w *world) access(ccas takeup.CCAS, code takeup.Code) {
	w.t.Helper()
	w.n++
	require.NoError(w.t, w.db.InTx(w.t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(w.t.Context(), "INSERT INTO access (id, ccas, at, agent, case_code, about, what) VALUES ($1, $2, $3, 'poste-2', $4, '', 'lu')",
			fmt.Sprint(w.n), ccas, w.now.Format(time.RFC3339), code)
		return err
	}))
}

func (w *world) purge() retention.Gone {
	w.t.Helper()
	gone, err := retention.Purge(w.t.Context(), w.db, retention.Longest, w.now)
	require.NoError(w.t, err)
	return gone
}

func (w *world) on(day string) {
	w.t.Helper()
	var err error
	w.now, err = time.Parse(time.DateOnly, day)
	require.NoError(w.t, err)
	w.now = w.now.Add(10 * time.Hour)
}

func (w *world) count(from string) (n int) {
	w.t.Helper()
	require.NoError(w.t, w.db.QueryRow(w.t.Context(), "SELECT count(*) FROM "+from).Scan(&n))
	return n
}

func (w *world) people(ccas takeup.CCAS) (people, rights int) {
	w.t.Helper()
	for l, err := range w.cases.Lines(w.t.Context(), ccas) {
		require.NoError(w.t, err)
		if l.Person != nil {
			people++
		} else {
			rights++
		}
	}
	return people, rights
}

func TestProperty24Retention(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db)
		w.on("2024-01-31")
		w.open("a", "AAA-2222") // and nobody comes again
		w.open("a", "BBB-2222") // is followed to its end
		w.open("b", "CCC-2222") // comes again
		require.NoError(t, w.cases.AddLine(t.Context(), "a", indicators.Passing(takeup.DayOf(w.now).Month(), takeup.Reception{}, true, false)))
		require.Equal(t, retention.Gone{}, w.purge())

		w.on("2024-06-30")
		w.add("a", "BBB-2222", takeup.Closed{Reason: takeup.Closings()[0]})
		require.Equal(t, 4, w.count("vault"), "what names someone goes when the follow-up closes")
		require.Equal(t, retention.Gone{}, w.purge())

		w.on("2025-01-30")
		require.Equal(t, retention.Gone{}, w.purge())
		w.on("2025-02-01")
		w.access("b", "CCC-2222")
		require.Equal(t, retention.Gone{Accesses: 3}, w.purge(), "twelve months")
		w.add("b", "CCC-2222", takeup.Visited{})

		w.on("2026-01-30")
		require.Equal(t, retention.Gone{}, w.purge())
		w.on("2026-01-31")
		people, rights := w.people("a")
		require.Equal(t, retention.Gone{Cases: 2}, w.purge(), "two years after the last contact")
		stay, righted := w.people("a")
		require.Equal(t, []int{3, 2}, []int{people, rights})
		require.Equal(t, []int{people, rights}, []int{stay, righted}, "who was received still counts")
		_, err := w.cases.Case(t.Context(), "a", "AAA-2222")
		require.ErrorIs(t, err, store.ErrNotFound)
		_, err = w.cases.Case(t.Context(), "b", "CCC-2222")
		require.NoError(t, err)
		require.Equal(t, 2, w.count("vault"), "of the one who came again")
		w.on("2027-02-01")
		require.Equal(t, retention.Gone{Cases: 1, Accesses: 1}, w.purge())
		require.Zero(t, w.count("vault"))
		require.Zero(t, w.count("event"))
		require.Zero(t, w.count("case_file"))
	})
}

// A job that was not there when a case closed does what was left.
func TestProperty24ContactOfAClosedCase(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db)
		w.open("a", "AAA-2222")
		require.NoError(t, db.InTx(t.Context(), func(tx *sql.Tx) error { // as a program without that rule would
			_, err := tx.ExecContext(t.Context(), "INSERT INTO event (ccas, case_code, number, id, at, agent, kind, fact) VALUES ('a', 'AAA-2222', 4, 'x', $1, '', 'cloture', $2)",
				store.FormatTime(w.now), `{"motif":"`+string(takeup.Closings()[0])+`"}`)
			return err
		}))
		require.Equal(t, retention.Gone{Contacts: 1, Answers: 1}, w.purge())
		require.Equal(t, retention.Gone{}, w.purge())
	})
}

// Whoever does not want to be followed any more is forgotten at the next purge.
func TestProperty24Withdrawal(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db)
		w.open("a", "AAA-2222")
		w.add("a", "AAA-2222", takeup.ConsentWithdrawn{})
		require.Zero(t, w.count("vault"))
		require.Equal(t, retention.Gone{Cases: 1}, w.purge())
	})
}

// Deletion reaches the bytes: of the file and of its log of writes.
func TestProperty24NoByteStays(t *testing.T) {
	address := databasetest.Address(t, database.SQLite)
	db := databasetest.OpenAt(t, address)
	require.NoError(t, db.Migrate(t.Context()))
	w := newWorld(t, db)
	const cases = 60 // some pages are split and merged
	name := func(i int) takeup.Code { return takeup.Code(fmt.Sprintf("%03d-2222", i)) }
	for i := range cases {
		if i == cases/2 {
			w.on("2026-01-01")
		}
		w.open("a", name(i))
	}
	found := files(t, address)
	require.Contains(t, found, canary(name(0)), "or this test would prove nothing")
	sealed := sealedOf(t, db, name(0))
	require.Contains(t, found, sealed)
	w.on("2026-02-01")
	gone := w.purge()
	require.Equal(t, cases/2, gone.Cases)
	found = files(t, address)
	for i := range cases {
		require.Equal(t, i >= cases/2, strings.Contains(found, canary(name(i))), i)
	}
	require.NotContains(t, found, sealed)
}

// A backup that is made after a purge has nothing of what went; one of before does, until it is restored and purged as the operator's guide
// says.
func TestProperty24BackupsForget(t *testing.T) {
	for _, from := range databasetest.Kinds {
		t.Run(string(from), func(t *testing.T) {
			w := newWorld(t, databasetest.Open(t, from))
			w.open("a", "AAA-2222")
			w.on("2026-01-01")
			w.open("a", "BBB-2222")
			before := strings.Join(w.rows(), "")
			require.Contains(t, before, canary("AAA-2222"), "or this test would prove nothing")
			var backup bytes.Buffer
			_, err := w.db.Backup(t.Context(), &backup, w.now)
			require.NoError(t, err)
			w.on("2026-02-01")
			w.purge()
			after := strings.Join(w.rows(), "")
			require.NotContains(t, after, canary("AAA-2222"))
			require.Contains(t, after, canary("BBB-2222"))
			for _, to := range databasetest.Kinds {
				restored := *w
				restored.db = databasetest.OpenAt(t, databasetest.Address(t, to))
				_, err := restored.db.Restore(t.Context(), bytes.NewReader(backup.Bytes()))
				require.NoError(t, err)
				require.Equal(t, before, strings.Join(restored.rows(), ""))
				require.Equal(t, 1, restored.purge().Cases)
				require.NotContains(t, strings.Join(restored.rows(), ""), canary("AAA-2222"))
			}
		})
	}
}

// The engines are set so that what is deleted does not stay in the file: SQLite overwrites it, and a purge leaves no page that is free.
func TestProperty24FilesForget(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	pragma := func(name string) (n int) {
		require.NoError(t, db.InTx(t.Context(), func(tx *sql.Tx) error {
			return tx.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&n)
		}))
		return n
	}
	require.Equal(t, 1, pragma("secure_delete"))
	require.Equal(t, 2, pragma("temp_store"), "in memory")
	w := newWorld(t, db)
	for i := range 60 {
		w.open("a", takeup.Code(fmt.Sprintf("%03d-2222", i)))
	}
	pages := pragma("page_count")
	w.on("2026-02-01")
	require.Equal(t, 60, w.purge().Cases)
	require.Zero(t, pragma("freelist_count"))
	require.Less(t, pragma("page_count"), pages)
}

// Which lines came together, and so were of one case, cannot be told from how PostgreSQL lays rows: neither by their places nor by the
// transactions that wrote them.
func TestProperty24LinesLieInNoOrder(t *testing.T) {
	w := newWorld(t, databasetest.Open(t, database.PostgreSQL))
	for i := range 12 {
		w.open("a", takeup.Code(fmt.Sprintf("%03d-2222", i)))
	}
	for _, code := range []takeup.Code{"003-2222", "007-2222"} { // one by one, as people ask
		require.NoError(t, retention.Erase(t.Context(), w.db, "a", code))
	}
	require.NoError(t, w.cases.AddLine(t.Context(), "a", indicators.Passing(takeup.DayOf(w.now).Month(), takeup.Reception{}, true, false)))
	w.on("2026-02-01")
	require.Equal(t, 10, w.purge().Cases)
	require.Equal(t, 25, w.count("line"))
	require.Equal(t, 1, w.count("(SELECT DISTINCT xmin::text FROM line) AS writers"))
	ids := func(order string) (out []string) {
		require.NoError(t, w.db.Each(t.Context(), func(r *sql.Rows) error {
			var id string
			err := r.Scan(&id)
			out = append(out, id)
			return err
		}, "SELECT id FROM line ORDER BY "+order))
		return out
	}
	require.Equal(t, ids("id"), ids("ctid"))
}

// The log of who read what is kept for as long as the policy says, from six months to twelve; an attempt at a password for a day, a
// session for a day from its end.
func TestProperty24Logs(t *testing.T) {
	for _, months := range []int{6, 9, 12} {
		databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
			w := newWorld(t, db)
			w.on("2024-01-31")
			w.access("a", "AAA-2222")
			clock := func() time.Time { return w.now }
			s, err := people.New(people.Options{DB: db, Clock: clock, Cost: people.Cost{Memory: 64, Time: 1, Threads: 1}})
			require.NoError(t, err)
			_, _, err = s.AddAgent(t.Context(), "", people.NewAgent{CCAS: "a", Login: "poste2", Name: "Poste 2", Role: people.Reception, Password: "une phrase pour les essais"})
			require.NoError(t, err)
			_, _, err = s.SignIn(t.Context(), "poste2", "une phrase pour les essais", "198.51.100.7")
			require.NoError(t, err)
			_, _, err = s.SignIn(t.Context(), "poste2", "une autre phrase", "198.51.100.7")
			require.ErrorIs(t, err, people.ErrRefused)
			logged := w.count("access")
			require.Equal(t, 1, w.count("session"))
			require.Positive(t, w.count("attempt"))
			purge := func() int {
				gone, err := retention.Purge(t.Context(), db, retention.Policy{Months: 24, AccessMonths: months}, w.now)
				require.NoError(t, err)
				return gone.Accesses
			}
			require.Zero(t, purge())
			require.Equal(t, 1, w.count("session"))
			w.now = w.now.Add(25 * time.Hour)
			require.Zero(t, purge())
			require.Zero(t, w.count("attempt"))
			require.Equal(t, 1, w.count("session"), "two hours after it was used it ended")
			w.now = w.now.Add(time.Hour)
			require.Zero(t, purge())
			require.Zero(t, w.count("session"))
			w.on("2024-01-31")
			w.now = w.now.AddDate(0, months, -1)
			require.Zero(t, purge(), "a day before")
			w.now = w.now.AddDate(0, 0, 2)
			require.Equal(t, logged, purge())
		})
	}
}

func sealedOf(t *testing.T, db *database.DB, code takeup.Code) (text string) {
	t.Helper()
	require.NoError(t, db.QueryRow(t.Context(), "SELECT sealed FROM vault WHERE case_code = $1 AND kind = 'contact'", code).Scan(&text))
	return text
}

// files gives every byte that a database has on the disk.
func files(t *testing.T, address string) string {
	t.Helper()
	path := strings.TrimPrefix(address, "sqlite:")
	var all strings.Builder
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		content, err := os.ReadFile(name)
		require.NoError(t, err)
		all.Write(content)
	}
	return all.String()
}

func TestPolicies(t *testing.T) {
	require.NoError(t, retention.Longest.Check())
	require.NoError(t, retention.Policy{Months: 1, AccessMonths: 6}.Check())
	for _, p := range []retention.Policy{{0, 12}, {25, 12}, {24, 5}, {24, 13}} {
		require.Error(t, p.Check())
	}
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db)
		w.open("a", "AAA-2222")
		w.on("2024-03-01")
		gone, err := retention.Purge(t.Context(), db, retention.Policy{Months: 1, AccessMonths: 6}, w.now)
		require.NoError(t, err)
		require.Equal(t, retention.Gone{Cases: 1}, gone)
	})
}

// A person is given what is kept of them, all of it and of nobody else, and has it erased, all of it and of nobody else.
func TestProperty25Rights(t *testing.T) {
	databasetest.ForEach(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db)
		w.open("a", "AAA-2222")
		w.open("a", "BBB-2222")
		w.access("a", "")
		p, err := retention.Export(t.Context(), db, w.vault, "a", "AAA-2222")
		require.NoError(t, err)
		text, err := json.Marshal(p)
		require.NoError(t, err)
		require.Equal(t, 3, strings.Count(string(text), canary("AAA-2222")), "in a note, the contact details and the answers")
		require.NotContains(t, string(text), "BBB-2222")
		require.Len(t, p.Events, 3)
		require.Len(t, p.Accesses, 1)
		for _, said := range []string{`"ccas":"CCAS a"`, `"nature":"dossier_ouvert"`, `"accord":true`, `"le":"2024-01-31T10:00:00Z"`, `"quoi":"lu"`} {
			require.Contains(t, string(text), said)
		}
		_, err = retention.Export(t.Context(), db, w.vault, "b", "AAA-2222")
		require.ErrorIs(t, err, store.ErrNotFound)
		require.ErrorIs(t, retention.Erase(t.Context(), db, "b", "AAA-2222"), store.ErrNotFound)

		before := w.rows()
		require.NoError(t, retention.Erase(t.Context(), db, "a", "AAA-2222"))
		after := w.rows()
		for _, row := range before {
			mine := strings.Contains(row, "AAA-2222") && !strings.Contains(row, `"lu"`) // the log of accesses has its own time
			require.Equal(t, !mine, strings.Contains(strings.Join(after, ""), row), row)
		}
		require.ErrorIs(t, retention.Erase(t.Context(), db, "a", "AAA-2222"), store.ErrNotFound)
		people, rights := w.people("a")
		require.Equal(t, []int{2, 2}, []int{people, rights})
	})
}

// rows gives every row of the database.
func (w *world) rows() (out []string) {
	w.t.Helper()
	var b bytes.Buffer
	_, err := w.db.Backup(w.t.Context(), &b, w.now)
	require.NoError(w.t, err)
	for l := range strings.Lines(b.String()) {
		if strings.HasPrefix(l, "[") {
			out = append(out, l)
		}
	}
	return out
}

package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
	"guichet/takeup/store"
)

// A process of its own writes when the test binary is run with these.
const (
	writerAddress = "GUICHET_TEST_WRITER"       // the database
	writerName    = "GUICHET_TEST_WRITER_NAME"  // what its events begin with
	writerCount   = "GUICHET_TEST_WRITER_COUNT" // how many events each of its four hands writes
	writerCases   = 5
)

func TestMain(m *testing.M) {
	if os.Getenv(writerAddress) == "" {
		os.Exit(m.Run())
	}
	if err := writeAsProcess(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// writeAsProcess appends events to a few cases with four hands and says each that was acknowledged, once it was.
func writeAsProcess() error {
	ctx := context.Background()
	count, err := strconv.Atoi(os.Getenv(writerCount))
	if err != nil {
		return err
	}
	db, err := database.Open(ctx, os.Getenv(writerAddress))
	if err != nil {
		return err
	}
	s := store.New(db)
	var hands sync.WaitGroup
	failures := make(chan error, 4)
	var out sync.Mutex
	for hand := range 4 {
		hands.Go(func() {
			for i := range count {
				e := note(fmt.Sprintf("%s-%d-%d", os.Getenv(writerName), hand, i))
				for range 1 + i%2 { // every other one is asked for twice
					if err := insist(ctx, s, caseNumber(hand+i), e); err != nil {
						failures <- err
						return
					}
				}
				out.Lock()
				fmt.Println(e.ID)
				out.Unlock()
			}
		})
	}
	hands.Wait()
	close(failures)
	return errors.Join(<-failures, db.Close())
}

func caseNumber(i int) takeup.Code { return takeup.Code(fmt.Sprintf("CCC-000%d", 2+i%writerCases)) }

// A writing process.
type process struct {
	*exec.Cmd
	said *bufio.Reader
	err  strings.Builder
}

func startWriter(t *testing.T, address, name string, count int) *process {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	p := &process{Cmd: exec.CommandContext(t.Context(), self)}
	p.Env = append(os.Environ(), writerAddress+"="+address, writerName+"="+name, writerCount+"="+strconv.Itoa(count))
	p.Stderr = &p.err
	said, err := p.StdoutPipe()
	require.NoError(t, err)
	p.said = bufio.NewReader(said)
	require.NoError(t, p.Start())
	return p
}

// rest gives the whole lines that it has still to say; a torn one was not said.
func (p *process) rest(t *testing.T) (ids []string) {
	t.Helper()
	for {
		l, err := p.said.ReadString('\n')
		if err == io.EOF {
			return ids
		}
		require.NoError(t, err)
		ids = append(ids, strings.TrimSpace(l))
	}
}

// written gives how often each event is kept in the cases that the processes write, and holds their numbers to have no gap.
func written(t *testing.T, s *store.Store) map[string]int {
	t.Helper()
	out := map[string]int{}
	last := map[takeup.Code]int{}
	require.NoError(t, s.All(t.Context(), "a", func(e takeup.Event) error {
		out[e.ID]++
		last[e.Case]++
		require.Equal(t, last[e.Case], e.Number)
		return nil
	}))
	return out
}

// Two programs on one database, under load: no event is lost and none doubled.
func TestTwoProcessesOnOneDatabase(t *testing.T) {
	for _, kind := range databasetest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			address := databasetest.Address(t, kind)
			db := databasetest.OpenAt(t, address)
			require.NoError(t, db.Migrate(t.Context()))
			s := centers(t, db, "a")
			const count = 30
			one, two := startWriter(t, address, "one", count), startWriter(t, address, "two", count)
			said := append(one.rest(t), two.rest(t)...)
			require.NoError(t, one.Wait(), one.err.String())
			require.NoError(t, two.Wait(), two.err.String())
			require.Len(t, said, 2*4*count)
			kept := written(t, s)
			require.Len(t, kept, len(said))
			for _, id := range said {
				require.Equal(t, 1, kept[id], id)
			}
		})
	}
}

// kill -9 at any moment: the database opens, is whole, and has every event that was acknowledged, once.
func TestProperty16CrashSafety(t *testing.T) {
	runs := 15 // and all of them where there is time
	if os.Getenv("CI") == "true" && !testing.Short() {
		runs = 200
	}
	address := databasetest.Address(t, database.SQLite)
	db := databasetest.OpenAt(t, address)
	require.NoError(t, db.Migrate(t.Context()))
	centers(t, db, "a")
	require.NoError(t, db.Close(), "the processes are alone with it, and the last one that is killed leaves its log of writes")
	acknowledged := map[string]bool{}
	for run := range runs {
		p := startWriter(t, address, fmt.Sprint("run", run), 1000)
		first, err := p.said.ReadString('\n')
		require.NoError(t, err, p.err.String())
		time.Sleep(rand.N(40 * time.Millisecond))
		require.NoError(t, p.Process.Kill())
		acknowledged[strings.TrimSpace(first)] = true
		for _, id := range p.rest(t) {
			acknowledged[id] = true
		}
		require.Error(t, p.Wait(), "it was killed")
		func() {
			db, err := database.Open(t.Context(), address)
			require.NoError(t, err)
			defer db.Close()
			var whole string
			require.NoError(t, db.QueryRow(t.Context(), "PRAGMA integrity_check").Scan(&whole))
			require.Equal(t, "ok", whole)
			kept := written(t, store.New(db))
			for id := range acknowledged {
				require.Equal(t, 1, kept[id], "run %d: %s", run, id)
			}
		}()
	}
	t.Logf("%d runs, %d events acknowledged", runs, len(acknowledged))
}

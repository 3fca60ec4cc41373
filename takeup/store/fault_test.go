package store_test

import (
	"context"
	"database/sql"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
)

// What fails is refused plainly and at once, leaves nothing by halves, reads go on where they can, and all goes on when the fault is
// gone.

func TestProperty17DiskFull(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	s := centers(t, db, "a")
	_, err := s.Append(t.Context(), "a", code, 0, note("1"))
	require.NoError(t, err)
	pragma(t, db, "max_page_count = 1") // which is to say: no more than there are
	large := note("2")
	large.Fact = takeup.Noted{Text: strings.Repeat("x", 1<<20)}
	_, err = s.Append(t.Context(), "a", code, 1, note("small"), large)
	require.ErrorIs(t, err, database.ErrReadOnly)
	require.Equal(t, []string{"1"}, numbers(t, s, "a", code))
	pragma(t, db, "max_page_count = 1000000")
	_, err = s.Append(t.Context(), "a", code, 1, note("small"), large)
	require.NoError(t, err)
	require.Equal(t, []string{"1", "small", "2"}, numbers(t, s, "a", code))
}

// pragma sets something of the connection that writes.
func pragma(t *testing.T, db *database.DB, what string) {
	t.Helper()
	require.NoError(t, db.InTx(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), "PRAGMA "+what)
		return err
	}))
}

func TestProperty17LockedFile(t *testing.T) {
	address := databasetest.Address(t, database.SQLite)
	db := databasetest.OpenAt(t, address)
	require.NoError(t, db.Migrate(t.Context()))
	s := centers(t, db, "a")
	_, err := s.Append(t.Context(), "a", code, 0, note("1"))
	require.NoError(t, err)
	other := databasetest.OpenAt(t, address)
	require.NoError(t, other.InTx(t.Context(), func(*sql.Tx) error {
		ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer stop()
		_, err := s.Append(ctx, "a", code, 1, note("2"))
		require.ErrorIs(t, err, context.DeadlineExceeded, "whoever asks says how long they wait")
		require.Equal(t, []string{"1"}, numbers(t, s, "a", code))
		return nil
	}))
	pragma(t, db, "busy_timeout = 50")
	require.NoError(t, other.InTx(t.Context(), func(*sql.Tx) error {
		_, err := s.Append(t.Context(), "a", code, 1, note("2"))
		require.ErrorIs(t, err, database.ErrUnavailable)
		return nil
	}))
	_, err = s.Append(t.Context(), "a", code, 1, note("2"))
	require.NoError(t, err)
	require.Equal(t, []string{"1", "2"}, numbers(t, s, "a", code))
}

func TestProperty17ServerGone(t *testing.T) {
	u, err := url.Parse(databasetest.Address(t, database.PostgreSQL))
	require.NoError(t, err)
	wire := newWire(t, u.Host)
	u.Host = wire.address
	db := databasetest.OpenAt(t, u.String())
	require.NoError(t, db.Migrate(t.Context()))
	s := centers(t, db, "a")
	_, err = s.Append(t.Context(), "a", code, 0, note("1"))
	require.NoError(t, err)

	wire.cut()
	began := time.Now()
	_, err = s.Append(t.Context(), "a", code, 1, note("2"))
	require.ErrorIs(t, err, database.ErrUnavailable)
	_, err = s.Events(t.Context(), "a", code)
	require.ErrorIs(t, err, database.ErrUnavailable)
	require.Less(t, time.Since(began), 20*time.Second)
	_, err = database.Open(t.Context(), u.String())
	require.ErrorIs(t, err, database.ErrUnavailable)

	wire.mend(t)
	_, err = s.Append(t.Context(), "a", code, 1, note("2"))
	require.NoError(t, err)
	require.Equal(t, []string{"1", "2"}, numbers(t, s, "a", code))
}

// A server that takes connections and never says a word is not waited for without end.
func TestProperty17SilentServer(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { c.Close() })
		}
	}()
	ended := make(chan error, 1)
	go func() {
		_, err := database.Open(context.Background(), "postgres://agent@"+l.Addr().String()+"/guichet?sslmode=disable")
		ended <- err
	}()
	select {
	case err := <-ended:
		require.ErrorIs(t, err, database.ErrUnavailable)
	case <-time.After(40 * time.Second):
		require.Fail(t, "it waits for ever")
	}
}

// The connection breaks somewhere in an answer, so that nobody knows what was done: asking again does it once.
func TestProperty17ServerGoneMidway(t *testing.T) {
	u, err := url.Parse(databasetest.Address(t, database.PostgreSQL))
	require.NoError(t, err)
	wire := newWire(t, u.Host)
	u.Host = wire.address
	db := databasetest.OpenAt(t, u.String())
	require.NoError(t, db.Migrate(t.Context()))
	s := centers(t, db, "a")
	var ids []string
	cuts := 0
	var breaks sync.WaitGroup
	var one sync.Mutex // at a time: on a busy machine two timers may fire together
	for i := range 60 {
		id := string(rune('A' + i))
		ids = append(ids, id)
		if i%2 == 0 {
			breaks.Add(1)
			time.AfterFunc(time.Duration(i)*100*time.Microsecond, func() {
				defer breaks.Done()
				one.Lock()
				defer one.Unlock()
				wire.cut()
				wire.mend(t)
			})
		}
		for {
			_, err := s.Append(t.Context(), "a", code, i, note(id))
			if err == nil {
				break
			}
			require.ErrorIs(t, err, database.ErrUnavailable)
			cuts++
		}
	}
	t.Logf("%d askings were cut", cuts)
	breaks.Wait()
	require.Eventually(t, func() bool { _, err := s.Events(t.Context(), "a", code); return err == nil }, 20*time.Second, 10*time.Millisecond)
	require.Equal(t, ids, numbers(t, s, "a", code))
}

// A wire to a server, which can be cut.
type wire struct {
	address, server string
	mu              sync.Mutex
	listener        net.Listener
	ends            map[net.Conn]bool
}

func newWire(t *testing.T, server string) *wire {
	w := &wire{address: "127.0.0.1:0", server: server, ends: map[net.Conn]bool{}}
	w.mend(t)
	t.Cleanup(w.cut)
	return w
}

// mend listens where it did, once whoever took the port meanwhile has left it.
func (w *wire) mend(t *testing.T) {
	w.mu.Lock()
	defer w.mu.Unlock()
	l, err := net.Listen("tcp", w.address)
	for end := time.Now().Add(20 * time.Second); err != nil && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		l, err = net.Listen("tcp", w.address)
	}
	if err != nil {
		t.Error(err)
		return
	}
	w.listener, w.address = l, l.Addr().String()
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", w.server)
			if err != nil {
				client.Close()
				continue
			}
			w.mu.Lock()
			w.ends[client], w.ends[server] = true, true
			w.mu.Unlock()
			go pipe(client, server)
			go pipe(server, client)
		}
	}()
}

func pipe(to, from net.Conn) {
	_, _ = io.Copy(to, from)
	to.Close()
	from.Close()
}

func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.listener != nil {
		w.listener.Close()
	}
	for c := range w.ends {
		c.Close()
	}
	clear(w.ends)
}

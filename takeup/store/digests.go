package store

import (
	"context"
	"database/sql"
	"sync"

	"guichet/takeup"
	"guichet/takeup/database"
)

// Digests keep in memory what of each case lists need, so that a page does not read every event of a CCAS: a case is read again when it
// has gone on, by whatever program, and forgotten when it is purged. They are safe for concurrent use.
//
// Those of the CCAS that was asked for least recently go when there are more than [MostDigests] together. One CCAS is never cut: a list of
// it holds them all while it is made.
type Digests[T any] struct {
	of   func(*takeup.Case) T
	most int

	mu      sync.Mutex
	turn    int
	centres map[takeup.CCAS]*digested[T]
}

// MostDigests is how many are kept of all CCAS. An open case with two rights takes 1.2 kB for the lists of the desk and 0.8 kB for the figures,
// a closed one 0.3 kB and 0.8 kB (BenchmarkDigests of web/desk): together 210 MB at the most, and 42 MB for twenty thousand open cases.
const MostDigests = 100_000

// digested are those of one CCAS.
type digested[T any] struct {
	held, asked int // how many, and at which turn: under the lock of all

	mu    sync.Mutex
	cases map[takeup.Code]digest[T]
}

// digest is that of a case as it was after the event of a number.
type digest[T any] struct {
	number int
	what   T
}

// NewDigests makes digests by a function that depends on nothing but the case.
func NewDigests[T any](of func(*takeup.Case) T) *Digests[T] {
	return &Digests[T]{of: of, most: MostDigests, centres: map[takeup.CCAS]*digested[T]{}}
}

// All gives the digest of every case of a CCAS as they are at one moment, in the order of their codes. All askings are of one store.
func (d *Digests[T]) All(ctx context.Context, s *Store, ccas takeup.CCAS) (out []T, err error) {
	err = s.db.Snapshot(ctx, func(tx *sql.Tx) error {
		out, err = d.within(ctx, tx, ccas)
		return err
	})
	return out, said("reading the cases", err)
}

// within is [Digests.All] within a transaction.
func (d *Digests[T]) within(ctx context.Context, tx *sql.Tx, ccas takeup.CCAS) ([]T, error) {
	d.mu.Lock()
	centre := d.centres[ccas]
	if centre == nil {
		centre = &digested[T]{}
		d.centres[ccas] = centre
	}
	d.mu.Unlock()
	centre.mu.Lock() // the second of two who ask at once finds what the first has read
	defer centre.mu.Unlock()
	order, stale, err := centre.read(ctx, tx, ccas)
	if err != nil {
		return nil, err
	}
	if err := d.fold(ctx, tx, ccas, centre, stale); err != nil {
		return nil, err
	}
	out := make([]T, len(order))
	for i, code := range order {
		out[i] = centre.cases[code].what
	}
	d.forget(ccas, centre, len(order))
	return out, nil
}

// forget lets go of other CCAS than the one that was just asked for, as long as there are too many digests.
func (d *Digests[T]) forget(asked takeup.CCAS, centre *digested[T], held int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turn++
	centre.held, centre.asked = held, d.turn
	d.centres[asked] = centre // another may have let it go meanwhile
	for {
		all, oldest := 0, asked
		for ccas, c := range d.centres {
			all += c.held
			if c.asked < d.centres[oldest].asked {
				oldest = ccas
			}
		}
		if all <= d.most || oldest == asked {
			return
		}
		delete(d.centres, oldest)
	}
}

// read asks how far each case is: it gives their codes in order, drops what is of none of them, and gives those that went on, with the
// number of their last event.
func (c *digested[T]) read(ctx context.Context, tx *sql.Tx, ccas takeup.CCAS) (order []takeup.Code, stale map[takeup.Code]int, err error) {
	there := make(map[takeup.Code]digest[T], len(c.cases))
	stale = map[takeup.Code]int{}
	err = database.Each(ctx, tx, func(r *sql.Rows) error {
		var code takeup.Code
		var number int
		if err := r.Scan(&code, &number); err != nil {
			return err
		}
		order = append(order, code)
		if known, ok := c.cases[code]; ok && known.number == number {
			there[code] = known
		} else {
			stale[code] = number
		}
		return nil
	}, "SELECT code, number FROM case_file WHERE ccas = $1 ORDER BY code", ccas)
	if err == nil {
		c.cases = there
	}
	return order, stale, err
}

// apart is how many cases are rather read one by one than among all of their CCAS.
const apart = 200

// fold makes the digests of those cases anew.
func (d *Digests[T]) fold(ctx context.Context, tx *sql.Tx, ccas takeup.CCAS, centre *digested[T], stale map[takeup.Code]int) error {
	if len(stale) > apart {
		return foldAll(func(do func(takeup.Event) error) error {
			return database.Each(ctx, tx, eventOf(do), ofCentre, ccas)
		}, func(c *takeup.Case) {
			if number, wanted := stale[c.Code]; wanted {
				centre.cases[c.Code] = digest[T]{number, d.of(c)}
			}
		})
	}
	for code, number := range stale {
		c, err := fold(ctx, tx, ccas, code)
		if err != nil {
			return err
		}
		centre.cases[code] = digest[T]{number, d.of(c)}
	}
	return nil
}

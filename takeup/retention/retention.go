// Package retention has what is kept of people go when its time has come, and gives or erases what is kept of one person. What agents leave
// behind them goes too: the log of accesses, sessions that ended, attempts at a password.
package retention

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/people"
	"guichet/takeup/store"
)

// A Policy is how long things are kept. An operator can shorten it.
type Policy struct {
	Months       int // after the last contact with the person: at most [takeup.MaxRetention]
	AccessMonths int // the log of who read what: from 6 to 12
}

// Longest is the policy when nobody says another.
var Longest = Policy{Months: takeup.MaxRetention, AccessMonths: maxAccess}

// The CNIL's bounds of a log of accesses (délibération 2021-122), in months.
const minAccess, maxAccess = 6, 12

// Check says what is wrong with it.
func (p Policy) Check() error {
	switch {
	case p.Months < 1 || p.Months > takeup.MaxRetention:
		return fmt.Errorf("what is known of people is kept for 1 to %d months after the last contact", takeup.MaxRetention)
	case p.AccessMonths < minAccess || p.AccessMonths > maxAccess:
		return fmt.Errorf("the log of accesses is kept for %d to %d months", minAccess, maxAccess)
	}
	return nil
}

// Gone is what a purge took away of households, and of the log of who read them.
type Gone struct {
	Contacts, Answers int // of cases that stay
	Cases             int
	Accesses          int
}

// Purge takes away what is due at an instant, in all CCAS, and has it leave the files. Stopped midway, what it did is done, and the next
// does the rest.
func Purge(ctx context.Context, db *database.DB, p Policy, now time.Time) (Gone, error) {
	if err := p.Check(); err != nil {
		return Gone{}, err
	}
	r := run{db: db, cases: store.New(db), policy: p, today: takeup.DayOf(now)}
	err := r.all(ctx, now)
	if r.gone != (Gone{}) { // even if something failed after
		err = errors.Join(err, db.Scrub(ctx))
	}
	if err != nil {
		return r.gone, fmt.Errorf("purging: %w", err)
	}
	return r.gone, nil
}

type run struct {
	db     *database.DB
	cases  *store.Store
	policy Policy
	today  takeup.Day
	gone   Gone
}

func (r *run) all(ctx context.Context, now time.Time) error {
	held, err := r.held(ctx)
	if err != nil {
		return err
	}
	centres, err := r.centres(ctx)
	if err != nil {
		return err
	}
	for _, centre := range centres {
		due, err := r.cases.Cases(ctx, centre, func(c *takeup.Case) bool { return r.due(c, held[c.Code]) })
		if err != nil {
			return err
		}
		for _, c := range due {
			if err := r.purge(ctx, centre, c.Code); err != nil {
				return err
			}
		}
	}
	if err := r.accesses(ctx, now); err != nil {
		return err
	}
	return people.Forget(ctx, r.db, now)
}

func (r *run) centres(ctx context.Context) (out []takeup.CCAS, err error) {
	err = r.db.Each(ctx, func(rows *sql.Rows) error {
		var id takeup.CCAS
		err := rows.Scan(&id)
		out = append(out, id)
		return err
	}, "SELECT id FROM ccas ORDER BY id")
	return out, err
}

// held gives the cases of which the vault holds something.
func (r *run) held(ctx context.Context) (map[takeup.Code]bool, error) {
	out := map[takeup.Code]bool{}
	err := r.db.Each(ctx, func(rows *sql.Rows) error {
		var code takeup.Code
		err := rows.Scan(&code)
		out[code] = true
		return err
	}, "SELECT DISTINCT case_code FROM vault")
	return out, err
}

func (r *run) due(c *takeup.Case, held bool) bool {
	d := r.days(c)
	return past(d.Case, r.today) || held && (past(d.Contact, r.today) || past(d.Answers, r.today))
}

// days are when parts of a case go. Of one that says nothing of a contact the last event counts, so that nothing is kept for ever.
func (r *run) days(c *takeup.Case) takeup.Retention {
	d := c.Retention(r.policy.Months)
	if events := c.Events(); !d.Case.Known() && len(events) > 0 {
		day := takeup.DayOf(events[len(events)-1].At.AddDate(0, r.policy.Months, 0))
		d = takeup.Retention{Contact: day, Answers: day, Case: day}
	}
	return d
}

func past(d, today takeup.Day) bool { return d.Known() && d <= today }

// purge takes away what is due of a case, as it is now.
func (r *run) purge(ctx context.Context, ccas takeup.CCAS, code takeup.Code) error {
	whole, err := r.cases.Purge(ctx, ccas, code, func(c *takeup.Case) bool { return past(r.days(c).Case, r.today) })
	switch {
	case errors.Is(err, store.ErrNotFound): // another program did
		return nil
	case err != nil:
		return err
	case whole:
		r.gone.Cases++
		return nil
	}
	var contacts, answers int
	err = r.cases.Change(ctx, ccas, code, func(tx *sql.Tx, c *takeup.Case) (err error) {
		d := r.days(c)
		if past(d.Contact, r.today) {
			if contacts, err = forget(ctx, tx, code, "contact"); err != nil {
				return err
			}
		}
		if past(d.Answers, r.today) {
			answers, err = forget(ctx, tx, code, "answers")
		}
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err == nil {
		r.gone.Contacts, r.gone.Answers = r.gone.Contacts+contacts, r.gone.Answers+answers
	}
	return err
}

func forget(ctx context.Context, tx *sql.Tx, code takeup.Code, kind string) (int, error) {
	done, err := tx.ExecContext(ctx, "DELETE FROM vault WHERE case_code = $1 AND kind = $2", code, kind)
	if err != nil {
		return 0, err
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// accesses takes the old end of the log away. Days compare with instants as words do.
func (r *run) accesses(ctx context.Context, now time.Time) error {
	return r.db.InTx(ctx, func(tx *sql.Tx) error {
		before := now.UTC().AddDate(0, -r.policy.AccessMonths, 0).Format(time.DateOnly)
		done, err := tx.ExecContext(ctx, "DELETE FROM access WHERE at < $1", before)
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		r.gone.Accesses = int(n)
		return err
	})
}

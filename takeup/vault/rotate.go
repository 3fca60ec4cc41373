package vault

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
)

func newID() string { return rand.Text() }

// batch is how many keys are wrapped anew in one transaction: few, so that others write in between.
const batch = 100

// Rotate wraps every key anew that an earlier key of the vault wraps, with the present one, and gives how many it did. The rest goes on
// meanwhile, and when it is stopped it begins where it was. Afterwards the earlier keys can be destroyed, and with them what copies of
// the database from before hold in their vault. What is wrapped by a key that was not given is left, and told with [ErrKey].
func (v *Vault) Rotate(ctx context.Context) (int, error) {
	done := 0
	for {
		n, err := v.rotateSome(ctx)
		done += n
		switch {
		case err != nil:
			return done, fmt.Errorf("wrapping the keys of the vault: %w", err)
		case n == 0:
			return done, v.Check(ctx)
		}
	}
}

func (v *Vault) rotateSome(ctx context.Context) (int, error) {
	done := 0
	for wrapper, earlier := range v.by {
		if wrapper == v.now.id || done > 0 {
			continue
		}
		err := v.db.InTx(ctx, func(tx *sql.Tx) error {
			wrapped, err := wrappedBy(ctx, tx, wrapper)
			if err != nil {
				return err
			}
			for id, text := range wrapped {
				key, err := open(earlier.aead, text, id)
				if err != nil {
					return fmt.Errorf("%s: %w", id, err)
				}
				// Only if it still is what was read: another program may have put something else there.
				_, err = tx.ExecContext(ctx, "UPDATE vault SET wrapped = $1, wrapper = $2 WHERE id = $3 AND wrapper = $4",
					seal(v.now.aead, key, id), v.now.id, id, wrapper)
				if err != nil {
					return err
				}
			}
			done = len(wrapped)
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	return done, nil
}

func wrappedBy(ctx context.Context, tx *sql.Tx, wrapper string) (map[string]string, error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, wrapped FROM vault WHERE wrapper = $1 ORDER BY id LIMIT $2", wrapper, batch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var id, text string
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		out[id] = text
	}
	return out, rows.Err()
}

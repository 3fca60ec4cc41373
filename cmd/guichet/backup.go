package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"guichet/takeup/database"
)

var migrateCommand = command{
	name:  "migrate",
	takes: "[-db URL]",
	does:  "bring the database to what this program knows",
	explains: `
A database that is not there is made. The server and the other commands about people do the same when
they begin; several programs may at once. Make a backup before an update: there is no way back.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var db string
		declareDatabase(f, &db)
		return func(ctx context.Context, operands []string) int {
			err := none(operands)
			if err == nil {
				err = opened(ctx, db, func(db *database.DB) error {
					before, after, err := db.MigrateFrom(ctx)
					if err == nil {
						fmt.Fprintf(p.stdout, "the schema was %d and is %d\n", before, after)
					}
					return err
				})
			}
			return p.ended("migrate", err)
		}
	},
}

// ended tells of err, if there is one, and gives the exit code.
func (p *program) ended(name string, err error) int {
	if err != nil {
		return p.fail(name, err)
	}
	return done
}

var backupCommand = command{
	name:  "backup",
	takes: "[-db URL] FILE",
	does:  "copy all that the database holds into a file, while it is used",
	explains: `
FILE must not be there. It is readable by its owner only, and as confidential as the database; what
the vault holds is sealed in it too, so keep the key elsewhere. It can be restored into an SQLite file
as into PostgreSQL, whichever it came from.`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var db string
		declareDatabase(f, &db)
		return func(ctx context.Context, operands []string) int {
			path, err := one(operands, "the FILE of the backup")
			if err == nil {
				err = kept(ctx, db, func(db *database.DB) error {
					n, err := db.BackupFile(ctx, path, p.now())
					if errors.Is(err, os.ErrExist) {
						return inputError{fmt.Errorf("%s is there already: a backup is never overwritten", path)}
					}
					if err == nil {
						fmt.Fprintf(p.stdout, "%d rows are in %s\n", n, path)
					}
					return err
				})
			}
			return p.ended("backup", err)
		}
	},
}

var restoreCommand = command{
	name:  "restore",
	takes: "[-db URL] FILE",
	does:  "put a backup into a new database",
	explains: `
The database must hold nothing yet. The backup is read to its end, counted and summed in the database
again: all of it is there, or nothing is. One that an earlier program made is migrated.

Purge at once (guichet purge): what was due since the backup was made is back. Who asked to be
forgotten since then is to be forgotten again (guichet purge -case CODE).`,
	prepare: func(p *program, f *flags) func(context.Context, []string) int {
		var db string
		declareDatabase(f, &db)
		return func(ctx context.Context, operands []string) int {
			path, err := one(operands, "the FILE of the backup")
			if err == nil {
				err = p.restore(ctx, db, path)
			}
			return p.ended("restore", err)
		}
	},
}

func (p *program) restore(ctx context.Context, address, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return inputError{err}
	}
	defer file.Close()
	return opened(ctx, address, func(db *database.DB) error {
		n, err := db.Restore(ctx, file)
		if errors.Is(err, database.ErrBackup) || errors.Is(err, database.ErrNotEmpty) {
			return inputError{err}
		}
		if err == nil {
			fmt.Fprintf(p.stdout, "%d rows are restored\n", n)
		}
		return err
	})
}

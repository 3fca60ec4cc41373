package database

import "context"

// MigrateTo stops at a version.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	_, _, err := db.migrate(ctx, version)
	return err
}

package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/database/databasetest"
)

// A disk of one megabyte that fills up, and that can be read only after. Who may not mount is left with the tests beside this one.
func TestProperty17SmallDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=1m,mode=700"); err != nil {
		t.Skip("skipped: a small disk; it needs the right to mount one")
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(disk, syscall.MNT_DETACH)) })
	address := "sqlite:" + filepath.Join(disk, "guichet.db")
	db := databasetest.OpenAt(t, address)
	require.NoError(t, db.Migrate(t.Context()))
	s := centers(t, db, "a")
	var ids []string
	for i := range 200 {
		e := note(fmt.Sprint(i))
		e.Fact = takeup.Noted{Text: strings.Repeat("x", 16<<10)}
		if _, err := s.Append(t.Context(), "a", code, i, e); err != nil {
			require.ErrorIs(t, err, database.ErrReadOnly)
			break
		}
		ids = append(ids, e.ID)
	}
	require.NotEmpty(t, ids)
	require.Less(t, len(ids), 100, "the disk is full")
	require.Equal(t, ids, numbers(t, s, "a", code))
	require.NoError(t, db.Close())

	require.NoError(t, syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, "size=1m"))
	_, err := database.Open(t.Context(), address)
	require.ErrorIs(t, err, database.ErrReadOnly)
	require.NoError(t, syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size=8m"))
	s = centers(t, databasetest.OpenAt(t, address))
	_, err = s.Append(t.Context(), "a", code, len(ids), note("after"))
	require.NoError(t, err)
	require.Equal(t, append(ids, "after"), numbers(t, s, "a", code))
}

// A folder that may only be read: to root every folder is writable, but not a disk that is mounted to be read.
func TestProperty17ReadOnlyFolder(t *testing.T) {
	folder := t.TempDir()
	if os.Geteuid() != 0 {
		require.NoError(t, os.Chmod(folder, 0o500))
	} else {
		if err := syscall.Mount("tmpfs", folder, "tmpfs", syscall.MS_RDONLY, ""); err != nil {
			t.Skip("skipped: a folder that may only be read; root needs the right to mount one")
		}
		t.Cleanup(func() { require.NoError(t, syscall.Unmount(folder, syscall.MNT_DETACH)) })
	}
	for _, path := range []string{"guichet.db", "sub/guichet.db"} {
		_, err := database.Open(t.Context(), "sqlite:"+filepath.Join(folder, path))
		require.ErrorIs(t, err, database.ErrReadOnly)
	}
}

package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"guichet/takeup"
	"guichet/takeup/database"
	"guichet/takeup/retention"
	"guichet/takeup/store"
	"guichet/takeup/vault"
)

// writeCase opens a case of a code in the CCAS a database has, on a day, and seals contact details with the key in the environment.
func writeCase(ts *testscript.TestScript, _ bool, args []string) {
	day, err := time.Parse(time.DateOnly, args[2])
	ts.Check(err)
	ts.Check(addCase("sqlite:"+ts.MkAbs(args[0]), takeup.Code(args[1]), day, decodeKey(ts.Getenv("GUICHET_VAULT_KEY"))))
}

func addCase(address string, code takeup.Code, at time.Time, secret []byte) error {
	ctx := context.Background()
	return opened(ctx, address, func(db *database.DB) error {
		key, err := vault.NewKey(secret)
		if err != nil {
			return err
		}
		_, err = store.New(db).Append(ctx, "montclair", code, 0, takeup.Event{ID: "open " + string(code), At: at, By: "poste-2", Fact: takeup.CaseOpened{Followed: true}})
		if err != nil {
			return err
		}
		return vault.New(db, key).PutContact(ctx, "montclair", code, vault.Contact{Name: "Canari"}, at)
	})
}

// The server purges by itself, when it starts and at each tick, and goes on when the database is away.
func TestServerPurges(t *testing.T) {
	p := newProgram("")
	address := "sqlite:" + filepath.Join(t.TempDir(), "sub", "guichet.db")
	require.Equal(t, done, p.run(t.Context(), []string{"ccas", "add", "-db", address, "-name", "CCAS", "-commune", "93066", "montclair"}), p.err.String())
	begun := p.now()
	secret := bytes.Repeat([]byte("k"), 32)
	require.NoError(t, addCase(address, "K7B-4PXD", begun.AddDate(-3, 0, 0), secret))
	require.NoError(t, addCase(address, "K7B-4PXF", begun, secret))
	var said bytes.Buffer
	o, err := p.opener(address, slog.New(slog.NewTextHandler(&said, nil)))
	require.NoError(t, err)
	defer o.close()
	ticks, ctx, ended := make(chan time.Time), context.Background(), make(chan struct{})
	ctx, stop := context.WithCancel(ctx)
	go func() {
		defer close(ended)
		p.purgeAt(ctx, ticks, o, retention.Longest)
	}()
	ticks <- begun // the first purge is done
	ticks <- begun // and the second
	stop()
	<-ended
	require.Contains(t, said.String(), `msg=purged cases=1 contacts=0 answers=0 accesses=0`)
	require.NoError(t, opened(t.Context(), address, func(db *database.DB) error {
		_, err := store.New(db).Owner(t.Context(), "K7B-4PXD")
		require.ErrorIs(t, err, store.ErrNotFound)
		_, err = store.New(db).Owner(t.Context(), "K7B-4PXF")
		return err
	}))

	away, err := p.opener("sqlite:"+t.TempDir(), slog.New(slog.NewTextHandler(&said, nil)))
	require.NoError(t, err)
	ctx, stop = context.WithCancel(context.Background())
	stop()
	p.purgeAt(ctx, ticks, away, retention.Longest)
}

func TestABackupIsReadByNobodyElse(t *testing.T) {
	p := newProgram("")
	folder := t.TempDir()
	address, file := "sqlite:"+filepath.Join(folder, "guichet.db"), filepath.Join(folder, "b")
	require.Equal(t, done, p.run(t.Context(), []string{"migrate", "-db", address}))
	require.Equal(t, done, p.run(t.Context(), []string{"backup", "-db", address, file}))
	info, err := os.Stat(file)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

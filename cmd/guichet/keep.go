package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"guichet/takeup/database"
	"guichet/takeup/vault"
)

// kept opens the database of an address, which must be there and is not migrated, for do.
func kept(ctx context.Context, address string, do func(*database.DB) error) error {
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("there is no database %s", path)
		}
	}
	return opened(ctx, address, do)
}

// opened opens the database of an address, new if it has to be, for do.
func opened(ctx context.Context, address string, do func(*database.DB) error) error {
	db, err := database.Open(ctx, address)
	if err != nil {
		return err
	}
	return errors.Join(do(db), db.Close())
}

// vault gives the vault of a database with the keys of the environment; nil without one.
func (p *program) vault(db *database.DB) (*vault.Vault, error) {
	key, err := p.vaultKey("GUICHET_VAULT_KEY")
	if err != nil || key == nil {
		return nil, err
	}
	earlier, err := p.vaultKey("GUICHET_VAULT_OLD_KEY")
	if err != nil {
		return nil, err
	}
	if earlier == nil {
		return vault.New(db, *key), nil
	}
	return vault.New(db, *key, *earlier), nil
}

// vaultKey gives the key that a variable, or a file that it names, holds; nil when neither is set.
func (p *program) vaultKey(variable string) (*vault.Key, error) {
	text, source, err := p.secret(variable)
	if err != nil {
		return nil, invalidError{err}
	}
	if source == "" {
		return nil, nil //nolint:nilnil // not to be set is no error
	}
	key, err := vault.NewKey(decodeKey(text))
	if err != nil {
		return nil, invalidError{fmt.Errorf("%s: want at least %d bytes as base64 or hexadecimal", source, vault.MinKey)}
	}
	return &key, nil
}

// vaultOf is [program.vault] for a command that cannot do without a key.
func (p *program) vaultOf(db *database.DB) (*vault.Vault, error) {
	v, err := p.vault(db)
	if err == nil && v == nil {
		err = invalidError{errors.New("the key of the vault is in $GUICHET_VAULT_KEY, or in the file that $GUICHET_VAULT_KEY_FILE names: neither is set")}
	}
	return v, err
}

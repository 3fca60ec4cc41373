package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
)

// MinKey is how many bytes the secret of a key has at least.
const MinKey = 32

// A Key wraps the keys of what is sealed. It is never in the database.
type Key struct {
	id   string // which one it is: the beginning of a digest, which says nothing of it
	aead cipher.AEAD
}

// NewKey makes a key of a secret of [MinKey] bytes or more.
func NewKey(secret []byte) (Key, error) {
	if len(secret) < MinKey {
		return Key{}, fmt.Errorf("the key of the vault has at least %d bytes", MinKey)
	}
	derived, err := hkdf.Key(sha256.New, secret, nil, "guichet vault wrap", 32)
	if err != nil {
		return Key{}, fmt.Errorf("deriving the key of the vault: %w", err)
	}
	id, err := hkdf.Key(sha256.New, secret, nil, "guichet vault id", 8)
	if err != nil {
		return Key{}, fmt.Errorf("deriving the name of the key: %w", err)
	}
	aead, err := gcm(derived)
	return Key{hex.EncodeToString(id), aead}, err
}

// ID names the key, in an error or a log, without saying anything of it.
func (k Key) ID() string { return k.id }

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// errSealed: what is kept is not what was sealed.
var errSealed = errors.New("what the vault holds was changed or is damaged")

func seal(a cipher.AEAD, plain []byte, about string) string {
	return base64.RawStdEncoding.EncodeToString(a.Seal(nil, nil, plain, []byte(about)))
}

func open(a cipher.AEAD, text, about string) ([]byte, error) {
	sealed, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return nil, errSealed
	}
	plain, err := a.Open(nil, nil, sealed, []byte(about))
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

// newDataKey draws the key of one thing.
func newDataKey() []byte {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	return key
}

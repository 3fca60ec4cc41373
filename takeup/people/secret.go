package people

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
)

// tokenBytes is how long a token is: 256 bits.
const tokenBytes = 32

// token makes a secret that nobody guesses.
func (s *Store) token() (string, error) {
	raw := make([]byte, tokenBytes)
	if _, err := io.ReadFull(s.random, raw); err != nil {
		return "", fmt.Errorf("making a token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// digest is what is kept of a token: nobody finds it again from that, for it is long and drawn by lot.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// The letters of what people copy by hand: none that is taken for another.
const letters = "23456789abcdefghjkmnpqrstuvwxyz"

// readable makes groups of five letters, of nearly 25 bits each.
func (s *Store) readable(groups int) (string, error) {
	var b strings.Builder
	one := make([]byte, 1)
	for n := 0; n < 5*groups; {
		if _, err := io.ReadFull(s.random, one); err != nil {
			return "", fmt.Errorf("making a secret: %w", err)
		}
		if int(one[0]) >= 256/len(letters)*len(letters) {
			continue // every letter as often as another
		}
		if n > 0 && n%5 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(letters[int(one[0])%len(letters)])
		n++
	}
	return b.String(), nil
}

// box seals small secrets that have to be read again.
type box struct{ aead cipher.AEAD }

// newBox gives the box of a key; nil for no key.
func newBox(key []byte) (*box, error) {
	if key == nil {
		return nil, nil
	}
	if len(key) < 32 {
		return nil, errors.New("people: a key of at least 32 bytes is needed")
	}
	derived, err := hkdf.Key(sha256.New, key, nil, "guichet second factor", 32)
	if err != nil {
		return nil, fmt.Errorf("deriving the key of the second factors: %w", err)
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, fmt.Errorf("preparing the cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("preparing the cipher: %w", err)
	}
	return &box{aead}, nil
}

// seal locks text for whom: it opens for nobody else.
func (b *box) seal(text, whom string) string {
	return base64.RawStdEncoding.EncodeToString(b.aead.Seal(nil, nil, []byte(text), []byte(whom)))
}

func (b *box) open(sealed, whom string) (string, error) {
	if b == nil {
		return "", ErrNoKey
	}
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return "", fmt.Errorf("opening a sealed secret: %w", err)
	}
	text, err := b.aead.Open(nil, nil, raw, []byte(whom))
	if err != nil {
		return "", fmt.Errorf("opening a sealed secret, with a key that may be another: %w", err)
	}
	return string(text), nil
}

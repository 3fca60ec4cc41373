// Package seal locks a visitor's answers so that they can travel in a form and come back: nobody but the server reads
// them, none can be changed on the way, and they expire. Nothing is kept on the server.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// MinKey is the shortest key accepted, in bytes.
const MinKey = 32

// MaxText is the longest sealed text that [Sealer.Open] reads, in characters: more is refused unread.
const MaxText = 48 << 10

// version is the first byte of every sealed text. It changes when what is sealed changes its meaning, so that an old
// page is refused rather than misread.
const version = 1

// Why a sealed text is refused.
var (
	// ErrForged: not sealed by this key for this purpose, or changed since.
	ErrForged = errors.New("sealed text is not ours or was changed")
	// ErrExpired: ours, and too old.
	ErrExpired = errors.New("sealed text has expired")
)

// A Sealer seals and opens for one purpose. It is safe for concurrent use.
type Sealer struct {
	aead    cipher.AEAD
	life    time.Duration
	now     func() time.Time
	purpose []byte
}

// New makes a Sealer from a secret of at least [MinKey] bytes. What is sealed for one purpose cannot be opened for
// another; life is how long it can be opened; now is the clock.
func New(key []byte, purpose string, life time.Duration, now func() time.Time) (*Sealer, error) {
	if len(key) < MinKey {
		return nil, fmt.Errorf("sealing key has %d bytes: at least %d are needed", len(key), MinKey)
	}
	derived, err := hkdf.Key(sha256.New, key, nil, "guichet seal "+purpose, 32)
	if err != nil {
		return nil, fmt.Errorf("deriving the sealing key: %w", err)
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, fmt.Errorf("preparing the cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("preparing the cipher: %w", err)
	}
	return &Sealer{aead: aead, life: life, now: now, purpose: append([]byte{version}, purpose...)}, nil
}

// NewKey makes a random key, for a server that was given none: what it sealed cannot be opened after a restart.
func NewKey() []byte {
	key := make([]byte, MinKey)
	_, _ = rand.Read(key) // never fails
	return key
}

// Seal locks plain. since is when the answers began: their life is counted from it, however often they are sealed again.
func (s *Sealer) Seal(plain []byte, since time.Time) string {
	dated := binary.BigEndian.AppendUint64(make([]byte, 0, 8+len(plain)), uint64(since.Unix()))
	dated = append(dated, plain...)
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal([]byte{version}, nil, dated, s.purpose))
}

// Open gives back what [Sealer.Seal] locked and since when; [ErrForged] or [ErrExpired] otherwise.
func (s *Sealer) Open(text string) (plain []byte, since time.Time, err error) {
	if len(text) > MaxText {
		return nil, time.Time{}, ErrForged
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) < 1+s.aead.Overhead() || raw[0] != version {
		return nil, time.Time{}, ErrForged
	}
	dated, err := s.aead.Open(nil, nil, raw[1:], s.purpose)
	if err != nil || len(dated) < 8 {
		return nil, time.Time{}, ErrForged
	}
	since = time.Unix(int64(binary.BigEndian.Uint64(dated)), 0)
	if age := s.now().Sub(since); age > s.life || age < -time.Minute {
		return nil, time.Time{}, ErrExpired
	}
	return dated[8:], since, nil
}

package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"
	"time"
)

// MinToken is the shortest secret that an administrator's token is made from, in bytes: 128 bits in hexadecimal.
const MinToken = 32

// Token recognises a secret without holding it. The zero Token recognises none.
type Token struct{ digest *[sha256.Size]byte }

// NewToken gives the Token of a secret of at least [MinToken] bytes.
func NewToken(secret string) (Token, error) {
	if len(secret) < MinToken {
		return Token{}, errors.New("want at least 32 characters, of which nobody can guess any")
	}
	digest := sha256.Sum256([]byte(secret))
	return Token{&digest}, nil
}

func (t Token) set() bool { return t.digest != nil }

// is compares in a time that tells nothing.
func (t Token) is(secret string) bool {
	digest := sha256.Sum256([]byte(secret))
	return t.set() && subtle.ConstantTimeCompare(digest[:], t.digest[:]) == 1
}

// administratorThrottle bounds the attempts at a token, those from this very machine too.
var administratorThrottle = Throttle{Requests: 10, Window: time.Minute, CountLoopback: true, CountReads: true}

// demand lets through what bears t in "Authorization: Bearer"; refuse answers the others.
func (t Token) demand(refuse http.HandlerFunc) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
			if !strings.EqualFold(scheme, "Bearer") || !t.is(strings.TrimSpace(secret)) {
				w.Header().Set("WWW-Authenticate", `Bearer realm="guichet"`)
				refuse(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

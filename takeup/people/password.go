package people

import (
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Lengths of a password, in characters.
const (
	MinPassword  = 12
	GoodPassword = 15 // recommended
	MaxPassword  = 200
)

// A WeakPassword is a password that is refused; its value says why: court, long, commun or identifiant.
type WeakPassword string

func (w WeakPassword) Error() string { return "the password is refused: " + string(w) }

// A Cost is what one password costs whoever tries: argon2id's own measures.
type Cost struct {
	Memory  uint32 // KiB
	Time    uint32
	Threads uint8
}

// DefaultCost is one of the settings that OWASP's cheat sheet on the storage of passwords gives as equal (2024).
var DefaultCost = Cost{Memory: 46 << 10, Time: 1, Threads: 1}

const (
	saltBytes = 16
	hashBytes = 32
)

// normal writes a password one way, whatever keyboard it was typed on.
func normal(password string) string { return norm.NFKC.String(password) }

// hash gives what is kept of a password, in the form of the reference implementation: $argon2id$v=19$m=…,t=…,p=…$salt$hash.
func (s *Store) hash(password string) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(s.random, salt); err != nil {
		return "", fmt.Errorf("drawing a salt: %w", err)
	}
	sum := s.derive(password, salt, s.cost)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, s.cost.Memory, s.cost.Time, s.cost.Threads, b64(salt), b64(sum)), nil
}

func (s *Store) derive(password string, salt []byte, c Cost) []byte {
	s.hashing <- struct{}{}
	defer func() { <-s.hashing }()
	return argon2.IDKey([]byte(normal(password)), salt, c.Time, c.Memory, c.Threads, hashBytes)
}

// matches says whether a password is the one kept, and whether it was kept at another cost than today's.
func (s *Store) matches(kept, password string) (ok, outdated bool) {
	if utf8.RuneCountInString(password) > MaxPassword {
		return false, false
	}
	var version int
	var c Cost
	parts := strings.Split(kept, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, false
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Time, &c.Threads); err != nil || c.Time == 0 || c.Threads == 0 {
		return false, false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, false
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) != hashBytes {
		return false, false
	}
	return subtle.ConstantTimeCompare(s.derive(password, salt, c), want) == 1, c != s.cost
}

//go:embed common.txt
var commonFile string

// common are the passwords that are tried first, and the words that are one with a few figures added.
var common = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(commonFile) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			words[line] = true
		}
	}
	// the list knows little French, and nothing of us
	for w := range strings.FieldsSeq("guichet ccas mairie accueil poste bienvenue motdepasse azerty azertyuiop qsdfghjklm administrateur administration solidarite") {
		words[w] = true
	}
	return words
})

// CheckPassword refuses, by a [WeakPassword], what would be guessed: too short, common, or made of the login. There is no rule
// about which characters it has.
func CheckPassword(password, login string) error {
	password = normal(password)
	switch n := utf8.RuneCountInString(password); {
	case n < MinPassword:
		return WeakPassword("court")
	case n > MaxPassword:
		return WeakPassword("long")
	}
	low := strings.ToLower(password)
	onlyLetters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, s)
	}
	stem := once(onlyLetters(low))
	switch {
	case common()[low], common()[stem], isPlain(low):
		return WeakPassword("commun")
	case login != "" && (stem == once(onlyLetters(login)) || low == login):
		return WeakPassword("identifiant")
	}
	return nil
}

// isPlain says whether s is hardly more than a character repeated or a row counted: 111111111111, 123456789012, abcdefghijkl.
func isPlain(s string) bool {
	all := []rune(s)
	different, steps := map[rune]bool{}, 0
	for i, r := range all {
		different[r] = true
		if i > 0 {
			if d := r - all[i-1]; d >= -1 && d <= 1 || d == '0'-'9' || d == '9'-'0' {
				steps++
			}
		}
	}
	return len(different) < 4 || steps >= len(all)-3
}

// once gives the shortest text of which s is a repetition.
func once(s string) string {
	for n := 1; n <= len(s)/2; n++ {
		if len(s)%n == 0 && strings.Repeat(s[:n], len(s)/n) == s {
			return s[:n]
		}
	}
	return s
}

package locales

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// A Standing says how far a translation may be trusted.
type Standing string

// The standings, from the least.
const (
	Draft    Standing = "draft"    // made without a reader of the language who checked it
	Reviewed Standing = "reviewed" // read by somebody who speaks it
	Approved Standing = "approved" // and by a second one, who answers for it
)

var standings = []Standing{Draft, Reviewed, Approved}

// A Record is what is known of one translation.
type Record struct {
	Standing Standing
	Source   string // [Hash] of the French message that it was made from
	Text     string // [Hash] of the translation that the standing speaks of
	By       string // who vouches for it
}

// A Status holds the records of one language by key. It is a file of status/, a text a line: its key, its standing, the hashes of
// the French text and of the translation, and who vouches for it, with a tab between them. [Status.Sign] makes it.
type Status map[string]Record

// Hash names a message by what it says: eight hexadecimal digits over all its forms.
func Hash(m *i18n.Message) string {
	h := sha256.New()
	for _, form := range formsOf(m) {
		fmt.Fprintf(h, "%s\x00", *form)
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// draft says whether any text waits for a reader.
func (s Status) draft() bool {
	for _, r := range s {
		if r.Standing == Draft {
			return true
		}
	}
	return false
}

func readStatus(fsys fs.FS, tag string) (Status, error) {
	name := "status/" + tag + ".tsv"
	text, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return Status{}, nil // nothing signed yet: every text is stale
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return parseStatus(name, text)
}

func parseStatus(name string, text []byte) (Status, error) {
	s := Status{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) != 5 {
			return nil, fmt.Errorf("%s:%d: a text has five cells between tabs: key, standing, French hash, own hash, by whom", name, n)
		}
		r := Record{Standing(cells[1]), cells[2], cells[3], cells[4]}
		if !slices.Contains(standings, r.Standing) {
			return nil, fmt.Errorf("%s:%d: the standing %q is none of draft, reviewed, approved", name, n, cells[1])
		}
		if _, twice := s[cells[0]]; twice {
			return nil, fmt.Errorf("%s:%d: %s is there twice", name, n, cells[0])
		}
		s[cells[0]] = r
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return s, nil
}

// Append writes the file, its texts in the order of their keys.
func (s Status) Append(b []byte) []byte {
	for _, key := range slices.Sorted(maps.Keys(s)) {
		r := s[key]
		b = fmt.Appendf(b, "%s\t%s\t%s\t%s\t%s\n", key, r.Standing, r.Source, r.Text, r.By)
	}
	return b
}

// A Survey says how a language stands against the French texts: keys in order.
type Survey struct {
	Language
	Missing  []string // no translation
	Stale    []string // made from a French text that has changed since: shown in French
	Unsigned []string // changed since somebody vouched for it, or nobody ever did
	Foreign  []string // of no French text
	Standing map[Standing]int
}

// Survey looks a language that is offered over. The error says what its files hold that cannot be read.
func (b *Bundle) Survey(tag string) (Survey, error) {
	r, err := b.readings[tag]()
	if err != nil {
		return Survey{}, err
	}
	s := Survey{Language: r.printer.Language, Standing: map[Standing]int{}}
	if tag == Source {
		s.Standing[Approved] = len(b.source)
		return s, nil
	}
	for _, key := range slices.Sorted(maps.Keys(b.source)) {
		m, record := r.messages[key], r.status[key]
		switch {
		case m == nil:
			s.Missing = append(s.Missing, key)
		case record.Text != Hash(m):
			s.Unsigned = append(s.Unsigned, key)
		case record.Source != Hash(b.source[key]):
			s.Stale = append(s.Stale, key)
		default:
			s.Standing[record.Standing]++
		}
	}
	for _, key := range slices.Sorted(maps.Keys(r.messages)) {
		if b.source[key] == nil && !ofTheLaw(key) {
			s.Foreign = append(s.Foreign, key)
		}
	}
	return s, nil
}

// A Signature is somebody's word for translations.
type Signature struct {
	Standing Standing
	By       string
	Keys     []string // of which texts, whole keys or beginnings that end in a dot; none: of those that are new or have changed
}

// Sign gives the status of a language with a signature added. What it speaks of is held to be made from the French as it is now. Records
// of texts that are gone are dropped. The error says which key is unknown or what the signature lacks.
func (b *Bundle) Sign(tag string, by Signature) (Status, int, error) {
	read, ok := b.readings[tag]
	switch {
	case !ok || tag == Source:
		return nil, 0, fmt.Errorf("%s is no language that is translated into", tag)
	case !slices.Contains(standings, by.Standing):
		return nil, 0, fmt.Errorf("the standing %q is none of draft, reviewed, approved", by.Standing)
	case strings.TrimSpace(by.By) == "" || strings.ContainsAny(by.By, "\t\n\r"):
		return nil, 0, errors.New("a signature says by whom, in one line")
	}
	r, err := read()
	if err != nil {
		return nil, 0, err
	}
	out, signed := Status{}, 0
	met := make([]bool, len(by.Keys))
	for key, m := range r.messages {
		french := b.source[key]
		if french == nil {
			continue
		}
		record, text := r.status[key], Hash(m)
		meant := len(by.Keys) == 0 && record.Text != text
		for i, k := range by.Keys {
			if key == k || strings.HasSuffix(k, ".") && strings.HasPrefix(key, k) {
				meant, met[i] = true, true
			}
		}
		if meant {
			record = Record{by.Standing, Hash(french), text, by.By}
			signed++
		}
		if record != (Record{}) {
			out[key] = record
		}
	}
	if i := slices.Index(met, false); i >= 0 {
		return nil, 0, fmt.Errorf("%s has no text %s", tag, by.Keys[i])
	}
	return out, signed, nil
}

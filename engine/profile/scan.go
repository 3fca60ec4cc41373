package profile

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// maxDepth bounds the nesting of objects and lists; a profile needs six.
const maxDepth = 16

// scanner reads strict JSON (RFC 8259) of which every object is known beforehand. It stops at the first fault of
// syntax, for what follows it means nothing; faults of content are noted and the reading goes on.
type scanner struct {
	problems
	data   []byte
	pos    int
	broken bool   // a fault of syntax was noted
	key    []byte // of the current member, valid until the next text is read
	spare  []byte // texts that had escapes
	path   [8]segment
	depth  int
}

// segment is one step of the path of the current value: a field, a key of the caller's, or a place in a list.
type segment struct {
	name  string
	key   []byte
	place int
}

func (s *scanner) enter(name string)   { s.path[s.depth] = segment{name: name}; s.depth++ }
func (s *scanner) enterKey(key []byte) { s.path[s.depth] = segment{key: key}; s.depth++ }
func (s *scanner) enterAt(place int)   { s.path[s.depth] = segment{place: place}; s.depth++ }
func (s *scanner) leave()              { s.depth-- }

// note adds a problem of the current value.
func (s *scanner) note(rule, remedy string) {
	var b []byte
	for _, p := range s.path[:s.depth] {
		if p.name == "" && p.key == nil {
			b = append(strconv.AppendInt(append(b, '['), int64(p.place), 10), ']')
			continue
		}
		if len(b) > 0 {
			b = append(b, '.')
		}
		b = append(append(b, p.name...), p.key...)
	}
	if len(b) == 0 {
		b = append(b, whole...)
	}
	s.add(string(b), rule, remedy)
}

// fail notes a fault of syntax, after which nothing is read any more.
func (s *scanner) fail(rule string) {
	if s.broken {
		return
	}
	s.broken = true
	s.note(rule+" (octet "+strconv.Itoa(s.pos)+")", "envoyez un seul objet JSON bien formé (RFC 8259), en UTF-8")
}

// peek gives the first byte of the next token, 0 at the end or after a fault.
func (s *scanner) peek() byte {
	if s.broken {
		return 0
	}
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; c {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// open enters an object or a list; anything else is passed over as of the wrong type.
func (s *scanner) open(bracket byte, expected string) bool {
	if s.peek() != bracket {
		s.wrongType(expected)
		return false
	}
	s.pos++
	return true
}

func (s *scanner) wrongType(expected string) {
	if s.broken {
		return
	}
	if s.pos == len(s.data) {
		s.fail("le texte s'arrête avant la fin")
		return
	}
	if !startsValue(s.data[s.pos]) {
		s.fail("valeur attendue")
		return
	}
	s.note("type inattendu", "donnez "+expected)
	s.skip()
}

func startsValue(c byte) bool {
	switch c {
	case '{', '[', '"', 't', 'f', 'n', '-':
		return true
	}
	return c >= '0' && c <= '9'
}

// more says whether another element follows in the list or object that ends with bracket, and moves to it.
func (s *scanner) more(bracket byte, first *bool) bool {
	c := s.peek()
	switch {
	case s.broken:
		return false
	case c == bracket:
		s.pos++
		return false
	case *first:
		*first = false
	case c == ',':
		s.pos++
		s.peek()
	case s.pos == len(s.data):
		s.fail("le texte s'arrête avant la fin")
	default:
		s.fail("virgule ou fin attendue")
	}
	return !s.broken
}

// member moves to the next member of an object and reads its key.
func (s *scanner) member(first *bool) bool {
	if !s.more('}', first) {
		return false
	}
	if s.peek() != '"' {
		s.fail("nom de champ entre guillemets attendu")
		return false
	}
	s.key = s.readText()
	if s.peek() != ':' {
		s.fail("deux-points attendus après le nom d'un champ")
		return false
	}
	s.pos++
	return true
}

// null passes over what begins as a null.
func (s *scanner) null() { s.word("null") }

func (s *scanner) word(w string) {
	if end := s.pos + len(w); end > len(s.data) || string(s.data[s.pos:end]) != w {
		s.fail("valeur illisible")
		return
	}
	s.pos += len(w)
}

// readText reads a text, the scanner being at its opening quote. The bytes are those of data when it has no escape.
func (s *scanner) readText() []byte {
	start := s.pos + 1
	data := s.data
	for i := start; i < len(data); i++ {
		c := data[i]
		if c != '"' && c != '\\' && c >= ' ' {
			continue
		}
		s.pos = i
		switch c {
		case '"':
			s.pos++
			return data[start:i]
		case '\\':
			return s.readEscaped(start)
		}
		s.fail("caractère de commande dans un texte")
		return nil
	}
	s.pos = len(data)
	s.fail("texte sans fin")
	return nil
}

func (s *scanner) readEscaped(start int) []byte {
	from := len(s.spare)
	s.spare = append(s.spare, s.data[start:s.pos]...)
	for s.pos < len(s.data) {
		c := s.data[s.pos]
		s.pos++
		switch {
		case c == '"':
			return s.spare[from:]
		case c < ' ':
			s.fail("caractère de commande dans un texte")
			return nil
		case c != '\\':
			s.spare = append(s.spare, c)
		case !s.escape():
			s.fail("échappement illisible dans un texte")
			return nil
		}
	}
	s.fail("texte sans fin")
	return nil
}

// escape reads what follows a backslash.
func (s *scanner) escape() bool {
	if s.pos >= len(s.data) {
		return false
	}
	c := s.data[s.pos]
	s.pos++
	switch c {
	case '"', '\\', '/':
		s.spare = append(s.spare, c)
	case 'b':
		s.spare = append(s.spare, '\b')
	case 'f':
		s.spare = append(s.spare, '\f')
	case 'n':
		s.spare = append(s.spare, '\n')
	case 'r':
		s.spare = append(s.spare, '\r')
	case 't':
		s.spare = append(s.spare, '\t')
	case 'u':
		r, ok := s.hex()
		if !ok || r >= 0xDC00 && r < 0xE000 {
			return false
		}
		if r >= 0xD800 && r < 0xDC00 { // the first half of a pair: the second must follow
			if s.pos+2 > len(s.data) || s.data[s.pos] != '\\' || s.data[s.pos+1] != 'u' {
				return false
			}
			s.pos += 2
			low, ok := s.hex()
			if !ok || low < 0xDC00 || low >= 0xE000 {
				return false
			}
			r = (r-0xD800)<<10 + low - 0xDC00 + 0x10000
		}
		s.spare = utf8.AppendRune(s.spare, r)
	default:
		return false
	}
	return true
}

func (s *scanner) hex() (rune, bool) {
	if s.pos+4 > len(s.data) {
		return 0, false
	}
	var r rune
	for _, c := range s.data[s.pos : s.pos+4] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	s.pos += 4
	return r, true
}

// powers are the powers of ten that a float64 holds exactly.
var powers = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// readNumber reads a number, the scanner being at its first byte. One too large for a float64 is infinite, which no
// field accepts; a negative zero is zero.
func (s *scanner) readNumber() float64 {
	start := s.pos
	negative := s.data[s.pos] == '-'
	if negative {
		s.pos++
	}
	mantissa, whole := s.digits(0)
	if whole == 0 || whole > 1 && s.data[s.pos-whole] == '0' {
		s.fail("nombre illisible")
		return 0
	}
	total, decimals := whole, 0
	if s.pos < len(s.data) && s.data[s.pos] == '.' {
		s.pos++
		if mantissa, decimals = s.digits(mantissa); decimals == 0 {
			s.fail("nombre illisible")
			return 0
		}
		total += decimals
	}
	exponent := s.pos < len(s.data) && s.data[s.pos]|0x20 == 'e'
	if exponent {
		s.pos++
		if s.pos < len(s.data) && (s.data[s.pos] == '+' || s.data[s.pos] == '-') {
			s.pos++
		}
		if _, n := s.digits(0); n == 0 {
			s.fail("nombre illisible")
			return 0
		}
	}
	var v float64
	if !exponent && total <= 15 { // exact operands: the quotient is correctly rounded
		v = float64(mantissa) / powers[decimals]
		if negative {
			v = -v
		}
	} else {
		var err error
		if v, err = strconv.ParseFloat(string(s.data[start:s.pos]), 64); err != nil {
			v = math.Copysign(math.Inf(1), v)
		}
	}
	if v == 0 {
		return 0
	}
	return v
}

// digits reads decimal digits after the value n and counts them; the value means something up to 15.
func (s *scanner) digits(n uint64) (value uint64, count int) {
	start := s.pos
	for s.pos < len(s.data) {
		c := s.data[s.pos] - '0'
		if c > 9 {
			break
		}
		n = n*10 + uint64(c)
		s.pos++
	}
	return n, s.pos - start
}

// skip passes over a value, its syntax still checked.
func (s *scanner) skip() { s.skipAt(0) }

func (s *scanner) skipAt(depth int) {
	if depth > maxDepth {
		s.fail("imbrication trop profonde")
		return
	}
	switch c := s.peek(); {
	case s.broken:
	case c == '{':
		s.pos++
		for first := true; s.member(&first); {
			s.skipAt(depth + 1)
		}
	case c == '[':
		s.pos++
		for first := true; s.more(']', &first); {
			s.skipAt(depth + 1)
		}
	case c == '"':
		s.readText()
	case c == 't':
		s.word("true")
	case c == 'f':
		s.word("false")
	case c == 'n':
		s.word("null")
	case c == '-' || c >= '0' && c <= '9':
		s.readNumber()
	default:
		s.fail("valeur attendue")
	}
}

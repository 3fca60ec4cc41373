package screening

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"

	"guichet/engine/incident"
	"guichet/engine/profile"
)

// Rules append the answer about one household. The error is an [*profile.Error] when the household is refused, and a fault of
// the rules otherwise; the bytes then come back as they were.
type Rules interface {
	Append(b []byte, p *profile.Profile) ([]byte, error)
}

// A Form makes a household of the text of a line. It is safe for concurrent use.
type Form interface {
	// Decode gives the household; its error is an [*profile.Error].
	Decode(text []byte) (*profile.Profile, error)
	// ID gives the identifier in a line that may be unreadable otherwise; "" when it is not there to be read.
	ID(text []byte) string
}

// A Screener turns lines of households into lines of answers. It is safe for concurrent use.
type Screener struct {
	Rules Rules
	Form  Form
	Today profile.Date // for households that state no day: one for the whole run
	// Report is told of each household that could be read and not computed: its line, the kind of fault, and the functions it
	// went through; never what it holds.
	Report func(line int, kind string, at []string)
}

// Answer is an [Evaluator]: the simulation of one household, or why it is refused.
func (s *Screener) Answer(out []byte, l Line) (answer []byte, ok bool) {
	start := len(out)
	defer func() {
		if cause := recover(); cause != nil {
			s.report(l, cause, incident.Callers())
			answer, ok = s.refuse(out[:start], l, broken), false
		}
	}()
	out, err := s.simulate(out, l)
	if err == nil {
		return out, true
	}
	bad, refused := errors.AsType[*profile.Error](err)
	if !refused {
		s.report(l, err, nil)
		return s.refuse(out, l, broken), false
	}
	return s.refuse(out, l, bad.Problems), false
}

func (s *Screener) simulate(out []byte, l Line) ([]byte, error) {
	if l.Long {
		return out, &profile.Error{Problems: tooLong}
	}
	p, err := s.Form.Decode(l.Text)
	if err != nil {
		return out, err
	}
	if !p.Date.Known() {
		p.Date = s.Today
	}
	return s.Rules.Append(out, p)
}

func (s *Screener) report(l Line, cause any, at []string) {
	s.Report(l.Number, incident.Kind(cause), at)
}

var (
	tooLong = []profile.Problem{{Path: "profil", Rule: "la ligne dépasse 64 Kio", Remedy: "envoyez un profil d'au plus 65 536 octets"}}
	broken  = []profile.Problem{{Path: "profil", Rule: "le calcul a échoué", Remedy: "signalez cette ligne : la faute n'est pas dans le profil"}}
)

// refuse appends an error line: the identifier of the household, or null, the line of the input, and every problem.
func (s *Screener) refuse(b []byte, l Line, problems []profile.Problem) []byte {
	b = append(b, `{"id":`...)
	if id := s.Form.ID(l.Text); id != "" {
		b = appendString(b, id)
	} else {
		b = append(b, "null"...)
	}
	b = append(b, `,"erreur":{"ligne":`...)
	b = strconv.AppendInt(b, int64(l.Number), 10)
	b = append(b, `,"problemes":[`...)
	for i, p := range problems {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(b, `{"chemin":`...), p.Path)
		b = appendString(append(b, `,"regle":`...), p.Rule)
		b = appendString(append(b, `,"remede":`...), p.Remedy)
		b = append(b, '}')
	}
	return append(b, "]}}"...)
}

// MarkWithin is how many bytes of a line of answers tell whether it is a refusal: more than the longest identifier takes.
const MarkWithin = 1024

// IsRefusal says whether a line of answers, or the beginning of one, is an error line. No identifier can hold the mark:
// inside a string its quotation marks are escaped.
func IsRefusal(l []byte) bool {
	return bytes.Contains(l[:min(len(l), MarkWithin)], []byte(`,"erreur":{`))
}

// appendString appends s as JSON writes it.
func appendString(b []byte, s string) []byte {
	quoted, _ := json.Marshal(s) // a string always has an encoding
	return append(b, quoted...)
}

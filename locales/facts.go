package locales

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fact names what a path of the profile speaks of: "le loyer", "les revenus (enfant 2)". A path that no message names
// is given back as it is.
func (p Printer) Fact(path string) string {
	who, rest, person := strings.Cut(path, ".")
	i, child := strings.CutPrefix(who, "enfants[")
	if !child && who != "demandeur" && who != "conjoint" || !person {
		return p.factName(path)
	}
	name := p.factName(rest)
	if !child {
		return p.T("fait.de", "Fait", name, "Qui", p.T("fait.qui."+who))
	}
	n, err := strconv.Atoi(strings.TrimSuffix(i, "]"))
	if err != nil {
		return path
	}
	return p.T("fait.de", "Fait", name, "Qui", p.T("fait.qui.enfant", "I", n+1))
}

func (p Printer) factName(field string) string {
	if kind, ok := strings.CutPrefix(field, "revenus."); ok && p.Has("revenus."+kind) {
		return p.T("fait.revenu", "Revenu", p.Lower(p.T("revenus."+kind)))
	}
	for name := field; ; {
		if p.Has("fait." + name) {
			return p.T("fait." + name)
		}
		i := strings.LastIndexByte(name, '.')
		if i < 0 {
			return field
		}
		name = name[:i]
	}
}

// Lower gives a text as it stands inside a sentence: its first letter small, as the language has it, unless an acronym begins it.
func (p Printer) Lower(text string) string {
	small := unicode.ToLower
	mark, n := utf8.DecodeRuneInString(text)
	if mark != FrenchBegins {
		n = 0
		if p.Tag == "tr" { // İ and I are two letters there
			small = unicode.TurkishCase.ToLower
		}
	}
	first, width := utf8.DecodeRuneInString(text[n:])
	second, _ := utf8.DecodeRuneInString(text[n+width:])
	if width == 0 || unicode.IsUpper(second) {
		return text
	}
	return text[:n] + string(small(first)) + text[n+width:]
}

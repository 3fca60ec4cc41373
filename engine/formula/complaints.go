package formula

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/expr-lang/expr/types"

	"guichet/engine/fact"
	"guichet/engine/nearest"
)

var (
	unexpected = regexp.MustCompile(`^unexpected token (\w+)(?:\("(.*)"\))?$`)
	mismatched = regexp.MustCompile(`^invalid operation: (\S+) \(mismatched types (\S+) and (\S+)\)$`)
	unsuitable = regexp.MustCompile(`^invalid argument for (\w+) \(type (\S+)\)$`)
)

// complaint gives a complaint of expr in an author's words, at its place.
func (s *scope) complaint(err error) *Error {
	e := fromExpr(err)
	e.Message = s.explain(e.Message)
	return e
}

// explain puts the complaints of expr's parser and checker into an author's words.
func (s *scope) explain(message string) string {
	for _, prefix := range []string{"unknown name ", "unknown field "} {
		if name, ok := strings.CutPrefix(message, prefix); ok {
			return "nom inconnu : " + name + s.hint(name)
		}
	}
	if m := unexpected.FindStringSubmatch(message); m != nil {
		switch {
		case m[1] == "EOF":
			return "la formule s'arrête trop tôt : il manque quelque chose à la fin"
		case m[2] == "=" || m[2] == "=>":
			return "« " + m[2] + " » ne compare rien : écrivez « == » pour une égalité, « >= » ou « <= » pour une limite"
		default:
			return "« " + m[2] + " » n'est pas attendu ici"
		}
	}
	if m := mismatched.FindStringSubmatch(message); m != nil {
		return "opération impossible : « " + m[1] + " » entre " + kindWord(m[2]) + " et " + kindWord(m[3])
	}
	if m := unsuitable.FindStringSubmatch(message); m != nil {
		return m[1] + " ne prend pas " + kindWord(m[2])
	}
	if after, ok := strings.CutPrefix(message, "invalid operation: "); ok {
		return "opération impossible entre ces types : " + after
	}
	return message
}

// kindWord names a type of expr.
func kindWord(kind string) string {
	switch kind {
	case "float64", "int":
		return "un nombre"
	case "string":
		return "un mot entre guillemets"
	case "bool":
		return "une condition"
	case "nil":
		return "rien"
	}
	if strings.HasPrefix(kind, "[]") {
		return "une liste"
	}
	return "« " + kind + " »"
}

// hint proposes the known name closest to a mistyped one.
func (s *scope) hint(name string) string {
	for _, facts := range [][]fact.Fact{fact.HouseholdFacts, fact.PersonFacts} {
		for _, f := range facts {
			if slices.Contains(f.Values, name) {
				return " ; c'est une réponse : mettez-la entre guillemets, \"" + name + "\""
			}
		}
	}
	var names []string
	var collect func(types.Map)
	collect = func(m types.Map) {
		for k, t := range m {
			names = append(names, k)
			if sub, ok := t.(types.Map); ok && len(names) < 5_000 {
				collect(sub)
			}
		}
	}
	collect(s.env)
	for f := range signatures {
		names = append(names, f)
	}
	names = slices.DeleteFunc(names, func(n string) bool { return n == name }) // the same word at another place is no help
	sort.Strings(names)
	if best := nearest.Of(name, names); best != "" {
		return " ; vouliez-vous dire " + best + " ?"
	}
	return ""
}

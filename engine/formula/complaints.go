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
		case m[2] == ".":
			return "« . » n'est pas attendu ici : une personne ne se lit ainsi que dans une liste, " +
				"any, all, none, count ou sum, écrite sans faute : count(enfants, .age < …)"
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
	for _, w := range exprWords {
		if strings.HasPrefix(message, w.begins) {
			return w.say
		}
	}
	if strings.ContainsAny(message, "«éèêà") { // already in an author's words
		return message
	}
	return "cette partie de la formule ne se lit pas : regardez ses parenthèses, ses noms et ce qu'elle compare"
}

// exprWords are what expr complains of more rarely, by how its message begins.
var exprWords = []struct{ begins, say string }{
	{"invalid operation: ", "opération impossible entre ces deux valeurs : un nombre, une condition et un mot ne se mêlent pas"},
	{"literal not terminated", "ces guillemets ne sont pas refermés"},
	{"unrecognized character", "ce signe n'a pas de sens dans une formule"},
	{"bad number syntax", "ce nombre ne se lit pas : la décimale s'écrit avec un point"},
	{"float literal", "ce nombre ne se lit pas : la décimale s'écrit avec un point"},
	{"integer literal", "ce nombre est trop grand"},
	{"invalid char escape", "cette barre « \\ » n'a pas de sens ici"},
	{"unclosed comment", "un commentaire n'est pas refermé"},
	{"unexpected end of expression", "la formule s'arrête trop tôt : il manque quelque chose à la fin"},
	{"expected name", "un nom est attendu ici"},
	{"not enough arguments", "il manque une valeur entre ces parenthèses"},
	{"too many arguments", "il y a une valeur de trop entre ces parenthèses"},
	{"invalid number of arguments", "le nombre de valeurs entre ces parenthèses n'est pas le bon"},
	{"expected at least", "il manque une valeur entre ces parenthèses"},
	{"non-bool expression", "une condition est attendue devant « ? »"},
	{"predicate should return boolean", "une condition est attendue ici, après la virgule"},
	{"builtin", "une liste est attendue ici : parents, enfants ou personnes"},
	{"cannot use pointer accessor outside predicate", "« . » devant un nom ne se lit que dans une liste : count(enfants, .age < …)"},
	{"type ", "cette valeur n'a rien de ce nom"},
	{"cannot use ", "cette valeur n'est pas de la sorte attendue ici"},
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

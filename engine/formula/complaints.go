package formula

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/expr-lang/expr/types"

	"guichet/engine/fact"
	"guichet/engine/nearest"
)

var (
	unexpected = regexp.MustCompile(`^unexpected token (\w+)(?:\("(.*)"\))?$`)
	mismatched = regexp.MustCompile(`^invalid operation: (\S+) \(mismatched types (\S+) and (\S+)\)$`)
	negated    = regexp.MustCompile(`^invalid operation: (\S+) \(mismatched type \S+\)$`)
	unsuitable = regexp.MustCompile(`^invalid argument for (\w+) \(type (\S+)\)$`)
)

// complaint gives a complaint of expr about a text in an author's words, at its place.
func (s *scope) complaint(err error, text string) *Error {
	e := fromExpr(err)
	e.Message = s.explain(e.Message, []rune(text), e.From)
	return e
}

// explain puts the complaints of expr's parser and checker, about a character of a text, into an author's words.
func (s *scope) explain(message string, text []rune, from int) string {
	for _, prefix := range []string{"unknown name ", "unknown field "} {
		if name, ok := strings.CutPrefix(message, prefix); ok {
			return "nom inconnu : " + name + cmp.Or(s.sibling(name, text, from), s.hint(name))
		}
	}
	if m := unexpected.FindStringSubmatch(message); m != nil {
		return unexpectedWord(m[1], m[2], text, from)
	}
	if m := negated.FindStringSubmatch(message); m != nil && (m[1] == "not" || m[1] == "!") {
		return "« not » ne porte que sur le mot qui le suit : mettez la condition entière entre parenthèses, « not (… > …) »"
	}
	if sign, ok := strings.CutPrefix(message, "unrecognized character: "); ok {
		return unknownSign(sign)
	}
	if m := mismatched.FindStringSubmatch(message); m != nil {
		return "opération impossible : « " + m[1] + " » entre " + kindWord(m[2]) + " et " + kindWord(m[3]) + remedy(m[2], m[3])
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
	{"array elements", "une liste se lit par any, all, none, count ou sum : sum(enfants, .age)"},
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
	case "formula.dateType":
		return "une date"
	case "formula.windowType":
		return "une fenêtre"
	case "formula.roundingType":
		return "un arrondi"
	case "formula.ranksType":
		return "un barème par rang"
	case "formula.scaleType":
		return "un barème par tranches"
	}
	if strings.HasPrefix(kind, "[]") {
		return "une liste"
	}
	return "« " + kind + " »"
}

// remedy says how two values that no operation joins are brought together, "" when there is nothing to say.
func remedy(kinds ...string) string {
	switch {
	case slices.Contains(kinds, "formula.dateType"):
		return " : une date se compare par avant(date, bareme.…), une durée se compte par mois_depuis(date)"
	case slices.Contains(kinds, "bool") && slices.Contains(kinds, "string"):
		return " : « x » ou « not x » suffit, sans « == »"
	}
	return ""
}

// frenchWords are what authors write in the language of the law, by what the formula wants.
var frenchWords = map[string]string{
	"et": "and", "ou": "or", "non": "not", "sinon": "c ? a : b", "alors": "c ? a : b", "si": "c ? a : b", "dans": "in",
	"oui": "true", "vrai": "true", "faux": "false", "maximum": "max", "mini": "min", "maxi": "max", "round": "arrondi",
}

// unexpectedWord says what is wrong with a word or a sign that expr did not expect at a place.
func unexpectedWord(kind, word string, text []rune, from int) string {
	opened, closed := count(text, '('), count(text, ')')
	before := ""
	if words := strings.FieldsFunc(string(text[:min(from, len(text))]), func(r rune) bool { return !unicode.IsLetter(r) && r != '_' }); len(words) > 0 {
		before = words[len(words)-1]
	}
	switch {
	case slices.Contains(text, '%'):
		return "« % » n'a pas de sens dans une formule : un taux est un barème, où 5,2 % s'écrit 0.052"
	case kind == "EOF" && opened > closed:
		return "une parenthèse ouverte n'est pas refermée"
	case kind == "EOF":
		return "la formule s'arrête trop tôt : il manque quelque chose à la fin"
	case word == ")" && closed > opened:
		return "une parenthèse fermante est de trop"
	case word == "=" || word == "=>" || word == "=<":
		return "« " + word + " » ne compare rien : écrivez « == » pour une égalité, « >= » ou « <= » pour une limite"
	case word == ">" && from > 0 && text[from-1] == '<':
		return "« différent de » s'écrit « != »"
	case word == ".":
		return "« . » n'est pas attendu ici : une personne ne se lit ainsi que dans une liste, " +
			"any, all, none, count ou sum, écrite sans faute : count(enfants, .age < …)"
	case word == ";":
		return "« ; » n'est pas attendu ici : les valeurs se séparent par une virgule"
	case word == ",":
		return "« , » n'est pas attendu ici : la décimale s'écrit avec un point, et il faut le nom d'une fonction devant une liste de valeurs"
	case word == "x":
		return "« x » n'est pas attendu ici : une multiplication s'écrit « * »"
	case frenchWords[word] != "":
		return "« " + word + " » n'est pas attendu ici : écrivez « " + frenchWords[word] + " »"
	case frenchWords[before] != "":
		return "« " + before + " » n'est pas un mot des formules : écrivez « " + frenchWords[before] + " »"
	}
	return "« " + word + " » n'est pas attendu ici : il manque peut-être un signe, ou une parenthèse, juste avant"
}

func count(text []rune, sign rune) (n int) {
	for _, r := range text {
		if r == sign {
			n++
		}
	}
	return n
}

// signs are what text processors and keyboards write for the signs of a formula.
var signs = map[string]string{
	"×": "*", "÷": "/", "−": "-", "–": "-", "—": "-", "≥": ">=", "≤": "<=", "≠": "!=", "«": "\"", "»": "\"", "“": "\"", "”": "\"", "’": "\"", "‘": "\"",
}

// unknownSign says what to write for a sign that expr does not know, told as U+00D7 '×'.
func unknownSign(told string) string {
	if parts := strings.Split(told, "'"); len(parts) == 3 {
		sign := parts[1]
		switch {
		case signs[sign] != "":
			return "« " + sign + " » n'a pas de sens dans une formule : écrivez « " + signs[sign] + " »"
		case sign == "€":
			return "« € » ne s'écrit pas dans une formule : un montant est un barème, et son unité s'y dit"
		}
	}
	return "ce signe n'a pas de sens dans une formule"
}

// sibling proposes, for a name that follows a point, what stands there: the nearest, or all of them where they are few. "" when nothing does.
func (s *scope) sibling(name string, text []rune, from int) string {
	written := string(text[:min(from, len(text))])
	if !strings.HasSuffix(written, ".") {
		return ""
	}
	path := dotted.FindString(strings.TrimSuffix(written, "."))
	group := s.env
	for part := range strings.SplitSeq(path, ".") {
		below, ok := group[part].(types.Map)
		if !ok {
			return ""
		}
		group = below
	}
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(group)), func(n string) bool { return n == types.Extra })
	if near := nearest.Of(name, names); near != "" {
		return " ; vouliez-vous dire " + near + " ?"
	}
	if len(names) == 0 || len(names) > 8 {
		return ""
	}
	return " ; sous " + path + ", il n'y a que " + strings.Join(names, ", ")
}

// dotted is the name that a text ends with.
var dotted = regexp.MustCompile(`[\p{L}_][\p{L}\d_]*(\.[\p{L}_][\p{L}\d_]*)*$`)

// hint proposes the known name closest to a mistyped one.
func (s *scope) hint(name string) string {
	for _, facts := range [][]fact.Fact{fact.HouseholdFacts, fact.PersonFacts} {
		for _, f := range facts {
			if slices.Contains(f.Values, name) {
				return " ; c'est une réponse : mettez-la entre guillemets, \"" + name + "\""
			}
		}
	}
	switch {
	case name == "personne":
		return " : « personne » ne se lit que sous « par_personne: », ou dans une aide « pour: adulte » ; ailleurs, « demandeur » ou une liste"
	case frenchWords[name] != "":
		return " ; écrivez " + frenchWords[name]
	}
	if p, ok := s.env["demandeur"].(types.Map); ok && p[name] != nil {
		return " : d'une personne, écrivez demandeur." + name + ", ou « ." + name + " » dans une liste"
	}
	if low := strings.ToLower(name); low != name && (allowedBuiltins[low] || signatures[low] != nil || s.env[low] != nil) {
		return " ; vouliez-vous dire " + low + " ?"
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
	names = slices.AppendSeq(names, maps.Keys(signatures))
	names = slices.AppendSeq(names, maps.Keys(allowedBuiltins))
	names = slices.DeleteFunc(names, func(n string) bool { return n == name }) // the same word at another place is no help
	sort.Strings(names)
	if best := nearest.Of(name, names); best != "" {
		return " ; vouliez-vous dire " + best + " ?"
	}
	return ""
}

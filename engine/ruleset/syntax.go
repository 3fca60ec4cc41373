package ruleset

import (
	"regexp"
	"strings"
)

// syntaxWords puts the complaints of the YAML parser, which are English and speak of tokens, into an author's words. The first
// that a complaint begins with holds. The place, the line and the caret are the parser's.
var syntaxWords = []struct{ begins, say string }{
	{"found character '\t' that cannot start any token", tabs},
	{"tab character", tabs},
	{"found a tab character", tabs},
	{"could not find flow mapping end token '}'", "cette accolade « { » n'est pas refermée : il manque « } »"},
	{"could not find flow map content", "cette accolade « { » n'est pas refermée, ou une virgule y est de trop"},
	{"',' or '}' must be specified", "entre accolades, une virgule sépare « clé: valeur », et « } » finit"},
	{"could not find '{' character", "cette accolade « } » ne referme rien : il manque « { », ou elle est de trop"},
	{"sequence end token ']' not found", "ce crochet « [ » n'est pas refermé : il manque « ] »"},
	{"',' or ']' must be specified", "entre crochets, une virgule sépare les valeurs, et « ] » finit"},
	{"expected sequence element, but found ','", "une virgule est de trop entre ces crochets"},
	{"could not find '[' character", "ce crochet « ] » ne referme rien : il manque « [ », ou il est de trop"},
	{"could not find end character of double-quoted text", "ces guillemets \" ne sont pas refermés"},
	{"could not find end character of single-quoted text", "cette apostrophe ' n'est pas refermée : un texte qui en contient se met entre guillemets \""},
	{"unexpected key name", keyless},
	{"non-map value is specified", keyless},
	{"expected map key-value delimiter ':'", keyless},
	{"map key definition includes an implicit line break", keyless},
	{"could not find value for mapping key", keyless},
	{"mapping value is not allowed in this context", "un « : » de trop : un texte qui en contient se met entre guillemets \" ; ou la ligne suivante commence trop à droite"},
	{"value is not allowed in this context", early},
	{"found an invalid key for this map", unaligned},
	{"unexpected map key", unaligned},
	{"undefined map key", "une clé manque devant « : »"},
	{"block sequence entries are not allowed", "une liste, « - », commence à la ligne sous sa clé"},
	{"sequence entries are not allowed", "une liste, « - », commence à la ligne sous sa clé"},
	{"unexpected scalar value", early},
	{"value cannot be placed after document separator", separated},
	{"unexpected end content", separated},
	{"unexpected directive", separated},
	{"undefined anchor", anchored},
	{"undefined alias", anchored},
	{"could not find anchor", anchored},
	{"could not find alias", anchored},
	{"anchor", anchored},
	{"unexpected a", anchored},
	{"tag is not allowed", tagged},
	{"specified not scalar tag", tagged},
	{"found invalid tag", tagged},
	{"found unknown escape character", "cette barre « \\ » n'a pas de sens entre guillemets : doublez-la, ou mettez des apostrophes '"},
	{"found a newline character in a quoted text", "des guillemets se referment sur la même ligne"},
}

const (
	tabs      = "une tabulation : l'espacement de gauche ne se fait qu'avec des espaces"
	keyless   = "« clé: valeur » est attendu : il manque « : » et une espace après la clé, ou la ligne est mal alignée"
	unaligned = "cette ligne est mal alignée : les clés d'un même niveau commencent à la même colonne, deux espaces par niveau"
	early     = "ceci n'est pas attendu ici : ligne mal alignée, ou guillemets, apostrophe, crochet ou accolade refermés trop tôt"
	separated = "« --- » ou « % » en début de ligne n'a pas sa place dans ces fichiers"
	anchored  = "« & » et « * » sont des signes de YAML dont ces fichiers ne se servent pas : mettez ce texte entre guillemets \""
	tagged    = "« ! » est un signe de YAML dont ces fichiers ne se servent pas : mettez ce texte entre guillemets \""
)

// twice is what the parser says of a key that stands twice in one mapping.
var twice = regexp.MustCompile(`^mapping key "(.*)" already defined at \[(\d+):\d+\]`)

// plainSyntax says what the parser complains of.
func plainSyntax(complaint string) string {
	if m := twice.FindStringSubmatch(complaint); m != nil {
		return "« " + m[1] + " » est écrit deux fois : déjà à la ligne " + m[2]
	}
	for _, w := range syntaxWords {
		if strings.HasPrefix(complaint, w.begins) {
			return w.say
		}
	}
	return "cette ligne ne se lit pas : regardez son alignement, ses guillemets, ses crochets et ses « : »"
}

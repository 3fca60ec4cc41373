package ruleset

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"guichet/engine/nearest"
)

// Words are what people read of the aids that bring their own: by language (BCP 47), then by the key of the message. They say
// what the program has no words for, and change no answer.
type Words map[string]map[string]string

// Words gives what textes.yaml says beside each aid. Nobody may change it.
func (s *Set) Words() Words { return s.words }

// wordGroups are the groups of textes.yaml, with what the keys of their messages begin with. Those that are not the aid's own
// name what all aids may use.
var wordGroups = []struct {
	name, prefix string
	own          bool
}{
	{"aide", "aide.", true},
	{"condition", "condition.", true},
	{"etape", "etape.", true},
	{"grandeur", quantityWords, true},
	{"hors_champ", "hors_champ.", true},
	{"precision", "precision.", true},
	{"bareme", "bareme.", false},
	{"document", "document.", false},
	{"organisme", "organisme.", false},
}

// quantityWords is what the keys of the words of a quantity that is neither a condition nor a step begin with.
const quantityWords = "regle.grandeur."

var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

// readWords reads the textes.yaml of an aid. The words must be of something that the aid shows.
func (l *loader) readWords(a *Aid, top node) {
	shown := append(a.shown(), l.told(a)...)
	groups := make([]string, len(wordGroups))
	for i, g := range wordGroups {
		groups[i] = g.name
	}
	for _, language := range top.pairs() {
		if !languageTag.MatchString(language.key) {
			language.at.fault("« %s » n'est pas une langue : fr, en, zh-Hans…", language.key)
			continue
		}
		f := language.value.fields(groups...)
		for _, g := range wordGroups {
			prefix := g.prefix
			if g.own {
				prefix += a.ID + "."
			}
			l.readGroup(language.key, prefix, shown, f[g.name])
		}
	}
}

// readGroup reads the words under one key, to any depth.
func (l *loader) readGroup(language, prefix string, shown []string, group node) {
	for _, p := range group.pairs() {
		key := prefix + p.key
		if slices.ContainsFunc(shown, func(s string) bool { return strings.HasPrefix(s, key+".") }) {
			l.readGroup(language, key+".", shown, p.value)
			continue
		}
		text := strings.TrimSpace(p.value.text())
		switch {
		case !slices.Contains(shown, key):
			p.at.fault("« %s » ne nomme rien que cette aide montre%s", p.key, meant(p.key, prefix, shown))
		case text == "":
			p.at.fault("un texte est attendu ici")
		case l.set.words[language][key] != "" && l.set.words[language][key] != text:
			p.at.fault("une autre aide dit déjà autrement « %s »", key)
		default:
			if l.set.words == nil {
				l.set.words = Words{}
			}
			if l.set.words[language] == nil {
				l.set.words[language] = map[string]string{}
			}
			l.set.words[language][key] = text
		}
	}
}

// told gives the key of each message that the rule of a, told, may show beside: of its other quantities, and of the values of the
// law, which are described in French where they stand.
func (l *loader) told(a *Aid) []string {
	var out []string
	for _, q := range l.uni.Quantities {
		if q.Namespace == a.ID {
			out = append(out, quantityWords+a.ID+"."+q.Name)
		}
	}
	for name := range l.set.baremes {
		out = append(out, name)
	}
	return out
}

// meant proposes the name, among those that the aid shows under a prefix, that a misspelt one is close to.
func meant(name, prefix string, shown []string) string {
	var names []string
	for _, key := range shown {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			names = append(names, rest)
		}
	}
	if near := nearest.Of(name, names); near != "" {
		return " ; vouliez-vous dire « " + near + " » ?"
	}
	return ""
}

// checkWords refuses a local aid of which something shown has no French text: the program has none for it.
func (l *loader) checkWords(a *Aid, f *folder) {
	for _, key := range a.shown() {
		group, name, _ := strings.Cut(key, ".")
		optional := group == "document" || group == "organisme" || key == "aide."+a.ID+".nom"
		if optional || l.set.words["fr"][key] != "" {
			continue
		}
		message := "le texte français « " + group + ": " + strings.TrimPrefix(name, a.ID+".") + " » manque : c'est ce que lit l'habitant"
		l.errs = append(l.errs, Problem{File: path.Join(f.path, "textes.yaml"), Message: message})
	}
}

// shown gives the key of each message that an answer about a shows, or may.
func (a *Aid) shown() []string {
	out := []string{"aide." + a.ID + ".nom", "aide." + a.ID + ".resume"}
	for prefix, items := range map[string][]*Item{"condition.": a.Conditions, "etape.": a.Steps, "hors_champ.": a.OutOfScope} {
		for _, i := range items {
			out = append(out, prefix+a.ID+"."+i.ID)
		}
	}
	for _, p := range a.Precisions {
		for _, v := range p.Values {
			out = append(out, "precision."+a.ID+"."+p.Field+"."+v)
		}
	}
	for _, id := range a.Documents {
		out = append(out, "document."+id)
	}
	for _, id := range a.Payers {
		out = append(out, "organisme."+id)
	}
	return out
}

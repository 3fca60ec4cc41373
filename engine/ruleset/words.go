package ruleset

import (
	"regexp"
	"slices"
	"strings"
)

// Words are what people read of the aids that bring their own: by language (BCP 47), then by the key of the message. They say
// what the program has no words for, and change no answer.
type Words map[string]map[string]string

// Words gives what textes.yaml says beside each aid. Nobody may change it.
func (s *Set) Words() Words { return s.words }

// wordGroups are the groups of textes.yaml. Those that are not the aid's own name what all aids may use.
var wordGroups = []struct {
	name string
	own  bool
}{
	{"aide", true}, {"condition", true}, {"etape", true}, {"hors_champ", true}, {"precision", true}, {"document", false}, {"organisme", false},
}

var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

// readWords reads the textes.yaml of an aid. The words must be of something that the aid shows.
func (l *loader) readWords(a *Aid, top node) {
	shown := a.shown()
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
			prefix := g.name + "."
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
			p.at.fault("« %s » ne nomme rien que cette aide montre", p.key)
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

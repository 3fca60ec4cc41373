package locales

import (
	"maps"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// With gives b with words beside its own, by language (BCP 47) and then by key: they are plain text without placeholders, and
// win over the messages of the program. What they lack in a language is shown in French. b itself does not change.
func (b *Bundle) With(words map[string]map[string]string) *Bundle {
	with := *b
	with.local = make(map[string]map[string]string, len(b.local)+len(words))
	for _, some := range []map[string]map[string]string{b.local, words} {
		for tag, texts := range some {
			if with.local[tag] == nil {
				with.local[tag] = map[string]string{}
			}
			for key, text := range texts {
				m := &i18n.Message{Other: text}
				typeset(m, tag)
				with.local[tag][key] = m.Other
			}
		}
	}
	return &with
}

// localTo gives the words that [Bundle.With] brought, as a reader of a language sees them.
func (b *Bundle) localTo(tag string) map[string]string {
	own, source := b.local[tag], b.local[Source]
	if len(own) == 0 || tag == Source {
		return source
	}
	words := maps.Clone(source)
	if words == nil {
		return own
	}
	maps.Copy(words, own)
	return words
}

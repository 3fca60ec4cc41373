package locales

import "github.com/nicksnyder/go-i18n/v2/i18n"

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

// localWords gives the words of key that [Bundle.With] brought, in French where the language lacks them.
func (p Printer) localWords(key string) (string, bool) {
	if text, ok := p.local[key]; ok {
		return text, true
	}
	text, ok := p.localSource[key]
	return p.French(text), ok
}

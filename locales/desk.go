package locales

import (
	_ "embed"
	"fmt"
	"maps"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed accueil/fr.yaml
var deskFile []byte

// Desk gives the words of the agents' pages, which are in French alone, beside those of the source that residents read too: dates,
// amounts, lists.
func Desk() (Printer, error) { return deskOnce() }

var deskOnce = sync.OnceValues(func() (Printer, error) {
	messages, err := readMessages(shipped, languages[0])
	if err != nil {
		return Printer{}, err
	}
	own, err := parseMessages(deskFile, "accueil/fr.yaml", Source)
	if err != nil {
		return Printer{}, err
	}
	for key := range own {
		if messages[key] != nil {
			return Printer{}, fmt.Errorf("accueil/fr.yaml: %s is a message of the public pages already", key)
		}
	}
	maps.Copy(messages, own)
	texts := i18n.NewBundle(language.Make(Source))
	if err := texts.AddMessages(language.Make(Source), values(messages)...); err != nil {
		return Printer{}, fmt.Errorf("adding the messages of the desk: %w", err)
	}
	tag := language.Make(Source)
	return Printer{Language: languages[0], localizer: i18n.NewLocalizer(texts, Source), tag: tag, known: messages, own: messages}, nil
})

// parseMessages reads a file of messages in a language, and typesets them.
func parseMessages(text []byte, path, tag string) (map[string]*i18n.Message, error) {
	// The library takes the language from the name of the file.
	file, err := i18n.ParseMessageFileBytes(text, tag+".yaml", map[string]i18n.UnmarshalFunc{"yaml": yaml.Unmarshal})
	if err != nil {
		return nil, fmt.Errorf("reading the messages of %s: %w", path, err)
	}
	messages := make(map[string]*i18n.Message, len(file.Messages))
	for _, m := range file.Messages {
		typeset(m, tag)
		messages[m.ID] = m
	}
	return messages, nil
}

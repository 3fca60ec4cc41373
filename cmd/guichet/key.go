package main

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"guichet/web/seal"
)

// sealingKey gives the key that seals the answers which travel in the pages: from the environment, from a file, or a new one
// that lasts as long as the process.
func (p *program) sealingKey(log *slog.Logger) ([]byte, error) {
	text, file := p.getenv("GUICHET_KEY"), p.getenv("GUICHET_KEY_FILE")
	source := "GUICHET_KEY"
	switch {
	case text != "" && file != "":
		return nil, errors.New("GUICHET_KEY and GUICHET_KEY_FILE are both set: keep one")
	case text == "" && file == "":
		log.Warn("no sealing key is set: a new one is used, and open pages begin anew after a restart", "see", "guichet serve -h")
		return seal.NewKey(), nil
	case file != "":
		source = "GUICHET_KEY_FILE"
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", source, err)
		}
		text = string(content)
	}
	key := decodeKey(strings.TrimSpace(text))
	if len(key) < seal.MinKey {
		return nil, fmt.Errorf("%s: want at least %d bytes as base64 or hexadecimal", source, seal.MinKey)
	}
	return key, nil
}

// decodeKey reads a key in any of the usual forms; nil when it is none of them.
func decodeKey(text string) []byte {
	if key, err := hex.DecodeString(text); err == nil {
		return key
	}
	text = strings.TrimRight(text, "=")
	for _, form := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		if key, err := form.DecodeString(text); err == nil {
			return key
		}
	}
	return nil
}

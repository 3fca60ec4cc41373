package main

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"guichet/web"
	"guichet/web/seal"
)

// sealingKey gives the key that seals the answers which travel in the pages: from the environment, from a file, or a new one
// that lasts as long as the process.
func (p *program) sealingKey(log *slog.Logger) ([]byte, error) {
	text, source, err := p.secret("GUICHET_KEY")
	if err != nil {
		return nil, err
	}
	if source == "" {
		log.Warn("no sealing key is set: a new one is used, open pages begin anew after a restart, and agents can have no second factor", "see", "guichet serve -h")
		return seal.NewKey(), nil
	}
	return readKey(text, source)
}

// readKey reads a key that source holds.
func readKey(text, source string) ([]byte, error) {
	key := decodeKey(text)
	if len(key) < seal.MinKey {
		return nil, fmt.Errorf("%s: want at least %d bytes as base64 or hexadecimal", source, seal.MinKey)
	}
	return key, nil
}

// administratorToken gives what recognises an administrator: the zero token, nobody, when no secret is set.
func (p *program) administratorToken() (web.Token, error) {
	text, source, err := p.secret("GUICHET_ADMIN_TOKEN")
	if err != nil || source == "" {
		return web.Token{}, err
	}
	token, err := web.NewToken(text)
	if err != nil {
		return web.Token{}, fmt.Errorf("%s: %w", source, err)
	}
	return token, nil
}

// secret gives what the environment variable holds, or the file that the variable of the same name with _FILE names, and which
// of them said so; "" when neither is set. Its errors never hold the secret.
func (p *program) secret(variable string) (text, source string, err error) {
	text, file := p.getenv(variable), p.getenv(variable+"_FILE")
	switch {
	case text != "" && file != "":
		return "", "", fmt.Errorf("%s and %[1]s_FILE are both set: keep one", variable)
	case text == "" && file == "":
		return "", "", nil
	case file == "":
		return strings.TrimSpace(text), variable, nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return "", "", fmt.Errorf("%s_FILE: %w", variable, err)
	}
	return strings.TrimSpace(string(content)), variable + "_FILE", nil
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

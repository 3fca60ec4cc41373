package pages

import (
	"bytes"
	"compress/flate"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"guichet/engine/profile"
	"guichet/web/seal"
)

// SheetLife is how long the code of a sheet can be opened: time for an appointment, and for a second one.
const SheetLife = 90 * 24 * time.Hour

// codePrefix tells the code of a sheet from whatever else a scanner reads.
const codePrefix = "GUICHET:"

// maxCode bounds a code, in characters: more than the largest QR code holds.
const maxCode = 4_300

var letters = base32.StdEncoding.WithPadding(base32.NoPadding)

// sheetCode locks the answers into letters and digits that a QR code holds tightly and a scanner types: packed, sealed by the server's
// key for this purpose, and dated. It says in which language the sheet is, for an agent who opens it at the counter.
func (p *Pages) sheetCode(a *answers, language string) (string, error) {
	text, err := json.Marshal(sealedAnswers{Profile: a.Profile.AppendJSON(nil), Unsaid: a.Unsaid, Language: language})
	if err != nil {
		return "", fmt.Errorf("writing the answers of a sheet: %w", err)
	}
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.BestCompression) // the level is one
	_, _ = w.Write(text)                                    // to memory
	_ = w.Close()
	raw, err := base64.RawURLEncoding.DecodeString(p.sheets.Seal(packed.Bytes(), p.clock()))
	if err != nil {
		return "", fmt.Errorf("writing the code of a sheet: %w", err)
	}
	return codePrefix + letters.EncodeToString(raw), nil
}

// openSheet gives the answers that a code holds, as it was scanned or copied: spaces, ends of lines and small letters do not matter. The
// error is [seal.ErrForged] or [seal.ErrExpired].
func (p *Pages) openSheet(code string) (*answers, error) {
	code = strings.ToUpper(strings.Join(strings.Fields(code), ""))
	raw, err := letters.DecodeString(strings.TrimPrefix(code, codePrefix))
	if err != nil || len(code) > maxCode {
		return nil, seal.ErrForged
	}
	packed, _, err := p.sheets.Open(base64.RawURLEncoding.EncodeToString(raw))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), profile.MaxBytes+maxForm))
	if err != nil {
		return nil, fmt.Errorf("unpacking a sheet: %w", errors.Join(seal.ErrForged, err))
	}
	a, err := readAnswers(text, p.clock())
	if err != nil {
		return nil, errors.Join(seal.ErrForged, err)
	}
	return a, nil
}

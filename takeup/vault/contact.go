package vault

import (
	"net/mail"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"guichet/takeup"
)

// A Contact is how to reach a person, as they gave it. All of it is optional.
type Contact struct {
	Name  string `json:"nom,omitempty"` // as given: nobody is asked for a paper
	Phone string `json:"telephone,omitempty"`
	Email string `json:"courriel,omitempty"`
	Free  string `json:"libre,omitempty"` // how else: through an association, in the evening
}

// The longest of each, in characters.
const (
	maxName  = 120
	maxPhone = 24
	maxEmail = 254
)

var phoneShape = regexp.MustCompile(`^\+?[0-9][0-9 .()/-]*$`)

// Check says what is wrong with it: a [*takeup.Refusal], or nil. A social security number is refused wherever it is written.
func (c Contact) Check() error {
	for _, f := range []struct {
		field, text string
		longest     int
	}{{"nom", c.Name, maxName}, {"telephone", c.Phone, maxPhone}, {"courriel", c.Email, maxEmail}, {"libre", c.Free, takeup.MaxNote}} {
		if err := written(f.field, f.text, f.longest); err != nil {
			return err
		}
	}
	if c.Phone != "" && !phoneShape.MatchString(c.Phone) {
		return refused("telephone", takeup.KeyShape, takeup.RemedyWrite)
	}
	if c.Email != "" {
		if a, err := mail.ParseAddress(c.Email); err != nil || a.Address != c.Email {
			return refused("courriel", takeup.KeyShape, takeup.RemedyWrite)
		}
	}
	return nil
}

func written(field, s string, longest int) error {
	switch {
	case !utf8.ValidString(s), strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }):
		return refused(field, takeup.KeyShape, takeup.RemedyWrite)
	case utf8.RuneCountInString(s) > longest:
		return refused(field, takeup.KeyTooLong, takeup.RemedyShorten)
	case takeup.HoldsLongNumber(s) && !(field == "telephone" && abroad(s)):
		return refused(field, takeup.KeySocialSecurity, takeup.RemedyNoNumber)
	}
	return nil
}

// abroad says whether a number begins as those of other countries do, which have up to 15 figures: a mobile in China has 13.
func abroad(s string) bool {
	figures := 0
	for _, r := range s {
		if unicode.IsNumber(r) {
			figures++
		}
	}
	return strings.HasPrefix(s, "+") && figures <= 15 || strings.HasPrefix(s, "00") && figures <= 17
}

func refused(field string, key takeup.Key, remedy takeup.RemedyKey) error {
	return &takeup.Refusal{Key: key, Remedy: remedy, Field: field}
}

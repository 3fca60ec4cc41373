package pages

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"guichet/locales"
)

// resolve turns the marks that a [locales.Printer] left in a page into markup: a text that is still in French says so to who
// hears the page, and figures keep their direction among letters that run the other way. Where an element may hold no other, and in
// attributes, the first are dropped and the second stay the characters that they are.
//
// A message holds no markup, so that a mark opened in a stretch of text is closed in it; one that is not, which only a visitor's own
// words could bring, is closed with the stretch.
func resolve(page []byte) []byte {
	out := make([]byte, 0, len(page)+len(page)/16)
	plain := 0 // elements open around here that hold text only
	for len(page) > 0 {
		end := bytes.IndexByte(page, '<')
		if end < 0 {
			end = len(page)
		}
		out = resolveText(out, page[:end], plain > 0)
		page = page[end:]
		if len(page) == 0 {
			break
		}
		end = bytes.IndexByte(page, '>') + 1 // the templates escape those of an attribute
		if end == 0 {
			end = len(page)
		}
		tag := page[:end]
		page = page[end:]
		out = resolveTag(out, tag)
		switch name, closes := elementOf(tag); {
		case !slices.Contains(textOnly, name):
		case closes:
			plain--
		default:
			plain++
		}
	}
	return out
}

// textOnly lists the elements that hold no other, and the drawings, whose own elements are not those of a text.
var textOnly = []string{"title", "option", "textarea", "style", "script", "svg"}

// elementOf gives the name of the element that a tag opens or closes.
func elementOf(tag []byte) (name string, closes bool) {
	tag = bytes.TrimPrefix(tag, []byte("<"))
	tag, closes = bytes.CutPrefix(tag, []byte("/"))
	if i := bytes.IndexAny(tag, " \t\n/>"); i >= 0 {
		tag = tag[:i]
	}
	return string(tag), closes
}

func resolveTag(out, tag []byte) []byte {
	for len(tag) > 0 {
		r, n := utf8.DecodeRune(tag)
		if r != locales.FrenchBegins && r != locales.FrenchEnds {
			out = append(out, tag[:n]...)
		}
		tag = tag[n:]
	}
	return out
}

func resolveText(out, text []byte, plain bool) []byte {
	if plain {
		return resolveTag(out, text)
	}
	var open []string // the closing tags that are due
	shut := func(tag string) {
		if n := len(open); n > 0 && open[n-1] == tag {
			out, open = append(out, tag...), open[:n-1]
		}
	}
	begin := func(tag, end string) { out, open = append(out, tag...), append(open, end) }
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch r {
		case locales.FrenchBegins:
			begin(`<span lang="fr" dir="ltr">`, "</span>")
		case locales.FrenchEnds:
			shut("</span>")
		case locales.IsolateBegin:
			begin(`<bdi dir="ltr">`, "</bdi>")
		case locales.IsolateEnd:
			shut("</bdi>")
		default:
			out = append(out, text[:n]...)
		}
		text = text[n:]
	}
	for _, tag := range slices.Backward(open) {
		out = append(out, tag...)
	}
	return out
}

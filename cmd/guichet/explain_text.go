package main

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"guichet/engine/trace"
	"guichet/web/telling"
)

// lineWidth is how many characters a line of text takes before it is broken.
const lineWidth = 100

// ruleText writes a rule for a terminal.
func ruleText(v *telling.Rule) string {
	var b strings.Builder
	b.WriteString(v.Title + "\n" + v.When + "\n" + v.Whom + "\n")
	for _, o := range v.Outcomes {
		b.WriteString("→ " + o + "\n")
	}
	for _, s := range v.Sections {
		b.WriteString("\n" + s.Title + "\n")
		for _, l := range s.Lines {
			b.WriteString(folded(l.Label+cited(l.References), "  "+strconv.Itoa(l.Number)+". ", "     "))
			if l.Words != "" {
				b.WriteString(folded(l.Words, "     = ", "       "))
			}
			for _, o := range l.Outcomes {
				b.WriteString(folded(o.Text, "     → ", "       "))
			}
		}
	}
	b.WriteString("\n" + v.BaremesTitle + "\n")
	for _, x := range v.Baremes {
		value := x.Value
		if x.Since != "" {
			value += ", " + x.Since
		}
		b.WriteString(folded(x.Description+" ("+x.Name+")"+cited(x.References), "  - ", "    "))
		b.WriteString(folded(value, "    = ", "      "))
	}
	b.WriteString("\n" + v.TextsTitle + "\n")
	for _, t := range v.Texts {
		b.WriteString("  " + t.Title + "  " + t.URL + "\n")
	}
	return b.String()
}

func cited(refs []trace.Reference) string {
	if len(refs) == 0 {
		return ""
	}
	titles := make([]string, len(refs))
	for i, r := range refs {
		titles[i] = r.Title
	}
	return "  [" + strings.Join(titles, " ; ") + "]"
}

// folded breaks text at its spaces: the first line stands behind first, the others behind next.
func folded(text, first, next string) string {
	var b strings.Builder
	b.WriteString(first)
	at := utf8.RuneCountInString(first)
	for i, word := range strings.Split(text, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case at+1+n > lineWidth:
			b.WriteString("\n" + next)
			at = utf8.RuneCountInString(next)
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += n
	}
	return b.String() + "\n"
}

package main

import (
	"math"
	"strings"

	"guichet/engine/difference"
	"guichet/engine/trace"
	"guichet/locales"
)

// barWidth is how many characters the longest bar takes.
const barWidth = 40

// differenceText writes a difference for a terminal.
func differenceText(v *diffView) string {
	var b strings.Builder
	b.WriteString(v.Title + "\n")
	if v.Nothing != "" {
		b.WriteString(v.Nothing + "\n")
	}
	for _, a := range v.Aids {
		b.WriteString("  " + a + "\n")
	}
	changes(&b, v.L, v.BaremesTitle, v.Baremes)
	changes(&b, v.L, v.FormulasTitle, v.Formulas)
	if len(v.People) == 0 {
		return b.String()
	}
	b.WriteString("\n" + v.PeopleTitle + "\n  " + strings.Join(v.People, ", ") + "\n")
	listedUnder(&b, "  ", v.RefusalsTitle, v.Refusals)
	for _, e := range v.Effects {
		b.WriteString("\n  " + e.Label + "\n")
		b.WriteString(folded(e.Counts, "    ", "    "))
		for _, more := range []string{e.Amounts, e.Undecided} {
			if more != "" {
				b.WriteString(folded(more, "    ", "    "))
			}
		}
		bar(&b, "    + ", "█", e.GainBar, e.Gainers)
		bar(&b, "    − ", "▒", e.LoseBar, e.Losers)
		listedUnder(&b, "    ", v.WhyTitle, e.Reasons)
	}
	return b.String()
}

// listedUnder writes lines under a title, nothing when there are none.
func listedUnder(b *strings.Builder, indent, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	b.WriteString(indent + title + "\n")
	for _, l := range lines {
		b.WriteString(folded(l, indent+"  ", indent+"    "))
	}
}

func changes(b *strings.Builder, words locales.Printer, title string, list []changeView) {
	if len(list) == 0 {
		return
	}
	b.WriteString("\n" + title + "\n")
	for _, c := range list {
		head := words.T("erreur.pour", "Qui", c.Kind, "Message", c.Label+" ("+c.Name+")")
		if c.Since != "" {
			head += ", " + c.Since
		}
		b.WriteString(folded(head+cited(asCited(c.References)), "  ", "    "))
		sided(b, words, "    − ", c.Before, c.OldFormula)
		sided(b, words, "    + ", c.After, c.NewFormula)
	}
}

// sided writes one side of a change, and under it the formula that it tells.
func sided(b *strings.Builder, words locales.Printer, sign, text, formula string) {
	if text != "" {
		b.WriteString(folded(text, sign, "      "))
	}
	if formula != "" {
		b.WriteString(folded(words.T("regle.formule", "Texte", formula), "      ", "        "))
	}
}

func asCited(refs []difference.Reference) []trace.Reference {
	out := make([]trace.Reference, len(refs))
	for i, r := range refs {
		out[i] = trace.Reference(r)
	}
	return out
}

// bar draws a bar of a length from 0 to 1: what is not nothing is at least one character.
func bar(b *strings.Builder, head, block string, length float64, ids []string) {
	if length == 0 {
		return
	}
	b.WriteString(head + strings.Repeat(block, int(math.Ceil(length*barWidth))))
	if len(ids) > 0 {
		b.WriteString("  " + strings.Join(ids, ", "))
	}
	b.WriteString("\n")
}

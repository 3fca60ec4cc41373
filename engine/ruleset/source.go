package ruleset

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"guichet/engine/fact"
	"guichet/engine/formula"
)

// Place is where something stands in a rule file. Line and Column count from 1.
type Place struct {
	File         string
	Line, Column int
}

// begins gives where n begins.
func (n node) begins() Place {
	p := n.n.GetToken().Position
	return Place{n.d.file, p.Line, p.Column}
}

// Source is a rule set with what each of its files states and where, for whoever judges rules. It holds the text of every
// file: what only answers keeps the [Set].
type Source struct {
	Set        *Set
	Statements []Statement // by qualified name, then date
	Texts      []Text      // in the order of files and lines
	documents  map[string]*document
}

// Statement is what one version file says of one quantity.
type Statement struct {
	Quantity   *formula.Quantity
	From       fact.Day
	Text       string // as the author wrote it; "" for what the engine adds, and for a condition that ends
	Unit       string // as declared; may be empty
	Conversion string // see [Bareme.Conversion]
	References []Reference
	Formula    *formula.Formula // nil for a condition that ends
	Amount     bool             // the amount of an aid, before CRDS or paid, or what the household pays for it
	Place      Place            // of its key
	entry      entry
}

// Text is one formula that an author wrote: of a quantity or of a function.
type Text struct {
	Namespace string // the aid, or "" for what all share
	Name      string
	Text      string
	Function  bool
	at        node
}

// Place gives where a character of the text stands.
func (t Text) Place(from int) Place {
	line, column := t.at.place(from)
	return Place{t.at.d.file, line, column}
}

// Inspect loads a rule set as [Load] does and gives beside it what its files state.
func Inspect(fsys fs.FS) (*Source, error) {
	l, err := load(fsys)
	if err != nil {
		return nil, err
	}
	s := &Source{Set: l.set, documents: l.documents}
	for _, key := range slices.Sorted(maps.Keys(l.drafts)) {
		d := l.drafts[key]
		for _, x := range d.states {
			s.Statements = append(s.Statements, d.statement(x))
		}
	}
	for _, f := range l.folders() {
		for _, v := range f.versions {
			s.Texts = append(s.Texts, v.texts(f.aid)...)
		}
	}
	return s, nil
}

// texts gives every formula of the file.
func (v *version) texts(namespace string) []Text {
	var out []Text
	for _, fn := range v.functions {
		out = append(out, Text{namespace, fn.Name, fn.Body, true, fn.body})
	}
	for _, e := range v.entries {
		if !e.formula.absent() {
			out = append(out, Text{namespace, e.name, e.formula.text(), false, e.formula})
		}
	}
	return out
}

func (d *draft) statement(x state) Statement {
	e := x.entry
	s := Statement{
		Quantity: d.q, From: x.from, Unit: e.unit, Conversion: e.convert, References: e.refs, Amount: e.section == amount || e.section == net || e.section == share,
		Place: e.at.begins(), entry: e,
	}
	if !e.formula.absent() {
		s.Text = e.formula.text()
	}
	if !e.ends {
		s.Formula = d.q.FormulaAt(inForce(x.from))
	}
	return s
}

// Within gives the place of a character of the text that was compiled: of the statement's own text where it is the
// author's, of its key where the engine added it.
func (s Statement) Within(from int) Place {
	from -= len([]rune(s.entry.before))
	if s.entry.formula.absent() || from < 0 || from > len([]rune(s.Text)) {
		return s.Place
	}
	return Text{at: s.entry.formula}.Place(from)
}

// Excerpt gives the line at a place with a caret under it, "" when the place has no line.
func (s *Source) Excerpt(p Place) string {
	if d := s.documents[p.File]; d != nil {
		return d.excerpt(p.Line, p.Column)
	}
	return ""
}

// excerpt gives a line of the file and a caret under one of its characters.
func (d *document) excerpt(line, column int) string {
	if line < 1 || line > len(d.lines) {
		return ""
	}
	text := strings.ReplaceAll(d.lines[line-1], "\t", " ")
	return "  | " + text + "\n  | " + strings.Repeat(" ", max(0, column-1)) + "^"
}

package ruleset

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"guichet/engine/fact"
	"guichet/engine/nearest"
)

// document is one YAML file being read; its faults go to errs.
type document struct {
	file  string
	lines []string
	errs  *Errors
}

// node is one place of a document. The zero node is « absent ».
type node struct {
	d *document
	n ast.Node
}

// pair is one entry of a mapping, in the order of the file.
type pair struct {
	key   string
	at    node
	value node
}

const maxFile = 512 << 10 // bytes of one rule file

// parse reads one file into its top node; ok is false when it is not YAML at all.
func parse(file string, src []byte, errs *Errors) (top node, ok bool) {
	d := &document{file: file, errs: errs}
	src = bytes.TrimPrefix(src, []byte("\ufeff")) // as Windows begins a text
	if len(src) > maxFile {
		d.fault(0, 0, "le fichier dépasse 512 Kio")
		return node{}, false
	}
	if !utf8.Valid(src) {
		d.fault(0, 0, "le fichier n'est pas en UTF-8")
		return node{}, false
	}
	d.lines = strings.Split(string(src), "\n")
	if line := tooDeep(d.lines); line > 0 {
		d.fault(line, 1, "imbrication trop profonde")
		return node{}, false
	}
	f, err := parser.ParseBytes(src, 0)
	if err != nil {
		var ye yaml.Error
		if errors.As(err, &ye) && ye.GetToken() != nil {
			p := ye.GetToken().Position
			d.fault(p.Line, p.Column, "%s", plainSyntax(ye.GetMessage()))
		} else {
			d.fault(0, 0, "%s", plainSyntax(err.Error()))
		}
		return node{}, false
	}
	if len(f.Docs) != 1 || f.Docs[0].Body == nil {
		d.fault(0, 0, "un document YAML et un seul est attendu")
		return node{}, false
	}
	return node{d, f.Docs[0].Body}, true
}

// tooDeep gives the first line that nests deeper than any rule does, before a recursive parser sees it.
func tooDeep(lines []string) int {
	const indent, brackets = 80, 24
	level := 0
	for i, l := range lines {
		if trimmed := strings.TrimLeft(l, " -"); trimmed != "" && len(l)-len(trimmed) > indent {
			return i + 1
		}
		for j := range len(l) {
			switch l[j] {
			case '[', '{':
				level++
			case ']', '}':
				level = max(0, level-1)
			}
			if level > brackets {
				return i + 1
			}
		}
	}
	return 0
}

// fault notes a problem at a place of the file.
func (d *document) fault(line, column int, format string, args ...any) {
	*d.errs = append(*d.errs, Problem{
		File: d.file, Line: line, Column: column, Message: fmt.Sprintf(format, args...), Excerpt: d.excerpt(line, column),
	})
}

func (n node) absent() bool { return n.n == nil }

// fault notes a problem at n.
func (n node) fault(format string, args ...any) {
	if n.n == nil {
		n.d.fault(0, 0, format, args...)
		return
	}
	p := n.n.GetToken().Position
	n.d.fault(p.Line, p.Column, format, args...)
}

// null says whether n is written as nothing: ~. What is left empty is a fault: it would put an end to a rule that its author has not
// finished writing.
func (n node) null() bool {
	_, ok := n.n.(*ast.NullNode)
	if ok && n.n.GetToken().Type == token.ImplicitNullType {
		n.fault("rien n'est écrit ici : « ~ » met fin à une règle, sinon sa valeur manque")
	}
	return ok
}

// pairs gives the entries of a mapping; a repeated key is a fault.
func (n node) pairs() []pair {
	var values []*ast.MappingValueNode
	switch m := n.n.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	case nil, *ast.NullNode:
		return nil
	default:
		n.fault("une suite de « clé: valeur » est attendue ici")
		return nil
	}
	out := make([]pair, 0, len(values))
	for _, v := range values {
		key := v.Key.GetToken().Value
		at := node{n.d, v.Key}
		if slices.ContainsFunc(out, func(p pair) bool { return p.key == key }) {
			at.fault("« %s » est écrit deux fois", key)
			continue
		}
		out = append(out, pair{key, at, node{n.d, v.Value}})
	}
	return out
}

// decimals is what a French decimal comma leaves behind between brackets: {valeur: 150,50} is 150, and a key 50.
var decimals = regexp.MustCompile(`^[0-9]+$`)

// fields gives the entries of a mapping whose keys are fixed; any other key is a fault.
func (n node) fields(allowed ...string) map[string]node {
	out := map[string]node{}
	for _, p := range n.pairs() {
		if !slices.Contains(allowed, p.key) {
			if decimals.MatchString(p.key) {
				p.at.fault("« , » avant « %s » finit le nombre : la décimale s'écrit avec un point", p.key)
				continue
			}
			hint := ""
			if near := nearest.Of(p.key, allowed); near != "" {
				hint = " ; vouliez-vous dire « " + near + " » ?"
			}
			p.at.fault("« %s » n'a pas de sens ici (attendu : %s)%s", p.key, strings.Join(allowed, ", "), hint)
			continue
		}
		out[p.key] = p.value
	}
	return out
}

// items gives the elements of a sequence; a scalar counts as a sequence of one.
func (n node) items() []node {
	switch s := n.n.(type) {
	case *ast.SequenceNode:
		out := make([]node, len(s.Values))
		for i, v := range s.Values {
			out[i] = node{n.d, v}
		}
		return out
	case nil, *ast.NullNode:
		return nil
	default:
		return []node{n}
	}
}

// text gives the text of a scalar as it is written, "" when absent.
func (n node) text() string {
	switch s := n.n.(type) {
	case nil:
		return ""
	case *ast.StringNode:
		return s.Value
	case *ast.LiteralNode:
		return strings.TrimRight(s.Value.Value, "\n")
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.n.GetToken().Value
	}
	n.fault("un texte est attendu ici")
	return ""
}

// texts gives a list of texts.
func (n node) texts() []string {
	var out []string
	for _, i := range n.items() {
		out = append(out, i.text())
	}
	return out
}

// number gives a finite number.
func (n node) number() float64 {
	switch n.n.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		v, err := strconv.ParseFloat(strings.ReplaceAll(n.n.GetToken().Value, "_", ""), 64)
		if err == nil && !math.IsInf(v, 0) && !math.IsNaN(v) {
			return v
		}
	}
	s, ok := n.n.(*ast.StringNode)
	switch {
	case ok && strings.Contains(s.Value, "%"):
		n.fault("un nombre est attendu ici, sans « %% » : 5,2 %% s'écrit 0.052, là où l'unité est « part »")
	case ok && strings.ContainsAny(s.Value, "0123456789"):
		n.fault("un nombre est attendu ici : sans guillemets ni espace, et la décimale après un point")
	default:
		n.fault("un nombre est attendu ici")
	}
	return 0
}

// integer gives a whole number of 0 to 1000.
func (n node) integer() int {
	v := n.number()
	if v != math.Trunc(v) || v < 0 || v > 1000 {
		n.fault("un nombre entier est attendu ici")
		return 0
	}
	return int(v)
}

// date gives a day written YYYY-MM-DD.
func (n node) date() fact.Day {
	d, ok := parseDay(n.text())
	if !ok {
		n.fault("une date AAAA-MM-JJ est attendue ici")
	}
	return d
}

// day gives the date that a key is.
func (p pair) day() (fact.Day, bool) {
	d, ok := parseDay(p.key)
	if !ok {
		p.at.fault("« %s » : une date AAAA-MM-JJ est attendue ici", p.key)
	}
	return d, ok
}

func parseDay(s string) (fact.Day, bool) {
	var y, m, d int
	if n, err := fmt.Sscanf(s, "%4d-%2d-%2d", &y, &m, &d); n != 3 || err != nil || len(s) != 10 {
		return 0, false
	}
	if m < 1 || m > 12 || d < 1 || d > daysIn(y, m) || y < 1900 || y > 2100 {
		return 0, false
	}
	return fact.DayOf(y, m, d), true
}

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// inForce gives the first month that begins on d or later: formulas are asked for on the first day of a month.
func inForce(d fact.Day) fact.Month {
	if int(d)&31 > 0 {
		return d.Month() + 1
	}
	return d.Month()
}

// faultInside notes a problem at a character of the text of n, wherever the file's folding put it.
func (n node) faultInside(from int, format string, args ...any) {
	line, column := n.place(from)
	n.d.fault(line, column, format, args...)
}

// place finds the line and column of a character of a scalar's text: folding changes white space alone, so the n-th
// visible character of the text is the n-th visible one of the file.
func (n node) place(from int) (line, column int) {
	tok := n.n.GetToken()
	line, column = tok.Position.Line, tok.Position.Column
	if _, block := n.n.(*ast.LiteralNode); block {
		line, column = line+1, 1
	}
	escaped := tok.Type == token.DoubleQuoteType
	if escaped || tok.Type == token.SingleQuoteType {
		column++
	}
	visible := 0
	for i, r := range []rune(n.text()) {
		if i >= from {
			break
		}
		if !unicode.IsSpace(r) {
			visible++
		}
	}
	for ; line <= len(n.d.lines); line, column = line+1, 1 {
		for i, r := range []rune(n.d.lines[line-1]) {
			if i+1 < column || unicode.IsSpace(r) || escaped && r == '\\' {
				continue
			}
			if visible == 0 {
				return line, i + 1
			}
			visible--
		}
	}
	p := tok.Position
	return p.Line, p.Column
}

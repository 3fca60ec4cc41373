package ruleset

import (
	"encoding/json"
	"strconv"

	"github.com/goccy/go-yaml/ast"
)

// appendJSON writes a YAML node as the JSON that it means, keys in the order of the file.
func appendJSON(b []byte, n node) []byte {
	switch v := n.n.(type) {
	case nil, *ast.NullNode:
		return append(b, "null"...)
	case *ast.MappingNode, *ast.MappingValueNode:
		b = append(b, '{')
		for i, p := range n.pairs() {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(quote(b, p.key), ':')
			b = appendJSON(b, p.value)
		}
		return append(b, '}')
	case *ast.SequenceNode:
		b = append(b, '[')
		for i, x := range n.items() {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, x)
		}
		return append(b, ']')
	case *ast.BoolNode:
		if v.Value {
			return append(b, "true"...)
		}
		return append(b, "false"...)
	case *ast.IntegerNode, *ast.FloatNode:
		return strconv.AppendFloat(b, n.number(), 'f', -1, 64)
	default:
		return quote(b, n.text())
	}
}

func quote(b []byte, s string) []byte {
	q, _ := json.Marshal(s) // a string always marshals
	return append(b, q...)
}

package limit

import "guichet/engine/fact"

// Coefficient gives rsa.coefficient at a month, the one step that is measured alone.
func (l *Law) Coefficient(m fact.Month, raised bool, parts, children float64) float64 {
	return l.at(m).coefficient(raised, parts, children)
}

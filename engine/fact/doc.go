// Package fact holds what is known of a household in the shape formulas read it: typed slots, each of them either
// known or any value of its declared, finite domain.
//
// Three kinds of value exist. A [Num] is an interval of numbers (an amount, a count, a date as a [Day]). A [Tri] is
// yes, no or either. A [Choice] is the set of values that an enumeration may still take. Each carries the [Set] of
// questions whose answers could narrow it, and an empty set once it is decided.
package fact

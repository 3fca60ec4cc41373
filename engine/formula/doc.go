// Package formula is the language in which the law is written: expr-lang's syntax, parsed and type-checked by expr on an
// allow-list of nodes and functions, then compiled to typed closures over intervals.
//
// A number evaluates to an interval with the questions that could narrow it ([fact.Num]); a condition to yes, no or
// either ([fact.Tri]). One evaluator so serves complete and partial households, and authors never write anything about
// what is unknown: every operation is monotone in floating point as it is in the reals, so the ends of an interval,
// computed by the operations that a complete household goes through, enclose every completion exactly.
//
// A [Quantity] is one named value of the law, of the household or of each person, for each month; its formula may change
// from one date to the next. A [Plan] lays the quantities out in memory, a [Context] evaluates them for one household.
package formula

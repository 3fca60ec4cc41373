// Package limit is the revenu de solidarité active and the prime d'activité written by hand: the same law as the rule
// files, with everything those two aids read (family benefits, housing aid, AAH, ASI, ASPA), as plain float64 code that knows
// one thing only, a complete household. It is no part of the product. Tests hold it against the engine, to the cent, and
// benchmarks set it beside the engine, as the speed that the engine could not pass.
package limit

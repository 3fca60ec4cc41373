// Package workbench judges a rule set for its author: what is wrong with it, what has become old, and whether its examples
// would notice a change of its formulas. It is pure: rules and the day come in, findings go out.
package workbench

// Package ruleset reads the law from rule files: barèmes, shared quantities, and for each aid its identity, its dated
// formulas and its examples. Loading is strict: every fault of every file is reported at once, with the file, the line,
// an excerpt and a caret, and a set with a fault does not exist.
package ruleset

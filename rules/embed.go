// Package rules is the law as data: barèmes, shared quantities, and one folder for each aid.
package rules

import "embed"

// FS holds the shipped rule set, in the layout that ruleset.Load reads.
//
//go:embed ensemble.yaml revalorisations.yaml baremes commun national
var FS embed.FS

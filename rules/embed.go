// Package rules is the law as data: barèmes, shared quantities, and one folder for each aid.
package rules

import (
	"embed"
	"io/fs"
)

// FS holds the shipped rule set, in the layout that ruleset.Load reads.
//
//go:embed ensemble.yaml revalorisations.yaml baremes commun national
var FS embed.FS

//go:embed fictive
var fictive embed.FS

// Fictive holds the aids of a commune that does not exist, to be laid over [FS]: the models from which a commune writes its own.
func Fictive() fs.FS {
	sub, err := fs.Sub(fictive, "fictive")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

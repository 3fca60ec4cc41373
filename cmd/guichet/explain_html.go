package main

import (
	_ "embed"

	"guichet/web/telling"
)

//go:embed explain.html
var explainBody string

// rulePage writes a rule as one page that needs nothing else.
func rulePage(v *telling.Rule) ([]byte, error) { return page("explain", explainBody, v) }

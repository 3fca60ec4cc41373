package main

import _ "embed"

//go:embed explain.html
var explainBody string

// rulePage writes a rule as one page that needs nothing else.
func rulePage(v *ruleView) ([]byte, error) { return page("explain", explainBody, v) }

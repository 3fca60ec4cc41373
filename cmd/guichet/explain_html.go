package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"

	"guichet/web/static"
)

//go:embed explain.html
var explainPage string

// rulePage writes a rule as one page that needs nothing else: no script, and the sheet of the public pages within it.
func rulePage(v *ruleView) ([]byte, error) { return page("explain", explainPage, v) }

// page fills a page of the workbench.
func page(name, text string, data any) ([]byte, error) {
	sheet, err := static.Sheet()
	if err != nil {
		return nil, fmt.Errorf("reading the sheet: %w", err)
	}
	style := func() template.CSS { return template.CSS(sheet) } //nolint:gosec // the sheet is compiled into the program
	t, err := template.New(name).Funcs(template.FuncMap{"style": style, "pair": pair}).Parse(text)
	if err != nil {
		return nil, fmt.Errorf("reading the page %s: %w", name, err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return nil, fmt.Errorf("filling the page %s: %w", name, err)
	}
	return b.Bytes(), nil
}

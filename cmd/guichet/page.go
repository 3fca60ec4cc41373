package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"

	"guichet/web/static"
)

// pageAround is what every page of the workbench has around its body.
//
//go:embed page.html
var pageAround string

// page fills a page of the workbench, whose body is the template text: it needs nothing else, no script, and has the sheet of the
// public pages within it.
func page(name, text string, data any) ([]byte, error) {
	sheet, err := static.Sheet()
	if err != nil {
		return nil, fmt.Errorf("reading the sheet: %w", err)
	}
	style := func() template.CSS { return template.CSS(sheet) } //nolint:gosec // the sheet is compiled into the program
	t := template.New(name).Funcs(template.FuncMap{"style": style, "pair": pair})
	for _, part := range []string{pageAround, text} {
		if _, err := t.Parse(part); err != nil {
			return nil, fmt.Errorf("reading the page %s: %w", name, err)
		}
	}
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return nil, fmt.Errorf("filling the page %s: %w", name, err)
	}
	return b.Bytes(), nil
}

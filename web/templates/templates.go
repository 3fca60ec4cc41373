// Package templates holds the HTML of the pages. Every sentence in them comes from the locales, through the page that
// is shown: no template has a function of a language.
package templates

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
)

//go:embed *.html
var files embed.FS

// Names of the pages: each is a file of its own, which fills the "main" block of the layout.
const (
	Home          = "home"
	Question      = "question"
	Check         = "check"
	Results       = "results"
	Aids          = "aids"
	Aid           = "aid"
	Rule          = "rule"
	Values        = "values"
	About         = "about"
	Accessibility = "accessibility"
	Message       = "message"
	Sheet         = "sheet"
	Scan          = "scan"
)

// Pages lists the names of the pages.
var Pages = []string{Home, Question, Check, Results, Aids, Aid, Rule, Values, About, Accessibility, Message, Sheet, Scan}

// Parse reads every page once; the templates it gives are safe for concurrent use.
func Parse() (map[string]*template.Template, error) {
	shared, err := template.ParseFS(files, "layout.html", "icons.html", "pictures.html", "fields.html", "told.html")
	if err != nil {
		return nil, fmt.Errorf("reading the shared templates: %w", err)
	}
	pages := make(map[string]*template.Template, len(Pages))
	for _, name := range Pages {
		page, err := template.Must(shared.Clone()).ParseFS(files, name+".html")
		if err != nil {
			return nil, fmt.Errorf("reading the template %s: %w", name, err)
		}
		pages[name] = page
	}
	return pages, nil
}

// Files gives the sources of the templates, for tests that read them.
func Files() fs.FS { return files }

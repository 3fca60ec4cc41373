package desk

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"strings"

	"guichet/web/templates"
)

//go:embed templates/*.html
var files embed.FS

// parse reads every page once: each file of templates is one, which fills the "main" block of the layout.
func parse() (map[string]*template.Template, error) {
	shared, err := template.ParseFS(templates.Files(), "icons.html")
	if err != nil {
		return nil, fmt.Errorf("reading the shared templates: %w", err)
	}
	if shared, err = shared.ParseFS(files, "templates/layout.html"); err != nil {
		return nil, fmt.Errorf("reading the layout: %w", err)
	}
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("listing the templates: %w", err)
	}
	all := map[string]*template.Template{}
	for _, path := range names {
		name := strings.TrimSuffix(strings.TrimPrefix(path, "templates/"), ".html")
		if name == "layout" {
			continue
		}
		if all[name], err = template.Must(shared.Clone()).ParseFS(files, path); err != nil {
			return nil, fmt.Errorf("reading the template %s: %w", name, err)
		}
	}
	return all, nil
}

package main

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"guichet/engine/nearest"
	"guichet/engine/territory"
	"guichet/rules"
)

// modelPrefix begins the names of the models among the aids of the fictitious commune.
const modelPrefix = "modele_"

// modelFolder is where the models are.
var modelFolder = path.Join("commune", territory.Fictitious)

// model is what -list tells of one.
type model struct {
	Archetype string `json:"archetype"`
	Name      string `json:"nom"`
	About     string `json:"modele"`
}

// models lists what a local aid can begin from.
func models() ([]model, error) {
	folders, err := fs.ReadDir(rules.Fictive(), modelFolder)
	if err != nil {
		return nil, err
	}
	var out []model
	for _, f := range folders {
		text, err := fs.ReadFile(rules.Fictive(), path.Join(modelFolder, f.Name(), "aide.yaml"))
		if err != nil {
			return nil, err
		}
		m := model{Archetype: strings.TrimPrefix(f.Name(), modelPrefix)}
		for line := range strings.Lines(string(text)) {
			if about, ok := strings.CutPrefix(line, "# Modèle : "); ok {
				m.About = strings.TrimSuffix(strings.TrimSpace(about), ".")
			}
			if name, ok := strings.CutPrefix(line, "nom: "); ok {
				m.Name = strings.Trim(strings.TrimSpace(ours.Replace(name)), `"`)
			}
		}
		out = append(out, m)
	}
	return out, nil
}

// ours takes away what says that a model is of no real place.
var ours = strings.NewReplacer(" (commune fictive)", "", " (fictitious town)", "")

func (p *program) listModels(format string) error {
	list, err := models()
	if err != nil {
		return err
	}
	if format == "json" {
		return p.tell(list)
	}
	for _, m := range list {
		if _, err := fmt.Fprintf(p.stdout, "%-18s %s\n%18s exemple : %s\n", m.Archetype, m.About, "", m.Name); err != nil {
			return fmt.Errorf("writing the models: %w", err)
		}
	}
	return nil
}

// noModel refuses the name of no model, with the one that was perhaps meant.
func noModel(name string) error {
	list, err := models()
	if err != nil {
		return err
	}
	names := make([]string, len(list))
	for i, m := range list {
		names[i] = m.Archetype
	}
	if near := nearest.Of(name, names); near != "" {
		return inputError{fmt.Errorf("there is no model %q; did you mean %s?", name, near)}
	}
	return inputError{fmt.Errorf("there is no model %q; there are %s", name, strings.Join(names, ", "))}
}

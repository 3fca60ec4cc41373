package ruleset

import (
	"maps"
	"net/url"
	"slices"

	"guichet/engine/nearest"
)

// Reference is where a value or a condition stands in the law.
type Reference struct {
	Title string // « CASF, art. L262-2 »
	URL   string // https, Légifrance or an official site
}

// references is the table of one file, or of the files of one folder: rule files cite by key.
type references map[string]Reference

// read adds the entries of a « references: » mapping.
func (r references) read(n node) {
	for _, p := range n.pairs() {
		f := p.value.fields("titre", "url", "verifie_le")
		ref := Reference{Title: f["titre"].text(), URL: f["url"].text()}
		if ref.Title == "" {
			p.at.fault("la référence « %s » n'a pas de titre", p.key)
		}
		if u, err := url.Parse(ref.URL); err != nil || u.Scheme != "https" || u.Host == "" {
			p.at.fault("la référence « %s » n'a pas d'adresse https", p.key)
		}
		if old, ok := r[p.key]; ok && old != ref {
			p.at.fault("la référence « %s » est déjà définie autrement pour ce dossier", p.key)
		}
		r[p.key] = ref
	}
}

// cite resolves a « reference: » entry, one key or a list of keys.
func (r references) cite(n node) []Reference {
	var out []Reference
	for _, i := range n.items() {
		key := i.text()
		ref, ok := r[key]
		if !ok {
			hint := ""
			if near := nearest.Of(key, slices.Sorted(maps.Keys(r))); near != "" {
				hint = " ; vouliez-vous dire « " + near + " » ?"
			}
			i.fault("la référence « %s » n'est pas définie sous « references: »%s", key, hint)
			continue
		}
		out = append(out, ref)
	}
	return out
}

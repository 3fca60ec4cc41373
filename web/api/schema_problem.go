package api

import (
	"github.com/danielgtaylor/huma/v2"

	"guichet/web/problem"
)

// defineProblem adds the schema of all errors.
func defineProblem(named map[string]*huma.Schema) {
	kinds := make([]string, 0, len(problem.Kinds()))
	for _, k := range problem.Kinds() {
		kinds = append(kinds, k.URI())
	}
	named[schemaProblem] = said("Une erreur (RFC 9457). Elle ne répète jamais ce qui a été envoyé.", object(fields{
		"type":     said("La sorte d’erreur ; c’est elle qu’un programme compare.", oneOfWords(kinds...)),
		"title":    said("Son nom, dans la langue demandée.", text()),
		"status":   said("Le statut HTTP.", &huma.Schema{Type: huma.TypeInteger}),
		"detail":   said("Ce qu’elle veut dire.", text()),
		"incident": said("Sous quel numéro l’exploitant trouve l’erreur dans son journal.", text()),
		"errors": said("Les fautes de la requête.", list(object(fields{
			"path":    said("Où : chemin dans le profil, ou nom du paramètre.", text()),
			"message": said("La règle qui n’est pas respectée.", text()),
			"remedy":  said("Ce qui serait accepté.", text()),
		}, "remedy"))),
	}, "detail", "incident", "errors"))
}

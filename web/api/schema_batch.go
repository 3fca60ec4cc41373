package api

import "github.com/danielgtaylor/huma/v2"

// defineBatch adds the schemas of the lines of a batch.
func defineBatch(named map[string]*huma.Schema) {
	id := text()
	id.Nullable = true
	whole := &huma.Schema{Type: huma.TypeInteger}
	named[schemaLineError] = said("Une ligne refusée.", object(fields{
		"id": said("L’identifiant du profil s’il peut être lu, sinon null.", id),
		"erreur": said("Ce qui est refusé.", object(fields{
			"ligne": said("Numéro de la ligne envoyée, à partir de 1.", whole),
			"problemes": said("Chaque règle qui n’est pas respectée.", list(object(fields{
				"chemin": said("Où, dans le profil.", text()),
				"regle":  said("La règle qui n’est pas respectée.", text()),
				"remede": said("Ce qui serait accepté.", text()),
			}))),
		})),
	}))
	named[schemaLine] = said("Une ligne de la réponse à un lot.", either(ref(schemaSimulation), ref(schemaLineError)))
}

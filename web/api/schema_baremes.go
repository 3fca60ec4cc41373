package api

import (
	"maps"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"guichet/engine/ruleset"
)

// parameterPattern is the shape of a parameter's name.
const parameterPattern = `^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$`

// defineBaremes adds the schemas of dated parameters.
func defineBaremes(named map[string]*huma.Schema) {
	name := func() fields {
		return fields{
			"parametre":   said("Son nom, tel que les formules le disent.", matching(parameterPattern)),
			"description": said("Ce qu’il mesure.", text()),
			"unite":       said("Son unité, par exemple EUR/mois.", text()),
		}
	}
	rules := said("Empreinte des règles en service.", matching(`^sha256:[0-9a-f]{64}$`))
	named[schemaBaremes] = said("Les barèmes des règles en service.", object(fields{"regles": rules, "baremes": list(object(name()))}))

	plainNumber := &huma.Schema{Type: huma.TypeNumber}
	whole := &huma.Schema{Type: huma.TypeInteger}
	ranks := object(fields{
		"rangs":   said("Valeur du premier rang, du deuxième, et ainsi de suite.", list(plainNumber)),
		"au_dela": said("Ce qui s’ajoute pour chaque rang de plus.", plainNumber),
	})
	end := said("Null : le barème prend fin ce jour-là.", &huma.Schema{Type: huma.TypeNumber, Nullable: true})
	value := anyOf(
		end, day(), mapOf(aidPattern, anyOf(plainNumber, said("Aucun nombre ne suffit.", oneOfWords("jamais")))), ranks, mapOf(aidPattern, ranks),
		list(object(fields{"depuis": said("Bas de la tranche.", plainNumber), "taux": said("Taux marginal.", plainNumber)})),
		object(fields{"de": said("Mois le plus ancien, compté en arrière.", whole), "a": said("Mois le plus récent.", whole)}),
		object(fields{"pas": said("Multiple auquel arrondir.", plainNumber), "mode": said("Sens.", oneOfWords(slices.Sorted(maps.Values(ruleset.ModeNames))...))}),
	)
	sheet := name()
	maps.Copy(sheet, fields{
		"regles": rules,
		"forme":  said("La forme de ses valeurs.", oneOfWords(slices.Sorted(maps.Values(shapes))...)),
		"valeurs": said("De la plus ancienne à la plus récente ; chacune vaut jusqu’à la suivante.", list(object(fields{
			"depuis":     said("Premier jour.", day()),
			"valeur":     said("Un nombre, une date, ou la forme que dit « forme ».", value),
			"references": said("Les textes.", list(ref(schemaReference))),
			"lecture":    said("Comment elle a été lue : dans le texte, sur un site officiel, dans une compilation datée qui cite le texte, ou dans la presse.", oneOfWords("texte", "officiel", "compilation", "presse")),
			"verifie_le": said("Jour où elle a été relue pour la dernière fois.", day()),
		}))),
	})
	named[schemaBareme] = said("Un barème avec toutes ses valeurs.", object(sheet))
}

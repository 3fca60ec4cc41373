package api

import (
	"maps"

	"github.com/danielgtaylor/huma/v2"

	"guichet/engine/ruleset"
)

// defineCatalogue adds the schemas of the public catalogue of aids.
func defineCatalogue(named map[string]*huma.Schema) {
	id := matching(aidPattern)
	labelled := func(what string) *huma.Schema {
		return list(said(what, object(fields{"id": said("Identifiant.", id), "texte": said("Ses mots, dans la langue demandée.", text())}, "texte")))
	}
	identity := func() fields {
		return fields{
			"aide":       said("Identifiant de l’aide.", id),
			"nom":        said("Son nom légal, en français.", text()),
			"sigle":      said("Son sigle, tel qu’il figure sur les courriers.", text()),
			"resume":     said("À quoi elle sert, dans la langue demandée.", text()),
			"pour":       said("Un droit pour le foyer, ou un pour chaque adulte.", oneOfWords("foyer", "adulte")),
			"periode":    said("« mois » et « an » se répètent, « unique » est versé une fois.", oneOfWords(periods...)),
			"organismes": said("Ceux qui décident et qui paient.", labelled("Un organisme.")),

			"commune":     said("Code INSEE de la commune qui la donne à ses habitants ; absent : elle n’est pas d’une commune.", text()),
			"departement": said("Code du département qui la donne à ses habitants.", text()),
			"decision":    said("« commission » : une commission décide au cas par cas.", oneOfWords("commission")),
		}
	}
	rules := said("Empreinte des règles en service.", matching(`^sha256:[0-9a-f]{64}$`))
	named[schemaCatalogue] = said("Les aides que les règles connaissent, dans l’ordre où elles sont montrées.", object(fields{
		"regles": rules,
		"aides":  list(object(identity(), "sigle", "resume", "commune", "departement", "decision")),
	}))

	references := said("Les textes.", list(ref(schemaReference)))
	item := func(what string) *huma.Schema {
		return list(said(what, object(fields{
			"id":         said("Identifiant dans la règle.", id),
			"texte":      said("Ses mots, dans la langue demandée.", text()),
			"unite":      said("Unité, par exemple EUR/mois.", text()),
			"references": references,
		}, "texte", "unite")))
	}
	url := &huma.Schema{Type: huma.TypeString, Format: "uri"}
	sheet := identity()
	maps.Copy(sheet, fields{
		"regles":     rules,
		"date":       said("Jour pour lequel la fiche vaut.", day()),
		"version":    said("Jour d’entrée en vigueur de la version applicable ce jour-là.", day()),
		"formalise":  said("Jours pour lesquels la règle est écrite.", object(fields{"depuis": day(), "jusqu_au": day()})),
		"conditions": said("Conditions en vigueur, dans l’ordre.", item("Une condition.")),
		"etapes":     said("Étapes du calcul, dans l’ordre.", item("Une étape.")),
		"hors_champ": said("Situations que la règle écrite ne couvre pas encore.", item("Une situation.")),
		"documents":  said("Pièces à fournir.", labelled("Une pièce.")),
		"demande": said("Comment demander.", object(fields{
			"aupres":     said("À qui demander.", labelled("Un organisme.")),
			"en_ligne":   said("Adresse de la demande en ligne.", url),
			"formulaire": said("Formulaire papier.", text()),
		}, "en_ligne", "formulaire")),
		"delai_reponse_mois": said("Mois au bout desquels l’organisme doit avoir répondu.", atLeast(1)),
		"retroactivite": said("Mois antérieurs à la demande qui sont payés.", object(fields{
			"mois": atLeast(0), "references": references,
		})),
		"sans_demande": said("Textes qui la donnent sans qu’on la demande ; absent : il faut la demander.", references),
		"silence": said("Ce que vaut l’absence de réponse à une demande.", object(fields{
			"mois":       said("Mois au bout desquels elle vaut réponse.", atLeast(1)),
			"vaut":       said("Ce qu’elle vaut.", oneOfWords("acceptation", "rejet")),
			"references": references,
		})),
		"recours": said("Premier recours contre une décision.", object(fields{
			"mois":       said("Mois pour le former, à compter de la notification.", atLeast(1)),
			"aupres":     said("À qui l’adresser.", oneOfWords(ruleset.AppealBodies...)),
			"texte":      said("Ses mots, dans la langue demandée.", text()),
			"references": references,
		}, "texte")),
		"renouvellement": said("Durée du droit, et ce qu’il faut pour le garder.", object(fields{
			"mois":         said("Durée d’une période, la plus courte si elle varie ; 0 : tant que les conditions sont remplies.", atLeast(0)),
			"mois_maximum": said("Durée de la période la plus longue, si elle varie.", atLeast(1)),
			"demarche":     said("Ce qu’il faut faire.", oneOfWords(ruleset.RenewalSteps...)),
			"au_plus_tot":  said("Mois avant la fin à partir desquels le demander.", atLeast(1)),
			"au_plus_tard": said("Mois avant la fin où il doit être demandé.", atLeast(1)),
			"references":   references,
		}, "mois_maximum", "au_plus_tot", "au_plus_tard")),
		"verifie_le": said("Jour où silence, recours et renouvellement ont été relus dans leurs textes.", day()),
		"fiche":      said("Page officielle qui décrit l’aide.", url),
		"versions":   said("Versions de la règle, de la plus ancienne à la plus récente.", list(object(fields{"depuis": day(), "references": references}))),
	})
	named[schemaSheet] = said("Ce qui est connu d’une aide un jour donné.", object(sheet,
		"sigle", "resume", "commune", "departement", "decision", "demande", "delai_reponse_mois", "retroactivite", "sans_demande", "silence", "recours",
		"renouvellement", "verifie_le", "fiche"))
}

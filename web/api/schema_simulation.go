package api

import "github.com/danielgtaylor/huma/v2"

// The enumerations of an answer.
var (
	statuses = []string{"eligible", "non_eligible", "a_preciser"}
	takeUps  = []string{"percu", "non_percu", "percu_partiel", "percu_a_verifier", "sans_objet", "inconnu"}
	periods  = []string{"mois", "an", "unique"}
	results  = []string{"oui", "non", "inconnu"}
	decides  = []string{"statut", "montant"}
)

// pathPattern is the shape of the path of a field of the profile: demandeur.naissance, enfants[0].revenus, enfants.
const pathPattern = `^[a-z_]+(\[[0-9]+\])?(\.[a-z_]+(\[[0-9]+\])?)*$`

// whose is to whom an amount belongs: the household or one person of it.
const whose = `^(foyer|demandeur|conjoint|enfants\[[0-9]+\])$`

// defineSimulation adds the schemas of what comes out.
func defineSimulation(named map[string]*huma.Schema) {
	figure := func(what string) *huma.Schema {
		return said(what+" : un nombre, un mot d’une énumération, une date, ou une fourchette tant qu’il reste à préciser.",
			either(&huma.Schema{Type: huma.TypeNumber}, text(), ref(schemaBounds)))
	}
	named[schemaReference] = said("Le texte qui fonde une règle ou une valeur.", object(fields{
		"titre": said("Article ou texte.", text()),
		"url":   said("Adresse du texte, sur Légifrance ou service-public.", &huma.Schema{Type: huma.TypeString, Format: "uri"}),
	}))
	named[schemaBounds] = said("Bornes qui tiennent quelles que soient les réponses qui manquent.", object(fields{
		"min": said("Au moins.", &huma.Schema{Type: huma.TypeNumber}),
		"max": said("Au plus.", &huma.Schema{Type: huma.TypeNumber}),
	}))
	period := said("« mois » et « an » se répètent, « unique » est versé une fois.", oneOfWords(periods...))
	owner := said("Le foyer, ou la personne à qui le montant appartient.", matching(whose))
	named[schemaAmount] = said("Montant en euros. Décidé : brut (avant CRDS) et net (versé). À préciser : bornes du net.", either(
		object(fields{
			"brut": said("Avant CRDS, en euros.", atLeast(0)), "net": said("Ce qui est versé, en euros.", atLeast(0)),
			"periode": period, "pour": owner,
		}),
		object(fields{
			"min": said("Au moins, en euros.", atLeast(0)), "max": said("Au plus, en euros.", atLeast(0)),
			"periode": period, "pour": owner,
		}),
	))
	named[schemaCondition] = said("Une condition de l’aide, avec les chiffres comparés.", object(fields{
		"id":        said("Identifiant de la condition dans la règle.", matching(aidPattern)),
		"resultat":  said("Remplie, non remplie, ou pas encore connue.", oneOfWords(results...)),
		"valeur":    figure("La valeur du ménage"),
		"seuil":     figure("La valeur à laquelle la règle la compare"),
		"unite":     said("Unité des deux.", text()),
		"reference": said("Le texte qui la fonde.", ref(schemaReference)),
	}, "valeur", "seuil", "unite", "reference"))
	named[schemaStep] = said("Une étape du calcul.", object(fields{
		"id":        said("Identifiant de l’étape dans la règle.", matching(aidPattern)),
		"valeur":    figure("Valeur de l’étape"),
		"unite":     said("Unité, par exemple EUR/mois.", text()),
		"reference": said("Le texte qui la fonde.", ref(schemaReference)),
	}, "unite", "reference"))
	paths := func(what string) *huma.Schema { return said(what, list(matching(pathPattern))) }
	named[schemaAid] = said("Ce qui est dit d’une aide pour ce ménage.", object(fields{
		"aide":          said("Identifiant de l’aide.", matching(aidPattern)),
		"statut":        said("« a_preciser » : les réponses données ne décident pas ; « manquants » dit lesquelles le feraient.", oneOfWords(statuses...)),
		"version":       said("Jour d’entrée en vigueur de la version de la règle appliquée.", day()),
		"montant":       ref(schemaAmount),
		"recours":       said("« non_percu » : droit estimé, non reçu. « percu_partiel » : reçoit moins que l’estimation. « percu_a_verifier » : reçoit sans droit estimé. « inconnu » : rien n’est dit de ce qui est reçu.", oneOfWords(takeUps...)),
		"type":          said("Pour aide_logement.", oneOfWords("apl", "alf", "als")),
		"modalite":      said("Pour css.", oneOfWords("gratuite", "participation")),
		"participation": said("Pour css : participation mensuelle de tout le ménage, en euros ; ses bornes tant qu’il reste à préciser. Une aide qui en demande une n’a pas de montant.", either(atLeast(0), ref(schemaBounds))),
		"hors_champ":    said("Pourquoi l’aide reste à préciser : la situation que la règle écrite ne couvre pas encore ; « deliberation_expiree » : la délibération d’une aide locale a pris fin, rien n’en est calculé.", matching(aidPattern)),
		"decision":      said("« commission » : une commission décide au cas par cas ; le montant n’est jamais qu’un maximum.", oneOfWords("commission")),
		"conditions":    said("Dans l’ordre de la règle.", list(ref(schemaCondition))),
		"etapes":        said("Dans l’ordre du calcul.", list(ref(schemaStep))),
		"manquants":     paths("Champs du profil qui manquent pour décider."),
		"utilises":      paths("Champs du profil dont la réponse dépend."),
	}, "montant", "type", "modalite", "participation", "hors_champ", "decision"))
	named[schemaTotals] = said("Sommes des aides auxquelles il y a droit et qui sont versées chaque mois, en euros.", object(fields{
		"net_par_mois":       said("Total net.", atLeast(0)),
		"non_percu_par_mois": said("Dont non perçu.", atLeast(0)),
	}))
	named[schemaSimulation] = said("Les droits estimés d’un ménage. Le même profil, la même date et les mêmes règles donnent la même réponse à l’octet près.", object(fields{
		"id":      said("Celui du profil.", text()),
		"date":    said("Jour du calcul.", day()),
		"regles":  said("Empreinte des règles appliquées.", matching(`^sha256:[0-9a-f]{64}$`)),
		"complet": said("Celui du profil.", truth()),
		"aides":   said("Une entrée par aide, dans l’ordre du catalogue ; une aide individuelle en a une par adulte, une aide locale n’en a pas pour un ménage qui habite ailleurs.", list(ref(schemaAid))),
		"totaux":  ref(schemaTotals),
	}, "id"))
	named[schemaQuestions] = said("Les prochaines questions utiles, la plus utile d’abord. Une question qui ne peut rien changer n’y est pas.", object(fields{
		"questions": list(object(fields{
			"fait":   said("Champ du profil à demander.", matching(pathPattern)),
			"aides":  said("Aides que la réponse peut décider.", list(matching(aidPattern))),
			"decide": said("Ce que la réponse peut décider : d’abord le droit, ensuite le montant.", oneOfWords(decides...)),
		})),
	}))
}

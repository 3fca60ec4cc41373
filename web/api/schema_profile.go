package api

import (
	"fmt"
	"maps"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"guichet/engine/fact"
	"guichet/engine/profile"
)

// profileWords says what each fact of the household means, with the default that holds under "complet".
var profileWords = map[string]string{
	"couple":                   "Situation de couple. Sous « complet » : non.",
	"isole_depuis":             "Début de l’isolement actuel d’un parent seul. Sous « complet » : depuis plus de dix-huit mois.",
	"logement.statut":          "Statut d’occupation du logement. « accedant » rembourse encore un prêt.",
	"logement.regime":          "Régime de l’aide d’un foyer (« conventionne », « conventionne_sans_travaux » si la convention n’a pas demandé de travaux, « non_conventionne ») ou d’une résidence étudiante (studio « conventionne » ou « non_conventionne », « chambre » ou « chambre_rehabilitee » du Crous). Sans lui, l’aide au logement est bornée, même sous « complet ».",
	"logement.pret":            "Prêt que rembourse un accédant : « pap » aidé par l’État, « conventionne » (prêt à l’accession sociale compris), « ordinaire » tout autre. Sans lui, l’aide au logement est à préciser, même sous « complet ».",
	"logement.pret_pour":       "Ce que le prêt d’un accédant a payé : « neuf » (logement neuf, acheté ou construit), « ancien » (logement existant, travaux compris), « agrandissement » (ou aménagement d’un local), « travaux » seuls. Sans cela, l’aide au logement peut être à préciser, même sous « complet ».",
	"logement.pret_signe_le":   "Date de signature du prêt d’un accédant. Sans elle, l’aide au logement est à préciser, même sous « complet ».",
	"logement.loyer":           "Loyer hors charges, mensualité du prêt d’un accédant avec l’assurance, ou redevance d’un foyer hors charges, repas et services, en euros par mois. Sous « complet » : 0.",
	"logement.charges":         "Charges locatives, en euros par mois. Sous « complet » : 0.",
	"foyer_fiscal.rfr":         "Revenu fiscal de référence de l’année N-2, en euros par an. Sous « complet » : déduit des revenus.",
	"foyer_fiscal.parts":       "Nombre de parts du foyer fiscal. Sous « complet » : déduit de la composition du ménage.",
	"quotient_familial":        "Quotient familial tel qu’il figure sur l’attestation de la CAF, en euros par mois. Aucun défaut : absent, il reste inconnu même sous « complet ».",
	"charges_fixes":            "Charges mensuelles du ménage hors logement (énergie, assurances, pensions, crédits), en euros par mois, pour le reste à vivre. Sous « complet » : 0.",
	"residence_commune_depuis": "Depuis quand le ménage habite la commune. Sous « complet » : depuis vingt ans.",
	"epargne":                  "Épargne qui ne rapporte pas de revenu imposé, en euros. Sous « complet » : 0.",
}

// personWords says what each fact of a person means.
var personWords = map[string]string{
	"naissance":              "Date de naissance.",
	"nationalite":            "Nationalité. « ue » : Union européenne, Espace économique européen, Suisse. Sous « complet » : francaise.",
	"titre_sejour":           "Titre de séjour. Non dit, il est inconnu et l’aide qui le lit reste à préciser. Sous « complet », pour « hors_ue » : aucun.",
	"sejour_regulier_depuis": "Depuis quand avec un titre qui permet de travailler ; pour « ue », depuis quand en France.",
	"sejour_justifie":        "Ce que l’organisme apprécie. Pour « ue » sans activité : droit de séjour reconnu ; pour « recepisse » : renouvellement d’un titre, ou mention de la protection ; pour l’époux « hors_ue » d’un Européen, sans carte : séjour reconnu avec lui ; pour un enfant étranger : né en France, venu par le regroupement familial ou dans un autre cas de CSS L512-2. Sous « complet » : oui.",
	"activite":               "Activité. Sous « complet » : inactif ; un enfant est à l’école de son âge.",
	"scolarite":              "Scolarité. Sous « complet » : selon l’âge.",
	"enceinte":               "Grossesse en cours. Sous « complet » : non.",
	"handicap.taux":          "Taux d’incapacité reconnu par la MDPH, en pour cent. Sous « complet » : 0.",
	"handicap.rsdae":         "Restriction substantielle et durable d’accès à l’emploi. Sous « complet » : non.",
	"inapte_travail":         "Inaptitude au travail reconnue. Sous « complet » : non.",
	"garde_alternee":         "Enfant en résidence alternée. Sous « complet » : non.",
}

// incomeWords says what each kind of income is.
var incomeWords = map[string]string{
	"salaire":                    "Salaires et traitements.",
	"independant":                "Bénéfices d’une activité indépendante.",
	"micro_entreprise":           "Micro-entreprise.",
	"chomage":                    "Allocations de chômage.",
	"indemnites_journalieres":    "Indemnités journalières (maladie, maternité, accident du travail).",
	"retraite":                   "Pensions de retraite.",
	"pension_invalidite":         "Pension d’invalidité.",
	"pension_alimentaire_percue": "Pension alimentaire reçue.",
	"pension_alimentaire_versee": "Pension alimentaire versée (montant positif).",
	"bourse":                     "Bourse d’études.",
	"locatif":                    "Revenus de la location de biens.",
	"capital":                    "Revenus de placements.",
	"autre":                      "Autres revenus.",
}

// groupWords says what each object inside a household or a person is.
var groupWords = map[string]string{
	"logement":     "Le logement.",
	"foyer_fiscal": "Le dernier avis d’impôt connu, celui des revenus de N-2.",
	"handicap":     "Le handicap reconnu.",
}

// aidPattern is the shape of an aid's identifier.
const aidPattern = `^[a-z][a-z0-9_]*$`

// defineProfile adds the schemas of what goes in. The facts, their values and their bounds are those of package fact, so that
// the description cannot drift from what is read.
func defineProfile(named map[string]*huma.Schema) {
	named[schemaIncome] = incomeSchema()
	named[schemaPerson] = personSchema()
	named[schemaProfile] = profileSchema()
}

func profileSchema() *huma.Schema {
	yes := truth()
	yes.Enum = []any{true}
	properties := factFields(fact.HouseholdFacts, profileWords)
	id, commune := text(), matching(`^([0-9]{2}|2[AB])[0-9]{3}$`)
	longest := 64
	id.MaxLength = &longest
	children := list(ref(schemaPerson))
	most := fact.MaxPeople - 1
	children.MaxItems = &most
	maps.Copy(properties, fields{
		"id":                  said("Identifiant libre, rendu tel quel dans la réponse ; jamais un nom.", id),
		"date":                said("Jour pour lequel les droits sont calculés. Absent : aujourd’hui.", day()),
		"complet":             said("Vrai : tout ce qui n’est pas dit vaut « aucun », zéro ou le défaut indiqué, et chaque aide est décidée. Absent ou faux : ce qui n’est pas dit est inconnu, jamais zéro ni « non ».", truth()),
		"commune":             said("Code INSEE de la commune, cinq caractères : département, zone APL, aides locales.", commune),
		"demandeur":           said("La personne qui demande.", ref(schemaPerson)),
		"conjoint":            said("L’autre membre du couple ; seulement si « couple » n’est pas « non ».", ref(schemaPerson)),
		"enfants":             said(fmt.Sprintf("Enfants à charge ; liste vide : aucun. Un ménage compte au plus %d personnes.", fact.MaxPeople), children),
		"prestations_percues": said("Ce que le ménage reçoit aujourd’hui : par identifiant d’aide, les euros par mois, true quand le montant n’est pas connu, null quand on ne sait pas si elle est reçue. Une aide que les règles ne calculent pas est admise ; un sigle (apl, ppa) à la place de l’identifiant est refusé. Objet vide : rien.", mapOf(aidPattern, either(unknowable(number(0, profile.MaxBenefit)), yes))),
	})
	return said("Un ménage. Un champ absent est inconnu : jamais zéro, jamais « non ».", open(properties))
}

func personSchema() *huma.Schema {
	properties := factFields(fact.PersonFacts, personWords)
	incomes := fields{}
	for _, kind := range fact.Incomes {
		incomes[kind] = said(incomeWords[kind]+" Montant net en euros par mois, ou le détail ; null : inconnu.", either(unknowable(number(0, fact.MaxIncome)), ref(schemaIncome)))
	}
	properties["revenus"] = said("Revenus par nature. Objet vide : aucun revenu. Dès que « revenus » est présent, une nature absente vaut zéro.", open(incomes))
	return said("Une personne du ménage. Un champ absent est inconnu.", open(properties))
}

func incomeSchema() *huma.Schema {
	amounts := fields{
		"net":       said("Montant net mensuel, en euros, pour chacun des 48 mois qui précèdent la date.", number(0, fact.MaxIncome)),
		"imposable": said("Montant imposable mensuel, en euros. Absent : converti du net.", number(0, fact.MaxIncome)),
		"brut":      said("Montant brut mensuel, en euros. Absent : converti du net.", number(0, fact.MaxIncome)),
		"mois":      said("Montants nets de mois particuliers, en euros ; l’imposable d’un tel mois garde la proportion imposable / net.", mapOf(`^[0-9]{4}-(0[1-9]|1[0-2])$`, number(0, fact.MaxIncome))),
		"annees":    said("Montant imposable d’années entières, en euros. Absent : douze fois le mois.", mapOf(`^[0-9]{4}$`, number(0, 12*fact.MaxIncome))),
	}
	return said("Le détail d’un revenu.", open(amounts))
}

// factFields gives the properties of a list of facts; a dotted name is a property of an object of its own.
func factFields(facts []fact.Fact, words map[string]string) fields {
	properties := fields{}
	for _, f := range facts {
		if fact.Derived(f.Name) {
			continue
		}
		s := said(words[f.Name], factSchema(f))
		group, name, nested := strings.Cut(f.Name, ".")
		if !nested {
			properties[f.Name] = s
			continue
		}
		if properties[group] == nil {
			properties[group] = said(groupWords[group], open(fields{}))
		}
		properties[group].Properties[name] = s
	}
	return properties
}

// factSchema gives the values that a fact takes.
func factSchema(f fact.Fact) *huma.Schema {
	switch f.Kind {
	case fact.Date:
		return day()
	case fact.Flag:
		return truth()
	case fact.Enum:
		return oneOfWords(f.Values...)
	default:
		return number(f.Min, f.Max)
	}
}

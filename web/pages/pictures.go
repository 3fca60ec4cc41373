package pages

import (
	"slices"
	"strings"
)

// The symbols of answers, by the message that names the answer. The template "picture" draws them; none stands without its word.
var pictures = map[string]string{
	"reponse.oui": "yes", "reponse.non": "no", "reponse.personne": "no", "reponse.quelquun": "yes", "question.nsp": "dontknow",

	"activite.salarie": "briefcase", "activite.independant": "shop", "activite.apprenti": "hammer", "activite.stagiaire": "badge",
	"activite.etudiant": "cap", "activite.demandeur_emploi": "search", "activite.retraite": "elder", "activite.inactif": "home",

	"couple.non": "person", "couple.marie": "rings", "couple.pacse": "doc", "couple.concubinage": "people",
	"question.isole_depuis.date": "calendar", "question.isole_depuis.longtemps": "person",
	"enfants.aucun": "no", "question.garde.aucun": "no",

	"logement.locataire_hlm": "building", "logement.locataire_vide": "key", "logement.locataire_meuble": "sofa", "logement.colocataire": "share",
	"logement.foyer": "bed", "logement.residence_etudiante": "cap", "logement.heberge_gratuitement": "host", "logement.accedant": "repay",
	"logement.proprietaire": "home", "logement.sans_domicile": "tent",

	"revenus.salaire": "briefcase", "revenus.chomage": "search", "revenus.retraite": "elder", "revenus.indemnites_journalieres": "sick",
	"revenus.pension_invalidite": "wheelchair", "revenus.independant": "shop", "revenus.micro_entreprise": "shop",
	"revenus.pension_alimentaire_percue": "child", "revenus.pension_alimentaire_versee": "hand", "revenus.bourse": "cap",
	"revenus.locatif": "key", "revenus.capital": "purse", "revenus.autre": "coin", "revenus.aucun": "no",

	"nationalite.francaise": "card", "nationalite.ue": "globe", "nationalite.hors_ue": "passport", "nationalite.tous": "yes", "nationalite.pas_tous": "passport",
	"titre_sejour.carte_resident": "card", "titre_sejour.carte_sejour": "card", "titre_sejour.refugie": "shield", "titre_sejour.protection_subsidiaire": "shield",
	"titre_sejour.apatride": "shield", "titre_sejour.recepisse": "doc", "titre_sejour.demandeur_asile": "doc", "titre_sejour.aucun": "no",

	"handicap.0": "no", "handicap.50": "wheelchair", "handicap.80": "wheelchair", "handicap.personne": "no", "handicap.quelquun": "wheelchair",
	"question.prestations.aucune": "no", "question.enfants_revenus.aucun": "no",
}

// topics are the symbols of questions, by the first part of their key.
var topics = map[string]string{
	"personne": "person", "naissance": "calendar", "activite": "briefcase", "couple": "people", "isole_depuis": "person", "enfants": "child",
	"commune": "place", residentPath: "calendar", "logement": "home", "regime": "bed", "pret": "repay", "pret_nature": "repay", "loyer": "key",
	"enfants_activite": "child", "enfants_scolarite": "book", "revenus": "coin", "montants": "coin", "enfants_revenus": "coin",
	"nationalite": "passport", "sejour": "card", "enfants_titre": "card", "sejour_justifie": "card", "sante": "health", "rsdae": "wheelchair",
	"patrimoine": "purse", "foyer_fiscal": "doc", "epargne": "purse", "quotient_familial": "family", "charges_fixes": "coin", "prestations": "hand",
}

// topicOf gives the symbol of the page called key.
func topicOf(key string) string {
	topic, _, _ := strings.Cut(key, ".")
	return topics[topic]
}

// purpose is what an aid is for.
type purpose struct {
	name, picture string
	aids          []string
}

// purposes group the aids, in the order in which the catalogue shows them. An aid that none names is under the last.
var purposes = []purpose{
	{"enfants", "family", []string{"af", "cf", "asf", "paje_base", "ars"}},
	{"logement", "home", []string{"aide_logement", "cheque_energie"}},
	{"revenus", "coin", []string{"rsa", "prime_activite", "prime_noel"}},
	{"handicap", "wheelchair", []string{"aah", "mva", "asi"}},
	{"age", "elder", []string{"aspa"}},
	{"sante", "health", []string{"css"}},
	{"commune", "place", nil},
}

// purposeOf gives the purpose of an aid.
func purposeOf(id string) purpose {
	for _, p := range purposes {
		if slices.Contains(p.aids, id) {
			return p
		}
	}
	return purposes[len(purposes)-1]
}

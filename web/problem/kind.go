package problem

import (
	"net/http"

	"golang.org/x/text/language"
)

// A Kind is one sort of problem: a status, an address in the documentation, and its words.
type Kind int

// The kinds of problems.
const (
	Malformed   Kind = iota // the body is not JSON, or a parameter cannot be read
	Refused                 // the profile breaks a rule of the contract
	CrossOrigin             // a form posted from another site
	NotFound
	NoSuchAid
	NoSuchParameter
	NotFormalised // the rules do not reach back, or forward, to the day asked for
	Method
	TooSlow
	TooLarge
	MediaType
	LinesMediaType
	TooMany
	Internal
	Unavailable
	NotAllowed   // without the token of an administrator, where it is asked for
	RulesRefused // the rules that an administrator wants to load are wrong
	KeyWanted    // the API, without a key, from elsewhere
	KeyRefused   // a key that does not hold
	ScopeLacking // a key that does not open what is asked for
	kinds
)

// Kinds lists every kind, in the order of the documentation.
func Kinds() []Kind {
	all := make([]Kind, kinds)
	for i := range all {
		all[i] = Kind(i)
	}
	return all
}

// words are what a kind says in one language.
type words struct{ title, detail string }

// specs says what each kind is. The anchors are part of the contract: they are what a program compares.
var specs = [kinds]struct {
	status int
	anchor string
	fr, en words
}{
	Malformed: {
		http.StatusBadRequest, "requete-illisible",
		words{"Requête illisible", "Le corps n’est pas un objet JSON bien formé, ou un paramètre de l’adresse ne peut pas être lu."},
		words{"Unreadable request", "The body is not a well-formed JSON object, or a parameter of the address cannot be read."},
	},
	Refused: {
		http.StatusUnprocessableEntity, "profil-refuse",
		words{"Profil refusé", "Le profil ne respecte pas le contrat. Chaque erreur dit où, quelle règle et ce qui serait accepté."},
		words{"Profile refused", "The profile breaks the contract. Each error says where, which rule and what would be accepted."},
	},
	CrossOrigin: {
		http.StatusForbidden, "autre-origine",
		words{"Envoi depuis un autre site refusé", "Ce formulaire ne peut être envoyé que depuis ce site."},
		words{"Post from another site refused", "This form can only be sent from this site."},
	},
	NotFound: {
		http.StatusNotFound, "adresse-inconnue",
		words{"Adresse inconnue", "Rien n’est servi à cette adresse ; la liste des opérations est dans la documentation."},
		words{"Unknown address", "Nothing is served at this address; the documentation lists the operations."},
	},
	NoSuchAid: {
		http.StatusNotFound, "aide-inconnue",
		words{"Aide inconnue", "Aucune aide ne porte cet identifiant ; GET /api/v1/aides en donne la liste."},
		words{"Unknown aid", "No aid has this identifier; GET /api/v1/aides lists them."},
	},
	NoSuchParameter: {
		http.StatusNotFound, "bareme-inconnu",
		words{"Barème inconnu", "Aucun barème ne porte ce nom."},
		words{"Unknown parameter", "No parameter has this name."},
	},
	NotFormalised: {
		http.StatusNotFound, "date-non-formalisee",
		words{"Date non formalisée", "Les règles de cette aide ne sont pas écrites pour cette date."},
		words{"Date not formalised", "The rules of this aid are not written for this date."},
	},
	Method: {
		http.StatusMethodNotAllowed, "methode-refusee",
		words{"Méthode refusée", "Cette adresse n’accepte que les méthodes de l’en-tête Allow."},
		words{"Method not allowed", "This address only accepts the methods of the Allow header."},
	},
	TooSlow: {
		http.StatusRequestTimeout, "requete-trop-lente",
		words{"Requête trop lente", "Le corps de la requête n’est pas arrivé à temps."},
		words{"Request too slow", "The body of the request did not arrive in time."},
	},
	TooLarge: {
		http.StatusRequestEntityTooLarge, "requete-trop-grande",
		words{"Requête trop grande", "Le corps d’une requête est limité à 64 Kio."},
		words{"Request too large", "The body of a request is limited to 64 KiB."},
	},
	MediaType: {
		http.StatusUnsupportedMediaType, "format-refuse",
		words{"Format refusé", "Le corps doit être du JSON en UTF-8, non compressé : Content-Type: application/json."},
		words{"Format refused", "The body must be uncompressed JSON in UTF-8: Content-Type: application/json."},
	},
	LinesMediaType: {
		http.StatusUnsupportedMediaType, "format-de-lot-refuse",
		words{"Format de lot refusé", "Un lot est une suite de profils, un par ligne, en UTF-8 et non compressés : Content-Type: application/x-ndjson."},
		words{"Batch format refused", "A batch is a sequence of profiles, one a line, in uncompressed UTF-8: Content-Type: application/x-ndjson."},
	},
	TooMany: {
		http.StatusTooManyRequests, "trop-de-requetes",
		words{"Trop de requêtes", "Réessayez après le délai de l’en-tête Retry-After, en secondes."},
		words{"Too many requests", "Try again after the delay of the Retry-After header, in seconds."},
	},
	Internal: {
		http.StatusInternalServerError, "erreur-interne",
		words{"Erreur interne", "L’erreur est de notre côté. Donnez le numéro d’incident à la personne qui exploite ce service."},
		words{"Internal error", "The fault is ours. Give the incident number to whoever runs this service."},
	},
	Unavailable: {
		http.StatusServiceUnavailable, "service-indisponible",
		words{"Service indisponible", "Le service ne peut pas répondre pour le moment."},
		words{"Service unavailable", "The service cannot answer at the moment."},
	},
	NotAllowed: {
		http.StatusUnauthorized, "jeton-refuse",
		words{"Jeton refusé", "Cette adresse est réservée à qui exploite ce service : Authorization: Bearer, suivi de son jeton."},
		words{"Token refused", "This address is for whoever runs this service: Authorization: Bearer, followed by its token."},
	},
	RulesRefused: {
		http.StatusUnprocessableEntity, "regles-refusees",
		words{"Règles refusées", "Les nouvelles règles sont fausses : les anciennes répondent toujours. Chaque erreur dit où et pourquoi."},
		words{"Rules refused", "The new rules are wrong: the old ones still answer. Each error says where and why."},
	},
	KeyWanted: {
		http.StatusUnauthorized, "cle-exigee",
		words{"Clé exigée", "Cette installation ne répond qu’à ses partenaires : Authorization: Bearer, suivi de la clé que le CCAS a donnée."},
		words{"Key wanted", "This installation only answers its partners: Authorization: Bearer, followed by the key that the CCAS gave."},
	},
	KeyRefused: {
		http.StatusUnauthorized, "cle-refusee",
		words{"Clé refusée", "Cette clé n’existe pas, ou n’est plus valable."},
		words{"Key refused", "There is no such key, or it no longer holds."},
	},
	ScopeLacking: {
		http.StatusForbidden, "portee-absente",
		words{"Portée absente", "Cette clé n’ouvre pas cette opération."},
		words{"Scope lacking", "This key does not open this operation."},
	},
}

// Status gives the HTTP status of k.
func (k Kind) Status() int { return specs[k].status }

// Anchor gives the name of k in the documentation; programs may rely on it.
func (k Kind) Anchor() string { return specs[k].anchor }

// URI gives the type of the problems of kind k.
func (k Kind) URI() string { return Documentation + "#" + specs[k].anchor }

// Title gives the title of k in French, the language of the documentation.
func (k Kind) Title() string { return specs[k].fr.title }

// Detail gives the explanation of k in French, the language of the documentation.
func (k Kind) Detail() string { return specs[k].fr.detail }

func (k Kind) words(l language.Tag) words {
	if l == language.English {
		return specs[k].en
	}
	return specs[k].fr
}

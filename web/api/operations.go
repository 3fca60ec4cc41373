package api

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"guichet/web/problem"
)

// An operation is one entry of the API: what the description says of it, and what answers it.
type operation struct {
	id, method, path     string
	summary, description string
	parameters           []*huma.Param
	body                 *huma.RequestBody
	answers              string // the schema of a 200
	said                 string // what a 200 is
	public               bool   // whether the answer bears an ETag
	lines                bool   // whether the body and the answer are streams, one JSON text a line
	refusals             []problem.Kind
	handle               func(*API, http.ResponseWriter, *http.Request) error
}

// operations lists the API in the order of its documentation.
var operations = []operation{
	{
		id: "simuler", method: http.MethodPost, path: "/simulations",
		summary:     "Estimer les droits d’un ménage",
		description: "Un profil entre, une simulation sort. Rien n’est gardé.",
		body:        profileBody(), answers: schemaSimulation, said: "Les droits estimés.",
		refusals: ofProfiles, handle: (*API).simulate,
	},
	{
		id: "simuler-un-lot", method: http.MethodPost, path: "/simulations/batch",
		summary:     "Estimer les droits de beaucoup de ménages",
		description: "Un profil par ligne entre, une simulation par ligne sort, dans le même ordre et au fur et à mesure. Une ligne refusée donne une ligne d’erreur et la suite continue. Lisez la réponse pendant l’envoi. Une ligne doit arriver en 15 secondes ; un lot dure au plus 15 minutes. Une réponse qui s’interrompt n’est pas entière.",
		body:        linesBody(), answers: schemaLine, said: "Une simulation ou une erreur par ligne.", lines: true,
		refusals: []problem.Kind{problem.LinesMediaType, problem.TooMany}, handle: (*API).simulateBatch,
	},
	{
		id: "questionner", method: http.MethodPost, path: "/questions",
		summary:     "Trouver les prochaines questions utiles",
		description: "Un profil partiel entre ; sortent les champs qui peuvent encore changer une réponse, avec les aides que chacun peut décider. Liste vide : tout est décidé.",
		body:        profileBody(), answers: schemaQuestions, said: "Les questions, la plus utile d’abord.",
		refusals: ofProfiles, handle: (*API).ask,
	},
	{
		id: "lister-les-aides", method: http.MethodGet, path: "/aides",
		summary:     "Lister les aides",
		description: "Les aides que les règles connaissent.",
		parameters:  []*huma.Param{langParameter, acceptLanguage},
		answers:     schemaCatalogue, said: "Les aides.", public: true,
		handle: (*API).listAids,
	},
	{
		id: "montrer-une-aide", method: http.MethodGet, path: "/aides/{aide}",
		summary:     "Montrer une aide",
		description: "Son identité, ses conditions, ses pièces, ses textes et ses versions, pour un jour donné.",
		parameters: []*huma.Param{
			{Name: "aide", In: "path", Required: true, Description: "Identifiant de l’aide.", Schema: matching(aidPattern), Example: "rsa"},
			{Name: "date", In: "query", Description: "Jour pour lequel la fiche vaut ; absent : aujourd’hui.", Schema: day()},
			langParameter, acceptLanguage,
		},
		answers: schemaSheet, said: "La fiche de l’aide.", public: true,
		refusals: []problem.Kind{problem.Malformed, problem.NoSuchAid, problem.NotFormalised},
		handle:   (*API).showAid,
	},
	{
		id: "lister-les-baremes", method: http.MethodGet, path: "/baremes",
		summary:     "Lister les barèmes",
		description: "Les valeurs datées que les formules lisent.",
		answers:     schemaBaremes, said: "Les barèmes.", public: true,
		handle: (*API).listBaremes,
	},
	{
		id: "montrer-un-bareme", method: http.MethodGet, path: "/baremes/{parametre}",
		summary:     "Montrer un barème",
		description: "Toutes ses valeurs, chacune avec sa date, son texte et le jour où elle a été vérifiée.",
		parameters: []*huma.Param{
			{Name: "parametre", In: "path", Required: true, Description: "Son nom dans les formules, avec ou sans « bareme. ».", Schema: matching(parameterPattern), Example: "rsa.montant_base"},
		},
		answers: schemaBareme, said: "Le barème.", public: true,
		refusals: []problem.Kind{problem.NoSuchParameter},
		handle:   (*API).showBareme,
	},
}

// ofProfiles are the refusals of an operation that takes a profile.
var ofProfiles = []problem.Kind{
	problem.Malformed, problem.Refused, problem.TooSlow, problem.TooLarge, problem.MediaType, problem.TooMany,
}

var (
	langParameter = &huma.Param{
		Name: "lang", In: "query", Schema: text(), Example: "fr",
		Description: "Langue des textes, en BCP 47 ; l’emporte sur Accept-Language. À défaut : le français.",
	}
	acceptLanguage = &huma.Param{
		Name: "Accept-Language", In: "header", Schema: text(), Example: "fr",
		Description: "Langues du lecteur, par préférence.",
	}
)

// profileBody is the body of the operations that take a profile.
func profileBody() *huma.RequestBody {
	return &huma.RequestBody{
		Required: true, Description: "Le profil du ménage, 64 Kio au plus.",
		Content: map[string]*huma.MediaType{"application/json": {Schema: ref(schemaProfile), Example: exampleProfile}},
	}
}

// linesBody is the body of a batch.
func linesBody() *huma.RequestBody {
	return &huma.RequestBody{
		Required: true, Description: "Un profil par ligne (NDJSON), 64 Kio au plus par ligne.",
		Content: map[string]*huma.MediaType{ndjsonTypes[0]: {Schema: ref(schemaProfile)}},
	}
}

// exampleProfile is an invented household, its fields in the order of the contract.
var exampleProfile = json.RawMessage(`{
	"date": "2026-06-15", "complet": true, "commune": "93066", "couple": "non",
	"demandeur": {"naissance": "1992-03-04", "activite": "salarie", "revenus": {"salaire": {"net": 900, "mois": {"2026-05": 600}}}},
	"enfants": [{"naissance": "2021-09-30"}],
	"logement": {"statut": "locataire_vide", "loyer": 520},
	"prestations_percues": {"asf": true}
}`)

// spec gives o as huma describes an operation.
func (o operation) spec() *huma.Operation {
	spec := &huma.Operation{
		OperationID: o.id, Method: o.method, Path: o.path, Summary: o.summary, Description: o.description,
		Parameters: o.parameters, RequestBody: o.body, Responses: map[string]*huma.Response{},
	}
	kind := "application/json"
	if o.lines {
		kind = ndjsonTypes[0]
	}
	ok := &huma.Response{
		Description: o.said,
		Content:     map[string]*huma.MediaType{kind: {Schema: ref(o.answers)}},
		Headers:     map[string]*huma.Header{"Cache-Control": header("no-store : la réponse ne se garde pas.")},
	}
	if o.public {
		ok.Headers = map[string]*huma.Header{
			"ETag":             header("Change avec les règles et les textes ; à renvoyer dans If-None-Match."),
			"Content-Language": header("La langue des textes."),
		}
		spec.Responses["304"] = &huma.Response{Description: "Rien n’a changé depuis l’ETag envoyé."}
	}
	maps.Copy(ok.Headers, limitHeaders)
	spec.Responses["200"] = ok

	titles := map[int][]string{}
	for _, k := range append(slices.Clone(o.refusals), o.ofKeys()...) {
		titles[k.Status()] = append(titles[k.Status()], k.Title()+" ("+k.Anchor()+")")
	}
	for status, said := range titles {
		response := &huma.Response{
			Description: strings.Join(said, " ; ") + ".",
			Content:     map[string]*huma.MediaType{problem.ContentType: {Schema: ref(schemaProblem)}},
		}
		if status == http.StatusTooManyRequests {
			response.Headers = map[string]*huma.Header{"Retry-After": header("Secondes à attendre.")}
			maps.Copy(response.Headers, limitHeaders)
		}
		spec.Responses[strconv.Itoa(status)] = response
	}
	return spec
}

// ofKeys are the refusals that every operation has: those of the partner's key, and our own faults.
func (o operation) ofKeys() []problem.Kind {
	out := []problem.Kind{problem.KeyWanted, problem.KeyRefused, problem.Unavailable, problem.Internal}
	if o.method == http.MethodPost {
		out = append(out, problem.ScopeLacking)
	}
	if !slices.Contains(o.refusals, problem.TooMany) {
		out = append(out, problem.TooMany)
	}
	return out
}

// limitHeaders tell a partner where it stands.
var limitHeaders = map[string]*huma.Header{
	"RateLimit-Limit":     header("Demandes par minute de la clé."),
	"RateLimit-Remaining": header("Demandes qui restent."),
	"RateLimit-Reset":     header("Secondes avant que le compte reparte."),
}

func header(description string) *huma.Header {
	return &huma.Header{Description: description, Schema: text()}
}

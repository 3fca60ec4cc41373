package ruleset

import (
	"regexp"
	"slices"
	"strings"

	"guichet/engine/fact"
)

// Identity is what does not change with the barèmes: who pays an aid, for whom, how to ask.
type Identity struct {
	Name       string   // its legal French name
	Acronym    string   // as letters from the body write it; may be empty
	Payers     []string // identifiers of the bodies that decide and pay: caf, msa…
	PerAdult   bool     // one right for each adult, not one for the household
	Period     string   // mois, an, unique
	Commission bool     // a commission decides: what the rule gives is the most that it may grant
	From       fact.Day // the first day for which it is formalised
	Until      fact.Day // the last one
	Ceiling    float64  // no amount above this can be right, EUR per period
	AskAt      []string // identifiers of the bodies to ask: Payers unless the file says otherwise
	Online     string   // where to ask online
	Form       string   // the paper form
	Documents  []string // identifiers of the documents to bring
	AnswerIn   int      // months within which the body must answer; 0 when no text says
	BackMonths int      // months before the claim that are paid
	Backdating []Reference
	Sheet      string // the official page that describes it
	Procedure

	places map[string]Place // of each document and each body
}

// PlaceOf gives where aide.yaml names a document or a body.
func (id Identity) PlaceOf(name string) (Place, bool) {
	p, ok := id.places[name]
	return p, ok
}

var identifier = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// IsName says whether s can name an aid, a quantity or a barème.
func IsName(s string) bool { return identifier.MatchString(s) }

// readIdentity reads aide.yaml. A local aid says nothing of the days for which it is formalised: its versions and what bounds
// them do.
func readIdentity(top node, folder string, local bool, refs references) Identity {
	f := top.fields(append([]string{
		"aide", "nom", "sigle", "pour", "periode", "decision", "formalise", "plafond", "organisme", "demande", "documents",
		"delai_reponse_mois", "retroactivite", "references", "fiche",
	}, procedureFields...)...)
	refs.read(f["references"])
	if id := f["aide"].text(); id != folder {
		f["aide"].orTop(top).fault("l'aide s'appelle comme son dossier : « %s »", folder)
	}
	id := Identity{
		Name: f["nom"].text(), Acronym: f["sigle"].text(), Payers: f["organisme"].texts(), Period: f["periode"].text(),
		Documents: f["documents"].texts(), Sheet: f["fiche"].text(), places: map[string]Place{},
	}
	for _, n := range slices.Concat(f["documents"].items(), f["organisme"].items()) {
		id.places[n.text()] = n.begins()
	}
	if id.Name == "" {
		top.fault("« nom: » manque")
	}
	switch f["pour"].text() {
	case "foyer":
	case "adulte":
		id.PerAdult = true
	default:
		f["pour"].orTop(top).fault("« pour: » est foyer ou adulte")
	}
	if !slices.Contains([]string{"mois", "an", "unique"}, id.Period) {
		f["periode"].orTop(top).fault("« periode: » est mois, an ou unique")
	}
	if !f["decision"].absent() {
		if id.Commission = f["decision"].text() == "commission"; !id.Commission {
			f["decision"].fault("« decision: commission » est la seule valeur admise ; sans elle, remplir les conditions donne le droit")
		}
	}
	id.readSpan(f["formalise"], top, local)
	if f["plafond"].absent() {
		top.fault("« plafond: » manque : le montant au-dessus duquel une réponse est forcément fausse")
	} else {
		id.Ceiling = f["plafond"].number()
	}
	ask := f["demande"].fieldsIf(!f["demande"].absent(), "aupres", "en_ligne", "formulaire")
	id.Online, id.Form, id.AskAt = ask["en_ligne"].text(), ask["formulaire"].text(), id.Payers
	if !ask["aupres"].absent() {
		id.AskAt = ask["aupres"].texts()
	}
	for _, u := range []node{ask["en_ligne"], f["fiche"]} {
		if !u.absent() && !strings.HasPrefix(u.text(), "https://") {
			u.fault("une adresse https est attendue ici")
		}
	}
	if !f["delai_reponse_mois"].absent() {
		id.AnswerIn = f["delai_reponse_mois"].integer()
	}
	if !f["retroactivite"].absent() {
		r := f["retroactivite"].fields("mois", "reference")
		id.BackMonths, id.Backdating = r["mois"].integer(), refs.cite(r["reference"])
	}
	id.Procedure = readProcedure(f, top, refs)
	return id
}

// readSpan reads « formalise: ».
func (id *Identity) readSpan(n, top node, local bool) {
	if local {
		if !n.absent() {
			n.fault("une aide locale n'a pas « formalise: » : elle vaut de sa première version à « valable_jusqu_au: »")
		}
		return
	}
	span := n.orTop(top).fieldsIf(!n.absent(), "depuis", "jusqu_au")
	if span["depuis"].absent() || span["jusqu_au"].absent() {
		top.fault("« formalise: {depuis: AAAA-MM-JJ, jusqu_au: AAAA-MM-JJ} » manque : hors de ces dates l'aide ne répond pas")
		return
	}
	id.From, id.Until = span["depuis"].date(), span["jusqu_au"].date()
}

// orTop gives n, or top when n is absent, so that a fault has a place.
func (n node) orTop(top node) node {
	if n.absent() {
		return top
	}
	return n
}

// fieldsIf reads the fields of n when it is there.
func (n node) fieldsIf(there bool, allowed ...string) map[string]node {
	if !there {
		return nil
	}
	return n.fields(allowed...)
}

package ruleset

import (
	"slices"
	"strings"
)

// Example is one case of an aid that its author worked out from the text.
type Example struct {
	Name    string
	Profile []byte // the contract's JSON
	Status  string
	Amount  float64 // before CRDS, EUR per period; only when Decided
	Decided bool
	Net     *float64 // what is paid, EUR per period; nil when the example does not say
	Min     *float64 // at least and at most, of an answer that is not decided; likewise
	Max     *float64
	Share   *float64 // what the household pays for the aid, EUR per period; nil when the example does not say
	Fields  []Field  // what is made precise: the type of housing aid
	Steps   map[string]float64
	File    string
	Line    int
}

// statuses are what an answer may say of a right.
var statuses = []string{"eligible", "non_eligible", "a_preciser"}

// Field is one precision that an example expects; an empty value expects that there is none.
type Field struct{ Name, Value string }

func readExamples(top node) []Example {
	var out []Example
	for _, i := range top.items() {
		f := i.fields("nom", "profil", "attendu")
		e := Example{Name: f["nom"].text(), File: i.d.file, Line: i.n.GetToken().Position.Line}
		if e.Name == "" || f["profil"].absent() || f["attendu"].absent() {
			i.fault("un exemple a « nom: », « profil: » et « attendu: »")
			continue
		}
		e.Profile = appendJSON(nil, f["profil"])
		w := f["attendu"].fields("statut", "montant", "net", "min", "max", "participation", "precisions", "etapes")
		if e.Status = w["statut"].text(); !slices.Contains(statuses, e.Status) {
			w["statut"].orTop(i).fault("« statut: » est %s", strings.Join(statuses, ", "))
		}
		if !w["montant"].absent() {
			e.Amount, e.Decided = w["montant"].number(), true
		}
		e.Net, e.Min, e.Max, e.Share = w["net"].amount(), w["min"].amount(), w["max"].amount(), w["participation"].amount()
		for _, p := range w["precisions"].pairs() {
			e.Fields = append(e.Fields, Field{p.key, p.value.text()})
		}
		for _, p := range w["etapes"].pairs() {
			if e.Steps == nil {
				e.Steps = map[string]float64{}
			}
			e.Steps[p.key] = p.value.number()
		}
		out = append(out, e)
	}
	return out
}

// amount gives a number that need not be there.
func (n node) amount() *float64 {
	if n.absent() {
		return nil
	}
	v := n.number()
	return &v
}

package ruleset

// Example is one case of an aid that its author worked out from the text.
type Example struct {
	Name    string
	Profile []byte // the contract's JSON
	Status  string
	Amount  float64 // before CRDS, EUR per period; only when Decided
	Decided bool
	Net     *float64 // what is paid, EUR per period; nil when the example does not say
	Steps   map[string]float64
	Extra   map[string]string // precisions, by field
	File    string
	Line    int
}

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
		w := f["attendu"].fields("statut", "montant", "net", "etapes", "precisions")
		e.Status = w["statut"].text()
		if !w["montant"].absent() {
			e.Amount, e.Decided = w["montant"].number(), true
		}
		if !w["net"].absent() {
			net := w["net"].number()
			e.Net = &net
		}
		for _, p := range w["etapes"].pairs() {
			if e.Steps == nil {
				e.Steps = map[string]float64{}
			}
			e.Steps[p.key] = p.value.number()
		}
		for _, p := range w["precisions"].pairs() {
			if e.Extra == nil {
				e.Extra = map[string]string{}
			}
			e.Extra[p.key] = p.value.text()
		}
		out = append(out, e)
	}
	return out
}

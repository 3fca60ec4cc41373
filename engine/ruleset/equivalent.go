package ruleset

// Equivalent is a change of a formula that no household can notice, as its author shows: no example is asked to. It names
// the Rank-th place of the formula where Old stands and New would.
type Equivalent struct {
	Formula  string
	Old, New string
	Rank     int // from 1
	Reason   string
	Place    Place
}

// readEquivalents reads equivalents.yaml.
func readEquivalents(top node) []Equivalent {
	var out []Equivalent
	for _, i := range top.items() {
		f := i.fields("formule", "de", "en", "rang", "raison")
		e := Equivalent{Formula: f["formule"].text(), Old: f["de"].text(), New: f["en"].text(), Rank: 1, Reason: f["raison"].text(), Place: i.begins()}
		if !f["rang"].absent() {
			e.Rank = f["rang"].integer()
		}
		if e.Formula == "" || e.Old == "" || e.New == "" || e.Reason == "" {
			i.fault("un changement sans effet a « formule: », « de: », « en: » et « raison: », celle qui le démontre")
			continue
		}
		out = append(out, e)
	}
	return out
}

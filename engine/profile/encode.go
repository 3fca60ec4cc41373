package profile

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// MarshalJSON writes p as the contract has it, in the order of its fields, leaving out what is unknown: decoding it gives p
// again. It never fails.
func (p *Profile) MarshalJSON() ([]byte, error) { return p.AppendJSON(nil), nil }

// UnmarshalJSON is [Decode].
func (p *Profile) UnmarshalJSON(data []byte) error {
	read, err := Decode(data)
	if err != nil {
		return err
	}
	*p = *read
	return nil
}

// AppendJSON appends p, written as by [Profile.MarshalJSON], to b.
func (p *Profile) AppendJSON(b []byte) []byte {
	w := writer{append(b, '{')}
	w.text("id", p.ID)
	w.date("date", p.Date)
	if p.Complete {
		w.raw("complet", "true")
	}
	w.text("commune", p.Commune)
	w.date("residence_commune_depuis", p.ResidentFrom)
	w.text("couple", p.Couple)
	w.date("isole_depuis", p.IsolatedFrom)
	if from := w.begin("demandeur"); !w.person(&p.Claimant) {
		w.b = w.b[:from]
	}
	if p.Spouse != nil {
		w.begin("conjoint")
		w.person(p.Spouse)
	}
	if p.Children.Known {
		w.key("enfants")
		w.b = append(w.b, '[')
		for i := range p.Children.Value {
			if i > 0 {
				w.b = append(w.b, ',')
			}
			w.b = append(w.b, '{')
			w.person(&p.Children.Value[i])
		}
		w.b = append(w.b, ']')
	}
	from := w.begin("logement")
	w.text("statut", p.Housing.Status)
	w.text("regime", p.Housing.Regime)
	w.text("pret", p.Housing.Loan)
	w.text("pret_pour", p.Housing.LoanFor)
	w.date("pret_signe_le", p.Housing.LoanSigned)
	w.number("loyer", p.Housing.Rent)
	w.number("charges", p.Housing.Charges)
	w.endOrDrop(from)
	from = w.begin("foyer_fiscal")
	w.number("rfr", p.TaxHousehold.Income)
	w.number("parts", p.TaxHousehold.Parts)
	w.endOrDrop(from)
	w.number("epargne", p.Savings)
	w.number("quotient_familial", p.Quotient)
	w.number("charges_fixes", p.FixedCharges)
	if p.Received.Known {
		w.begin("prestations_percues")
		for i := range p.Received.Value {
			switch r := &p.Received.Value[i]; {
			case r.Unknown:
				w.raw(r.Aid, "null")
			case r.Amount.Known:
				w.number(r.Aid, r.Amount)
			default:
				w.raw(r.Aid, "true")
			}
		}
		w.end()
	}
	w.end()
	return w.b
}

// writer appends the members of an object, with a comma before each but the first.
type writer struct{ b []byte }

func (w *writer) key(name string) {
	if w.b[len(w.b)-1] != '{' {
		w.b = append(w.b, ',')
	}
	w.b = append(appendText(w.b, name), ':')
}

// bareKey begins a key that the caller writes and ends.
func (w *writer) bareKey() {
	if w.b[len(w.b)-1] != '{' {
		w.b = append(w.b, ',')
	}
	w.b = append(w.b, '"')
}

func (w *writer) raw(name, value string) {
	w.key(name)
	w.b = append(w.b, value...)
}

// begin opens an object and gives where its member began.
func (w *writer) begin(name string) int {
	from := len(w.b)
	w.key(name)
	w.b = append(w.b, '{')
	return from
}

func (w *writer) end() { w.b = append(w.b, '}') }

// endOrDrop ends the object that began at from, or takes it away when it is empty.
func (w *writer) endOrDrop(from int) {
	if w.b[len(w.b)-1] == '{' {
		w.b = w.b[:from]
		return
	}
	w.end()
}

func (w *writer) text(name, v string) {
	if v != "" {
		w.key(name)
		w.b = appendText(w.b, v)
	}
}

func (w *writer) date(name string, v Date) {
	if v.Known() {
		w.key(name)
		w.b = append(v.append(append(w.b, '"')), '"')
	}
}

func (w *writer) number(name string, v Opt[float64]) {
	if v.Known {
		w.key(name)
		w.b = appendNumber(w.b, v.Value)
	}
}

func (w *writer) truth(name string, v Opt[bool]) {
	if v.Known {
		w.raw(name, strconv.FormatBool(v.Value))
	}
}

// person writes the members of a person, whose object is open, and ends it; it says whether there were any.
func (w *writer) person(p *Person) bool {
	from := len(w.b)
	w.date("naissance", p.Birth)
	w.text("nationalite", p.Nationality)
	w.text("titre_sejour", p.Permit)
	w.date("sejour_regulier_depuis", p.StayFrom)
	w.truth("sejour_justifie", p.StayProven)
	w.text("activite", p.Activity)
	w.text("scolarite", p.Schooling)
	w.truth("enceinte", p.Pregnant)
	at := w.begin("handicap")
	w.number("taux", p.DisabilityRate)
	w.truth("rsdae", p.WorkRestriction)
	w.endOrDrop(at)
	w.truth("inapte_travail", p.Unfit)
	w.truth("garde_alternee", p.SharedCustody)
	if p.Incomes.Known {
		w.begin("revenus")
		for i := range p.Incomes.Value {
			w.income(&p.Incomes.Value[i])
		}
		w.end()
	}
	stated := len(w.b) > from
	w.end()
	return stated
}

func (w *writer) income(in *Income) {
	object := in.Taxable.Known || in.Gross.Known || len(in.Months)+len(in.Years) > 0
	switch {
	case !object && in.Net.Known:
		w.number(in.Kind, in.Net)
		return
	case !object:
		w.raw(in.Kind, "null")
		return
	}
	w.begin(in.Kind)
	w.number("net", in.Net)
	w.number("imposable", in.Taxable)
	w.number("brut", in.Gross)
	if len(in.Months) > 0 {
		w.begin("mois")
		for _, m := range in.Months {
			w.bareKey()
			w.b = append(appendMonth(w.b, m.Month), '"', ':')
			w.b = appendNumber(w.b, m.Amount)
		}
		w.end()
	}
	if len(in.Years) > 0 {
		w.begin("annees")
		for _, y := range in.Years {
			w.bareKey()
			w.b = append(strconv.AppendInt(w.b, int64(y.Year), 10), '"', ':')
			w.b = appendNumber(w.b, y.Amount)
		}
		w.end()
	}
	w.end()
}

// appendNumber writes the shortest decimal that reads back as v. What is no number has no JSON: it is null, and a
// profile that holds it does not pass the check.
func appendNumber(b []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(b, "null"...)
	}
	return strconv.AppendFloat(b, v, 'f', -1, 64)
}

const hexDigits = "0123456789abcdef"

func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
			i++
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			i++
		case c < utf8.RuneSelf:
			b = append(b, c)
			i++
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			b = utf8.AppendRune(b, r)
			i += size
		}
	}
	return append(b, '"')
}

package engine

import (
	"encoding/json"
	"math"
	"strconv"
	"unicode/utf8"
)

// MarshalJSON writes the contract's JSON.
func (s *Simulation) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil), nil }

// AppendJSON appends the contract's JSON to b: the same bytes for the same answer.
func (s *Simulation) AppendJSON(b []byte) []byte {
	b = append(b, '{')
	if s.ID != "" {
		b = append(b, `"id":`...)
		b = append(text(b, s.ID), ',')
	}
	b = append(b, `"date":"`...)
	b = append(b, s.Date.String()...)
	b = append(b, `","regles":"`...)
	b = append(b, s.Rules...)
	b = append(b, `","complet":`...)
	b = strconv.AppendBool(b, s.Complete)
	b = append(b, `,"aides":[`...)
	for i := range s.Aids {
		if i > 0 {
			b = append(b, ',')
		}
		b = s.Aids[i].append(b)
	}
	b = append(b, `],"totaux":{"net_par_mois":`...)
	b = money(b, s.Totals.NetPerMonth)
	b = append(b, `,"non_percu_par_mois":`...)
	b = money(b, s.Totals.UnclaimedPerMonth)
	return append(b, `}}`...)
}

// MarshalJSON writes what the contract's answer holds about one aid.
func (a *Aid) MarshalJSON() ([]byte, error) { return a.append(nil), nil }

func (a *Aid) append(b []byte) []byte {
	b = append(b, `{"aide":"`...)
	b = append(b, a.Aid...)
	b = append(b, `","statut":"`...)
	b = append(b, a.Status...)
	b = append(b, `","version":"`...)
	b = append(b, a.Version.String()...)
	b = append(b, '"')
	if a.Share == nil {
		b = append(b, `,"montant":`...)
		b = a.Amount.append(b)
	}
	for _, x := range a.Extra {
		b = append(b, `,"`...)
		b = append(b, x.Field...)
		b = append(b, `":"`...)
		b = append(b, x.Value...)
		b = append(b, '"')
	}
	if a.Share != nil && a.Status != NotEligible {
		b = append(b, `,"participation":`...)
		b = a.Share.money(b)
	}
	if a.OutOfScope != "" {
		b = append(b, `,"hors_champ":"`...)
		b = append(b, a.OutOfScope...)
		b = append(b, '"')
	}
	if a.Commission {
		b = append(b, `,"decision":"commission"`...)
	}
	b = append(b, `,"recours":"`...)
	b = append(b, a.TakeUp...)
	b = append(b, `","conditions":[`...)
	for i := range a.Conditions {
		if i > 0 {
			b = append(b, ',')
		}
		b = a.Conditions[i].append(b)
	}
	b = append(b, `],"etapes":[`...)
	for i := range a.Steps {
		if i > 0 {
			b = append(b, ',')
		}
		b = a.Steps[i].append(b)
	}
	b = append(b, `],"manquants":`...)
	b = paths(b, a.Missing)
	b = append(b, `,"utilises":`...)
	b = paths(b, a.Used)
	return append(b, '}')
}

func (m *Amount) append(b []byte) []byte {
	if m.Decided {
		b = append(b, `{"brut":`...)
		b = money(b, m.Gross)
		b = append(b, `,"net":`...)
		b = money(b, m.Net)
	} else {
		b = append(b, `{"min":`...)
		b = money(b, m.Min)
		b = append(b, `,"max":`...)
		b = money(b, m.Max)
	}
	b = append(b, `,"periode":"`...)
	b = append(b, m.Period...)
	b = append(b, `","pour":"`...)
	b = append(b, m.For...)
	return append(b, `"}`...)
}

func (c *Condition) append(b []byte) []byte {
	b = append(b, `{"id":"`...)
	b = append(b, c.ID...)
	b = append(b, `","resultat":"`...)
	b = append(b, c.Result...)
	b = append(b, '"')
	if c.Value != nil {
		b = append(b, `,"valeur":`...)
		b = c.Value.append(b)
	}
	if c.Threshold != nil {
		b = append(b, `,"seuil":`...)
		b = c.Threshold.append(b)
	}
	if c.Unit != "" {
		b = append(b, `,"unite":"`...)
		b = append(b, c.Unit...)
		b = append(b, '"')
	}
	b = append(b, c.cited...)
	return append(b, '}')
}

func (s *Step) append(b []byte) []byte {
	b = append(b, `{"id":"`...)
	b = append(b, s.ID...)
	b = append(b, `","valeur":`...)
	b = s.Value.append(b)
	if s.Unit != "" {
		b = append(b, `,"unite":"`...)
		b = append(b, s.Unit...)
		b = append(b, '"')
	}
	b = append(b, s.cited...)
	return append(b, '}')
}

func (f *Figure) append(b []byte) []byte {
	switch {
	case f.Choice != "":
		return append(append(append(b, '"'), f.Choice...), '"')
	case f.Lo == f.Hi:
		return figure(b, f.Lo)
	}
	b = append(b, `{"min":`...)
	b = figure(b, f.Lo)
	b = append(b, `,"max":`...)
	b = figure(b, f.Hi)
	return append(b, '}')
}

// money writes an amount that is known, or its bounds.
func (f *Figure) money(b []byte) []byte {
	if f.Lo == f.Hi {
		return money(b, f.Lo)
	}
	b = append(b, `{"min":`...)
	b = money(b, f.Lo)
	b = append(b, `,"max":`...)
	b = money(b, f.Hi)
	return append(b, '}')
}

// cite writes the first of the references as the end of a JSON object; the others are told with the aid itself.
func cite(refs []Reference) string {
	if len(refs) == 0 {
		return ""
	}
	return `,"reference":` + string(citation(refs[0]))
}

func citation(r Reference) []byte {
	b := text([]byte(`{"titre":`), r.Title)
	b = text(append(b, `,"url":`...), r.URL)
	return append(b, '}')
}

// money writes an amount with its cents.
func money(b []byte, v float64) []byte {
	cents := int64(math.Round(v * 100))
	b = strconv.AppendInt(b, cents/100, 10)
	c := cents % 100
	return append(b, '.', byte('0'+c/10), byte('0'+c%10))
}

// figure writes an intermediate figure to the ten-thousandth, without idle zeros.
func figure(b []byte, v float64) []byte {
	scaled := math.Round(v * 10_000)
	if math.Abs(scaled) >= 1<<53 {
		return strconv.AppendFloat(b, v, 'f', -1, 64)
	}
	n := int64(scaled)
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	b = strconv.AppendInt(b, n/10_000, 10)
	if n %= 10_000; n > 0 {
		b = append(b, '.')
		for d := int64(1_000); n > 0; d /= 10 {
			b = append(b, byte('0'+n/d))
			n %= d
		}
	}
	return b
}

// paths writes a list of profile paths, which hold nothing to escape.
func paths(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, p := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, p...)
		b = append(b, '"')
	}
	return append(b, ']')
}

// text writes a JSON string.
func text(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c >= utf8.RuneSelf {
			q, _ := json.Marshal(s) // a string always marshals
			return append(b, q...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

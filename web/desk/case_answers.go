package desk

import (
	"guichet/takeup/recomputation"
	"guichet/web/desk/household"
	"guichet/web/pages"
)

// answerGroup is what is known of one person, or of the household.
type answerGroup struct {
	Name  string
	Lines []answerLine
}

// answerLine is one answer.
type answerLine struct{ Name, Value string }

// answersTold tells the answers that are kept in the words of the counter: the household's, those of each person, and what is received.
// What is not known is not told.
func (v *visit) answersTold(kept []byte) []answerGroup {
	_, p, err := recomputation.Read(kept)
	if err != nil {
		return nil
	}
	s := &household.State{Profile: p}
	rows := household.Rows(s, household.Useful{}, v.d.counter.aids, v.today())
	var out []answerGroup
	group := func(name string, holds ...func(*household.Row) bool) {
		g := answerGroup{Name: name}
		for _, these := range holds {
			for i := range rows {
				if r := &rows[i]; these(r) {
					if value := v.answerTold(r, s); value != "" {
						g.Lines = append(g.Lines, answerLine{v.answerName(r), value})
					}
				}
			}
		}
		if len(g.Lines) > 0 {
			out = append(out, g)
		}
	}
	group(v.L.T("mot.pour.foyer"), func(r *household.Row) bool { return r.Who == "" && r.Section != household.SectionAids })
	for _, who := range append(s.Adults(), s.Children()...) {
		group(v.member(who), func(r *household.Row) bool { return r.Who == who })
	}
	group(v.L.T("comptoir.section.recoit"), func(r *household.Row) bool { return r.Aid != "" }, func(r *household.Row) bool { return r.Section == household.SectionAids && r.Aid == "" })
	return out
}

// member calls a person of a household as agents do.
func (v *visit) member(who string) string {
	if i, child := household.ChildIndex(who); child {
		return v.L.T("personne.enfant", "I", i+1)
	}
	return v.L.T("mot.pour." + who)
}

func (v *visit) answerName(r *household.Row) string {
	if r.Aid != "" {
		return v.aidCalled(r.Aid)
	}
	return v.L.T(r.Label)
}

// answerTold says the answer of a row; "" when there is none, or when another row says it.
func (v *visit) answerTold(r *household.Row, s *household.State) string {
	text := r.Text(s)
	switch {
	case text == "":
		return ""
	case r.Kind == household.Aid:
		return v.receivedTold(r, s)
	case text == household.None && (r.Who != "" || len(s.Profile.Received.Value) > 0): // the incomes, the aids that are
		return v.L.T("comptoir.court." + household.None)
	case r.Values != nil:
		return v.L.T(valueKey(r, text))
	case r.Kind == household.Amount:
		return v.amountTold(text, r.Unit == "montants.par_an")
	}
	return text
}

// receivedTold says whether an aid is received, and how much of it: nothing for one that is not, when no other is.
func (v *visit) receivedTold(r *household.Row, s *household.State) string {
	switch amount := r.AmountText(s); {
	case r.Text(s) == "oui" && amount != "":
		return v.amountTold(amount, false) + " " + v.L.T("mot.periode.mois")
	case r.Text(s) == "oui":
		return v.L.T("dossier.oui")
	case s.ReceivesNoOther():
		return ""
	}
	return v.L.T("dossier.non")
}

// amountTold writes an amount of a row as print does.
func (v *visit) amountTold(text string, yearly bool) string {
	amount, ok := pages.ParseAmount(text)
	if !ok {
		return text
	}
	if yearly {
		return v.L.Money(amount) + " " + v.L.T("mot.periode.an")
	}
	return v.L.Money(amount)
}

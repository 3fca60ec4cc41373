package pages

// A slip is the drawing of a document on which an amount is found. What it says is French, as on the real one.
type slip struct {
	Title, Text string
	Lines       []slipLine
}

// slipLine is a line of the document, and its height in the drawing.
type slipLine struct {
	Name, Amount string
	Y, Top       int
	Ringed       bool // the line to copy
}

// The lines at the foot of a pay slip: article 1 of the arrêté du 25 février 2016 fixant les libellés, l'ordre et le regroupement des
// informations figurant sur le bulletin de paie. The amounts are an example that adds up.
var payLines = []slipLine{
	{Name: "Montant net social", Amount: "1 462,10"},
	{Name: "Net à payer avant impôt sur le revenu", Amount: "1 449,62", Ringed: true},
	{Name: "Impôt sur le revenu prélevé à la source", Amount: "− 21,74"},
	{Name: "Net à payer au salarié", Amount: "1 427,88"},
}

// slip gives the drawing that shows where the amount of one kind of income is found; nil when there is none.
func (c *asking) slip(kind string) *slip {
	if kind != "salaire" {
		return nil
	}
	s := &slip{Title: c.L.T("montants.ou"), Text: c.L.T("montants.ou_salaire", "Ligne", payLines[1].Name)}
	for i, l := range payLines {
		l.Y = 116 + 27*i
		l.Top = l.Y - 18
		s.Lines = append(s.Lines, l)
	}
	return s
}

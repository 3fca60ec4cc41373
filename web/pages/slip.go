package pages

// A slip is the drawing of a document on which an amount is found, 320 wide. What it says is French, as on the real one.
type slip struct {
	Title, Text string
	Height      int
	Rules       string // a path: what is printed around the line
	Faint       string // a path: words that nobody has to read
	Words       []slipWords
	Ring        slipRing
}

// Inside is the height of the paper within its edge.
func (s *slip) Inside() int { return s.Height - 2 }

// slipWords are words of the document: from X on, or up to it.
type slipWords struct {
	Text  string
	X, Y  int
	End   bool
	Class string // "head" of the title, "copy" of what is ringed
}

// slipRing is drawn around what is to be copied.
type slipRing struct{ X, Y, Width, Height int }

const (
	slipStart, slipEnd = 14, 306 // the margins
	slipLine           = 27
)

// slip gives the drawing that shows where the amount of one kind of income is found; nil when there is none.
func (c *asking) slip(kind string) *slip {
	var s slip
	var copied string
	switch kind {
	case "salaire":
		s, copied = paySlip()
	case "chomage":
		s, copied = benefitStatement()
	default:
		return nil
	}
	s.Title, s.Text = c.L.T("montants.ou"), c.L.T("montants.ou_"+kind, "Ligne", copied)
	return &s
}

// paySlip draws the lines at the foot of a pay slip: article 1 of the arrêté du 25 février 2016 fixant les libellés, l'ordre et le
// regroupement des informations figurant sur le bulletin de paie. The amounts are an example that adds up.
func paySlip() (s slip, copied string) {
	s = slip{
		Height: 208, Rules: "M14 36h292M14 64h292",
		Faint: "M14 46h90m60 0h40m40 0h62M14 55h70m80 0h40m40 0h62M14 74h120m74 0h40m34 0h24M14 83h96m98 0h40m34 0h24M14 92h110m84 0h40m34 0h24",
		Words: []slipWords{{Text: "BULLETIN DE PAIE", X: slipStart, Y: 26, Class: "head"}},
	}
	for i, l := range [][2]string{
		{"Montant net social", "1 462,10"},
		{"Net à payer avant impôt sur le revenu", "1 449,62"},
		{"Impôt sur le revenu prélevé à la source", "− 21,74"},
		{"Net à payer au salarié", "1 427,88"},
	} {
		class, y := "", 116+slipLine*i
		if i == 1 {
			class, copied = "copy", l[0]
			s.Ring = slipRing{X: 6, Y: y - 18, Width: 308, Height: slipLine}
		}
		s.Words = append(s.Words, slipWords{Text: l[0], X: slipStart, Y: y, Class: class}, slipWords{Text: l[1], X: slipEnd, Y: y, End: true, Class: class})
	}
	return s, copied
}

// benefitStatement draws a month of the « relevé de situation » that France Travail sends to who has an unemployment benefit: the columns
// of its line « Allocation d'aide au retour à l'emploi » are days, gross, pension contribution, income tax and net, all of the month. The
// net is what is left after the tax, which we do not want taken off. The amounts are an example that adds up, of someone who pays none:
// 30 days at 34.19 EUR, less 3 % of a reference wage of 52 EUR a day.
func benefitStatement() (s slip, copied string) {
	const title, columns, amounts, foot = 26, 92, 136, 176
	s = slip{
		Height: 196, Rules: "M14 36h292M14 78h292M14 116h292M14 152h292",
		Faint: "M14 46h150m40 0h102",
		Words: []slipWords{
			{Text: "RELEVÉ DE SITUATION", X: slipStart, Y: title, Class: "head"},
			{Text: "Allocation d’aide au retour à l’emploi", X: slipStart, Y: 68},
			{Text: "Règlement de 978,90 euros par virement", X: slipStart, Y: foot},
		},
	}
	for _, l := range []struct {
		x                  int
		above, below, said string
	}{
		{58, "Nb", "d’alloc.", "30"}, {122, "Montant", "brut", "1 025,70"}, {184, "Retraite", "comp.", "46,80"}, {238, "Impôt", "revenu", "0,00"}, {slipEnd, "Montant", "net", "978,90"},
	} {
		class := ""
		if l.x == slipEnd {
			class, copied = "copy", l.above+" "+l.below
			s.Ring = slipRing{X: 244, Y: 74, Width: 71, Height: 74}
		}
		for _, w := range []slipWords{{Text: l.above, Y: columns}, {Text: l.below, Y: columns + 15}, {Text: l.said, Y: amounts}} {
			w.X, w.End, w.Class = l.x, true, class
			s.Words = append(s.Words, w)
		}
	}
	return s, copied
}

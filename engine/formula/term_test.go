package formula_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine/formula"
)

func TestFormulaAsATree(t *testing.T) {
	u := universe()
	u.Quantities["essai.x"] = &formula.Quantity{Namespace: "essai", Name: "x"}
	for text, want := range map[string]formula.Term{
		"x + 1":          op("+", formula.Term{Kind: formula.Named, Name: "essai.x"}, formula.Term{Kind: formula.Literal, Number: 1}),
		"logement.loyer": {Kind: formula.Given, Name: "logement.loyer"},
		"demandeur.age":  {Kind: formula.Given, Name: "age", Whose: "demandeur"},
		"bareme.essai.zone[zone_apl]": {
			Kind: formula.Parameter, Name: "bareme.essai.zone", Of: []formula.Term{{Kind: formula.Given, Name: "zone_apl"}},
		},
		"count(enfants, .age > 2)": op("count", formula.Term{Kind: formula.People, Name: "enfants"},
			op(">", formula.Term{Kind: formula.Given, Name: "age", Whose: "chacun"}, formula.Term{Kind: formula.Literal, Number: 2})),
		"double(bareme.essai.base)": op("+", formula.Term{Kind: formula.Parameter, Name: "bareme.essai.base"},
			formula.Term{Kind: formula.Parameter, Name: "bareme.essai.base"}),
		`couple == "non" and not (logement.statut in ["foyer"]) ? 1 : 0`: op(formula.Choice,
			op("and", op("==", formula.Term{Kind: formula.Given, Name: "couple"}, formula.Term{Kind: formula.Word, Name: "non"}),
				op("not", op("in", formula.Term{Kind: formula.Given, Name: "logement.statut"},
					formula.Term{Kind: formula.Choices, Of: []formula.Term{{Kind: formula.Word, Name: "foyer"}}}))),
			formula.Term{Kind: formula.Literal, Number: 1}, formula.Term{Kind: formula.Literal}),
	} {
		t.Run(text, func(t *testing.T) {
			f, err := u.Compile(&formula.Quantity{Namespace: "essai", Name: "y"}, text)
			require.NoError(t, err)
			require.Equal(t, want, f.Term())
		})
	}
}

func op(name string, of ...formula.Term) formula.Term {
	return formula.Term{Kind: formula.Operation, Name: name, Of: of}
}

package api

import (
	"fmt"
	"math"
	"net/http"

	"github.com/go-chi/chi/v5"

	"guichet/engine/fact"
	"guichet/engine/formula"
	"guichet/engine/ruleset"
	"guichet/web/problem"
)

// baremeList is the body of GET /baremes.
type baremeList struct {
	Rules   string       `json:"regles"`
	Baremes []baremeName `json:"baremes"`
}

type baremeName struct {
	Name        string `json:"parametre"`
	Description string `json:"description"`
	Unit        string `json:"unite"`
}

// baremeSheet is the body of GET /baremes/{parametre}: every value that the parameter had, each with its text.
type baremeSheet struct {
	baremeName
	Rules  string        `json:"regles"`
	Shape  string        `json:"forme"`
	Values []baremeValue `json:"valeurs"`
}

type baremeValue struct {
	From       string      `json:"depuis"`
	Value      any         `json:"valeur"` // null from the day on which the parameter ends
	References []reference `json:"references"`
	Reading    string      `json:"lecture"`
	CheckedOn  string      `json:"verifie_le"`
}

// The values that are not one number.
type (
	ranksValue struct {
		Ranks  []float64 `json:"rangs"`
		Beyond float64   `json:"au_dela"`
	}
	bracketValue struct {
		From float64 `json:"depuis"`
		Rate float64 `json:"taux"`
	}
	windowValue struct {
		From int `json:"de"`
		To   int `json:"a"`
	}
	roundValue struct {
		Step float64 `json:"pas"`
		Mode string  `json:"mode"`
	}
)

// shapes names the shapes of parameters.
var shapes = map[formula.Shape]string{
	formula.Scalar: "nombre", formula.DateOf: "date", formula.ByEnum: "par_valeur", formula.ByRank: "par_rang",
	formula.ByBoth: "par_valeur_et_rang", formula.Brackets: "tranches", formula.Window: "fenetre", formula.Rounding: "arrondi",
}

// modes names the directions of roundings.
var modes = map[formula.Mode]string{formula.Nearest: "proche", formula.Down: "inferieur", formula.Up: "superieur"}

// listBaremes answers GET /baremes.
func (a *API) listBaremes(w http.ResponseWriter, r *http.Request) error {
	set := a.engine.Set()
	out := baremeList{Rules: set.Hash(), Baremes: make([]baremeName, 0, len(set.Baremes()))}
	for _, name := range set.Baremes() {
		if b, ok := set.Bareme(name); ok {
			out.Baremes = append(out.Baremes, nameOf(b))
		}
	}
	return answerPublic(w, r, "fr", out)
}

// showBareme answers GET /baremes/{parametre}, by the name that formulas say or the same without "bareme.".
func (a *API) showBareme(w http.ResponseWriter, r *http.Request) error {
	set := a.engine.Set()
	name := chi.URLParam(r, "parametre")
	b, ok := set.Bareme(name)
	if !ok {
		b, ok = set.Bareme("bareme." + name)
	}
	if !ok {
		return refusal{kind: problem.NoSuchParameter}
	}
	out := baremeSheet{
		baremeName: nameOf(b), Rules: set.Hash(), Shape: shapes[b.Table.Shape],
		Values: make([]baremeValue, len(b.Values)),
	}
	for i, v := range b.Values {
		out.Values[i] = baremeValue{v.From.String(), valueOf(b.Table, v.Value), referencesOf(v.Reference), v.Reading, v.CheckedOn.String()}
	}
	return answerPublic(w, r, "fr", out)
}

func nameOf(b *ruleset.Bareme) baremeName { return baremeName{b.Name, b.Description, b.Unit} }

// valueOf gives a value in the shape of its table, nil where the parameter ends.
func valueOf(t *formula.Table, v formula.Value) any {
	if v.Ends {
		return nil
	}
	switch t.Shape {
	case formula.Scalar:
		return v.Number
	case formula.DateOf:
		return fact.Day(math.Round(v.Number)).String()
	case formula.ByEnum:
		return byDomain(t.Domain, v.Keyed)
	case formula.ByRank:
		return ranksOf(*v.Ranks)
	case formula.ByBoth:
		ranks := make([]ranksValue, len(v.Both))
		for i, r := range v.Both {
			ranks[i] = ranksOf(r)
		}
		return byDomain(t.Domain, ranks)
	case formula.Brackets:
		brackets := make([]bracketValue, len(v.Brackets))
		for i, b := range v.Brackets {
			brackets[i] = bracketValue{b.From, b.Rate}
		}
		return brackets
	case formula.Window:
		return windowValue{v.Window.From, v.Window.To}
	case formula.Rounding:
		return roundValue{v.Round.Step, modes[v.Round.Mode]}
	}
	panic(fmt.Sprintf("api: a parameter of the shape %d", t.Shape))
}

func ranksOf(r formula.Ranks) ranksValue { return ranksValue{r.Values, r.Beyond} }

// byDomain names each value by the one of the enumeration that it is for.
func byDomain[T any](domain []string, values []T) map[string]T {
	out := make(map[string]T, len(domain))
	for i, name := range domain {
		out[name] = values[i]
	}
	return out
}

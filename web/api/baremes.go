package api

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"guichet/engine/formula"
	"guichet/engine/ruleset"
	"guichet/locales"
	"guichet/web/problem"
	"guichet/web/telling"
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

// shapes names the shapes of parameters.
var shapes = map[formula.Shape]string{
	formula.Scalar: "nombre", formula.DateOf: "date", formula.ByEnum: "par_valeur", formula.ByRank: "par_rang",
	formula.ByBoth: "par_valeur_et_rang", formula.Brackets: "tranches", formula.Window: "fenetre", formula.Rounding: "arrondi",
}

// listBaremes answers GET /baremes.
func (a *API) listBaremes(w http.ResponseWriter, r *http.Request) error {
	words, set := a.words(r), a.engine.Set()
	out := baremeList{Rules: set.Hash(), Baremes: make([]baremeName, 0, len(set.Baremes()))}
	for _, name := range set.Baremes() {
		if b, ok := set.Bareme(name); ok {
			out.Baremes = append(out.Baremes, nameOf(b, words))
		}
	}
	return answerPublic(w, r, words.Tag, out)
}

// showBareme answers GET /baremes/{parametre}, by the name that formulas say or the same without "bareme.".
func (a *API) showBareme(w http.ResponseWriter, r *http.Request) error {
	words, set := a.words(r), a.engine.Set()
	name := chi.URLParam(r, "parametre")
	b, ok := set.Bareme(name)
	if !ok {
		b, ok = set.Bareme("bareme." + name)
	}
	if !ok {
		return refusal{kind: problem.NoSuchParameter}
	}
	out := baremeSheet{
		baremeName: nameOf(b, words), Rules: set.Hash(), Shape: shapes[b.Table.Shape],
		Values: make([]baremeValue, len(b.Values)),
	}
	for i, v := range b.Values {
		out.Values[i] = baremeValue{v.From.String(), ruleset.Plain(b.Table, v.Value), referencesOf(v.Reference), v.Reading, v.CheckedOn.String()}
	}
	return answerPublic(w, r, words.Tag, out)
}

func nameOf(b *ruleset.Bareme, words locales.Printer) baremeName {
	return baremeName{b.Name, telling.Speaker{Words: words}.Description(b), b.Unit}
}

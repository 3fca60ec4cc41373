package ruleset

import (
	"math"

	"guichet/engine/fact"
	"guichet/engine/formula"
)

// The plain values that are not one number; keyed ones are maps by the words of the enumeration.
type (
	// PlainRanks is a table by rank.
	PlainRanks struct {
		Ranks  []float64 `json:"rangs"`
		Beyond float64   `json:"au_dela"`
	}
	// PlainBracket is one bracket of a scale.
	PlainBracket struct {
		From float64 `json:"depuis"`
		Rate float64 `json:"taux"`
	}
	// PlainWindow is a window of months, counted back.
	PlainWindow struct {
		From int `json:"de"`
		To   int `json:"a"`
	}
	// PlainRounding is a rounding; Mode is proche, inferieur or superieur.
	PlainRounding struct {
		Step float64 `json:"pas"`
		Mode string  `json:"mode"`
	}
)

// ModeNames are the words of the rule files for the directions of roundings.
var ModeNames = map[formula.Mode]string{formula.Nearest: "proche", formula.Down: "inferieur", formula.Up: "superieur"}

// Plain gives a barème's value as JSON writes it, in the words of the rule files (« jamais » where no figure is enough); nil where the barème ends.
func Plain(t *formula.Table, v formula.Value) any {
	if v.Ends {
		return nil
	}
	switch t.Shape {
	case formula.DateOf:
		return fact.Day(math.Round(v.Number)).String()
	case formula.ByEnum:
		cells := make([]any, len(v.Keyed))
		for i, x := range v.Keyed {
			if cells[i] = x; math.IsInf(x, 1) {
				cells[i] = never
			}
		}
		return keyed(t.Domain, cells)
	case formula.ByRank:
		return PlainRanks{v.Ranks.Values, v.Ranks.Beyond}
	case formula.ByBoth:
		ranks := make([]PlainRanks, len(v.Both))
		for i, r := range v.Both {
			ranks[i] = PlainRanks{r.Values, r.Beyond}
		}
		return keyed(t.Domain, ranks)
	case formula.Brackets:
		brackets := make([]PlainBracket, len(v.Brackets))
		for i, b := range v.Brackets {
			brackets[i] = PlainBracket{b.From, b.Rate}
		}
		return brackets
	case formula.Window:
		return PlainWindow{v.Window.From, v.Window.To}
	case formula.Rounding:
		return PlainRounding{v.Round.Step, ModeNames[v.Round.Mode]}
	default:
		return v.Number
	}
}

func keyed[T any](domain []string, values []T) map[string]T {
	out := make(map[string]T, len(domain))
	for i, word := range domain {
		out[word] = values[i]
	}
	return out
}

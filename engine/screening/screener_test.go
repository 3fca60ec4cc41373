package screening

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
)

// rulesOf is a simulator that a test writes.
type rulesOf func(p *profile.Profile) (*engine.Simulation, error)

func (f rulesOf) Append(b []byte, p *profile.Profile) ([]byte, error) {
	s, err := f(p)
	if err != nil {
		return b, err
	}
	return s.AppendJSON(b), nil
}

func answerOf(f rulesOf, text string) (answer string, ok bool, log string) {
	s := &Screener{Rules: f, Form: NDJSON{}, Today: profile.DateOf(2026, 6, 15), Report: func(line int, kind string, at []string) {
		log += fmt.Sprintf("line %d: %s %s\n", line, kind, at)
	}}
	out, ok := s.Answer([]byte("before\n"), Line{Number: 7, Text: []byte(text)})
	return strings.TrimPrefix(string(out), "before\n"), ok, log
}

// A fault of the program costs one household its answer, and never shows what was in it.
func TestABreakdownSpoilsOneLine(t *testing.T) {
	const household = `{"id":"a \"quoted\" one","commune":"01001"}`
	for name, f := range map[string]rulesOf{
		"a panic": func(p *profile.Profile) (*engine.Simulation, error) { panic("commune " + p.Commune) },
		"a rule that cannot be computed": func(*profile.Profile) (*engine.Simulation, error) {
			return nil, &engine.RuleError{Err: errors.New("rsa.montant : division par zéro")}
		},
	} {
		t.Run(name, func(t *testing.T) {
			answer, ok, log := answerOf(f, household)
			require.False(t, ok)
			require.JSONEq(t, `{"id":"a \"quoted\" one","erreur":{"ligne":7,"problemes":[
				{"chemin":"profil","regle":"le calcul a échoué","remede":"signalez cette ligne : la faute n'est pas dans le profil"}]}}`, answer)
			require.Contains(t, log, "line 7: ")
			require.NotContains(t, log, "01001")
		})
	}
}

func TestAHouseholdWithoutADayIsOfTheDayOfTheRun(t *testing.T) {
	var day string
	f := rulesOf(func(p *profile.Profile) (*engine.Simulation, error) {
		day = p.Date.String()
		return &engine.Simulation{}, nil
	})
	_, ok, _ := answerOf(f, `{}`)
	require.True(t, ok)
	require.Equal(t, "2026-06-15", day)
	_, ok, _ = answerOf(f, `{"date":"2025-01-01"}`)
	require.True(t, ok)
	require.Equal(t, "2025-01-01", day)
}

func TestReadableIdentifiers(t *testing.T) {
	for name, c := range map[string]struct{ text, id string }{
		"first":                   {`{"id":"a","couple":`, "a"},
		"behind others":           {`{"couple":{"x":[1,{"id":"no"}]},"id":"a"`, "a"},
		"behind a fault":          {`{"couple":,"id":"a"}`, ""},
		"of another type":         {`{"id":12}`, ""},
		"null":                    {`{"id":null}`, ""},
		"inside another object":   {`{"demandeur":{"id":"a"}}`, ""},
		"not an object":           {`["id","a"]`, ""},
		"cut in the middle of it": {`{"id":"abc`, ""},
		"as long as may be":       {`{"id":"` + strings.Repeat("é", 64) + `"}`, strings.Repeat("é", 64)},
		"too long":                {`{"id":"` + strings.Repeat("é", 65) + `"}`, ""},
		"nothing":                 {``, ""},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.id, NDJSON{}.ID([]byte(c.text))) })
	}
}

// The line of a refused household is one line of JSON, whatever came in.
func FuzzRefusal(f *testing.F) {
	f.Add(`{"id":"a"`)
	f.Add("{\"id\":\"\\u2028<&\\ud800\",\"demandeur\":7}")
	f.Fuzz(func(t *testing.T, text string) {
		text, _, _ = strings.Cut(text, "\n") // no line has an end inside
		never := rulesOf(func(*profile.Profile) (*engine.Simulation, error) { return nil, errors.New("no") })
		answer, ok, _ := answerOf(never, text)
		require.False(t, ok)
		require.NotContains(t, answer, "\n")
		require.True(t, IsRefusal([]byte(answer)))
		var refusal struct {
			ID    *string
			Error struct {
				Line     int               `json:"ligne"`
				Problems []profile.Problem `json:"problemes"`
			} `json:"erreur"`
		}
		require.NoError(t, json.Unmarshal([]byte(answer), &refusal))
		require.Equal(t, 7, refusal.Error.Line)
		require.NotEmpty(t, refusal.Error.Problems)
	})
}

func TestSeparators(t *testing.T) {
	for header, want := range map[string]rune{
		"id": ',', "id,date": ',', "id;date": ';', "id\tdate": '\t', "id;date;a,b": ';',
	} {
		require.Equal(t, string(want), string(separator([]byte(header))), header)
	}
}

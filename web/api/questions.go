package api

import (
	"encoding/json"
	"fmt"
	"net/http"

	"guichet/engine/profile"
)

// questionsAnswer is the body of POST /questions.
type questionsAnswer struct {
	Questions []question `json:"questions"`
}

type question struct {
	Fact    string   `json:"fait"`
	Aids    []string `json:"aides"`
	Decides string   `json:"decide"`
}

// ask answers POST /questions: what to ask next of a household that is not wholly known.
func (a *API) ask(w http.ResponseWriter, r *http.Request) error {
	return a.withProfile(r, func(p *profile.Profile) error {
		asked, err := a.engine.Questions(p)
		if err != nil {
			return refused(err)
		}
		out := questionsAnswer{Questions: make([]question, len(asked))}
		for i, q := range asked {
			out.Questions[i] = question{Fact: q.Fact, Aids: append([]string{}, q.Aids...), Decides: q.Decides}
		}
		body, err := json.Marshal(out)
		if err != nil {
			return fmt.Errorf("writing questions: %w", err)
		}
		answer(w, body)
		return nil
	})
}

package api

import (
	"net/http"
	"sync"

	"guichet/engine/profile"
)

// answers are the bodies being written; like the profile they are wiped after use.
var answers = sync.Pool{New: func() any { return new([]byte) }}

// simulate answers POST /simulations: the rights of one household.
func (a *API) simulate(w http.ResponseWriter, r *http.Request) error {
	return a.withProfile(r, func(p *profile.Profile) error {
		held := answers.Get().(*[]byte)
		defer answers.Put(held)
		body, err := a.engine.Append((*held)[:0], p)
		if err != nil {
			return refused(err)
		}
		answer(w, body)
		clear(body)
		*held = body
		return nil
	})
}

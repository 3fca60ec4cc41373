package web

import (
	"encoding/json"
	"net/http"
)

// alive answers /healthz: the process runs. It asks nothing of anyone, so that a slow database never has us restarted.
func alive(w http.ResponseWriter, _ *http.Request) {
	writeHealth(w, health{Status: "vivant"})
}

// ready answers /readyz: the rules are loaded, which ones, until when, and how the last attempt to load others went.
func (s *site) ready(w http.ResponseWriter, _ *http.Request) {
	set := s.Engine.Set()
	_, until := set.Formalised()
	writeHealth(w, health{Status: "pret", Rules: set.Hash(), Aids: len(set.Aids()), Until: until.String(), Reload: s.last.Load()})
}

// health is the body of both.
type health struct {
	Status string `json:"statut"`
	Rules  string `json:"regles,omitempty"`   // the hash of the rule set, as in each simulation
	Aids   int    `json:"aides,omitempty"`    // how many it holds
	Until  string `json:"jusqu_au,omitempty"` // the last day for which they are written, YYYY-MM-DD

	Reload *reload `json:"rechargement,omitempty"` // the last one; absent before the first
}

func writeHealth(w http.ResponseWriter, h health) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(h) // only the connection can fail
}

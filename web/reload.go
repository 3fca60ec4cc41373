package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"guichet/engine/ruleset"
	"guichet/web/problem"
)

// Reloaded is what a reload that was not refused came to.
type Reloaded struct {
	Before string `json:"avant"`  // the hash of the rules until then
	Rules  string `json:"regles"` // that of those that answer now; the same when nothing changed
	Aids   int    `json:"aides"`
}

// reload is one attempt, as /readyz tells of it.
type reload struct {
	At      time.Time `json:"le"`
	Refused bool      `json:"refuse"`            // what answers is still what did before
	Faults  int       `json:"erreurs,omitempty"` // how many, of the rules refused
}

// Reload has the rules read anew and answers by them from the next request on: those under way end on the rules on which they
// began. When the rules are wrong nothing changes; the error is then the one of [Options].Reload, and every fault is in the
// log. Reloads take turns.
func (h *Handler) Reload() (Reloaded, error) {
	if h.options.Reload == nil {
		return Reloaded{}, errors.New("web: these rules cannot be reloaded")
	}
	h.reloading.Lock()
	defer h.reloading.Unlock()
	before := h.live.Load().Engine.Set().Hash()
	s, err := h.reread()
	if err != nil {
		faults := h.logRefusal(err, before)
		h.last.Store(&reload{At: h.now(), Refused: true, Faults: faults})
		return Reloaded{}, err
	}
	set := s.Engine.Set()
	h.live.Store(s)
	h.last.Store(&reload{At: h.now()})
	h.options.Log.Info("rules reloaded", "before", before, "rules", set.Hash(), "aids", len(set.Aids()))
	return Reloaded{Before: before, Rules: set.Hash(), Aids: len(set.Aids())}, nil
}

// now is the moment, to the second.
func (h *Handler) now() time.Time { return h.options.Clock().Truncate(time.Second) }

// reread makes a site of the rules as they are now. A panic on the way is a refusal: what answers goes on.
func (h *Handler) reread() (s *site, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("web: reading the rules: %v", cause) // rules hold nothing of a household
		}
	}()
	edition, err := h.options.Reload()
	if err != nil {
		return nil, err
	}
	return h.site(edition)
}

// logRefusal writes every fault of refused rules, and gives their number.
func (h *Handler) logRefusal(err error, kept string) int {
	faults := faultsOf(err)
	for _, f := range faults {
		h.options.Log.Error("rules refused", "at", f.Path, "fault", f.Message)
	}
	h.options.Log.Error("rules not reloaded", "faults", len(faults), "rules", kept)
	return len(faults)
}

// faultsOf gives each fault of refused rules with its place, FILE:LINE:COLUMN; an error of another sort is one fault.
func faultsOf(err error) []problem.Error {
	found, ok := errors.AsType[ruleset.Errors](err)
	if !ok {
		return []problem.Error{{Message: err.Error()}}
	}
	out := make([]problem.Error, len(found))
	for i, f := range found {
		out[i] = problem.Error{Path: f.At(), Message: f.Message}
	}
	return out
}

// answerReload answers POST /admin/regles/rechargement.
func (s *site) answerReload(w http.ResponseWriter, r *http.Request) {
	done, err := s.Reload()
	if err != nil {
		problem.Write(w, r, problem.RulesRefused, faultsOf(err)...)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(done) // two strings and a number: only the connection can fail
}

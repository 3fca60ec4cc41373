package desk

import (
	"slices"
	"strings"

	"guichet/engine"
	"guichet/locales"
	"guichet/web/desk/household"
)

// nextQuestion is what to ask now.
type nextQuestion struct {
	Words, Other string
	Changes      string // which aids the answer can change
	Row          string // id of its row
	Name         string
	YesNo        bool
	Done         string // instead of a question: there is none left
	More         bool   // the quick screen has no more, the whole page does
	Focus        bool
}

// namedAids is how many aids the next question names before it counts the others.
const namedAids = 4

// next finds the question that can change most, among the rows that the page shows.
func (c *counterMaker) next(questions []engine.Question, sim *engine.Simulation) *nextQuestion {
	hidden := false
	for _, q := range append(slices.Clone(questions), c.received(sim)...) {
		r := household.Find(c.rows, q.Fact)
		if r == nil {
			hidden = hidden || c.s.Quick
			continue
		}
		if r.Known(c.s.State) || r.DontKnow(c.s.State) {
			continue
		}
		out := &nextQuestion{Row: fieldID(r.Name), Name: r.Name, YesNo: r.YesNo(), Focus: c.target == nextID}
		if out.Words, out.Other = c.ask(c.L, r), c.ask(c.V, r); out.Other == out.Words {
			out.Other = ""
		}
		var names []string
		for _, id := range q.Aids {
			if aid, ok := c.d.engine.Set().Aid(id); ok {
				names = append(names, aidShort(aid))
			}
		}
		count := len(names)
		if more := count - namedAids; more > 0 {
			names = append(names[:namedAids], c.L.N("question.sert_autres", more))
		}
		out.Changes = c.L.N("comptoir.peut_changer", count, "Aides", c.L.List(names))
		return out
	}
	done := &nextQuestion{Done: c.L.T("comptoir.plus_rien"), More: hidden, Focus: c.target == nextID}
	if hidden {
		done.Done = c.L.T("comptoir.express_fini")
	}
	return done
}

// received is the question of what is received today: it changes hardly any right, but tells what is left to claim, and comes last.
func (c *counterMaker) received(sim *engine.Simulation) []engine.Question {
	var open []string
	for i := range sim.Aids {
		if x := &sim.Aids[i]; x.Status != engine.NotEligible && x.TakeUp == engine.TakeUpUnknown && !slices.Contains(open, x.Aid) {
			open = append(open, x.Aid)
		}
	}
	if len(open) == 0 {
		return nil
	}
	return []engine.Question{{Fact: receivedPath, Aids: open}}
}

// ask puts the question of a row in full.
func (c *counterMaker) ask(L locales.Printer, r *household.Row) string {
	words := L.T(r.Ask)
	if r.Who != "" && r.Who != household.Claimant && !strings.HasSuffix(r.Ask, "."+r.Who) || r.Income != "" {
		words = L.T("erreur.pour", "Qui", c.who(L, r.Who), "Message", words)
	}
	return words
}

package pages_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/fact"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
)

// narrowEngine is interested in a few facts only, in the order given, until they are known.
type narrowEngine struct {
	set   *ruleset.Set
	facts []string
	known map[string]func(*profile.Profile) bool
	open  engine.Status
}

func (e narrowEngine) Set() *ruleset.Set { return e.set }

func (e narrowEngine) Simulate(p *profile.Profile) (*engine.Simulation, error) {
	return &engine.Simulation{Date: p.Date, Aids: []engine.Aid{{Aid: "rsa", Status: e.open, Amount: engine.Amount{Decided: true, Net: 100, Period: "mois", For: "foyer"}, TakeUp: engine.TakeUpUnknown}}}, nil
}

func (e narrowEngine) Questions(p *profile.Profile) ([]engine.Question, error) {
	var out []engine.Question
	for _, path := range e.facts {
		if known := e.known[path]; known == nil || !known(p) {
			out = append(out, engine.Question{Fact: path, Aids: []string{"rsa"}, Decides: "statut"})
		}
	}
	return out, nil
}

func narrow(t *testing.T, open engine.Status, facts ...string) *visitor {
	shipped, err := shippedEngine()
	require.NoError(t, err)
	return newSiteOn(t, narrowEngine{set: shipped.Set(), facts: facts, open: open, known: map[string]func(*profile.Profile) bool{
		"epargne": func(p *profile.Profile) bool { return p.Savings.Known }, "couple": func(p *profile.Profile) bool { return p.Couple != "" },
	}}, 1).visitor(t)
}

func TestOnlyWhatTheEngineWantsIsAsked(t *testing.T) {
	v := narrow(t, engine.NotEligible, "epargne", "couple")
	keys := v.answerAs("fr", loneParent())
	require.Equal(t, []string{"patrimoine", "couple"}, keys, "nothing else, in the engine's order")
	require.Contains(t, v.page.text, "Épargne")
	require.NotContains(t, v.page.text, "Loyer")

	require.Equal(t, []string{"prestations"}, narrow(t, engine.Eligible).answerAs("fr", loneParent()), "what is received is asked of those who have a right")
	v = narrow(t, engine.NotEligible)
	v.get("/fr/simulation")
	require.Equal(t, "Relisez vos réponses", v.page.heading, "with nothing to ask there is nothing to answer")
}

// A fact that stays open whatever is answered is asked once.
func TestNoQuestionIsAskedTwice(t *testing.T) {
	for _, f := range fact.HouseholdFacts {
		t.Run(f.Name, func(t *testing.T) {
			keys := narrow(t, engine.NotEligible, f.Name).answerAll("fr", dunno)
			require.Len(t, keys, 1, "a page asks for it, once")
		})
	}
	for _, f := range fact.PersonFacts {
		if f.Name == "garde_alternee" || f.Name == "scolarite" {
			continue // of children only, below
		}
		t.Run(f.Name, func(t *testing.T) {
			require.Len(t, narrow(t, engine.NotEligible, "demandeur."+f.Name).answerAll("fr", dunno), 1)
		})
	}
	for _, path := range []string{"commune", "enfants", "enfants.revenus", "conjoint.naissance", "demandeur.revenus", "demandeur.revenus.salaire", "prestations_percues"} {
		t.Run(path, func(t *testing.T) {
			require.Len(t, narrow(t, engine.NotEligible, path).answerAll("fr", dunno), 1)
		})
	}
}

// Each fact of a child has a page that asks for it.
func TestFactsOfChildrenAreAsked(t *testing.T) {
	facts := []string{"enfants"}
	for _, f := range fact.PersonFacts {
		facts = append(facts, "enfants[0]."+f.Name)
	}
	facts = append(facts, "enfants[0].revenus")
	v := narrow(t, engine.NotEligible, facts...)
	keys := v.answerAll("fr", func(page *shown) url.Values {
		if page.key == "enfants" {
			return with(one("enfants", "oui"), one("enfant1.nsp", "oui"), one("garde", "nsp"))
		}
		return dunno(page)
	})
	for _, want := range []string{"enfants", "enfants_activite", "enfants_scolarite", "enfants_revenus", "nationalite", "sante"} {
		require.Contains(t, keys, want)
	}
}

func TestPositionPromisesNoMoreThanIsKnown(t *testing.T) {
	v := newSite(t).visitor(t)
	left := -1
	v.answerAll("fr", func(page *shown) url.Values {
		text := page.text
		switch {
		case strings.Contains(text, "la suite dépend de vos réponses"):
			require.Equal(t, -1, left, "once bounded, bounded for good")
		default:
			now := 0
			if _, rest, ok := strings.Cut(text, "encore "); ok {
				for _, digit := range rest {
					if digit < '0' || digit > '9' {
						break
					}
					now = now*10 + int(digit-'0')
				}
			}
			if left >= 0 {
				require.Less(t, now, left, "the bound on %s", page.key)
			}
			left = now
		}
		return loneParent().answer(t, page)
	})
	require.Zero(t, left)
}

func BenchmarkAnswer(b *testing.B) {
	s := newSite(b)
	v := s.visitor(b)
	v.get("/fr/simulation")
	for v.page.key != "loyer" {
		v.continueWith(loneParent().answer(b, v.page))
	}
	in := url.Values{"reponses": {v.page.fields.Get("reponses")}, "page": {"loyer"}, "vers": {"suite"}, "loyer": {"500"}}.Encode()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodPost, "/fr/simulation", strings.NewReader(in))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		if s.handler.ServeHTTP(w, r); w.Code != 200 {
			b.Fatal(w.Code)
		}
	}
}

// TestRecognisedStayIsAsked: of a European without work, and not of one whose permit settles it; nor twice when it is not known.
func TestRecognisedStayIsAsked(t *testing.T) {
	european := pensioner()
	european["nationalite"] = one("reponse", "ue")
	european["sejour.demandeur"] = url.Values{"sejour.mois": {"3"}, "sejour.annee": {"1998"}}
	for name, c := range map[string]struct {
		who   person
		says  string
		asked bool
		shows string
	}{
		"a European, recognised":     {european, "oui", true, "Allocation de solidarité aux personnes âgées"},
		"a European, not recognised": {european, "non", true, "Pas de droit"},
		"a European, not known":      {european, "nsp", true, "Séjour reconnu"},
		"a resident card":            {pensioner(), "", false, "Allocation de solidarité aux personnes âgées"},
	} {
		t.Run(name, func(t *testing.T) {
			who := maps.Clone(c.who)
			if c.says != "" {
				who["sejour_justifie"] = one("reponse", c.says)
			}
			v := newSite(t).visitor(t)
			require.Equal(t, c.asked, slices.Contains(v.answerAs("fr", who), "sejour_justifie"))
			v.press("resultats", nil)
			require.Contains(t, v.page.text, c.shows)
		})
	}
}

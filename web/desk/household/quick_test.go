package household_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/engine"
	"guichet/engine/profile"
	"guichet/engine/ruleset"
	"guichet/rules"
	"guichet/web/desk/household"
)

// topics are all the answers that the quick screen could ask for.
var topics = []string{
	"naissance", "activite", "couple", "isole_depuis", "enfants", "scolarite", "nationalite", "sejour", "commune", "logement", "loyer", "charges",
	"revenus", "foyer_fiscal", "epargne", "sante", "grossesse", "inaptitude", "prestations",
}

// spoken is a reference household as its members would tell it, everything said: what a complete profile leaves out is none.
func spoken(t *testing.T, line []byte) *profile.Profile {
	var c struct {
		Profile json.RawMessage `json:"profil"`
		Figures struct {
			TaxIncome float64 `json:"rfr_n_2"`
		} `json:"grandeurs"`
	}
	require.NoError(t, json.Unmarshal(line, &c))
	p, err := profile.Decode(c.Profile)
	require.NoError(t, err)
	p.Complete, p.ID = false, ""
	if p.Couple == "" {
		p.Couple = "non"
	}
	if !p.Children.Known {
		p.Children = profile.Some([]profile.Person{})
	}
	people := []*profile.Person{&p.Claimant}
	if p.Spouse != nil {
		people = append(people, p.Spouse)
	}
	adults := len(people)
	for i := range p.Children.Value {
		people = append(people, &p.Children.Value[i])
	}
	none := func(v *profile.Opt[bool]) {
		if !v.Known {
			*v = profile.Some(false)
		}
	}
	for i, q := range people {
		if q.Nationality == "" {
			q.Nationality = "francaise"
		}
		if q.Activity == "" && i < adults {
			q.Activity = "inactif"
		}
		none(&q.Pregnant)
		none(&q.Unfit)
		none(&q.WorkRestriction)
		if i >= adults {
			none(&q.SharedCustody)
		}
		if !q.DisabilityRate.Known {
			q.DisabilityRate = profile.Some(0.0)
		}
		if !q.Incomes.Known {
			q.Incomes = profile.Some([]profile.Income{})
		}
	}
	zero := func(v *profile.Opt[float64]) {
		if !v.Known {
			*v = profile.Some(0.0)
		}
	}
	zero(&p.Savings)
	zero(&p.Housing.Rent)
	zero(&p.Housing.Charges)
	if !p.TaxHousehold.Income.Known {
		p.TaxHousehold.Income = profile.Some(c.Figures.TaxIncome)
	}
	if !p.Received.Known {
		p.Received = profile.Some([]profile.Benefit{})
	}
	return p
}

// saying gives what is known of a household when only some answers were given.
func saying(p *profile.Profile, said []string) *profile.Profile {
	has := func(topic string) bool { return slices.Contains(said, topic) }
	out := &profile.Profile{Date: p.Date}
	copyPerson := func(q *profile.Person, child bool) profile.Person {
		var r profile.Person
		if has("naissance") && !child || has("enfants") && child {
			r.Birth = q.Birth
		}
		if has("activite") && !child || has("scolarite") && child {
			r.Activity = q.Activity
		}
		if has("scolarite") && child {
			r.Schooling = q.Schooling
		}
		if has("nationalite") {
			r.Nationality = q.Nationality
		}
		if has("sejour") && has("nationalite") { // nobody is asked for a permit before
			r.Permit, r.StayFrom, r.StayProven = q.Permit, q.StayFrom, q.StayProven
		}
		if has("sante") {
			r.DisabilityRate, r.WorkRestriction = q.DisabilityRate, q.WorkRestriction
		}
		if has("grossesse") {
			r.Pregnant = q.Pregnant
		}
		if has("inaptitude") {
			r.Unfit = q.Unfit
		}
		if has("enfants") {
			r.SharedCustody = q.SharedCustody
		}
		if has("revenus") {
			r.Incomes = q.Incomes
		}
		return r
	}
	out.Claimant = copyPerson(&p.Claimant, false)
	if has("couple") {
		out.Couple = p.Couple
		if p.Spouse != nil {
			spouse := copyPerson(p.Spouse, false)
			out.Spouse = &spouse
		}
		if has("isole_depuis") {
			out.IsolatedFrom = p.IsolatedFrom
		}
	}
	if has("enfants") {
		out.Children = profile.Some([]profile.Person{})
		for i := range p.Children.Value {
			out.Children.Value = append(out.Children.Value, copyPerson(&p.Children.Value[i], true))
		}
	}
	if has("commune") {
		out.Commune = p.Commune
	}
	if has("logement") {
		out.Housing.Status, out.Housing.Regime, out.Housing.LoanSigned = p.Housing.Status, p.Housing.Regime, p.Housing.LoanSigned
	}
	if has("loyer") {
		out.Housing.Rent = p.Housing.Rent
	}
	if has("charges") {
		out.Housing.Charges = p.Housing.Charges
	}
	if has("foyer_fiscal") {
		out.TaxHousehold = p.TaxHousehold
	}
	if has("epargne") {
		out.Savings = p.Savings
	}
	if has("prestations") {
		out.Received = p.Received
	}
	return out
}

// TestEightAnswers measures on the reference households which eight answers leave the fewest aids undecided, and prints it; the quick
// screen may not be more than a twentieth worse than what the search finds. The search starts from every answer and gives up the one that
// costs least, one after the other; then it tries each exchange.
func TestEightAnswers(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and of one goroutine")
	}
	set, err := ruleset.Load(rules.FS)
	require.NoError(t, err)
	e, err := engine.New(set)
	require.NoError(t, err)
	text, err := os.ReadFile("../../../testdata/oracle/cases.ndjson")
	require.NoError(t, err)
	var all, few []*profile.Profile
	for line := range bytes.Lines(text) {
		all = append(all, spoken(t, line))
		if len(all)%15 == 0 {
			few = append(few, all[len(all)-1])
		}
	}
	brief := engine.Brief{Engine: e}
	undecided := func(households []*profile.Profile, said []string) float64 {
		n := 0
		for _, p := range households {
			s, err := brief.Simulate(saying(p, said))
			require.NoError(t, err)
			for i := range s.Aids {
				if s.Aids[i].Status == engine.Undecided {
					n++
				}
			}
		}
		return float64(n) / float64(len(households))
	}
	best := slices.Clone(topics)
	for len(best) > len(household.QuickTopics) {
		least, worst := -1, 0.0
		for i := range best {
			if u := undecided(few, slices.Delete(slices.Clone(best), i, i+1)); least < 0 || u < worst {
				least, worst = i, u
			}
		}
		t.Logf("%2d answers: %5.2f aids undecided; given up: %s", len(best)-1, worst, best[least])
		best = slices.Delete(best, least, least+1)
	}
	for i := range best {
		for _, other := range topics {
			tried := slices.Clone(best)
			if tried[i] = other; !slices.Contains(best, other) && undecided(few, tried) < undecided(few, best) {
				best = tried
			}
		}
	}
	ours, found := undecided(all, household.QuickTopics), undecided(all, best)
	t.Logf("nothing said: %.2f aids undecided of %d; everything said: %.2f", undecided(all, nil), len(set.Aids()), undecided(all, topics))
	t.Logf("found: %v leaves %.2f undecided", best, found)
	t.Logf("the quick screen: %v leaves %.2f undecided over %d households", household.QuickTopics, ours, len(all))
	require.Len(t, household.QuickTopics, 8)
	require.LessOrEqual(t, ours, found*1.05)
}
